"""Parts of the data of a summary: who entered an answer, what a rule cites, whose response it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from screener.engine.rules import Outcome
from screener.model.crisis_lines import Mark
from screener.model.ruleset import Priority
from screener.summary.context import SummaryContext


@dataclass(frozen=True)
class AnswerLabels:
    """The words of a question and its answer in the language of the copy."""

    question: str
    answer: str


@dataclass(frozen=True)
class OutcomeData:
    """The outcome of one rule. ``questions`` are those whose answers decided it, or would decide it; ``previous`` are
    such names of the previous response."""

    rule: str
    outcome: Outcome
    priority: Priority
    questions: list[str]
    previous: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class EnteredAs:
    """Who entered an answer (``null``: the person) and when."""

    by: str | None
    at: datetime.datetime


@dataclass(frozen=True)
class CitedData:
    """Where a rule's facts come from, and whether somebody read them there."""

    source: str
    section: str | None
    mark: Mark


@dataclass(frozen=True)
class PageRead:
    """The page of an urgent rule, when it was read and by whom (``null``: the person).

    ``checked``: the name was opened with a door code or a passphrase, and not only typed.
    """

    rule: str
    at: datetime.datetime
    by: str | None
    checked: bool = False


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
