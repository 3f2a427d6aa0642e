"""Parts of the front of a questionnaire: its first page, the moment from which minutes count, and for staff a form."""

from __future__ import annotations

from typing import Annotated

from screener.model.base import Authored, Flag, Identifier, ListLength, Text, Whole
from screener.model.crisis_lines import Mark
from screener.model.question_parts import Limits
from screener.model.ruleset import Citation
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
class FormItem(Authored):
    """One thing that a form asks for, and the questions whose answers say it."""

    text: Text
    questions: Annotated[tuple[Identifier, ...], ListLength(0, 12)] = ()
    """None where this questionnaire does not ask for it: then it is written by hand."""
    minutes: Limits | None = None
    """Of a section that repeats: only what was so many minutes after the moment."""
    last: Flag = False
    """Of a section that repeats: only the last occurrence in which one of the questions was answered."""
    sources: Annotated[tuple[Citation, ...], ListLength(1, 10)]


@dataclass(frozen=True, kw_only=True)
class DueForm(Authored):
    """A form that the clinic sends within so many days after the day on which the response was begun."""

    question: Identifier
    """The yes/no question whose yes says that it was sent; where it is not asked, nothing has to be sent."""
    days: Whole
    name: Text
    """What it is called on the list of forms that are due."""
    items: Annotated[tuple[FormItem, ...], ListLength(0, 100)] = ()
    """What it asks for, in its order."""
    order: Mark = "to-be-checked"
    """Whether somebody read this order in the form."""
