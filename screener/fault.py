"""What is said of a fault in the program: its kind and its place. Frames and messages hold answers: not shown."""

from __future__ import annotations

import os
import sys
from types import TracebackType

_HOME = __file__.rpartition(os.sep)[0]


def apology(error: BaseException | None) -> str:
    """The sentence that a person sees instead of a traceback."""
    from screener.translation import _

    return _(
        "Sorry, screener had to stop because of a fault in it. Please tell a member of staff. "
        "None of your answers are shown here. Reference: {reference}"
    ).format(reference=place_of(error))


def place_of(error: BaseException | None) -> str:
    """The kind of error and the last line of this program that it passed, e.g. ``KeyError-question-120``."""
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


def hush() -> None:
    """From now on an error that nobody caught prints the apology and no traceback."""
    sys.excepthook = _hook
    sys.unraisablehook = lambda _: None


def _hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if sys.stderr:
        sys.stderr.write(apology(error) + "\n")
