"""Parts of the front of a questionnaire: its first page, the moment from which minutes count, and for staff a form."""

from __future__ import annotations

from typing import Annotated

from screener.model.base import Authored, Identifier, ListLength, Text, Whole
from screener.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Welcome(Authored):
    """The page before the first question."""

    heading: Text
    paragraphs: Annotated[tuple[Text, ...], ListLength(1, 12)]
    more: Annotated[tuple[Text, ...], ListLength(0, 12)] = ()
    """What a person can read too, if they want to know more before they begin."""


@dataclass(frozen=True, kw_only=True)
class Moment(Authored):
    """The moment from which readings and the pages of staff count the minutes, such as the dose."""

    question: Identifier
    """The time question whose answer it is."""
    name: Text
    """What it is called after "minutes since", e.g. "the dose"."""


@dataclass(frozen=True, kw_only=True)
class DueForm(Authored):
    """A form that the clinic sends within so many days after the day on which the response was begun."""

    question: Identifier
    """The yes/no question whose yes says that it was sent; where it is not asked, nothing has to be sent."""
    days: Whole
    name: Text
    """What it is called on the list of forms that are due."""
