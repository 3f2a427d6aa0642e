"""The copies of a session's answers so far: built, saved, printed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from screener.content.compiled import Content
from screener.document.file_kinds import TEXT_FILE, FileKind
from screener.document.formats import RenderOptions, rendered
from screener.document.model import Document
from screener.document.notice import Audience
from screener.document.printer import send
from screener.document.save import save
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.history import entered_as, recorded_in
from screener.store.saved_copies import note_copy
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.taken_back import ReportedAlarms

if TYPE_CHECKING:
    from screener.engine.alarm_history import AlarmHistory
    from screener.engine.interview import Interview
    from screener.session.autosave import Autosave
    from screener.store.history import HistoryEntry
    from screener.summary.metadata import SessionMetadata


class CopiedSession(Protocol):
    """What copies read of a session."""

    content: Content
    interview: Interview
    alarms: AlarmHistory
    metadata: SessionMetadata
    history: list[HistoryEntry]
    autosave: Autosave | None
    by: str | None
    clinic_language: str | None
    printer: str | None
    export_folder: Path

    @property
    def finished(self) -> bool: ...

    @property
    def kept_by_clinic(self) -> bool: ...

    def summary(self, audience: Audience = "patient") -> Document: ...


def session_summary(session: CopiedSession, audience: Audience) -> Document:
    """Return the person's or the clinician's copy of the answers so far."""
    alarms = ReportedAlarms(session.alarms)
    metadata = session.metadata
    if session.autosave:
        entered = tuple(dict.fromkeys(past.by for past in session.history)) or (session.by,)
        metadata = replace(
            metadata,
            audit=session.autosave.facts.head(),
            signed_by=session.autosave.facts.signed_by(session.autosave.content_hash),
            entered_by=entered,
            entered=entered_as(session.history),
            recorded=recorded_in(session.history),
            days_kept=None if session.finished else session.autosave.days_kept,
        )
    if audience == "clinician":
        return clinician_summary(_for_the_clinic(session), session.interview, metadata, alarms)
    # In a clinic, staff know of an answer that was taken back. On their own device, only the person can tell it.
    return patient_summary(session.content, session.interview, metadata, None if session.kept_by_clinic else alarms)


def save_copy(session: CopiedSession, typed: str, audience: Audience = "patient", kind: FileKind = TEXT_FILE) -> Path:
    """Write a copy into the folder that was typed, or the usual one, and return its path; a clinic's list has it.

    Raise ``ScreenerError``.
    """
    _log(session)
    document, options = session.summary(audience), RenderOptions(paper=kind.paper)
    note = partial(_note, session.autosave)
    try:
        folder = Path(typed.strip()).expanduser() if typed.strip() else session.export_folder
        return save(document, folder, session.metadata.reference, kind.format, options, note)
    except (ValueError, RuntimeError):  # A character that no path has, or a home folder of nobody.
        raise ScreenerError(_("This cannot be a folder.")) from None


def print_copy(session: CopiedSession, audience: Audience = "patient") -> None:
    """Give a copy to the printer. Raise ``ScreenerError``."""
    _log(session)
    send(session.printer or "", rendered(session.summary(audience)).decode())


def _log(session: CopiedSession) -> None:
    if session.autosave:
        session.autosave.log_copy()


def _note(autosave: Autosave | None, path: Path) -> None:
    """Put a file on the clinic's list of copies. Where that fails, nobody is kept from theirs."""
    if autosave and autosave.response_id:
        with suppress(OSError, ScreenerError):
            note_copy(autosave.store, (autosave.response_id,), path)


def _for_the_clinic(session: CopiedSession) -> Content:
    if session.clinic_language is None:
        return session.content.authored or session.content
    from screener.content.translate import in_language_if_there

    return in_language_if_there(session.content, session.clinic_language)
