"""What becomes of a session's answers when the person leaves: they come back to them, or nothing of them stays here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from screener.store.database import NotSaved

if TYPE_CHECKING:
    from concurrent.futures import Future

    from screener.session.autosave import Autosave
    from screener.store.record import StoredResponse
    from screener.summary.metadata import SessionMetadata


class LeavableSession:
    """A session as its end sees it: who answers, and the autosave that saves every answer, if there is one."""

    autosave: Autosave | None
    metadata: SessionMetadata
    by: str | None

    @property
    def for_staff(self) -> bool:
        """Return whether staff answer, and what is said on the pages speaks to them."""
        raise NotImplementedError

    @property
    def finished(self) -> bool:
        """Return whether nothing changes any more; while staff correct what was finished, it is not."""
        raise NotImplementedError

    @property
    def staff_needed(self) -> bool:
        """Return whether a page waits for a member of staff; such a page comes first of all interruptions."""
        raise NotImplementedError

    def _record(self, metadata: SessionMetadata) -> StoredResponse:
        """Return what is to be saved of the session as it is now."""
        raise NotImplementedError

    def delivery(self) -> Future[None] | None:
        """Return a future that is done once the clinic's server has all that is saved; ``None`` without a server."""
        return self.autosave.delivery() if self.autosave else None

    @property
    def at_clinic(self) -> bool:
        """Return whether the clinic's server has all that is saved; without a server, saving is all there is."""
        return self.autosave is None or self.autosave.at_clinic

    @property
    def kept_by_clinic(self) -> bool:
        """Return whether a clinic keeps the answers, whatever the person does now."""
        return self.autosave is not None and self.autosave.clinic is not None

    @property
    def can_return(self) -> bool:
        """Return whether four words can be typed here; whoever typed those of an appointment has no others."""
        if self.autosave is None or self.for_staff or self.metadata.ticket is not None:
            return False
        return self.autosave.takes_codes

    @property
    def can_come_back(self) -> bool:
        """Return whether the person can leave now and go on later."""
        return self.autosave is not None and self.autosave.begun and not self.finished and not self.for_staff

    @property
    def days_kept(self) -> int:
        """Return for how many days after the last answer the words to come back open it at least."""
        assert self.autosave is not None
        return self.autosave.days_kept

    def return_code(self) -> str:
        """Return four words that open the answers later; this terminal then opens them with these or for staff only."""
        assert self.autosave is not None
        self._step_away()
        return self.autosave.return_code()

    def forget(self) -> None:
        """Make this terminal unable to read the answers; a clinic still keeps them."""
        if self.autosave:
            self._step_away()
            self.autosave.forget()

    def discard(self) -> None:
        """Remove the answers when the person is done here; a clinic still keeps them."""
        if self.autosave:
            if self.kept_by_clinic:
                self._step_away()
            self.autosave.discard()

    def _step_away(self) -> None:
        """Save that nobody sits at the emergency page any more, so that staff look for nobody there."""
        if self.autosave and self.autosave.begun and self.staff_needed and not self.finished:
            with suppress(NotSaved):  # What is saved then sends somebody to an empty chair, and nobody home.
                self.autosave.save(replace(self._record(self.metadata), emergency_since=None), self.by)
