"""The thread that works with the store of a person's session, so that no page waits for it longer than a deadline."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from queue import SimpleQueue
from typing import TypeVar

from screener.i18n.gettext import _
from screener.session.background_thread import start_thread
from screener.store.database import NotSaved

T = TypeVar("T")
DEADLINE = 5.0
"""Seconds after which a person is told that their answer is not saved yet."""
DERIVING = 60.0
"""Seconds for work that derives a key, which takes long on a slow machine."""


class StoreWorker:
    """One thread for one connection. It does not keep the process alive: a store that hangs cannot hold up the end."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._latest: Future[object] | None = None

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Do some work after all earlier work, and return its future."""
        future: Future[T] = Future()
        context = copy_context()

        def run() -> None:
            try:
                future.set_result(context.run(work))
            except BaseException as error:
                future.set_exception(error)

        if self._thread is None:
            self._thread = start_thread(self._run, "store")
        self._latest = future  # type: ignore[assignment]
        self._queue.put(run)
        return future

    def do(self, work: Callable[[], T], deadline: float | None = None) -> T:
        """Do some work and return its value. Pass on its errors; raise ``NotSaved`` after the deadline.

        While earlier work hangs, the wait is over at once: the deadline is for the store, not for each answer.
        """
        hangs = self._latest is not None and not self._latest.done()
        future = self.submit(work)
        try:
            return future.result(0 if hangs else deadline or DEADLINE)
        except TimeoutError:
            if future.done():
                raise  # The work itself ran into a timeout.
            raise NotSaved(_("The place where answers are saved does not respond.")) from None

    def _run(self) -> None:
        while True:
            self._queue.get()()
