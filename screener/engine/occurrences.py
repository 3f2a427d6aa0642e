"""One occurrence of a repeating section in a response: its number, and its minutes since the moment, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal

from screener.engine.response_state import ResponseState
from screener.expressions.facts import minutes_between
from screener.i18n.gettext import _
from screener.model.occurrences import key_of, number_of
from screener.model.question_parts import Repeats
from screener.model.question_types import amount_of
from screener.model.questionnaire import Question, Questionnaire, Section
from screener.model.response import Entry
from screener.values import dataclass

_MOST_IN_A_PHRASE = 3


def since(minutes: int, moment: str) -> str:
    """Return how long after a moment something was, or before it."""
    before, after = _("{count} min before {moment}"), _("{count} min since {moment}")
    return (before if minutes < 0 else after).format(count=abs(minutes), moment=moment)


@dataclass(frozen=True)
class Occurrence:
    """An occurrence that is asked for. ``time`` and ``minutes`` are ``None`` while they are not known."""

    section: Section
    number: int
    time: datetime.time | None
    minutes: int | None
    """The minutes since the moment; less than 0 before it."""
    moment: str
    """What the moment is called."""

    @property
    def repeats(self) -> Repeats:
        assert self.section.repeats
        return self.section.repeats

    @property
    def name(self) -> str:
        """Return what it is called, such as "Reading 3"."""
        return f"{self.repeats.title} {self.number}"

    @property
    def since(self) -> str:
        """Return how long after the moment it was; nothing while that is not known."""
        return "" if self.minutes is None else since(self.minutes, self.moment)

    @property
    def words(self) -> str:
        """Return its name with how long after the moment it was."""
        return ", ".join(filter(None, (self.name, self.since)))


def occurrence_of(questionnaire: Questionnaire, entries: Mapping[str, Entry], question: str) -> Occurrence | None:
    """Return the occurrence of a question; ``None`` if its section does not repeat."""
    number = number_of(question)
    if number is None:
        return None
    section = questionnaire.section_of[question]
    assert section.repeats
    entry = entries.get(key_of(section.repeats.time, number)) if section.repeats.time else None
    time = entry if isinstance(entry, datetime.time) else None
    moment = questionnaire.moment
    start, end = amount_of(entries.get(moment.question) if moment else None), amount_of(time)
    minutes = None if start is None or end is None else minutes_between(int(start), int(end))
    return Occurrence(section, number, time, minutes, moment.name if moment else "")


def in_occurrences(
    questionnaire: Questionnaire, entries: Mapping[str, Entry], answers: Mapping[str, str | None]
) -> str | None:
    """Return answers in words, each with its occurrence, and how many there are besides the first ones."""
    words = [
        f"{answer} ({occurrence.words})"
        for key, answer in answers.items()
        if answer and (occurrence := occurrence_of(questionnaire, entries, key))
    ]
    if (more := len(words) - _MOST_IN_A_PHRASE) > 0:
        words[_MOST_IN_A_PHRASE:] = [_more(more, {key: entries.get(key) for key in answers}, answers)]
    return ", ".join(words) or None


def _more(count: int, entries: Mapping[str, Entry | None], answers: Mapping[str, str | None]) -> str:
    """Return how many there are besides the first ones; of numbers also the lowest and highest of all.

    The first three oxygen values of a reader who sees no others would hide the lowest.
    """
    numbers = {key: entry for key, entry in entries.items() if type(entry) in (int, Decimal)}
    if len(numbers) < len(entries):
        return _("and {count} more").format(count=count)
    low, high = (answers[pick(numbers, key=lambda key: Decimal(str(numbers[key])))] for pick in (min, max))
    return _("and {count} more; lowest {low}, highest {high}").format(count=count, low=low, high=high)


def occurrences(
    questionnaire: Questionnaire, state: ResponseState, section: Section
) -> Iterator[tuple[Occurrence, list[Question]]]:
    """Yield each occurrence of a section that is asked for, with its questions, in their order."""
    questions: dict[int, list[Question]] = {}
    for question in section.questions:
        questions.setdefault(number_of(question.id) or 0, []).append(question)
    entries = state.enabled_entries()
    for of_occurrence in questions.values():
        occurrence = occurrence_of(questionnaire, entries, of_occurrence[0].id)
        if occurrence and any(state.is_enabled(question.id) for question in of_occurrence):
            yield occurrence, of_occurrence
