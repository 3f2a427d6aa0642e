"""The copies of a session: shown on the last page, saved to a file, or printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from screener.content.compiled import Content
    from screener.document.file_kinds import FileKind
    from screener.document.model import Document
    from screener.document.notice import Audience
    from screener.engine.alarm_history import AlarmHistory
    from screener.engine.interview import Interview
    from screener.session.autosave import Autosave
    from screener.store.record import HistoryEntry
    from screener.summary.metadata import SessionMetadata


class SessionCopies:
    """What a session has that its copies show. Documents are imported when needed: that would delay the first page."""

    content: Content
    clinic_language: str | None
    by: str | None
    printer: str | None
    autosave: Autosave | None
    history: list[HistoryEntry]
    interview: Interview
    alarms: AlarmHistory
    metadata: SessionMetadata

    @property
    def for_staff(self) -> bool:
        """Return whether staff answer, and what is said on the pages speaks to them."""
        return self.content.questionnaire.is_for_staff

    correcting: bool
    """Whether staff correct what was finished before."""

    @property
    def finished(self) -> bool:
        return self.metadata.finished is not None and not self.correcting

    @property
    def kept_by_clinic(self) -> bool:
        """Return whether a clinic keeps the answers, whatever the person does now."""
        return self.autosave is not None and self.autosave.clinic is not None

    def summary(self, audience: Audience | None = None) -> Document:
        """Return the person's or the clinician's copy of the answers so far; of what staff record, the latter."""
        from screener.store.record import entered_as, recorded_in
        from screener.summary.build import clinician_summary, patient_summary
        from screener.summary.taken_back import ReportedAlarms

        alarms = ReportedAlarms(self.alarms)
        metadata = self.metadata
        if self.autosave:
            entered = tuple(dict.fromkeys(past.by for past in self.history)) or (self.by,)
            metadata = replace(
                metadata,
                audit=self.autosave.head(),
                signed_by=self.autosave.signed_by(),
                entered_by=entered,
                entered=entered_as(self.history),
                recorded=recorded_in(self.history),
                days_kept=None if self.finished else self.autosave.days_kept,
            )
        if (audience or self._reader) == "clinician":
            return clinician_summary(self._for_the_clinic(), self.interview, metadata, alarms)
        # In a clinic, staff know of an answer that was taken back. On their own device, only the person can tell it.
        return patient_summary(self.content, self.interview, metadata, None if self.kept_by_clinic else alarms)

    @property
    def _reader(self) -> Audience:
        return "clinician" if self.for_staff else "patient"

    def _for_the_clinic(self) -> Content:
        if self.clinic_language is None:
            return self.content.authored or self.content
        from screener.content.translate import in_language_if_there

        return in_language_if_there(self.content, self.clinic_language)

    def save_copy(self, folder: Path, audience: Audience | None = None, kind: FileKind | None = None) -> Path:
        """Write a copy into a folder and return its path; it is text where no other kind of file is named.

        Raise ``ScreenerError`` with one sentence if that fails.
        """
        from screener.document.file_kinds import TEXT_FILE
        from screener.document.formats import RenderOptions
        from screener.document.save import save

        if self.autosave:
            self.autosave.log_copy()
        kind = kind or TEXT_FILE
        options = RenderOptions(paper=kind.paper)
        return save(self.summary(audience), folder, self.metadata.reference, kind.format, options)

    def print_copy(self, audience: Audience | None = None) -> None:
        """Give a copy to the printer; this takes as long as its command does. Raise ``ScreenerError`` if that fails."""
        from screener.document.formats import rendered
        from screener.document.printer import send

        if self.autosave:
            self.autosave.log_copy()
        send(self.printer or "", rendered(self.summary(audience)).decode())
