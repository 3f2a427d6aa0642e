"""Keep answers out of crash messages, core files and the reach of other processes, and end in order at a signal."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType, TracebackType
from typing import NoReturn

from screener.exit_codes import SIGNAL

_PR_SET_DUMPABLE = 4
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT") if hasattr(signal, name))
"""What asks a program to end."""


def install_excepthook() -> None:
    """Print the crash message, and no traceback, for every uncaught error from now on."""
    sys.excepthook = _hook
    sys.unraisablehook = lambda _: None


def _hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    from screener.crash import crash_message, record_crash

    record_crash(error)
    if sys.stderr:
        with suppress(OSError, ValueError):  # It is closed or full.
            sys.stderr.write(crash_message(error) + "\n")


def hold_descriptors() -> None:
    """Occupy a closed stdin, stdout or stderr, so that no file is opened in its place and written to by mistake."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # The lowest free descriptor, which is this one.


def leave_no_core() -> None:
    """Forbid core files, so that a crash writes none of this memory to disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_in_order() -> None:
    """Let signals end this process as an error does, also those that were held back, until an app takes them over."""
    if sys.platform != "win32":
        for number in ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _end)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(SIGNAL + number)


def hide_memory() -> None:
    """Hide this process's memory from other processes of the same user, on Linux. It takes some milliseconds."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
