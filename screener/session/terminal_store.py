"""The store of one terminal: a file, or the outbox in front of a clinic's server."""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import suppress
from typing import TYPE_CHECKING

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.connect import is_server, is_there, open_store
from screener.store.session_key import session_key_folder

if TYPE_CHECKING:
    from screener.session.forwarder import Forwarder
    from screener.store.appointment_code import Ticket
    from screener.store.open_response import OpenResponse
    from screener.store.record import StoredResponse
    from screener.store.store import Store


class TerminalStore:
    """Opens the store once. Methods work in the thread of the store, which owns its connection; properties in any."""

    def __init__(
        self, location: str, terminal: str | None, on_annotations: Callable[[str], None], *, at_clinic: bool = False
    ) -> None:
        """``on_annotations`` is called with the id of a response that staff annotated on the clinic's server.

        ``at_clinic``: what is saved goes to the clinic's server at once, without an outbox.
        """
        self._location = location
        self._terminal = terminal
        self._on_annotations = on_annotations
        self._at_clinic = at_clinic
        self.store: Store | None = None
        """The store, once it is open."""
        self.forwarder: Forwarder | None = None
        """What brings the answers to the clinic's server, if there is one."""

    @property
    def is_there(self) -> bool:
        """Return whether there is a store; the first answer makes one."""
        return self.store is not None or is_there(self._location)

    @property
    def delivered(self) -> bool:
        """Return whether the clinic's server has all that is saved; without a server, saving is all there is."""
        return self.forwarder is None or not self.forwarder.waits

    def opened(self) -> Store:
        """Return the store, opened at the first call. Raise ``ScreenerError`` if it cannot be opened."""
        if self.store is None:
            self.store = self._open_outbox() if is_server(self._location) and not self._at_clinic else None
        if self.store is None:
            self.store = self._open_server()
        return self.store

    def _open_outbox(self) -> Store | None:
        """Return the outbox of this terminal, if the server is a clinic's: answers go there first."""
        from screener.session.forwarder import forwarder_of
        from screener.store.outbox import open_outbox

        outbox = open_outbox(self._location, self._terminal)
        if outbox:
            self.forwarder = forwarder_of(self._location, self._terminal)
            self.forwarder.on_annotations = self._on_annotations
            self.forwarder.delivery()  # What an earlier session could not deliver.
        return outbox

    def _open_server(self) -> Store:
        return open_store(self._location, self._terminal)

    def interrupted(self) -> tuple[OpenResponse, StoredResponse] | None:
        """Return the response that a crash left on this terminal; ``None`` if there is none."""
        interrupted = self.opened().interrupted()
        if interrupted is None and self.forwarder and session_key_folder():
            with suppress(ScreenerError):  # An older version of the program left it on the server.
                server = self._open_server()
                if interrupted := server.interrupted():
                    self._adopt(server, *interrupted)
        return interrupted

    def by_code(self, code: str, questionnaires: Container[str]) -> tuple[OpenResponse, StoredResponse] | Ticket:
        """Return the response that a return code opens, or the ticket of an appointment's code.

        ``questionnaires`` are those that this terminal has. Raise ``ScreenerError`` with one sentence.
        """
        from screener.store.appointment_code import Ticket
        from screener.store.return_code import NotACode

        store = self.opened()
        if not self.forwarder:
            return store.by_code(code, questionnaires)
        try:
            server = self._open_server()
            opened = server.by_code(code, questionnaires)
        except NotACode:
            return store.returned(code)  # It may have been made here while the server was away.
        except ScreenerError:
            with suppress(NotACode):
                return store.returned(code)
            away = _("The clinic's server does not respond, so this code cannot be tried now. Ask a member of staff.")
            raise ScreenerError(away) from None
        if not isinstance(opened, Ticket):
            self._adopt(server, *opened)
        return opened

    def take_over(self, response: OpenResponse, record: StoredResponse) -> None:
        """Move a response that staff opened to this store, because theirs is closed."""
        store = self.opened()
        if self.forwarder:
            self._adopt(self._open_server(), response, record)
        else:
            response.store = store

    def _adopt(self, server: Store, response: OpenResponse, record: StoredResponse) -> None:
        from screener.store.outbox import adopt

        adopt(self.opened(), server, response, record.content)


def local_store(location: str, terminal: str | None) -> Store:
    """Return the store to which this terminal saves: for a clinic's server the outbox, which needs no server."""
    if is_server(location):
        from screener.store.outbox import open_outbox

        if outbox := open_outbox(location, terminal):
            return outbox
    return open_store(location, terminal)
