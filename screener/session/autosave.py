"""Keeping the response of one sitting: sealed at every answer, found again after a crash or by a code, or let go of."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.connect import is_there
from screener.store.database import NotSaved
from screener.store.session_key import session_key_folder

if TYPE_CHECKING:
    from screener.content.compiled import Content
    from screener.store.record import StoredResponse
    from screener.store.store import OpenResponse, Store


class Autosave:
    """Opens the store when something has to be kept; before that it would only delay the first page."""

    def __init__(self, location: str, terminal: str | None, content: Content, folder: Path, contents: Path) -> None:
        """``folder`` holds the files of the content, and ``contents`` the contents that were checked before."""
        self._location = location
        self._terminal = terminal
        self._content = content
        self._folder = folder
        self._contents = contents
        self._store: Store | None = None
        self._kept: OpenResponse | None = None

    @property
    def store(self) -> Store:
        """Raises ``ScreenerError`` where it cannot be opened."""
        if self._store is None:
            from screener.store.connect import open_store

            self._store = open_store(self._location, self._terminal)
        return self._store

    @property
    def _there(self) -> bool:
        """Whether there is a store; the first answer makes one."""
        return self._store is not None or is_there(self._location)

    @property
    def content_hash(self) -> str:
        from screener.store.content_archive import content_hash

        return content_hash(self._content)

    # While somebody answers

    @property
    def begun(self) -> bool:
        """Whether anything is kept of this sitting."""
        return self._kept is not None

    @property
    def survives_a_crash(self) -> bool:
        """Whether this terminal finds the response again by itself after the program died."""
        return session_key_folder() is not None

    @property
    def clinic(self) -> str | None:
        """The name of the clinic that keeps the response when the person has finished, if it is one."""
        clinic = self.store.clinic if self._there else None
        return clinic.name if clinic else None

    @property
    def region(self) -> str | None:
        """The region of the clinic, whose crisis lines are shown where the person chose none."""
        clinic = self.store.clinic if self._there else None
        return clinic.region if clinic else None

    @property
    def terminal(self) -> str | None:
        """What the staff of the clinic call this terminal; ``None`` where there is no clinic."""
        return self.store.terminal if self.clinic else None

    @property
    def has_return_codes(self) -> bool:
        """Whether anybody may come back here with a return code."""
        return self._there and self.store.has_return_codes()

    def save(self, response: StoredResponse, by: str | None) -> None:
        """Keep the response as it is now; it is on the disk when this returns. Raises ``NotKept``."""
        try:
            if self._kept is None:
                from screener.store.content_archive import pack

                packed = pack(self._folder, response.questionnaire)
                self._kept = self.store.begin(response, packed, by or "")
            else:
                self._kept.save(response)
        except NotSaved:
            raise
        except ScreenerError as error:
            raise NotSaved(str(error)) from None

    def finish(self, response: StoredResponse, by: str | None) -> None:
        """Keep the finished response. Raises ``NotKept``.

        A clinic's is closed, and this terminal forgets its key. Where there is no clinic it stays open until the person
        has their copy.
        """
        if self._kept is None or not self.clinic:
            self.save(response, by)
        if self._kept is not None and self.clinic:
            self._kept.finish(response, by or "")
            self.forget()

    def return_code(self) -> str:
        """Four words that open the response another time. Takes about half a second. Raises ``NotKept``."""
        if self._kept is None:
            raise NotSaved(_("There is nothing to come back to yet."))
        code = self._kept.return_code()
        self.forget()
        return code

    def head(self) -> str | None:
        """The head of the audit trail for an export; ``None`` where there is no trail."""
        return self._store.head() if self._store else None

    # At the end

    def forget(self) -> None:
        """From now on only staff or a return code open the response."""
        if self._kept:
            self._kept.forget()
            self._kept = None

    def discard(self) -> None:
        """Remove what is kept, so that nothing of it can be read again; a clinic's store is only let go of."""
        if self._kept:
            with suppress(NotSaved):  # Without its key, which goes in any case, what is left of it cannot be read.
                self._kept.discard()
            self.forget()

    # Coming back

    def interrupted(self) -> tuple[Content, StoredResponse] | None:
        """What a crash of the program left on this terminal, and the content that it was given under."""
        place = session_key_folder()
        if place is None or not any(place.iterdir()):
            return None
        return self._opened(self.store.interrupted())

    def returned(self, code: str) -> tuple[Content, StoredResponse]:
        """What a return code opens. Takes about half a second. Raises ``ScreenerError`` in one sentence."""
        opened = self._opened(self.store.returned(code))
        assert opened is not None
        return opened

    def resumed(self, open_response: OpenResponse, response: StoredResponse) -> tuple[Content, StoredResponse]:
        """Go on with a response that staff opened, on this connection: theirs is closed."""
        open_response.store = self.store
        opened = self._opened((open_response, response))
        assert opened is not None
        return opened

    def _opened(self, reopened: tuple[OpenResponse, StoredResponse] | None) -> tuple[Content, StoredResponse] | None:
        if reopened is None:
            return None
        self._kept, response = reopened
        if response.content != self.content_hash:
            from screener.store.content_archive import unpack

            self._content = unpack(
                self.store.content(response.content), response.questionnaire, response.content, self._contents
            )
        return self._content, response
