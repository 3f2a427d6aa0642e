"""Autosave: the response is saved, sealed, at every answer, and found again after a crash or by a return code.

The store works in a thread of its own, and no page waits for it longer than a deadline.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.session.store_worker import DERIVING, StoreWorker
from screener.store.connect import is_there
from screener.store.database import NotSaved
from screener.store.session_key import session_key_folder

if TYPE_CHECKING:
    from concurrent.futures import Future

    from screener.content.compiled import Content
    from screener.store.record import StoredResponse
    from screener.store.store import OpenResponse, Store


class Autosave:
    """Saves the response of one session.

    The store is opened only when it is needed, so that the first page is not delayed.
    """

    def __init__(self, location: str, terminal: str | None, content: Content, folder: Path, contents: Path) -> None:
        """Set up autosave; ``folder`` holds the files of the content, ``contents`` is the cache of checked contents."""
        self._location = location
        self._terminal = terminal
        self._content = content
        self._folder = folder
        self._contents = contents
        self._store: Store | None = None
        self._kept: OpenResponse | None = None
        self._saved = ""
        """The id of the response; it outlives the key."""
        self._worker = StoreWorker()

    @property
    def store(self) -> Store:
        """Return the store, opened at the first call. Raise ``ScreenerError`` if it cannot be opened.

        Only the thread of the store uses its connection.
        """
        return self._store or self._worker.do(self._open)

    def _open(self) -> Store:
        if self._store is None:
            from screener.store.connect import open_store

            self._store = open_store(self._location, self._terminal)
        return self._store

    @property
    def _there(self) -> bool:
        """Return whether there is a store; the first answer makes one."""
        return self._store is not None or is_there(self._location)

    @property
    def content_hash(self) -> str:
        from screener.store.content_archive import content_hash

        return content_hash(self._content)

    # While somebody answers

    @property
    def begun(self) -> bool:
        """Return whether anything of this session is saved."""
        return self._kept is not None

    @property
    def survives_a_crash(self) -> bool:
        """Return whether this terminal finds the response again by itself after the program died."""
        return session_key_folder() is not None

    @property
    def clinic(self) -> str | None:
        """Return the name of the clinic that keeps the finished response; ``None`` for a store without a clinic."""
        clinic = self.store.clinic if self._there else None
        return clinic.name if clinic else None

    @property
    def region(self) -> str | None:
        """Return the region of the clinic; its crisis lines are shown until the person chooses a region."""
        clinic = self.store.clinic if self._there else None
        return clinic.region if clinic else None

    @property
    def terminal(self) -> str | None:
        """What the staff of the clinic call this terminal; ``None`` where there is no clinic."""
        return self.store.terminal if self.clinic else None

    @property
    def has_return_codes(self) -> bool:
        """Return whether return codes can be used on this terminal."""
        return self._there and self._worker.do(lambda: self._open().has_return_codes())

    def save(self, response: StoredResponse, by: str | None) -> None:
        """Save the response as it is now; it is on the disk when this returns. Raise ``NotSaved``."""
        self._worker.do(lambda: self._save(response, by))

    def save_in_background(self, response: StoredResponse, by: str | None) -> Future[None]:
        """Save the response as it is now, while the page goes on; the future holds ``NotSaved`` if that fails."""
        return self._worker.submit(lambda: self._save(response, by))

    def _save(self, response: StoredResponse, by: str | None) -> None:
        try:
            if self._kept is None:
                from screener.store.content_archive import pack

                packed = pack(self._folder, response.questionnaire)
                self._kept = self._open().begin(response, packed, by or "")
            else:
                self._kept.save(response)
            self._saved = self._kept.id
        except NotSaved:
            raise
        except ScreenerError as error:
            raise NotSaved(str(error)) from None

    def finish(self, response: StoredResponse, by: str | None) -> None:
        """Save the finished response. Raise ``NotSaved``.

        If a clinic keeps it, it is closed and this terminal forgets its key. Otherwise it stays open until the person
        has a copy.
        """
        self._worker.do(lambda: self._finish(response, by))

    def _finish(self, response: StoredResponse, by: str | None) -> None:
        clinic = self._there and self._open().clinic
        if self._kept is None or not clinic:
            self._save(response, by)
        if self._kept is not None and clinic:
            self._kept.finish(response, by or "")
            self.forget()

    def return_code(self) -> str:
        """Return four words that open the response later; making them takes about half a second. Raise ``NotSaved``."""
        response = self._kept
        if response is None:
            raise NotSaved(_("There is nothing to come back to yet."))
        code = self._worker.do(response.return_code, DERIVING)
        self.forget()
        return code

    def head(self) -> str | None:
        """Return the head of the audit trail for an export; ``None`` without an audit trail."""
        store = self._store
        return self._worker.do(store.head) if store else None

    def log_copy(self) -> None:
        """Log in the audit trail of a clinic that the person takes a copy; nobody is kept from theirs by the store."""
        store, response = self._store, self._saved
        if store and response and store.clinic:
            with suppress(NotSaved):
                self._worker.do(lambda: store.log_copy(response))

    # At the end

    def forget(self) -> None:
        """Forget the key, so that only staff or a return code can open the response."""
        if self._kept:
            self._kept.forget()
            self._kept = None

    def discard(self) -> None:
        """Remove what is saved, so that nothing of it can be read again. In a clinic's store, only forget the key."""
        response = self._kept
        if response:
            with suppress(NotSaved):  # The key is forgotten in any case; without it the rest cannot be read.
                self._worker.do(response.discard)
            self.forget()

    # Coming back

    def interrupted(self) -> tuple[Content, StoredResponse] | None:
        """Return the response that a crash left here, and the content it was given under; ``None`` if there is none."""
        place = session_key_folder()
        if place is None or not any(place.iterdir()):
            return None
        return self._opened(self._worker.do(lambda: self._open().interrupted()))

    def returned(self, code: str) -> tuple[Content, StoredResponse]:
        """Return the response that a return code opens, after about half a second.

        Raise ``ScreenerError`` with one sentence.
        """
        opened = self._opened(self._worker.do(lambda: self._open().returned(code), DERIVING))
        assert opened is not None
        return opened

    def resumed(self, open_response: OpenResponse, response: StoredResponse) -> tuple[Content, StoredResponse]:
        """Go on with a response that staff opened. It moves to the store of this session, because theirs is closed."""
        open_response.store = self.store
        opened = self._opened((open_response, response))
        assert opened is not None
        return opened

    def _opened(self, reopened: tuple[OpenResponse, StoredResponse] | None) -> tuple[Content, StoredResponse] | None:
        if reopened is None:
            return None
        self._kept, response = reopened
        self._saved = self._kept.id
        if response.content != self.content_hash:
            from screener.store.content_archive import unpack

            packed = self._worker.do(lambda: self._open().content(response.content))
            self._content = unpack(packed, response.questionnaire, response.content, self._contents)
        return self._content, response
