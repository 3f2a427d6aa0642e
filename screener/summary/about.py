"""The head of a summary: whose answers these are, when they were given, and how many questions were left blank."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from screener.document.model import Blanks, Block, BlockPart, Pair, Pairs, Paragraph
from screener.i18n.gettext import _, language_name
from screener.model.phrase import filled, phrase_names
from screener.model.response import AbsentReason
from screener.summary.context import SummaryContext
from screener.summary.metadata import SessionMetadata
from screener.summary.phrases import in_other_languages, return_code_lapses


def about(context: SummaryContext, title: str, *, for_clinic: bool) -> Block:
    """Return the head. Only the program's words and codes end its lines, so that the audit trail can be read there."""
    pairs = [Pair(_("Reference"), "; ".join(_marks(context.metadata)))]
    if person := context.metadata.person if for_clinic else None:
        born = _("born {year}").format(year=person.year_of_birth) if person.year_of_birth else ""
        pairs.append(Pair(_("At the clinic"), "; ".join(filter(None, (person.reference, born))) + "."))
    if for_clinic and (facts := _facts(context)):
        pairs.append(Pair(_("Person"), "; ".join(facts) + "."))
    pairs.append(Pair(_("Recorded") if context.for_staff else _("Answered"), "; ".join(_answered(context)) + "."))
    if for_clinic and (place := stopped(context)):
        pairs.append(Pair(_("Not finished"), f"{place}."))
    if carried := _carried_over(context, for_clinic):
        pairs.append(Pair(_("Carried over"), carried))
    if context.metadata.audit:
        pairs.append(Pair(_("Audit trail"), context.metadata.audit))
    parts: list[BlockPart] = [Pairs(tuple(pairs), compact=True)]
    if for_clinic:
        parts.append(Blanks((_("Name"), _("Date of birth")), beside=True))
    elif not context.interview.complete:
        parts.append(Paragraph(_("This questionnaire was not finished. Some questions were not reached.")))
        if context.metadata.days_kept is not None:
            parts.append(Paragraph(return_code_lapses(context.metadata.days_kept)))
    parts += map(Paragraph, _languages(context))
    return Block("about", title, tuple(parts), tight=True)


def _carried_over(context: SummaryContext, for_clinic: bool) -> str:
    """Return which answers are those of the previous response; empty where none is."""
    names = [
        question.name
        for question in context.content.questionnaire
        if question.id in context.interview.carried_over and (for_clinic or question.id not in context.silent)
    ]
    source = context.metadata.carried_from
    if not names or source is None:
        return ""
    text = _("{questions}: as on {day} ({reference}), each confirmed.")
    return text.format(questions=", ".join(names), day=source.day, reference=source.reference)


def _marks(metadata: SessionMetadata) -> Iterator[str]:
    yield metadata.reference
    if metadata.terminal:
        yield _("terminal: {terminal}").format(terminal=metadata.terminal)


def head_questions(context: SummaryContext) -> frozenset[str]:
    """Return the questions whose answers the head says in full."""
    return frozenset(name for fact in context.content.ruleset.head for name in context.fills(fact))


def _facts(context: SummaryContext) -> list[str]:
    """Return the facts that the content puts at the head; a question without an answer is named with the reason."""
    texts = []
    for fact in context.content.ruleset.head:
        blank = (f"{context.question(name).name}: {context.blank_reason(name)}" for name in phrase_names(fact))
        texts.append(filled(fact, context.as_chosen) or ", ".join(blank))
    return texts


def _answered(context: SummaryContext) -> Iterator[str]:
    metadata, interview = context.metadata, context.interview
    if metadata.started:
        yield period(metadata.started, metadata.finished)
    enabled = [q.id for q in context.content.questionnaire if interview.state.is_enabled(q.id)]
    blank = sum(isinstance(context.entries.get(name), AbsentReason) for name in enabled)
    reached = sum(name in context.entries for name in enabled)
    if context.for_staff:
        yield _("{count} of {all} recorded").format(count=reached - blank, all=len(enabled))
        yield _("{count} not recorded").format(count=len(enabled) - reached + blank)
        return
    if interview.complete:
        yield _("{count} of {all} answered").format(count=reached - blank, all=len(enabled))
    else:
        yield _("{count} answered").format(count=reached - blank)
    yield _("{count} left blank").format(count=blank)


def stopped(context: SummaryContext) -> str:
    """Return where it was stopped; empty where it was finished."""
    sections = context.content.questionnaire.sections
    for number, section in enumerate(sections, 1):
        for question in section.questions:
            if question.id not in context.entries and context.interview.state.is_enabled(question.id):
                return _("stopped in part {part} of {parts}").format(part=number, parts=len(sections))
    return ""


def period(started: datetime.datetime, finished: datetime.datetime | None) -> str:
    """Return when it was answered, by the clock of this place, with its distance from universal time."""
    start = started.astimezone()
    end = finished.astimezone() if finished else None
    if end is None:
        until = ""
    elif end.date() == start.date():
        until = f" - {end:%H:%M}"
    else:
        until = f" - {end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M}{until} {offset(start)}"


def offset(moment: datetime.datetime) -> str:
    """Return the distance from universal time, such as ``UTC-08:00``."""
    written = f"{moment:%z}"
    return "UTC" if written in ("+0000", "") else f"UTC{written[:3]}:{written[3:]}"


def _languages(context: SummaryContext) -> Iterator[str]:
    """Yield in which language it was answered where that is another one, for scales of their own."""
    answered = context.interview.form.questionnaire
    if answered.language != context.content.questionnaire.language:
        yield _("Answered in {language} ({code}).").format(
            language=language_name(answered.language), code=answered.language
        )
    yield from in_other_languages(answered)
