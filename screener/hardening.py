"""Keep answers out of crash messages, core files and the reach of other processes."""

from __future__ import annotations

import os
import sys
from types import TracebackType

_HOME = __file__.rpartition(os.sep)[0]
_PR_SET_DUMPABLE = 4


def crash_message(error: BaseException | None) -> str:
    """Return the sentence that a person sees instead of a traceback."""
    from screener.i18n.gettext import _

    return _(
        "Sorry, screener had to stop because of a fault in it. Please tell a member of staff. "
        "None of your answers are shown here. Reference: {reference}"
    ).format(reference=crash_reference(error))


def crash_reference(error: BaseException | None) -> str:
    """Return the type of the error and the last line of this program that it passed, e.g. ``KeyError-question-120``."""
    if error is None:
        return "unknown"
    own = place = ""
    at = error.__traceback__
    while at is not None:
        file = at.tb_frame.f_code.co_filename
        name = file.rpartition(os.sep)[2].partition(".")[0]
        place = f"-{name}-{at.tb_lineno}"
        own = place if file.startswith(_HOME) else own
        at = at.tb_next
    return f"{type(error).__name__}{own or place}"


def install_excepthook() -> None:
    """Print the crash message, and no traceback, for every uncaught error from now on."""
    sys.excepthook = _hook
    sys.unraisablehook = lambda _: None


def _hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if sys.stderr:
        sys.stderr.write(crash_message(error) + "\n")


def leave_no_core() -> None:
    """Forbid core files, so that a crash writes none of this memory to disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hide_memory() -> None:
    """Hide this process's memory from other processes of the same user, on Linux. It takes some milliseconds."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
