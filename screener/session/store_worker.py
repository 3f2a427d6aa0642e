"""The thread that works with the store of a person's session, so that no page waits for it longer than a deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from queue import SimpleQueue
from typing import TypeVar

from screener.i18n.gettext import _
from screener.store.database import NotSaved

T = TypeVar("T")
DEADLINE = 5.0
"""Seconds after which what waits for the store gives up."""
PATIENCE = 0.3
"""Seconds that a page waits for the store; usually it takes less. Then the person goes on while it is saved."""
DELIVERED_WITHIN = 1.5
"""Seconds after which an urgent page says that the answer is not saved, or that the clinic does not have it yet; less
than the page can be left in, so that nobody leaves it without having been told."""
DERIVING = 60.0
"""Seconds for work that derives a key, which takes long on a slow machine."""


def started(work: Callable[[], T]) -> Future[T]:
    """Begin some work in a thread that keeps no process alive, and return its future."""
    worker = StoreWorker(once=True)
    return worker.submit(work)


class StoreWorker:
    """One thread for one connection. It does not keep the process alive: a store that hangs cannot hold up the end."""

    def __init__(self, *, once: bool = False) -> None:
        """``once``: the thread ends after its first work."""
        self._once = once
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._began: float | None = None
        """When the work of this moment began; ``None`` while there is none."""

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
            self._thread = threading.Thread(target=self._run, name="store", daemon=True)
            self._thread.start()
        self._queue.put(run)
        return future

    def do(self, work: Callable[[], T], deadline: float | None = None) -> T:
        """Do some work and return its value. Pass on its errors; raise ``NotSaved`` after the deadline.

        The deadline is for the store and not for each answer: earlier work that hangs has used up some of it.
        """
        now = time.monotonic()
        hung = now - (self._began or now)
        future = self.submit(work)
        try:
            return future.result(max(0, (deadline or DEADLINE) - hung))
        except TimeoutError:
            if future.done():
                raise  # The work itself ran into a timeout.
            raise NotSaved(_("The place where answers are saved does not respond.")) from None

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            self._began = time.monotonic()
            work()
            self._began = None
            if self._once:
                return
