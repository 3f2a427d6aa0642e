"""A person's copies of their answers: saved to a file, or printed."""

from __future__ import annotations

from pathlib import Path

from screener.document.file_kinds import TEXT_FILE, FileKind
from screener.document.formats import RenderOptions, rendered
from screener.document.notice import Audience
from screener.document.printer import send
from screener.document.save import save
from screener.session.session import InterviewSession


def save_copy(
    session: InterviewSession, folder: Path, audience: Audience = "patient", kind: FileKind = TEXT_FILE
) -> Path:
    """Write a copy into a folder and return its path. Raise ``ScreenerError`` with one sentence if that fails."""
    _log(session)
    options = RenderOptions(paper=kind.paper)
    return save(session.summary(audience), folder, session.metadata.reference, kind.format, options)


def print_copy(session: InterviewSession, audience: Audience = "patient") -> None:
    """Give a copy to the printer; this takes as long as its command does. Raise ``ScreenerError`` if that fails."""
    _log(session)
    send(session.printer or "", rendered(session.summary(audience)).decode())


def _log(session: InterviewSession) -> None:
    if session.autosave:
        session.autosave.log_copy()
