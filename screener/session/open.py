"""How a session starts: new, interrupted on this terminal, opened by a return code, or opened by staff."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.content.compiled import Content
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.paths import questionnaires
from screener.session.autosave import Autosave
from screener.session.interrupted import InterruptedUnreadable
from screener.session.session import InterviewSession, Now, utc_now
from screener.summary.metadata import Mode
from screener.values import dataclass

if TYPE_CHECKING:
    from screener.engine.previous import PreviousResponse
    from screener.store.appointment_code import Ticket
    from screener.store.open_response import OpenResponse
    from screener.store.record import StoredResponse


@dataclass(frozen=True)
class SessionFactory:
    """Makes sessions. ``location`` is the store for the answers; ``None`` saves nothing."""

    content: Content
    folder: Path
    """The files of the content."""
    contents: Path
    """The cache of checked contents."""
    exports: Path
    location: str | None
    terminal: str | None = None
    """The name of this terminal in the audit trail."""
    mode: Mode = "screen"
    by: str | None = None
    """The member of staff who enters the answers; ``None`` if the person does."""
    name: str | None = None
    """The name that staff give the next response."""
    reference: str | None = None
    clinic_language: str | None = None
    """The language of the clinician's copy; ``None`` for that of the questionnaire."""
    now: Now = utc_now
    readings_at: tuple[int, ...] = ()
    """The minutes after a moment at which the clinic's own schedule asks for readings."""
    printer: str | None = None
    """The command that prints a copy; ``None`` where the person cannot print."""

    def new(self, notice: str = "") -> InterviewSession:
        """Return a new session; ``notice`` is what its first page says to staff."""
        return self._session(self._autosave(), name=self.name, reference=self.reference, notice=notice)

    def for_person(self, ticket: str, previous: PreviousResponse | None) -> InterviewSession:
        """Return a new session of a person for whom staff started it here, with the answers that they may confirm."""
        return self._session(self._autosave(), ticket=ticket, previous=previous)

    def interrupted(self) -> InterviewSession | None:
        """Return the session that a crash left on this terminal; ``None`` if there is none.

        Raise ``InterruptedUnreadable``.
        """
        autosave = self._autosave()
        interrupted = autosave.interrupted() if autosave else None
        if autosave and interrupted and interrupted[0].questionnaire.is_for_staff:
            autosave.forget()  # Staff open it from their own screens, and nobody who sits down here does.
            return None
        return self._resumed(autosave, *interrupted) if interrupted else None

    def interrupted_or_notice(self) -> tuple[InterviewSession | None, str]:
        """Return the session that a crash left on this terminal, if there is one; else what the first page says of one
        that cannot be opened, for whoever comes starts all the same.
        """
        try:
            return self.interrupted(), ""
        except InterruptedUnreadable as error:
            return None, str(error)

    def by_return_code(self, code: str) -> InterviewSession:
        """Return the session that four words open, or begin that of the appointment whose code they are.

        This takes about half a second.

        Raise ``ScreenerError`` with one sentence.
        """
        autosave = self._autosave()
        assert autosave is not None
        opened = autosave.by_code(code, _AskedOfPeople(self))
        if not isinstance(opened, tuple):
            return self._expected(opened)
        if opened[0].questionnaire.is_for_staff:
            autosave.forget()
            raise ScreenerError(_("These four words open nothing here. Check spelling and order."))
        return self._resumed(autosave, *opened)

    def _expected(self, ticket: Ticket) -> InterviewSession:
        """Return a new session of whoever has an appointment; nothing here tells who that is."""
        factory = replace(self, content=self.content_of(ticket.questionnaire))
        return factory._session(factory._autosave(), ticket=ticket.sealed)

    def content_of(self, questionnaire: str) -> Content:
        """Return the content of a questionnaire, in the language of this terminal where it has that."""
        if questionnaire == self.content.questionnaire.id:
            return self.content
        from screener.content.cache import load_cached
        from screener.content.translate import in_language_if_there

        return in_language_if_there(
            load_cached(self.folder, questionnaire, self.contents), self.content.questionnaire.language
        )

    def reopened(self, open_response: OpenResponse, record: StoredResponse) -> InterviewSession:
        """Return the session of a response that staff opened to go on with it."""
        autosave = self._autosave()
        assert autosave is not None
        return self._resumed(autosave, *autosave.resumed(open_response, record))

    def _autosave(self) -> Autosave | None:
        if self.location is None:
            return None
        by_staff = self.content.questionnaire.is_for_staff
        return Autosave(self.location, self.terminal, self.content, self.folder, self.contents, by_staff=by_staff)

    def _resumed(self, autosave: Autosave | None, content: Content, record: StoredResponse) -> InterviewSession:
        if record.language != content.questionnaire.language:
            from screener.content.translate import in_language_if_there

            content = in_language_if_there(content, record.language)
        return replace(self, content=content)._session(autosave, record=record)

    def _session(
        self,
        autosave: Autosave | None,
        *,
        name: str | None = None,
        reference: str | None = None,
        ticket: str | None = None,
        record: StoredResponse | None = None,
        previous: PreviousResponse | None = None,
        notice: str = "",
    ) -> InterviewSession:
        """Return a session with all that is the same for everybody here."""
        return InterviewSession(
            self.content,
            self.exports,
            mode=self.mode,
            by=self.by,
            name=name,
            reference=reference,
            autosave=autosave,
            record=record,
            clinic_language=self.clinic_language,
            now=self.now,
            readings_at=self.readings_at,
            printer=self.printer,
            ticket=ticket,
            previous=previous,
            notice=notice,
        )


@dataclass(frozen=True)
class _AskedOfPeople:
    """The questionnaires that the code of an appointment can ask here: those of this terminal, without staff's own."""

    session_factory: SessionFactory

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str) or name not in questionnaires(self.session_factory.folder):
            return False
        return not self.session_factory.content_of(name).questionnaire.is_for_staff
