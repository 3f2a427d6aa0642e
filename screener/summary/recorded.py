"""What staff recorded: each item with its entry, by whom and when, what was corrected and why; or not recorded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from screener.document.model import BlockPart, Strong, Table, Words
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.model.response import AbsentReason, absent_label
from screener.summary.context import SummaryContext, lowered
from screener.summary.metadata import RecordedEntry

_WIDTHS = (30, 70)


def recorded(context: SummaryContext) -> Iterator[BlockPart]:
    """Yield a table for each section, with every item that applies."""
    for section in context.content.questionnaire.sections:
        rows: list[tuple[Words, ...]] = [
            ((Strong(question.label),), how_recorded(context, question.id))
            for question in section.questions
            if context.interview.state.is_enabled(question.id) is not False
        ]
        if rows:
            yield Table(section.title, (_("Item"), _("Recorded")), tuple(rows), _WIDTHS)


def how_recorded(context: SummaryContext, name: str) -> str:
    """Return everything that was entered for an item in a line, such as "142 at 10:05 by A; corrected to …"."""
    entries = entries_of(context, name)
    if not entries:
        return lowered(absent_label(AbsentReason.NOT_RECORDED))
    parts, question = [], context.question(name)
    for number, entry in enumerate(entries):
        words = format_answer(question, entry.entry)
        words = lowered(words) if isinstance(entry.entry, AbsentReason) else words
        way = _("{answer} at {time} by {by}")
        if number and entry.reason:
            way = _("corrected to {answer} at {time} by {by}: {reason}")
        elif number:
            way = _("then {answer} at {time} by {by}")
        parts.append(
            way.format(answer=words, time=_time(context, entry.at), by=entry.by or _("the person"), reason=entry.reason)
        )
    return "; ".join(parts)


def entries_of(context: SummaryContext, name: str) -> tuple[RecordedEntry, ...]:
    """Return what was entered for an item, from the first entry on that is no blank."""
    entries = context.metadata.recorded.get(name, ())
    first = next((n for n, each in enumerate(entries) if not isinstance(each.entry, AbsentReason)), len(entries))
    return entries[first:]


def _time(context: SummaryContext, moment: datetime.datetime) -> str:
    """Return the time of day; with the day where it is another one than that on which it was begun."""
    here, started = local(moment), context.metadata.started
    is_same_day = started is not None and local(started).date() == here.date()
    return f"{here:%H:%M}" if is_same_day else f"{here:%Y-%m-%d %H:%M}"
