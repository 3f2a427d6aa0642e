"""One person's sitting: the interview, what is kept of it, and what every face needs to know around it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.content.compiled import Content
from screener.crisis import crisis_region
from screener.interview import Interview
from screener.response import Entry
from screener.rules import Outcome
from screener.ruleset import Region
from screener.summary.session import Face, Session, new_reference

if TYPE_CHECKING:
    from screener.keeping import Keeping
    from screener.store.record import Given, Record
    from screener.summary.document import Document
    from screener.summary.parts import Copy

Now = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Sitting:
    """Holds the interview and the session that its summary names, and keeps every answer where ``keeping`` is given.

    ``record`` is what was kept of it before. ``by`` is the member of staff who enters the answers, if it is one.
    """

    def __init__(
        self,
        content: Content,
        export_folder: Path,
        *,
        face: Face = "screen",
        now: Now = utc_now,
        reference: str | None = None,
        name: str | None = None,
        by: str | None = None,
        keeping: Keeping | None = None,
        record: Record | None = None,
        clinic_language: str | None = None,
    ) -> None:
        self.content = content
        self.clinic_language = clinic_language
        self.export_folder = export_folder
        self.now = now
        self.by = by
        self.keeping = keeping
        self.history: list[Given] = list(record.history) if record else []
        self.resumed = record is not None
        if record:
            from screener.store.reopen import interview_of, session_of

            self.interview = interview_of(content, record)
            self.session = replace(session_of(record), face=face)
            self._go_on()
        else:
            self.interview = Interview(content.form, content.rules)
            region = keeping.region if keeping else None
            self.session = Session(reference or new_reference(), face, now(), name=name, region=region)

    @property
    def region(self) -> Region:
        """The region whose crisis lines the person is shown."""
        lines, usual = self.content.ruleset.crisis_lines, self.session.region
        return crisis_region(self.content.questionnaire, lines, self.interview.standing.entries, usual)

    @property
    def finished(self) -> bool:
        return self.session.finished is not None

    # What the person does; each raises ``NotKept`` where it is done but could not be kept, and can then be done again

    def answer(self, question: str, entry: Entry) -> None:
        """Record an entry, and keep it. Raises ``NotUnderstood`` where it cannot be one."""
        self.interview.record(question, entry)
        if self.keeping:
            self._remember(question)
            self.keep()

    def acknowledge(self, rule: str, by: str | None = None) -> None:
        """Note that the page of an urgent rule was read, and keep that."""
        if any(waiting.id == rule for waiting in self.interview.interruptions):
            self.interview.acknowledge(rule, self.now(), by)
        self.keep()

    def finish(self) -> None:
        """Note that the person said they have finished; from then on nothing changes any more."""
        finished = replace(self.session, finished=self.now())
        if self.keeping:
            self.keeping.finish(self._record(finished), self.by)
        self.session = finished

    def keep(self) -> None:
        """Keep everything as it is now."""
        if self.keeping:
            self.keeping.save(self._record(self.session), self.by)

    def _go_on(self) -> None:
        """What was kept last was an answer that the person went on from."""
        current = self.interview.current
        if current and self.interview.entry is not None and not self.interview.interruptions:
            self.interview.next()

    def _remember(self, question: str) -> None:
        from screener.store.record import Given

        entry = self.interview.standing.entries[question]
        before = next((given for given in reversed(self.history) if given.question == question), None)
        if before is None or (before.entry, type(before.entry), before.by) != (entry, type(entry), self.by):
            self.history.append(Given(question, entry, self.now(), self.by))

    def _record(self, session: Session) -> Record:
        from screener.store.record import Record

        assert self.keeping is not None
        assert session.started is not None
        outcomes = self.interview.assessment.outcomes
        return Record(
            reference=session.reference,
            questionnaire=self.content.questionnaire.id,
            content=self.keeping.content_hash,
            language=self.content.questionnaire.language,
            face=session.face,
            started=session.started,
            finished=session.finished,
            name=session.name,
            region=session.region,
            history=tuple(self.history),
            acknowledgements=tuple(self.interview.acknowledgements),
            position=self.interview.position,
            urgent=tuple(
                compiled.rule.id
                for compiled in self.content.rules.urgent
                if outcomes[compiled.rule.id] is Outcome.RAISED
            ),
        )

    # How it ends

    @property
    def kept_by_clinic(self) -> bool:
        """Whether a clinic keeps what was answered, whatever the person does now."""
        return self.keeping is not None and self.keeping.clinic is not None

    @property
    def can_return(self) -> bool:
        """Whether somebody may come back here with a return code."""
        return self.keeping is not None and self.keeping.has_return_codes

    @property
    def can_come_back(self) -> bool:
        """Whether the person can leave now and go on another time."""
        return self.keeping is not None and self.keeping.begun and not self.finished

    def return_code(self) -> str:
        """Four words that open the answers another time; without them, or staff, this terminal no longer can."""
        assert self.keeping is not None
        return self.keeping.return_code()

    def wipe(self) -> None:
        """Make this terminal unable to read the answers; what a clinic keeps stays kept."""
        if self.keeping:
            self.keeping.forget()

    def end(self) -> None:
        """The person is done here: nothing stays but what a clinic keeps."""
        if self.keeping:
            self.keeping.discard()

    # What makes summaries and files is imported when the first of them is wanted: it would only delay the first page.

    def summary(self, copy: Copy = "patient") -> Document:
        """The person's own copy, or the clinician's, of what was answered so far."""
        from screener.summary.build import clinician_summary, patient_summary

        session = self.session
        if self.keeping:
            entered = tuple(dict.fromkeys(given.by for given in self.history)) or (self.by,)
            session = replace(session, audit=self.keeping.head(), entered_by=entered)
        if copy == "clinician":
            return clinician_summary(self._for_the_clinic(), self.interview, session)
        return patient_summary(self.content, self.interview, session)

    def _for_the_clinic(self) -> Content:
        if self.clinic_language is None:
            return self.content.authored or self.content
        from screener.content.translate import in_language_if_there

        return in_language_if_there(self.content, self.clinic_language)

    def save_copy(self, folder: Path, copy: Copy = "patient") -> Path:
        """Write a copy into a folder. Raises ``ScreenerError`` with one sentence where that cannot be."""
        from screener.export.save import save

        return save(self.summary(copy), folder, self.session.reference)
