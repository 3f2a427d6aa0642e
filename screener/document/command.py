"""Running a command that a clinic configured, which gets a text on its standard input: a printer, a pager."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, NamedTuple

from screener.display_text import visible

_LONGEST = 200
"""The characters of a complaint that are shown."""
_KEPT = 4_000
"""The bytes of it that are kept: a command may write without end."""
_LAST_WORDS = 1.0
"""Seconds for which its complaint is waited for when it has ended: what it left in the background may hold the line."""


class CommandEnd(NamedTuple):
    """How a command ended: its code, and what it wrote on its standard error, on one line."""

    code: int
    complaint: str


def run_command(words: Sequence[str], text: str, patience: float) -> CommandEnd:
    """Give the text to the command and wait until it ends; what it leaves running in the background is not waited for.

    Raise ``TimeoutExpired`` after ``patience`` seconds, when it was ended with all that it began, and ``OSError``.
    """
    process = subprocess.Popen(  # noqa: S603  The command is the one that the clinic configured.
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stderr is not None
    written = bytearray()
    listener = threading.Thread(target=_listen, args=(process.stderr, written), daemon=True)
    listener.start()
    threading.Thread(target=_give, args=(process.stdin, text.encode()), daemon=True).start()
    try:
        code = process.wait(patience)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    listener.join(_LAST_WORDS if code else 0)
    complaint = " ".join(visible(bytes(written).decode(errors="replace")).split())
    return CommandEnd(code, complaint[:_LONGEST].removesuffix("."))


def _listen(stream: IO[bytes], written: bytearray) -> None:
    """Read all that comes, so that the command is never held up, and keep its beginning."""
    with suppress(OSError, ValueError), stream:
        while chunk := os.read(stream.fileno(), 65_536):
            written += chunk[: _KEPT - len(written)]


def _give(stream: IO[bytes], data: bytes) -> None:
    """Write the text; a command need not read it."""
    with suppress(OSError, ValueError), stream:
        stream.write(data)
