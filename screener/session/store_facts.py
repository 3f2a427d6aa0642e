"""What a page or a copy says about the store. Neither waits long for it, so a slow store keeps nobody from a copy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from screener.session.store_worker import StoreWorker
from screener.session.terminal_store import TerminalStore
from screener.store.database import NotSaved

T = TypeVar("T")
FACTS_WITHIN = 1.0
"""Seconds for which a page or a copy waits for what the store says, and the last page for the clinic's server."""


class StoreFacts:
    """Reads in the thread of the store, which owns its connection."""

    def __init__(self, terminal_store: TerminalStore, worker: StoreWorker) -> None:
        self._terminal_store = terminal_store
        self._worker = worker
        self._has_return_codes: bool | None = None
        """What the store said; ``None`` until it has said something."""

    def read(self, work: Callable[[], T | None]) -> T | None:
        """Return what the store says; ``None`` where that takes long."""
        with suppress(NotSaved):
            return self._worker.do(work, FACTS_WITHIN)
        return None

    def has_return_codes(self) -> bool:
        """Return whether any response can be opened by four words; no while the store does not say so."""
        if self._has_return_codes is None:
            self._has_return_codes = self.read(lambda: self._terminal_store.opened().has_return_codes())
        return self._has_return_codes or False

    def head(self) -> str | None:
        """Return the head of the audit trail for an export; ``None`` without a trail, or while the server is away."""
        store, forwarder = self._terminal_store.store, self._terminal_store.forwarder
        if forwarder:
            return forwarder.head if self._terminal_store.delivered else None
        return self.read(store.head) if store else None

    def signed_by(self, content_hash: str) -> str | None:
        """Return who signed the content for the clinic, as copies say it; ``None`` without a clinic."""
        from screener.store.approval import signed_by

        store = self._terminal_store.store
        return self.read(lambda: signed_by(store, content_hash)) if store else None
