"""The answers of a summary as data for other programs, each with its occurrence if its section repeats."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from screener.engine.occurrences import occurrence_of
from screener.model.occurrences import question_of
from screener.model.question_types import QuestionType
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import Choice
from screener.summary.context import SummaryContext

Coded = bool | int | float | str | list[str] | None
"""yes_no: true or false; choice: a code; choices: codes; numbers; date: ISO 8601; time: hh:mm; texts."""


@dataclass(frozen=True)
class EnteredAs:
    """Who entered an answer (``null``: the person) and when."""

    by: str | None
    at: datetime.datetime


@dataclass(frozen=True)
class EarlierEntry:
    """What staff recorded before: its answer or the reason for none, by whom, when, and why it corrected another."""

    answer: Coded
    absent: AbsentReason | None
    by: str | None
    at: datetime.datetime
    reason: str | None


@dataclass(frozen=True)
class AnswerLabels:
    """The words of a question and its answer in the language of the copy."""

    question: str
    answer: str


@dataclass(frozen=True)
class OccurrenceData:
    """One occurrence of a repeating section: which, at what time (hh:mm), and how many minutes since the moment."""

    question: str
    """The id of the question without its number, the same in every occurrence."""
    number: int
    time: str | None
    minutes: int | None


@dataclass(frozen=True)
class AnswerData:
    """One question with its answer or the reason why it has none. ``withheld``: this copy does not show the answer."""

    question: str
    section: str
    type: QuestionType
    answer: Coded
    absent: AbsentReason | None
    withheld: bool
    unit: str | None
    loinc: str | None
    answer_loinc: list[str]
    entered: EnteredAs | None
    labels: AnswerLabels
    carried_over: bool = False
    """Whether it is the answer of the previous response, which the person confirmed."""
    reason: str | None = None
    """Why staff corrected what is in ``earlier``."""
    earlier: tuple[EarlierEntry, ...] = ()
    """What staff recorded and then corrected, or what does not apply now, oldest first; of a person's answers none."""
    occurrence: OccurrenceData | None = None
    """For a question of a repeating section, of which occurrence it is."""


def answer_data(context: SummaryContext, question: Question, *, withheld: bool) -> AnswerData:
    """Return one answer. ``withheld``: that of a sensitive question is left out."""
    entry = context.entry(question.id)
    absent = entry if isinstance(entry, AbsentReason) else None
    hidden = withheld and absent is None and question.id in context.sensitive
    entered = context.metadata.entered.get(question.id)
    chosen = entry if isinstance(entry, frozenset) else {entry} if isinstance(question.answer_type, Choice) else ()
    return AnswerData(
        question.id,
        context.content.questionnaire.section_of[question.id].id,
        question.type,
        None if absent or hidden else _coded(question, entry),
        absent,
        hidden,
        question.unit,
        question.loinc,
        [] if hidden else [o.loinc for o in question.options if o.loinc and o.code in chosen],
        EnteredAs(*entered) if entered and question.id in context.entries else None,
        AnswerLabels(question.label, "" if hidden else context.unmarked(question.id)),
        question.id in context.interview.carried_over,
        _reason(context, question),
        tuple(_earlier(context, question)),
        _occurrence(context, question.id),
    )


def _reason(context: SummaryContext, question: Question) -> str | None:
    entries = context.recorded(question.id) if question.id in context.entries else ()
    return entries[-1].reason if entries else None


def _earlier(context: SummaryContext, question: Question) -> Iterator[EarlierEntry]:
    """Yield what staff recorded and what counts no longer; a blank that was filled in is none."""
    for past in context.replaced(question.id):
        absent = past.entry if isinstance(past.entry, AbsentReason) else None
        yield EarlierEntry(None if absent else _coded(question, past.entry), absent, past.by, past.at, past.reason)


def _occurrence(context: SummaryContext, name: str) -> OccurrenceData | None:
    occurrence = occurrence_of(context.content.questionnaire, context.entries, name)
    if occurrence is None:
        return None
    time = f"{occurrence.time:%H:%M}" if occurrence.time else None
    return OccurrenceData(question_of(name), occurrence.number, time, occurrence.minutes)


def _coded(question: Question, entry: Entry) -> Coded:
    kind = question.answer_type
    coded: Coded = kind.to_data(question, entry) if kind.to_data else kind.to_json(entry)
    return coded
