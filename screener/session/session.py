"""One person's session: the interview, its autosave, and what every face needs besides."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.content.compiled import Content
from screener.display_text import is_blank
from screener.engine.alarm_history import AlarmHistory
from screener.engine.crisis_region import crisis_region
from screener.engine.interview import Interview
from screener.engine.previous import PreviousResponse
from screener.i18n.gettext import _
from screener.model.crisis_lines import Region
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import InvalidAnswer
from screener.session.alarm_times import AlarmTimes
from screener.session.leavable import LeavableSession
from screener.session.typed_together import TypedTogether
from screener.summary.metadata import Mode, ResponseName, SessionMetadata, new_reference

if TYPE_CHECKING:
    from concurrent.futures import Future

    from screener.document.model import Document
    from screener.document.notice import Audience
    from screener.session.autosave import Autosave
    from screener.store.history import HistoryEntry
    from screener.store.record import StoredResponse

Now = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class InterviewSession(LeavableSession):
    """The interview, the metadata that its summary names, and the autosave that saves every answer, if there is one.

    ``record`` is the stored response to go on with. ``by`` is the member of staff who enters the answers; ``None`` if
    the person does. ``ticket`` says whose appointment it is, to the staff alone. ``previous`` has the answers of the
    person's previous response that they are shown, where staff started this for them. ``printer`` is the command that
    prints a copy; ``None`` where the person cannot print. ``readings_at`` is the clinic's own schedule, in minutes.
    """

    def __init__(
        self,
        content: Content,
        export_folder: Path,
        *,
        mode: Mode = "screen",
        now: Now = utc_now,
        reference: str | None = None,
        name: str | None = None,
        by: str | None = None,
        autosave: Autosave | None = None,
        record: StoredResponse | None = None,
        clinic_language: str | None = None,
        ticket: str | None = None,
        readings_at: tuple[int, ...] = (),
        notice: str = "",
        previous: PreviousResponse | None = None,
        printer: str | None = None,
    ) -> None:
        self.content = content
        self.clinic_language = clinic_language
        self.export_folder = export_folder
        self.printer = printer
        self.now = now
        self.by = by
        self.autosave = autosave
        self.readings_at = readings_at
        self.history: list[HistoryEntry] = []
        self.resumed = record is not None and not (self.for_staff and not record.history)
        self.correcting = record is not None and record.finished is not None and self.for_staff
        if record:
            from screener.store.stored_interview import metadata_of

            self._restore(record)
            self.metadata = replace(metadata_of(record), mode=mode, terminal=autosave.terminal if autosave else None)
            self._go_on()
        else:
            self.interview = Interview(content.form, content.rules, previous=previous)
            self.alarms = AlarmHistory(content.rules)
            region, terminal = (autosave.region, autosave.terminal) if autosave else (None, None)
            self.metadata = SessionMetadata(
                reference or new_reference(),
                mode,
                now(),
                name=name,
                region=region,
                terminal=terminal,
                ticket=ticket,
                carried_from=ResponseName(previous.reference, previous.day) if previous else None,
            )
        self.notice = notice
        """What the first page says to staff, such as that earlier answers cannot be opened."""
        self._alarm_times = AlarmTimes.of(record)
        self._latest = record
        """What was last given to be saved."""
        self._typed_together = TypedTogether(content.questionnaire)
        self._end: SessionMetadata | None = None
        """The metadata of the finished response while that is being saved."""
        self.changed_after_end = False
        """Whether an answer was changed after the end that is saved, so that the change is not part of it."""

    @property
    def region(self) -> Region:
        """Return the region whose crisis lines are shown."""
        lines, usual = self.content.ruleset.crisis_lines, self.metadata.region
        return crisis_region(self.content.questionnaire, lines, self.interview.state.entries, usual)

    @property
    def for_staff(self) -> bool:
        return self.content.questionnaire.is_for_staff

    @property
    def finished(self) -> bool:
        return self.metadata.finished is not None and not self.correcting

    @property
    def staff_needed(self) -> bool:
        page = next((rule.interruption for rule in self.interview.interruptions), None)
        return page is not None and page.page == "emergency"

    # What the person does. Each raises ``NotSaved`` if it was done but not saved, and can then be repeated.

    def answer(self, question: str, entry: Entry) -> None:
        """Record an entry and save it. Raise ``InvalidAnswer`` where the question cannot have it."""
        self.record(question, entry)
        self.keep()

    def read(self, question: Question, typed: str) -> Entry:
        """Return the answer that was typed; of two numbers typed as one the first, with which the second is recorded.

        Raise ``InvalidAnswer``.
        """
        first = self._typed_together.read(question, typed)
        if any(self.corrects(*second) for second in self._typed_together.with_first(question.id, first).items()):
            raise InvalidAnswer(_("Correct the two numbers one at a time, because each has its own reason."))
        return first

    def please_check(self, question: str, entry: Entry) -> list[str]:
        """Return the questions that ask the person to check this entry, and what was typed with it."""
        return self.interview.please_check(question, entry, self._typed_together.with_first(question, entry))

    def corrects(self, question: str, entry: Entry) -> bool:
        """Return whether an entry replaces what staff recorded before, which needs a reason."""
        before = self.interview.state.entries.get(question)
        if not self.for_staff or before is None or isinstance(before, AbsentReason):
            return False
        return (before, type(before)) != (entry, type(entry))

    def record(self, question: str, entry: Entry, carried_over: bool = False, reason: str | None = None) -> None:
        """Record an entry and do not save it yet: an urgent page waits for no store. Raise ``InvalidAnswer``.

        ``reason`` says why staff correct what was recorded before; without one they correct nothing.
        """
        corrects, together = self.corrects(question, entry), self._typed_together.with_first(question, entry)
        if corrects and (reason is None or is_blank(reason)):
            raise InvalidAnswer(_("Say why it is corrected."))
        self._typed_together.forget()
        for second, other_answer in together.items():
            self.record(second, other_answer)
        self.interview.record(question, entry, carried_over)
        self._remember(question, reason if corrects else None)

    def acknowledge(self, rule: str, by: str | None = None, checked: bool = False) -> None:
        """Note that the page of an urgent rule was read, and save that; ``checked`` tells it of the name ``by``."""
        self.note_read(rule, by, checked)
        self.keep()

    def note_read(self, rule: str, by: str | None = None, checked: bool = False) -> bool:
        """Note that the page of an urgent rule was read, and do not save it yet; return whether it waited for that.

        Staff read the pages of what they record under their name, which they unlocked their side with.
        """
        if self.for_staff and self.by and by is None:
            by, checked = self.by, True
        waits = any(waiting.id == rule for waiting in self.interview.interruptions)
        if waits:
            self.interview.acknowledge(rule, self.now(), by, checked)
        return waits

    def pass_over(self, rule: str) -> None:
        """Note that the page of an urgent rule was shown to nobody, because the answers come from a file."""
        self.interview.pass_over(rule, self.now(), self.by)

    def finish(self) -> None:
        """Note that the person has finished, and save that; afterwards nothing changes any more.

        What staff correct in a finished response was finished when it was. An end that took so long to be saved that
        the person went on is the end all the same: the session goes back to it.
        """
        self._end = finished = replace(self.metadata, finished=self.metadata.finished or self.now())
        try:
            if self.autosave:
                self._latest = latest = self._record(finished)
                self.autosave.finish(latest, self.by)
                if self.autosave.closed and self.autosave.saved and self.autosave.saved is not latest:
                    finished = replace(finished, finished=self.autosave.saved.finished)
                    self.changed_after_end = not self.saved
                    self._restore(self.autosave.saved)
            self.metadata, self.correcting = finished, False
        finally:
            self._end = None

    def _restore(self, record: StoredResponse) -> None:
        """Take the answers, alarms and history from a stored response."""
        from screener.store.stored_interview import alarms_of, handed_over_with, interview_of

        self.interview = interview_of(self.content, record, handed_over_with(self.content, record))
        self.alarms = alarms_of(self.content, record)
        self.history = list(record.history)

    def keep(self) -> None:
        """Save everything as it is now."""
        if self.autosave:
            self._latest = self._record(self.metadata)
            self.autosave.save(self._latest, self.by)

    def keep_in_background(self) -> Future[None] | None:
        """Save everything as it is now while the page goes on; return ``None`` where nothing is saved.

        While the end is being saved, nothing that comes after it takes it back.
        """
        if self.autosave is None:
            return None
        self._latest = self._record(self._end or self.metadata)
        return self.autosave.save_in_background(self._latest, self.by)

    def _go_on(self) -> None:
        """Move on from the last saved answer, as the person did when they gave it."""
        current = self.interview.current
        if current and self.interview.entry is not None and not self.interview.interruptions:
            self.interview.next()

    def _remember(self, question: str, reason: str | None = None) -> None:
        from screener.store.history import HistoryEntry, repeats

        answer, carried_over = self.interview.state.entries[question], question in self.interview.carried_over
        entry = HistoryEntry(question, answer, self.now(), self.by, carried_over, reason)
        if not repeats(self.history, entry, whoever=self.for_staff):
            self.history.append(entry)
            self.alarms.note(self.interview.assessment, question, entry.at)

    def _record(self, metadata: SessionMetadata) -> StoredResponse:
        from screener.store.stored_interview import response_of

        assert self.autosave is not None
        urgent = tuple(alarm.id for alarm in self.alarms.current)
        self._alarm_times = self._alarm_times.at(self.now(), urgent, self.staff_needed)
        since, hash = self._alarm_times.both, self.autosave.content_hash
        return response_of(self.content, hash, self.interview, metadata, self.history, self.alarms, since)

    @property
    def saved(self) -> bool:
        """Return whether everything up to now is saved; never where nothing is.

        What a page waits for may be saved with the end; then all answers are, unless one was changed after it.
        """
        if self.autosave is None or self._latest is None:
            return False
        if self.autosave.closed and self.autosave.saved:
            return tuple(self.history) == self.autosave.saved.history
        return self.autosave.saved is self._latest

    @property
    def unsaved(self) -> bool:
        """Return whether there is something to save that is not saved."""
        return self.autosave is not None and self._latest is not None and not self.saved

    # Summaries and files are imported only when needed, because importing them would delay the first page.

    def summary(self, audience: Audience | None = None) -> Document:
        """Return the person's or the clinician's copy of the answers so far; of what staff record, the latter."""
        from screener.session.copies import session_summary

        return session_summary(self, audience or ("clinician" if self.for_staff else "patient"))
