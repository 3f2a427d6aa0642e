"""The command that starts this program once more: installed, from a single file that unpacks itself, or frozen."""

from __future__ import annotations

import sys
from pathlib import Path

_FROM_NOWHERE_ELSE = ("-E", "-P")
"""Neither PYTHON variables nor the current folder may add code to the program."""


def own_program() -> list[str]:
    """Return the first words of the command; arguments of the program follow."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    utf8 = ["-X", "utf8"] * (sys.flags.utf8_mode == 1)  # A variable may have said so, which is not read any more.
    if archive := _archive():
        return [sys.executable, *_FROM_NOWHERE_ELSE, *utf8, str(archive)]
    return [sys.executable, *_FROM_NOWHERE_ELSE, *utf8, "-m", "screener"]


def _archive() -> Path | None:
    """Return the file that holds the program and was started as a whole, such as one made by shiv, or ``None``."""
    file = getattr(sys.modules["__main__"], "__file__", None)
    holder = Path(file).absolute().parent if file else None
    return holder if holder and holder.is_file() else None
