"""From what is kept back to an interview and its session, just as they were."""

from __future__ import annotations

from screener.content.compiled import Content
from screener.interview import Interview
from screener.store.record import Record
from screener.summary.session import Session


def interview_of(content: Content, kept: Record) -> Interview:
    """The interview at the page where the person was."""
    return Interview(
        content.form,
        content.rules,
        kept.entries,
        position=kept.position,
        acknowledgements=kept.acknowledgements,
    )


def session_of(kept: Record, audit: str | None = None) -> Session:
    """The circumstances for its summaries; ``audit`` is the head of the audit trail."""
    entered = tuple(dict.fromkeys(given.by for given in kept.history))
    return Session(
        kept.reference,
        kept.face,
        kept.started,
        kept.finished,
        name=kept.name,
        entered_by=entered,
        audit=audit,
        region=kept.region,
    )
