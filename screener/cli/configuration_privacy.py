"""Whether other accounts of the machine can read or change the configuration."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from screener.config import Configuration, configuration_file
from screener.errors import ScreenerError
from screener.store.connect import is_server


def exposed(configuration: Configuration) -> tuple[str, str] | None:
    """Return what others can do with the file of the configuration, and the remedy; ``None`` where it is nothing."""
    with suppress(OSError, ScreenerError):
        path = configuration_file()
        mode = path.stat().st_mode if os.name == "posix" else 0
        remedy = f"Run: chmod 600 {path}"
        if mode & stat.S_IWOTH:
            return f"Others can change {path}, and so what this program does.", remedy
        if mode & (stat.S_IRGRP | stat.S_IROTH) and is_server(store := configuration.store or "") and "@" in store:
            return f"Others can read {path}, and the address of the store.", remedy
    return None


def note_exposed(configuration: Configuration) -> None:
    """Tell staff, at the start of what stays open."""
    from screener.cli.output import note

    if what_and_remedy := exposed(configuration):
        note(" ".join(what_and_remedy))
