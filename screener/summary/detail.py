"""Page two of the clinician's copy: every answer, instruments as tables, free text as it was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from screener.document.model import (
    BlockPart,
    Bullets,
    Gap,
    Inline,
    Pair,
    Pairs,
    Paragraph,
    Strong,
    Table,
    Words,
    inlines,
    plain,
)
from screener.i18n.gettext import _
from screener.model.occurrences import number_of
from screener.model.questionnaire import Instrument, Question, Section
from screener.model.response import AbsentReason
from screener.model.types.base import OwnWords
from screener.summary.about import head_questions
from screener.summary.context import SummaryContext
from screener.summary.fitting import FittedPage, NotedPhrase, items_of, left_over, words
from screener.summary.not_known import unreached_sections
from screener.summary.occurrences import occurrence_table

_FEWEST_IN_A_TABLE = 3
_SHORT = 300
"""Characters of sections that stand beside each other."""


def detail(context: SummaryContext, page: FittedPage) -> Iterator[BlockPart]:
    """Yield page two: what the first page has no room for, and every answer that it does not say in full."""
    more = left_over(page)
    if more:
        yield Bullets(tuple(_joined([(Strong(f"{row.label}: "), *words(row)) for row in more])))
    on_page_one = _said_already(
        context, [*items_of(row for group in page.groups for row in group.rows), *items_of(more)]
    )
    flowing: list[Words] = []
    items: list[tuple[Words, ...]] = []
    tables: list[Table] = []
    for section in context.content.questionnaire.sections:
        if section.repeats:
            tables += filter(None, [occurrence_table(context, section, lambda name: _in_line(context, name))])
            continue
        questions = [question for question in section.questions if question.id in context.entries]
        own_words = [q for q in questions if isinstance(q.answer_type, OwnWords) and _is_answered(context, q)]
        rows, others = _table_rows(context, section, [question for question in questions if question not in own_words])
        items += rows
        if others := [question for question in others if question.id not in on_page_one]:
            flowing.append((Strong(f"{section.title}. "), *_flow(context, others)))
    yield from tables
    if items:
        yield Table("", ("", ""), tuple(items), (24, 76))
    if flowing:
        yield Bullets(tuple(_joined(flowing)))
    yield from _own_words(context, on_page_one)
    yield from _not_asked(context, {row.label for row in page.rest})


def _joined(sections: list[Words]) -> Iterator[Words]:
    """Yield the sections, short ones beside each other, so that few answers take few lines."""
    waiting: tuple[Inline, ...] = ()
    for section in sections:
        words = inlines(section)
        if waiting and len(plain(waiting)) + len(plain(words)) > _SHORT:
            yield waiting
            waiting = ()
        waiting = (*waiting, Gap(), *words) if waiting else words
    if waiting:
        yield waiting


def _is_answered(context: SummaryContext, question: Question) -> bool:
    return not isinstance(context.entry(question.id), AbsentReason)


def _said_already(context: SummaryContext, items: Iterable[NotedPhrase]) -> frozenset[str]:
    """Return the questions whose answers are said already: in the head, by an item, or option by option."""
    names = set(head_questions(context))
    codes: dict[str, set[str]] = {}
    for phrase in items:
        names.update(phrase.says)
        for name, code in phrase.codes:
            codes.setdefault(name, set()).add(code)
    return frozenset(names | {name for name, item_codes in codes.items() if context.entry(name) == item_codes})


def _table_rows(
    context: SummaryContext, section: Section, questions: list[Question]
) -> tuple[list[tuple[Words, ...]], list[Question]]:
    """Return a row for each answer to items of an instrument with the same options, and the questions in no row."""
    rows: list[tuple[Words, ...]] = []
    others: list[Question] = []
    if not isinstance(section, Instrument):
        return rows, questions
    # A question before the items, such as that on an event, has no number of theirs.
    scored = context.content.form.source_questions(score.id for score in section.scores)
    for _key, run in groupby(questions, key=lambda question: (question.id in scored, question.type, question.options)):
        same = list(run)
        if len(same) < _FEWEST_IN_A_TABLE:
            others += same
            continue
        for answer, numbers in _by_answer(context, same):
            items = "; ".join(f"{number} {same[number - 1].name}" for number in numbers)
            rows.append(((Strong(f"{section.name}: {answer}"),), items))
    return rows, others


def _by_answer(context: SummaryContext, questions: list[Question]) -> Iterator[tuple[str, list[int]]]:
    """Yield each answer that was given, the highest score first, with the numbers of its questions."""
    numbers_by_answer: dict[str, list[int]] = {}
    for number, question in enumerate(questions, 1):
        numbers_by_answer.setdefault(context.in_words(question.id), []).append(number)
    options = [*reversed(questions[0].options)]
    order = [option.label for option in options]
    scored = {option.label: option.score for option in options if option.score is not None}
    for answer in sorted(numbers_by_answer, key=lambda answer: order.index(answer) if answer in order else -1):
        label = f"{answer} ({scored[answer]})" if answer in scored else answer
        yield label, numbers_by_answer[answer]


def _flow(context: SummaryContext, questions: list[Question]) -> tuple[Inline, ...]:
    """Return questions with their answers, one after the other."""
    inlines: list[Inline] = []
    for number, question in enumerate(questions):
        inlines += [("; " if number else "") + f"{question.label}: ", _in_line(context, question.id)]
    return tuple(inlines)


def _in_line(context: SummaryContext, name: str) -> str:
    """Return an answer as it was chosen, or why there is none."""
    if isinstance(context.entry(name), AbsentReason):
        return context.blank_reason(name)
    return context.in_words(name).replace("; ", ", ")


def _own_words(context: SummaryContext, on_page_one: Collection[str]) -> Iterator[BlockPart]:
    pairs = tuple(
        Pair(question.label, context.in_words(question.id))
        for question in context.content.questionnaire
        if isinstance(question.answer_type, OwnWords)
        and _is_answered(context, question)
        and question.id not in on_page_one
        and number_of(question.id) is None
    )
    if pairs:
        yield Pairs(pairs, _("In their own words"), compact=True)


def _not_asked(context: SummaryContext, shortened: Collection[str]) -> Iterator[BlockPart]:
    """Yield which questions were not asked because of a blank, or not reached where page one has no room to say it."""
    state = context.interview.state
    if context.interview.complete:
        open_questions = [
            question.name
            for question in context.questions
            if state.is_enabled(question.id) is None and not context.is_reached(question.id)
        ]
        if open_questions:
            not_asked = _("Not asked, because of what was left blank: {questions}.")
            yield Paragraph(not_asked.format(questions="; ".join(open_questions)))
    sections = list(unreached_sections(context))
    whole = [f"{section.title} ({len(names)})" for section, names, untouched in sections if untouched]
    if whole and _("All of") in shortened:
        yield Paragraph(_("Not reached, all of: {sections}.").format(sections="; ".join(whole)))
    for section, names, untouched in sections:
        if not untouched and _("Begun") in shortened:
            begun = _("Not reached in {section}: {questions}.")
            questions = "; ".join(context.question(name).name for name in names)
            yield Paragraph(begun.format(section=section.title, questions=questions))
