"""The stored response of an interview, and the interview of a stored response."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from screener.content.compiled import Content
from screener.engine.alarm_history import AlarmHistory
from screener.engine.due_form import form_due
from screener.engine.interview import Interview
from screener.engine.previous import PreviousResponse, answers_to_confirm, days_since
from screener.i18n.formats import local
from screener.store.history import HistoryEntry, entered_as, recorded_in
from screener.store.record import StoredResponse
from screener.summary.metadata import SessionMetadata


def handed_over_with(content: Content, response: StoredResponse) -> PreviousResponse | None:
    """Return what staff handed over with an unfinished response: rules know it, and nobody is shown it again."""
    before = response.carried_from
    if before is None or response.finished:
        return None
    days = days_since(before.day, local(response.started).date())
    entries, reference = response.handed_over, before.reference
    return answers_to_confirm(content.form, entries, reference=reference, day=before.day, days=days, is_shown=False)


def interview_of(content: Content, response: StoredResponse, previous: PreviousResponse | None = None) -> Interview:
    """Return the interview, at the page where the person was. ``previous`` is the previous response, if it is known."""
    return Interview(
        content.form,
        content.rules,
        response.entries,
        position=response.position,
        acknowledgements=response.acknowledgements,
        previous=previous,
        carried_over=[
            name for name, last in {past.question: past for past in response.history}.items() if last.carried_over
        ],
    )


def response_of(
    content: Content,
    content_hash: str,
    interview: Interview,
    metadata: SessionMetadata,
    history: Iterable[HistoryEntry],
    alarms: AlarmHistory,
    since: tuple[datetime.datetime | None, datetime.datetime | None],
) -> StoredResponse:
    """Return what is stored of an interview; ``since`` when it is urgent, and the person at an emergency page."""
    assert metadata.started is not None
    return StoredResponse(
        reference=metadata.reference,
        questionnaire=content.questionnaire.id,
        content=content_hash,
        language=content.questionnaire.language,
        mode=metadata.mode,
        started=metadata.started,
        finished=metadata.finished,
        name=metadata.name,
        region=metadata.region,
        history=tuple(history),
        acknowledgements=tuple(interview.acknowledgements),
        position=interview.position,
        urgent=tuple(alarm.id for alarm in alarms.current),
        taken_back=tuple(alarm.id for alarm in alarms.taken_back),
        terminal=metadata.terminal,
        urgent_since=since[0],
        emergency_since=since[1],
        ticket=metadata.ticket,
        carried_from=metadata.carried_from,
        handed_over=interview.previous.entries if interview.previous and not metadata.finished else {},
        form_due=form_due(interview.state, metadata.started),
    )


def alarms_of(content: Content, response: StoredResponse) -> AlarmHistory:
    """Return the alarms of the response, from its history: what 0.1.0 wrote has no others."""
    interview, alarms = Interview(content.form, content.rules), AlarmHistory(content.rules)
    for past in response.history:
        interview.record(past.question, past.entry)
        alarms.note(interview.assessment, past.question, past.at)
    return alarms


def metadata_of(response: StoredResponse, audit: str | None = None) -> SessionMetadata:
    """Return the metadata for its summaries; ``audit`` is the head of the audit trail."""
    return SessionMetadata(
        response.reference,
        response.mode,
        response.started,
        response.finished,
        name=response.name,
        entered_by=tuple(dict.fromkeys(past.by for past in response.history)),
        audit=audit,
        region=response.region,
        terminal=response.terminal,
        ticket=response.ticket,
        entered=entered_as(response.history),
        carried_from=response.carried_from,
        recorded=recorded_in(response.history),
    )
