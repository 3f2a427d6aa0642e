"""Autosave: the response is saved, sealed, at every answer, and found again after a crash or by a return code.

The store works in a thread of its own, and no page waits for it longer than a deadline.
"""

from __future__ import annotations

from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.session.interrupted import InterruptedUnreadable
from screener.session.store_facts import FACTS_WITHIN, StoreFacts
from screener.session.store_worker import DEADLINE, DERIVING, StoreWorker
from screener.session.terminal_store import TerminalStore
from screener.store.database import AlreadyFinished, NotSaved
from screener.store.session_key import session_key_folder

if TYPE_CHECKING:
    from concurrent.futures import Future

    from screener.content.compiled import Content
    from screener.store.appointment_code import Ticket
    from screener.store.open_response import OpenResponse
    from screener.store.record import StoredResponse
    from screener.store.store import Store


class Autosave:
    """Saves the response of one session.

    The store is opened only when it is needed, so that the first page is not delayed.
    """

    def __init__(
        self,
        location: str,
        terminal: str | None,
        content: Content,
        folder: Path,
        contents: Path,
        *,
        by_staff: bool = False,
    ) -> None:
        """Set up autosave; ``folder`` holds the files of the content, ``contents`` is the cache of checked contents.

        ``by_staff``: staff record at their own screens, and their colleagues see each answer once it is saved.
        """
        self._content = content
        self._folder = folder
        self._contents = contents
        self._open_response: OpenResponse | None = None
        self._last_saved: StoredResponse | None = None
        self.saved: StoredResponse | None = None
        """What is on the disk, as far as this process knows."""
        self.response_id = ""
        """The id of the response; it outlives the key."""
        self.closed = False
        """Whether the clinic has the finished response; it may have come to that after the page gave up waiting."""
        self._worker = StoreWorker()
        self._under_way: Future[None] | None = None
        """The save that no page waits for."""
        self._is_over = False
        """Whether the key was forgotten, so that nothing more is saved, and nothing is begun anew."""
        self._terminal_store = TerminalStore(location, terminal, self._seal_alarm_again, at_clinic=by_staff)
        self.facts = StoreFacts(self._terminal_store, self._worker)

    @property
    def store(self) -> Store:
        """Return the store, opened at the first call. Raise ``ScreenerError`` if it cannot be opened.

        Only the thread of the store uses its connection.
        """
        return self._terminal_store.store or self._worker.do(self._terminal_store.opened)

    def delivery(self) -> Future[None] | None:
        """Return a future that is done once the clinic's server has all that is saved; ``None`` without a server."""
        return self._terminal_store.forwarder.delivery() if self._terminal_store.forwarder else None

    @property
    def at_clinic(self) -> bool:
        """Return whether the clinic's server has all that is saved; without a server, saving is all there is."""
        return self._terminal_store.delivered

    def _seal_alarm_again(self, response: str) -> None:
        def save() -> None:
            if self._open_response and self._open_response.id == response and self._last_saved:
                with suppress(NotSaved):  # The next answer does it.
                    self._save(self._last_saved, None)

        self._worker.submit(save)

    @property
    def content_hash(self) -> str:
        from screener.store.content_archive import content_hash

        return content_hash(self._content)

    # While somebody answers

    @property
    def begun(self) -> bool:
        """Return whether anything of this session is saved."""
        return self._open_response is not None

    @property
    def survives_a_crash(self) -> bool:
        """Return whether this terminal finds the response again by itself after the program died."""
        return session_key_folder() is not None

    @property
    def clinic(self) -> str | None:
        """Return the name of the clinic that keeps the finished response; ``None`` for a store without a clinic."""
        clinic = self.store.clinic if self._terminal_store.is_there else None
        return clinic.name if clinic else None

    @property
    def region(self) -> str | None:
        """Return the region of the clinic; its crisis lines are shown until the person chooses a region."""
        clinic = self.store.clinic if self._terminal_store.is_there else None
        return clinic.region if clinic else None

    @property
    def terminal(self) -> str | None:
        """What the staff of the clinic call this terminal; ``None`` where there is no clinic."""
        return self.store.terminal if self.clinic else None

    @property
    def days_kept(self) -> int:
        """Return for how many days after the last answer a return code opens the response at least."""
        from screener.store.clinic import days_kept

        return days_kept(self.store.clinic if self._terminal_store.is_there else None)

    @property
    def takes_codes(self) -> bool:
        """Return whether four words can be typed on this terminal: always in a clinic, whose staff issue codes."""
        return self._terminal_store.is_there and (self.store.clinic is not None or self.facts.has_return_codes())

    def save(self, response: StoredResponse, by: str | None) -> None:
        """Save the response as it is now; it is on the disk when this returns. Raise ``NotSaved``."""
        self._worker.do(lambda: self._save(response, by))

    def save_in_background(self, response: StoredResponse, by: str | None) -> Future[None]:
        """Save the response as it is now, while the page goes on; the future holds ``NotSaved`` if that fails."""
        self._under_way = self._worker.submit(lambda: self._save(response, by))
        return self._under_way

    def _save(self, response: StoredResponse, by: str | None) -> None:
        if self.closed:
            raise AlreadyFinished
        if self._is_over:
            raise NotSaved(_("The place where answers are saved does not respond."))
        self._last_saved = response
        try:
            if self._open_response is None:
                from screener.store.content_archive import pack

                packed = pack(self._folder, response.questionnaire)
                self._open_response = self._terminal_store.opened().begin(response, packed, by or "")
            else:
                self._open_response.save(response)
            self.response_id = self._open_response.id
            self.saved = response
            self.delivery()
        except NotSaved:
            raise
        except ScreenerError as error:
            raise NotSaved(str(error)) from None

    def finish(self, response: StoredResponse, by: str | None) -> None:
        """Save the finished response. Raise ``NotSaved``; it may be finished after all once the store responds again.

        If a clinic keeps it, it is closed and this terminal forgets its key. Otherwise it stays open until the person
        has a copy.
        """
        self._worker.do(lambda: self._finish(response, by))
        if delivery := self.delivery():
            # A copy then names the head of the server's audit trail; without a server it names none.
            with suppress(TimeoutError):
                delivery.result(FACTS_WITHIN)

    def _finish(self, response: StoredResponse, by: str | None) -> None:
        if self.closed:
            return
        clinic = self._terminal_store.is_there and self._terminal_store.opened().clinic
        if self._open_response is None or not clinic:
            self._save(response, by)
        if self._open_response is not None and clinic:
            self.saved = self._open_response.finish(response, by or "")
            self.closed = True
            self._forget()

    def return_code(self) -> str:
        """Return four words that open the response later; making them takes about half a second. Raise ``NotSaved``."""
        response = self._open_response
        if response is None:
            raise NotSaved(_("There is nothing to come back to yet."))
        code = self._worker.do(response.return_code, DERIVING)
        self.delivery()
        self.forget()
        return code

    def log_copy(self) -> None:
        """Log in the audit trail of a clinic that the person takes a copy."""
        store, response = self._terminal_store.store, self.response_id
        if store and response and store.clinic:
            with suppress(NotSaved):
                self._worker.do(lambda: store.log_copy(response))
                self.delivery()

    # At the end

    def forget(self) -> None:
        """Forget the key, so that only staff or a return code can open the response.

        A save that is under way is waited for: it would lose its answer, or begin a second response of it.
        """
        if self._under_way:
            with suppress(NotSaved, TimeoutError):
                self._under_way.result(DEADLINE)
        self._forget()

    def _forget(self) -> None:
        """Forget the key at once. The thread of the store never waits for a save, which is work of its own."""
        self._is_over = True
        if self._open_response:
            self._open_response.forget()
            self._open_response = None

    def discard(self) -> None:
        """Remove what is saved, so that nothing of it can be read again. In a clinic's store, only forget the key."""
        response = self._open_response
        if response:
            with suppress(NotSaved):  # The key is forgotten in any case; without it the rest cannot be read.
                self._worker.do(response.discard)
            self.forget()

    # Coming back

    def interrupted(self) -> tuple[Content, StoredResponse] | None:
        """Return the response that a crash left here, and the content it was given under; ``None`` if there is none.

        Raise ``InterruptedUnreadable`` where its questions cannot be read. In a clinic the staff still have it.
        """
        key_folder = session_key_folder()
        if key_folder is None or not any(key_folder.iterdir()):
            return None
        reopened = self._worker.do(self._terminal_store.interrupted)
        if reopened is None:
            return None
        try:
            return self._opened(*reopened)
        except NotSaved:
            raise
        except ScreenerError:
            open_response, response = reopened
            self._open_response = None
            (open_response.forget if self.clinic else open_response.leave)()
            raise InterruptedUnreadable(response.reference) from None

    def by_code(self, code: str, questionnaires: Container[str]) -> tuple[Content, StoredResponse] | Ticket:
        """Return the response that a return code opens, or the ticket of an appointment's code, after half a second.

        ``questionnaires`` are those that this terminal has. Raise ``ScreenerError`` with one sentence.
        """
        from screener.store.appointment_code import Ticket

        opened = self._worker.do(lambda: self._terminal_store.by_code(code, questionnaires), DERIVING)
        return opened if isinstance(opened, Ticket) else self._opened(*opened)

    def resumed(self, open_response: OpenResponse, response: StoredResponse) -> tuple[Content, StoredResponse]:
        """Go on with a response that staff opened. It moves to the store of this session, because theirs is closed."""
        self._worker.do(lambda: self._terminal_store.take_over(open_response, response))
        return self._opened(open_response, response)

    def _opened(self, open_response: OpenResponse, response: StoredResponse) -> tuple[Content, StoredResponse]:
        self._open_response = open_response
        self.response_id = open_response.id
        self.saved = response
        if response.content != self.content_hash:
            from screener.store.content_archive import unpack

            packed = self._worker.do(lambda: self._terminal_store.opened().content(response.content))
            self._content = unpack(packed, response.questionnaire, response.content, self._contents)
        return self._content, response
