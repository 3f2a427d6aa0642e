"""The person's previous response, as conditions and the person's pages see it.

It is the last response that the same person finished for the same questionnaire before this one. Only an answer to a
question that was asked in the same form counts; of any other nothing is known, which is never a no.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from screener.engine.facts import fact_of
from screener.engine.form import Form
from screener.engine.response_state import ResponseState
from screener.expressions.evaluate import Fact, Facts, Range
from screener.expressions.previous import DAYS, MOST_DAYS, PREFIX
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.values import dataclass

_SOME_DAY = datetime.date(2026, 1, 1)


@dataclass(frozen=True)
class PreviousResponse:
    """What is known of the previous response here: all of it for staff, the answers to be confirmed for the person."""

    reference: str
    day: datetime.date
    """The day on which it was begun, by the clock of the clinic."""
    entries: Mapping[str, Entry]
    """Its answers to questions that are still asked in the same form."""
    facts: Facts
    """By the names that conditions have for them."""
    days: int
    """From then to the day on which the present response was begun."""
    is_shown: bool = True
    """Whether the person is shown the answers that they may confirm."""

    def carried_over(self, question: Question) -> Entry | None:
        """Return the answer that the person may confirm; ``None`` where there is none."""
        entry = self.entries.get(question.id) if question.carry_over and self.is_shown else None
        return None if isinstance(entry, AbsentReason) else entry


def previous_response(
    form: Form,
    previous_form: Form,
    entries: Mapping[str, Entry],
    *,
    reference: str,
    day: datetime.date,
    today: datetime.date,
) -> PreviousResponse:
    """Return the previous response for a form. ``previous_form`` is its own, in the language in which it was written.

    ``form`` is in that language too, ``today`` the day on which the present response was begun.
    """
    state = ResponseState(previous_form, entries)
    asked_now, asked_then = form.questionnaire.question, previous_form.questionnaire.question
    of_instruments = {question.id for part in form.questionnaire.instruments for question in part.questions}
    comparable = {
        name
        for name, question in asked_now.items()
        if name not in of_instruments and name in asked_then and question.asked_form == asked_then[name].asked_form
    }
    comparable_entries = {name: entry for name, entry in state.enabled_entries().items() if name in comparable}
    answered = {name for name, entry in comparable_entries.items() if not isinstance(entry, AbsentReason)}
    decided = answered | {name for name in comparable if state.is_enabled(name) is False}  # A blank decides nothing.
    facts: dict[str, Fact] = {PREFIX + name: state.facts[name] for name in sorted(decided)}
    days = days_since(day, today)
    return PreviousResponse(reference, day, comparable_entries, facts | {DAYS: Range(days, days)}, days)


def written_previous(form: Form, entries: Mapping[str, Entry], days: int | None) -> PreviousResponse:
    """Return a previous response that somebody wrote down for a form, so many days before; ``None``: nobody says."""
    day = _SOME_DAY - datetime.timedelta(days=min(days or 0, MOST_DAYS))
    previous = previous_response(form, form, entries, reference="", day=day, today=_SOME_DAY)
    if days is None:
        return replace(previous, facts={name: fact for name, fact in previous.facts.items() if name != DAYS})
    return previous


def days_since(day: datetime.date, today: datetime.date) -> int:
    """Return the days from the previous response to this one, as conditions count them."""
    return min(max((today - day).days, 0), MOST_DAYS)


def confirmable(previous: PreviousResponse, form: Form) -> PreviousResponse:
    """Return only what the person is shown, to confirm or change: nothing else leaves the staff's side."""
    carried_over = [question.id for question in form.questionnaire if previous.carried_over(question) is not None]
    entries = {name: previous.entries[name] for name in carried_over}
    return answers_to_confirm(form, entries, reference=previous.reference, day=previous.day, days=previous.days)


def answers_to_confirm(
    form: Form,
    entries: Mapping[str, Entry],
    *,
    reference: str,
    day: datetime.date,
    days: int,
    is_shown: bool = True,
) -> PreviousResponse:
    """Return a previous response of which these answers are known, and nothing else."""
    question_of = form.questionnaire.question
    answers = {
        name: entry for name, entry in entries.items() if name in question_of and not isinstance(entry, AbsentReason)
    }
    facts: dict[str, Fact] = {PREFIX + name: fact_of(question_of[name])(entry) for name, entry in answers.items()}
    return PreviousResponse(reference, day, answers, facts | {DAYS: Range(days, days)}, days, is_shown)
