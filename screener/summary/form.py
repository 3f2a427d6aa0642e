"""What a form asks for, in its order, with what staff recorded of it: whoever fills in the form copies from here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from screener.document.model import Blanks, Block, BlockPart, Bullets, Gap, Inline, Pair, Pairs, Paragraph, Table, Words
from screener.engine.due_form import form_due
from screener.engine.occurrences import occurrence_of, occurrences, since
from screener.i18n.gettext import _
from screener.model.front_parts import DueForm, FormItem
from screener.model.occurrences import key_of, number_of, question_of
from screener.model.response import AbsentReason, absent_label
from screener.summary.context import SummaryContext, lowered
from screener.summary.phrases import cited, reference
from screener.summary.recorded import how_recorded
from screener.summary.timeline import minutes_since

_WIDTHS = (36, 64)


def form_blocks(context: SummaryContext, form: DueForm) -> Iterator[Block]:
    """Yield until when the form is due, its items, what is missing for it, and where the items come from."""
    rows = tuple((_item(item), _recorded(context, item)) for item in form.items)
    parts: list[BlockPart] = [Paragraph(text) for text in _due(context, form)]
    parts.append(Table("", (_("The form asks for"), _("Recorded")), rows, _WIDTHS))
    if form.order != "verified":
        parts.append(Paragraph(_("Nobody has compared the order of these items with the form: to be checked."), "note"))
    yield Block("form", _("What the form asks for, in its order"), tuple(parts), tight=True)
    if missing := tuple(_missing(context, form)):
        yield Block("form-not-recorded", _("Not recorded"), (Bullets(missing),), tight=True)
    if by_hand := tuple(item.text for item in form.items if not item.questions):
        yield Block("form-by-hand", _("Not asked here, to be written by hand"), (Blanks(by_hand),), tight=True)
    named = {citation.source for item in form.items for citation in item.sources}
    sources = (Pair(each.id, reference(each)) for each in context.content.ruleset.sources if each.id in named)
    yield Block("sources", _("Sources"), (Pairs(tuple(sources), compact=True),), tight=True)


def _due(context: SummaryContext, form: DueForm) -> Iterator[str]:
    state, started = context.interview.state, context.metadata.started
    if context.entries.get(form.question) is True:
        yield _("Recorded as sent: {how}.").format(how=how_recorded(context, form.question))
    elif state.is_enabled(form.question) is False:
        yield _("By what is recorded, this form is not asked for.")
    elif started is None:
        yield _("Not recorded as sent.")
    else:
        due = _("Not recorded as sent. Due on {day}, {days} days after the day on which recording began.")
        yield due.format(day=form_due(state, started), days=form.days)


def _item(item: FormItem) -> str:
    return f"{item.text} [{'; '.join(cited(item.sources))}]"


def _recorded(context: SummaryContext, item: FormItem) -> Words:
    """Return what was recorded of an item: by whom and when, and how long after the moment."""
    if not item.questions:
        return _("not asked here")
    keys = _keys(context, item)
    if not keys:
        reason = AbsentReason.NOT_RECORDED if _repeats(context, item) else AbsentReason.NOT_APPLICABLE
        return lowered(absent_label(reason))
    if keys == [*item.questions[:1]]:
        return _how(context, keys[0])
    words: list[Inline] = []
    for _number, group in groupby(keys, number_of):
        of_occurrence = list(group)
        entries = "; ".join(f"{_template_name(context, key)}: {_how(context, key)}" for key in of_occurrence)
        occurrence = occurrence_of(context.content.questionnaire, context.entries, of_occurrence[0])
        words += [*([Gap()] if words else []), f"{occurrence.words}: {entries}" if occurrence else entries]
    return tuple(words)


def _how(context: SummaryContext, key: str) -> str:
    return how_recorded(context, key) + _since(context, key)


def _name(context: SummaryContext, key: str) -> str:
    """Return the name of a question; in an occurrence with how long after the moment that was."""
    occurrence = occurrence_of(context.content.questionnaire, context.entries, key)
    return ": ".join((*([occurrence.words] if occurrence else []), _template_name(context, key)))


def _template_name(context: SummaryContext, key: str) -> str:
    return context.content.template.question[question_of(key)].name


def _since(context: SummaryContext, key: str) -> str:
    """Return how long after the moment a time was, in brackets; nothing of the moment itself and of other entries."""
    moment, minutes = context.content.questionnaire.moment, minutes_since(context, key)
    if moment is None or minutes is None or key == moment.question:
        return ""
    return f" ({since(minutes, moment.name)})"


def _keys(context: SummaryContext, item: FormItem) -> list[str]:
    """Return the questions that say an item and apply, of a section that repeats in each occurrence that is meant."""
    keys: list[str] = []
    questions = context.content.questionnaire.question
    for name in item.questions:
        if name in questions:
            keys += [name] if context.interview.state.is_enabled(name) is not False else []
        else:
            keys += [key_of(name, number) for number in _numbers(context, item, name)]
    return sorted(keys, key=list(questions).index)


def _numbers(context: SummaryContext, item: FormItem, name: str) -> list[int]:
    """Return the occurrences that an item means, of those in which one of its questions was answered."""
    questionnaire = context.content.questionnaire
    section = questionnaire.section_of[key_of(name, 1)]
    numbers = [
        occurrence.number
        for occurrence, _questions in occurrences(questionnaire, context.interview.state, section)
        if any(_is_answered(context, key_of(each, occurrence.number)) for each in item.questions)
        and _is_within(occurrence.minutes, item)
    ]
    return numbers[-1:] if item.last else numbers


def _repeats(context: SummaryContext, item: FormItem) -> bool:
    """Return whether a question of an item can be answered several times."""
    return any(name not in context.content.questionnaire.question for name in item.questions)


def _is_within(minutes: int | None, item: FormItem) -> bool:
    if item.minutes is None:
        return True
    return minutes is not None and item.minutes.minimum <= minutes <= item.minutes.maximum


def _is_answered(context: SummaryContext, key: str) -> bool:
    return not isinstance(context.entries.get(key, AbsentReason.NOT_RECORDED), AbsentReason)


def _missing(context: SummaryContext, form: DueForm) -> Iterator[str]:
    """Yield the items of which something is not recorded, with what that is."""
    for item in form.items:
        keys = _keys(context, item)
        blank = [_name(context, key) for key in keys if not _is_answered(context, key)]
        if blank or (not keys and _repeats(context, item)):
            yield f"{item.text}: {', '.join(blank)}" if blank and len(keys) > 1 else item.text
