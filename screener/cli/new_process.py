"""A staff console goes on in a new process once it was locked, so that nothing of what was read stays in its memory.

The process is replaced in place: parents, kiosks and shells see the same one. What a locked console may know goes
through a file in memory that has no name, and that is read once; nothing of it stands in an argument.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from screener.cli.own_program import own_program
from screener.errors import ScreenerError
from screener.hardening import ENDING, end_in_order
from screener.staff.alarm import Alarm
from screener.staff.locked_watch import LockedWatch
from screener.staff.urgent_command import wait_for_commands

if TYPE_CHECKING:
    from screener.kiosk.terminal import Terminal

REPLACES = sys.platform == "linux" and hasattr(os, "memfd_create")
"""Whether a process can be replaced here without writing a key to a disk."""


@dataclass(frozen=True)
class LockedConsole:
    """All that a console knows while it is locked."""

    notice: str
    """What it says first."""
    clinic: str
    region: str
    retention_days: int
    watch: LockedWatch
    alarm: Alarm


@contextmanager
def quiet_until_end(first_settings: list[Any] | None = None) -> Iterator[Terminal | None]:
    """Show nothing of what is typed while no app runs; at the end, restore the settings that the terminal had first.

    ``first_settings`` are these where another process changed them already. A signal restores them, too.
    """
    if sys.platform == "win32":
        yield None
        return
    from screener.kiosk.terminal import Gone, Terminal

    try:
        terminal = Terminal(0, 2, first_settings)
        terminal.quiet()
    except Gone:  # The app finds that out by itself.
        end_in_order()
        yield None
        return
    try:
        end_in_order()
        yield terminal
    finally:
        with suppress(Gone):
            terminal.restore()


def replace_process(console: LockedConsole, terminal: Terminal, arguments: Sequence[str]) -> NoReturn:
    """Go on as a new process with these arguments; raise ``OSError`` if that cannot be."""
    wait_for_commands()
    packed = packed_console(console, terminal.first_settings)
    file = os.memfd_create("screener")
    try:
        with os.fdopen(os.dup(file), "wb") as writing:
            writing.write(packed)
        os.lseek(file, 0, os.SEEK_SET)
        os.set_inheritable(file, True)
        # A signal that comes now waits for the new process, which can put the terminal in order.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        command = [*own_program(), *arguments, "--locked", str(file)]
        os.execv(command[0], command)  # noqa: S606 - its own program
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        os.close(file)


def packed_console(console: LockedConsole, first_settings: list[Any]) -> bytes:
    """Return what the next process is told, and the first settings of the terminal."""
    values = {
        "process": os.getpid(),
        "settings": _settings_to_json(first_settings),
        "notice": console.notice,
        "clinic": [console.clinic, console.region, console.retention_days],
        "watch": console.watch.to_json(),
        "alarm": console.alarm.to_json(),
    }
    return json.dumps(values).encode()


def received_console(descriptor: int, clock: Callable[[], float]) -> tuple[LockedConsole, list[Any]]:
    """Return what the process before this one knew, and the first settings of the terminal.

    Raise ``ScreenerError`` where this process replaced none.
    """
    try:
        is_nameless = os.fstat(descriptor).st_nlink == 0
        with os.fdopen(descriptor, "rb") as file:
            values = json.loads(file.read())
        # A program in one file that unpacks itself may run as the child of the process that was replaced.
        if not is_nameless or values["process"] not in (os.getpid(), os.getppid()):
            raise ValueError
        clinic, region, retention_days = values["clinic"]
        console = LockedConsole(
            values["notice"],
            clinic,
            region,
            retention_days,
            LockedWatch.from_json(values["watch"]),
            Alarm.from_json(values["alarm"], clock),
        )
        return console, _settings_from_json(values["settings"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ScreenerError("Only the staff screens start this. Run: screener staff") from None


def _settings_to_json(settings: list[Any]) -> list[Any]:
    *flags, characters = settings
    return [*flags, [each.hex() if isinstance(each, bytes) else each for each in characters]]


def _settings_from_json(values: list[Any]) -> list[Any]:
    *flags, characters = values
    return [*flags, [bytes.fromhex(each) if isinstance(each, str) else each for each in characters]]
