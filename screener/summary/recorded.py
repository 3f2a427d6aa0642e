"""What staff recorded: each item with its entry, by whom and when, what was corrected and why; or not recorded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from screener.document.model import BlockPart, Strong, Table, Words
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.model.questionnaire import Section
from screener.model.response import AbsentReason
from screener.summary.context import SummaryContext, lowered
from screener.summary.occurrences import occurrence_table

_WIDTHS = (30, 70)


def recorded(context: SummaryContext) -> Iterator[BlockPart]:
    """Yield a table for each section, with every item that applies, or did when something was recorded of it."""
    for section in context.content.questionnaire.sections:
        yield from _occurrences(context, section) if section.repeats else checklist(context, section)


def checklist(context: SummaryContext, *sections: Section) -> Iterator[BlockPart]:
    """Yield a table for each section that does not repeat, with every item that applies, recorded or not."""
    for section in sections:
        if section.repeats:
            continue
        rows: list[tuple[Words, ...]] = [
            ((Strong(question.label),), how_recorded(context, question.id))
            for question in section.questions
            if context.interview.state.is_enabled(question.id) is not False or context.recorded(question.id)
        ]
        if rows:
            yield Table(section.title, (_("Item"), _("Recorded")), tuple(rows), _WIDTHS)


def _occurrences(context: SummaryContext, section: Section) -> Iterator[BlockPart]:
    """Yield a repeating section as one table, and in lines of their own the items that were corrected or left it."""
    table = occurrence_table(context, section, lambda name: recorded_words(context, name))
    if table:
        yield table
    rows = tuple(
        ((Strong(question.label),), how_recorded(context, question.id))
        for question in section.questions
        if context.replaced(question.id)
    )
    if rows:
        caption = _("{section}: corrected, or no longer asked").format(section=section.title)
        yield Table(caption, (_("Item"), _("Recorded")), rows, _WIDTHS)


def recorded_words(context: SummaryContext, name: str) -> str:
    """Return what is recorded of an item now, or that nothing is."""
    words = context.in_words(name)
    return lowered(words) if isinstance(context.entry(name), AbsentReason) else words


def how_recorded(context: SummaryContext, name: str) -> str:
    """Return everything that was entered for an item in a line, such as "142 at 10:05 by A; corrected to …"."""
    entries = context.recorded(name)
    if not entries:
        return recorded_words(context, name)  # A file of answers tells nobody's name and no time.
    parts, question = [], context.question(name)
    for number, entry in enumerate(entries):
        words = format_answer(question, entry.entry)
        words = lowered(words) if isinstance(entry.entry, AbsentReason) else words
        way = _("{answer} at {time} by {by}")
        if number and entry.reason:
            way = _("corrected to {answer} at {time} by {by}: {reason}")
        elif number:
            way = _("then {answer} at {time} by {by}")
        time, by = time_of(context, entry.at), entry.by or _("the person")
        parts.append(way.format(answer=words, time=time, by=by, reason=entry.reason))
    is_enabled = context.interview.state.is_enabled(name)
    if not is_enabled:
        parts.append(_("whether it applies is not recorded") if is_enabled is None else _("does not apply now"))
    return "; ".join(parts)


def time_of(context: SummaryContext, moment: datetime.datetime) -> str:
    """Return the time of day; with the day where that is known to be another one than that on which it was begun."""
    at, started = local(moment), context.metadata.started
    is_other_day = started is not None and local(started).date() != at.date()
    return f"{at:%Y-%m-%d %H:%M}" if is_other_day else f"{at:%H:%M}"
