"""Start one command as the account of a machine, with pipes or on a terminal, and wait for its end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from typing import Any, NamedTuple

from screener import exit_codes
from tests.surroundings.machine import Machine, Start, account_of

PATIENCE = 25.0
WAITS_AFTER = 1.2
"""Seconds without output after which a page waits for a person."""
_CONTROL = re.compile(r"\x1b(\[[0-9;?<>=$ ]*[@-~]|[\]P^_].*?(\x1b\\|\x07)|[ -/]*[0-~])|[\x00-\x09\x0b-\x1f]")


class Ended(NamedTuple):
    """How a command ended; the code is ``None`` if it did not."""

    code: int | None
    output: str = ""
    message: str = ""


def in_pipes(machine: Machine, words: list[str], start: Start, typed: bytes) -> Ended:
    process = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **_options(machine, start)
    )
    try:
        output, message = process.communicate(typed, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Ended(None)
    charset = start.environment.get("PYTHONIOENCODING", "utf-8")
    return Ended(process.returncode, output.decode(charset, "replace"), message.decode(charset, "replace"))


def on_terminal(machine: Machine, words: list[str], start: Start, _typed: bytes) -> Ended:
    """Start it on a terminal of its own; once a page waits for a person, end it by a signal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.fchmod(theirs, 0o666)
    process = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, **_options(machine, start)
    )
    os.close(theirs)
    painted = b""
    begun = since = time.monotonic()
    signalled = False
    try:
        while process.poll() is None:
            if time.monotonic() - begun > PATIENCE:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return Ended(None)
            if part := _read(ours):
                painted, since = painted + part, time.monotonic()
            waits = time.monotonic() - since > (WAITS_AFTER if painted else 4 * WAITS_AFTER)
            if waits and not signalled:
                process.terminate()
                signalled = True
        while part := _read(ours):
            painted += part
    finally:
        os.close(ours)
    code = process.returncode
    text = _CONTROL.sub("", painted.decode("utf-8", "replace").replace("\r", ""))
    return Ended(exit_codes.SIGNAL - code if code < 0 else code, message=text)


def _read(terminal: int) -> bytes:
    if not select.select([terminal], [], [], 0.1)[0]:
        return b""
    try:
        return os.read(terminal, 65536)
    except OSError:
        time.sleep(0.05)
        return b""


def _options(machine: Machine, start: Start) -> dict[str, Any]:
    return {
        "cwd": start.current or start.folder,
        "env": start.environment,
        "preexec_fn": start.before_the_program,
        **account_of(machine),
    }
