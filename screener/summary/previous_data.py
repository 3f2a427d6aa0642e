"""The person and their previous response in the data of a summary."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from screener.summary.context import SummaryContext


@dataclass(frozen=True)
class PreviousData:
    """The previous response: answers were carried over from it, or rules read it."""

    reference: str
    day: datetime.date


@dataclass(frozen=True)
class PersonReferenceData:
    """The clinic's own reference of the person, and the year of birth, where it is known."""

    reference: str
    year_of_birth: int | None


def person_data(context: SummaryContext) -> PersonReferenceData | None:
    """Return whose response it is; ``None`` where it is linked to nobody."""
    person = context.metadata.person
    return PersonReferenceData(person.reference, person.year_of_birth) if person else None


def previous_data(context: SummaryContext) -> PreviousData | None:
    """Return which response it is; ``None`` where nothing of one was known."""
    previous = context.interview.previous or context.metadata.carried_from
    return PreviousData(previous.reference, previous.day) if previous else None
