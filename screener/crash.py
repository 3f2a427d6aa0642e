"""What a person is told and an administrator can read when a fault stops the program, with nothing of a person."""

from __future__ import annotations

import datetime
import os
import platform
from pathlib import Path

from screener import __version__
from screener.errors import ScreenerError
from screener.machine import refusal
from screener.paths import state_folder

MOST_LINES = 200
"""The number of faults that are kept in the file; older ones are dropped."""
_HOME = __file__.rpartition(os.sep)[0]


def crash_message(error: BaseException | None) -> str:
    """Return the sentence that a person sees instead of a traceback."""
    from screener.i18n.gettext import _

    if error is not None and refusal(error):
        sentence = _(
            "Sorry, screener had to stop because this machine refused something that it needs. Please tell a member of "
            "staff. None of your answers are shown here. Reference: {reference}"
        )
    else:
        sentence = _(
            "Sorry, screener had to stop because of a fault in it. Please tell a member of staff. "
            "None of your answers are shown here. Reference: {reference}"
        )
    return sentence.format(reference=crash_reference(error))


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


def crash_file() -> Path:
    """Return the file of the faults; it need not exist. Raise ``ScreenerError`` without a home folder."""
    return state_folder() / "faults.log"


def record_crash(error: BaseException | None) -> Path | None:
    """Add a line with time, version and reference to the file; return it, or ``None`` if it cannot be written.

    The message of the error is not in it, because it may repeat an answer.
    """
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    line = f"{at} screener {__version__} Python {platform.python_version()} {crash_reference(error)}\n"
    try:
        path = crash_file()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = [*recorded_crashes(), line][-MOST_LINES:]
        writing = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(writing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(lines)
        writing.replace(path)
    except (OSError, ValueError, ScreenerError):
        return None
    return path


def recorded_crashes() -> list[str]:
    """Return the lines of the file. Raise ``OSError`` or ``ScreenerError`` if it cannot be read."""
    try:
        return crash_file().read_text("utf-8", "replace").splitlines(keepends=True)
    except FileNotFoundError:
        return []
