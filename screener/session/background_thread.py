"""Threads that take no signals."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable


def start_thread(run: Callable[[], None], name: str) -> threading.Thread:
    """Start a thread that does not keep the process alive and takes no signals.

    A signal that another thread takes does not wake the main thread from reading, so that its handler would wait for
    the next key.
    """
    thread = threading.Thread(target=run, name=name, daemon=True)
    if not hasattr(signal, "pthread_sigmask"):  # Windows.
        thread.start()
        return thread
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        thread.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return thread
