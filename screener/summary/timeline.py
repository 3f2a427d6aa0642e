"""What staff recorded in the order of time: when it was, how long after the moment, what, and by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screener.document.model import Block, Table
from screener.engine.day_of_time import on_its_day
from screener.engine.occurrences import Occurrence, occurrences
from screener.expressions.facts import minutes_between
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.model.occurrences import question_of
from screener.model.question_types import amount_of
from screener.model.questionnaire import Question, Section
from screener.model.response import AbsentReason, Entry
from screener.summary.context import SummaryContext, lowered
from screener.summary.metadata import RecordedEntry
from screener.summary.recorded import checklist, time_of

_WIDTHS = (14, 8, 52, 26)
_MINUTE = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class TimelineEvent:
    """What was, or was recorded, at one time; ``recorded`` is when and by whom it was entered, where that is known."""

    at: datetime.datetime | None
    words: str
    recorded: tuple[RecordedEntry, ...]


def timeline(context: SummaryContext) -> Iterator[Block]:
    """Yield the table of all that was recorded, and the checklist with what was not."""
    events = sorted(_events(context), key=lambda event: (event.at is None, event.at or _reference_time(context)))
    moment, named = moment_of(context), context.content.questionnaire.moment
    since = (_("Min since {moment}").format(moment=named.name),) if named else ()
    rows = tuple(
        (
            time_of(context, event.at) if event.at else "-",
            *((_minutes(event.at, moment),) if named else ()),
            event.words,
            _recorded_by(context, event.recorded),
        )
        for event in events
    )
    widths = _WIDTHS if named else (_WIDTHS[0], _WIDTHS[2] + _WIDTHS[1], _WIDTHS[3])
    if rows:
        head = (_("Time"), *since, _("What"), _("Recorded by"))
        yield Block("timeline", _("In the order of time"), (Table("", head, rows, widths),), tight=True)
    sections = context.content.questionnaire.sections
    yield Block(
        "checklist", _("Checklist: by whom and when, or not recorded"), tuple(checklist(context, *sections)), tight=True
    )


def moment_of(context: SummaryContext) -> datetime.datetime | None:
    """Return the moment from which minutes count, on its day; ``None`` while it is not recorded."""
    named = context.content.questionnaire.moment
    return _on_its_day(context, named.question) if named else None


def minutes_since(context: SummaryContext, name: str) -> int | None:
    """Return how long after the moment the time was that was recorded for a question."""
    at, moment = _on_its_day(context, name), moment_of(context)
    return (at - moment) // _MINUTE if at and moment else None


def _events(context: SummaryContext) -> Iterator[TimelineEvent]:
    for section in context.content.questionnaire.sections:
        if section.repeats:
            for occurrence, questions in occurrences(context.content.questionnaire, context.interview.state, section):
                yield from _of_occurrence(context, occurrence, questions)
        else:
            yield from _of_section(context, section)


def _of_section(context: SummaryContext, section: Section) -> Iterator[TimelineEvent]:
    """Yield times at the time that they name, and other entries when they were entered, those of a minute together."""
    together: dict[tuple[datetime.datetime | None, str | None], list[tuple[str, RecordedEntry | None]]] = {}
    for question in section.questions:
        if not _is_answered(context, question.id):
            continue
        entries = context.recorded(question.id)
        if isinstance(context.entry(question.id), datetime.time):
            yield TimelineEvent(_on_its_day(context, question.id), question.label, entries[-1:])
            yield from _corrections(question, entries)
            continue
        first = entries[0] if entries else None
        words = _words(question, first.entry if first else context.entry(question.id))
        key = (first.at.replace(second=0, microsecond=0), first.by) if first else (None, None)
        together.setdefault(key, []).append((words, first))
        yield from _corrections(question, entries)
    for (at, _by), parts in together.items():
        texts = "; ".join(words for words, _entry in parts)
        yield TimelineEvent(at, f"{section.title}: {texts}", tuple(entry for _words, entry in parts if entry)[-1:])


def _of_occurrence(
    context: SummaryContext, occurrence: Occurrence, questions: Iterable[Question]
) -> Iterator[TimelineEvent]:
    """Yield what was recorded of one occurrence, at its time; without one, when it was entered."""
    parts: list[str] = []
    newest: dict[str | None, RecordedEntry] = {}
    template = context.content.template.question
    time = None
    for question in questions:
        if not _is_answered(context, question.id):
            continue
        entries, written = context.recorded(question.id), question_of(question.id)
        for entry in entries[:1]:
            if entry.by not in newest or newest[entry.by].at < entry.at:
                newest[entry.by] = entry
        if written == occurrence.repeats.time:
            time = _on_its_day(context, question.id)
            yield from _corrections(question, entries)
            continue
        if written != occurrence.repeats.another and context.entry(question.id) != "":
            parts.append(_words(template[written], entries[0].entry if entries else context.entry(question.id)))
        yield from _corrections(question, entries)
    if parts or time:
        at = time or min((entry.at for entry in newest.values()), default=None)
        yield TimelineEvent(at, ": ".join(filter(None, (occurrence.name, "; ".join(parts)))), tuple(newest.values()))


def _corrections(question: Question, entries: tuple[RecordedEntry, ...]) -> Iterator[TimelineEvent]:
    """Yield every later entry for a question, when it was entered."""
    for entry in entries[1:]:
        corrected = _("corrected: {answer} ({reason})") if entry.reason else _("then: {answer}")
        words = corrected.format(answer=_words(question, entry.entry), reason=entry.reason)
        yield TimelineEvent(entry.at, words, (entry,))


def _words(question: Question, entry: Entry) -> str:
    words = " ".join(format_answer(question, entry).split())
    return f"{question.name}: {lowered(words) if isinstance(entry, AbsentReason) else words}"


def _is_answered(context: SummaryContext, name: str) -> bool:
    """Return whether something was entered for a question, even if it was taken back or does not apply any more."""
    return bool(context.recorded(name)) or not isinstance(context.entry(name), AbsentReason)


def _on_its_day(context: SummaryContext, name: str) -> datetime.datetime | None:
    """Return the time that was recorded for a question, on its day: at most half a day from the moment."""
    entry, entries, named = context.entry(name), context.recorded(name), context.content.questionnaire.moment
    if not isinstance(entry, datetime.time):
        return None
    if named and named.question != name and (moment := moment_of(context)):
        start, end = amount_of(local(moment).time()), amount_of(entry)
        if start is not None and end is not None:
            return moment + minutes_between(int(start), int(end)) * _MINUTE
    return on_its_day(entry, entries, _reference_time(context))


def _reference_time(context: SummaryContext) -> datetime.datetime:
    """Return when the response was begun; of answers from a file nobody knows, and any day will do for their order."""
    return context.metadata.started or datetime.datetime(2000, 1, 1, 12).astimezone()


def _minutes(at: datetime.datetime | None, moment: datetime.datetime | None) -> str:
    return str((at - moment) // _MINUTE) if at and moment else "-"


def _recorded_by(context: SummaryContext, entries: tuple[RecordedEntry, ...]) -> str:
    return "; ".join(f"{entry.by or _('the person')}, {time_of(context, entry.at)}" for entry in entries) or "-"
