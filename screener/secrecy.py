"""What the program asks of the system so that answers in its memory stay there."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def leave_no_core() -> None:
    """However this process ends, no picture of its memory is written to disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hide_memory() -> None:
    """On Linux, no other process of the same user can read this one's memory. It takes some milliseconds."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
