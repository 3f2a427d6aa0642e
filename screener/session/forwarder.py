"""Brings a clinic's server what the outbox of this terminal holds, in a thread that no page waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from screener.store.connect import open_store

if TYPE_CHECKING:
    from screener.store.database import Database
    from screener.store.store import Store

RETRY_AFTER = 5.0
"""Seconds until a server that did not respond is tried again."""


class Forwarder:
    """One thread with one connection to the server and one to the outbox. It does not keep the process alive."""

    def __init__(self, location: str, terminal: str | None) -> None:
        self._location = location
        self._terminal = terminal
        self._server: Store | None = None
        self._outbox: Database | None = None
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._deliveries: list[Future[None]] = []
        self._thread: threading.Thread | None = None
        self.head: str | None = None
        """The head of the server's audit trail at the last delivery."""
        self.on_annotations: Callable[[str], None] = lambda response: None
        """Called with the id of a response that staff annotated."""

    @property
    def waits(self) -> bool:
        """Return whether the server does not have everything yet, as far as this process knows."""
        return bool(self._deliveries)

    def delivery(self) -> Future[None]:
        """Bring the server everything; return a future that is done once it has what is in the outbox now."""
        future: Future[None] = Future()
        with self._lock:
            self._deliveries.append(future)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="forwarder", daemon=True)
                self._thread.start()
        self._wake.set()
        return future

    def _run(self) -> None:
        while True:
            self._wake.wait(RETRY_AFTER if self._deliveries else None)
            self._wake.clear()
            with self._lock:
                deliveries = tuple(self._deliveries)
            # Whatever goes wrong, the thread goes on: without it nothing would reach the clinic any more.
            with suppress(Exception):
                self._forward()
                with self._lock:
                    del self._deliveries[: len(deliveries)]
                for delivery in deliveries:
                    delivery.set_result(None)

    def _forward(self) -> None:
        from screener.store.outbox import copy_clinic, copy_door_codes, forward, outbox_path
        from screener.store.saved_copies import remove_copies
        from screener.store.sqlite import SQLite

        if self._outbox is None:
            self._outbox = SQLite(outbox_path(self._location))
        if self._server is None:
            self._server = open_store(self._location, self._terminal)
            copy_clinic(self._server.database, self._outbox)
            remove_copies(self._server)
        copy_door_codes(self._server.database, self._outbox)
        forward(self._outbox, self._server, lambda response: self.on_annotations(response))
        self.head = self._server.head()


@cache
def forwarder_of(location: str, terminal: str | None) -> Forwarder:
    """Return the one forwarder of this process for a server."""
    return Forwarder(location, terminal)
