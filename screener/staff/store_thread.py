"""The one thread that works with the store, so that the screen never waits for a disk, a server or a passphrase."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from screener.store.store import Store

T = TypeVar("T")


class StoreThread:
    """Opens the store in its thread, because a connection of SQLite belongs to the thread that opened it."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store
        self._store: Store | None = None
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def do(self, work: Callable[[Store], T]) -> T:
        """Do some work with the store, after all earlier work. Pass on the errors of the work."""
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._executor, context.run, self._run, work)

    def close(self) -> None:
        """Close the store once the work under way is done."""
        self._executor.submit(self._close)
        self._executor.shutdown(wait=True)

    def _run(self, work: Callable[[Store], T]) -> T:
        if self._store is None:
            self._store = self._open_store()
        return work(self._store)

    def _close(self) -> None:
        if self._store is not None:
            self._store.database.close()
            self._store = None
