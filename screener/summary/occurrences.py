"""A repeating section of a copy as one table: each occurrence with its time and its minutes since the moment."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from math import ceil

from screener.display_text import width
from screener.document.model import Table
from screener.document.text import COLUMNS
from screener.engine.occurrences import Occurrence, occurrences
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.model.occurrences import key_of
from screener.model.questionnaire import Question, Section
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import Numeric
from screener.summary.context import SummaryContext, lowered

_INDENT, _BETWEEN = 2, 2
"""Characters before a table of text, and between two columns of it."""
_LEAST = 20
"""The least part of 100 of the last column."""
BLANK = "-"
"""A number that is missing; the last column says why."""
_NOT_THERE = (AbsentReason.NOT_ASKED, AbsentReason.NOT_APPLICABLE)

Column = tuple[Question, ...]
"""One number, or two that are written together, such as 142/91; questions of the template."""


def occurrence_table(
    context: SummaryContext, section: Section, answer_words: Callable[[str], str], silent: Collection[str] = ()
) -> Table | None:
    """Return the table of a repeating section; ``None`` before its first answer.

    ``answer_words`` returns the answer to a question in the words of this copy. It does not name those in ``silent``.
    """
    template = next(each for each in context.content.template.sections if each.id == section.id)
    template = replace(template, questions=tuple(q for q in template.questions if key_of(q.id, 1) not in silent))
    repeats = template.repeats
    assert repeats
    columns = list(_columns(template))
    rows = [
        _row(context, occurrence, columns, template, answer_words)
        for occurrence, questions in occurrences(context.content.questionnaire, context.interview.state, section)
        if any(question.id in context.entries for question in questions)
    ]
    if not rows:
        return None
    moment = context.content.questionnaire.moment
    timed = (_("Time"), _("Min since {moment}").format(moment=moment.name)) if repeats.time and moment else ()
    numbers = (" / ".join((column[0].label, *(second.name for second in column[1:]))) for column in columns)
    head = (repeats.title, *timed, *numbers, _("Also"))
    return Table(section.title, head, tuple(rows), _widths(head, rows))


def _widths(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> tuple[int, ...]:
    """Return the parts of 100 of the columns: each as broad as its longest word, and the last one as the rest."""
    room = COLUMNS - _INDENT - _BETWEEN * (len(head) - 1)
    texts = (" ".join(cells) for cells in zip(head, *rows, strict=True))
    parts = [ceil(100 * max(map(width, words.split()), default=1) / room) for words in texts][:-1]
    return (*parts, max(100 - sum(parts), _LEAST))


def _columns(template: Section) -> Iterator[Column]:
    """Yield the numbers of an occurrence in their order; two that may be typed together have one column."""
    questions = {question.id: question for question in template.questions}
    seconds = {question.written_with for question in template.questions}
    for question in template.questions:
        if isinstance(question.answer_type, Numeric) and question.id not in seconds:
            second = questions.get(question.written_with or "")
            yield (question, second) if second else (question,)


def _row(
    context: SummaryContext,
    occurrence: Occurrence,
    columns: list[Column],
    template: Section,
    answer_words: Callable[[str], str],
) -> tuple[str, ...]:
    repeats, number = occurrence.repeats, occurrence.number
    timed: tuple[str, ...] = ()
    if repeats.time:
        minutes = BLANK if occurrence.minutes is None else str(occurrence.minutes)
        time = BLANK if occurrence.time is None else answer_words(key_of(repeats.time, number))
        timed = (time, minutes)
    numbers = ("/".join(_number(context, question, number, answer_words) for question in column) for column in columns)
    in_columns = {repeats.time, repeats.another, *(question.id for column in columns for question in column)}
    words = [
        *_alike(context, template, number, answer_words, lambda entry: isinstance(entry, bool)),
        *(
            f"{question.name}: {answer_words(key_of(question.id, number))}"
            for question in template.questions
            if question.id not in in_columns
            and not isinstance(entry := context.entry(key_of(question.id, number)), AbsentReason | bool)
            and entry != ""
        ),
        *_alike(context, template, number, answer_words, _is_blank),
    ]
    if by := _entered_by(context, template, number):
        words.append(_("entered by {name}").format(name=", ".join(by)))
    return (str(number), *timed, *numbers, "; ".join(" ".join(each.split()) for each in words))


def _number(context: SummaryContext, question: Question, number: int, answer_words: Callable[[str], str]) -> str:
    """Return a number without its unit, a dash where it is missing, and nothing where it was not reached."""
    key = key_of(question.id, number)
    entry = context.entry(key)
    if isinstance(entry, AbsentReason):
        return "" if entry in _NOT_THERE else BLANK
    return answer_words(key).removesuffix(question.unit or "").rstrip()


def _is_blank(entry: Entry) -> bool:
    return isinstance(entry, AbsentReason) and entry not in _NOT_THERE


def _alike(
    context: SummaryContext,
    template: Section,
    number: int,
    answer_words: Callable[[str], str],
    belongs: Callable[[Entry], bool],
) -> list[str]:
    """Return each answer or reason for a blank with the questions that have it, such as "no: calm, alone"."""
    names: dict[str, list[str]] = {}
    for question in template.questions:
        key = key_of(question.id, number)
        entry = context.entry(key) if key in context.content.questionnaire.question else AbsentReason.NOT_ASKED
        is_structure = template.repeats and question.id == template.repeats.another and isinstance(entry, bool)
        if belongs(entry) and not is_structure:
            names.setdefault(answer_words(key), []).append(question.name)
    return [f"{lowered(answer)}: {', '.join(questions)}" for answer, questions in names.items()]


def _entered_by(context: SummaryContext, template: Section, number: int) -> list[str]:
    """Return who entered the answers, with the time of the last one; nobody where the person did."""
    last: dict[str, datetime.datetime] = {}
    for question in template.questions:
        by, at = context.metadata.entered.get(key_of(question.id, number), (None, None))
        if by and at:
            last[by] = max(last.get(by, at), at)
    return [f"{by} {local(at):%H:%M}" for by, at in last.items()]
