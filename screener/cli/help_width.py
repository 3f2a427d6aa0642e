"""Help as wide as the terminal. ``argparse`` would ask ``shutil``, which imports every kind of archive."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress


class ShortHelp(argparse.HelpFormatter):
    """The help of one command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class LongHelp(ShortHelp, argparse.RawDescriptionHelpFormatter):
    """Help with paragraphs that keep their lines."""


def _columns() -> int:
    """Return the width that ``shutil.get_terminal_size`` has."""
    with suppress(ValueError):
        if (columns := int(os.environ.get("COLUMNS", ""))) > 0:
            return columns
    with suppress(OSError):
        return os.get_terminal_size().columns or 80
    return 80
