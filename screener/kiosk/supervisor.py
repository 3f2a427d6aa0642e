"""Starts the program for one person after the other, until staff close it or the system ends it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Sequence
from types import FrameType

from screener.exit_codes import CLOSED, LEFT, MISTAKE, OK, TIMED_OUT
from screener.i18n.gettext import _
from screener.kiosk.terminal import Gone, Terminal

_USUAL_ENDS = (OK, LEFT, TIMED_OUT)
_AT_ONCE = 10.0
"""Seconds; a program that fails sooner has not been used by anybody."""
_PATIENCE = 10
"""Seconds that a program has to end after a signal was passed on to it."""
_ENDING = (signal.SIGTERM, signal.SIGHUP)
_IGNORED = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
"""Signals that keys of a terminal can send. The program inherits that they are ignored until it sets its own."""


def pause_after(failures: int) -> int:
    """Return the seconds to wait before the next try, after this many immediate failures in a row."""
    return min(5 * 2 ** (failures - 5), 60) if failures >= 5 else 0


def supervise(command: Sequence[str], keyboard: int = 0, screen: int = 2) -> int:
    """Run the command again and again on the terminal of these descriptors; return an exit code.

    0: staff closed it. 2: its first start found a mistake in how it was set up, which it has said. 129, 143: ended by a
    signal, or the terminal went away. Raise ``Gone`` if there is no terminal at all.
    """
    return _Supervisor(command, Terminal(keyboard, screen)).run()


class _Supervisor:
    def __init__(self, command: Sequence[str], terminal: Terminal) -> None:
        self._command = command
        self._terminal = terminal
        self._child = 0
        self._ended_by = 0
        self._bell, self._ring = os.pipe()
        os.set_blocking(self._ring, False)

    def run(self) -> int:
        for number in _IGNORED:
            signal.signal(number, signal.SIG_IGN)
        for number in _ENDING:
            signal.signal(number, self._end)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, self._lose_patience)
        try:
            self._terminal.quiet()
            return self._until_the_end()
        except Gone:
            return 128 + (self._ended_by or signal.SIGHUP)
        finally:
            with contextlib.suppress(Gone):
                self._terminal.restore()

    def _until_the_end(self) -> int:
        failures = 0
        first = True
        while not self._ended_by:
            started = time.monotonic()
            code = self._one_person()
            if first and code == MISTAKE:
                return MISTAKE
            first = False
            self._terminal.clean()
            if code == CLOSED:
                return 0
            failed = code not in _USUAL_ENDS and time.monotonic() - started < _AT_ONCE
            failures = failures + 1 if failed else 0
            if pause := pause_after(failures):
                self._wait(pause)
        return 128 + self._ended_by

    def _one_person(self) -> int:
        """Run the program once; return its exit code, or the negative number of the signal that killed it."""
        self._child = os.posix_spawn(self._command[0], list(self._command), os.environ)
        if self._ended_by:
            self._pass_on()
        status = os.waitpid(self._child, 0)[1]
        self._child = 0
        signal.alarm(0)
        return os.waitstatus_to_exitcode(status)

    def _wait(self, seconds: int) -> None:
        """Say that the program does not start, and give the machine a rest; a signal ends it early."""
        notice = _("The questionnaire does not start: please tell staff. Next try in {seconds} seconds.")
        self._terminal.say(notice.format(seconds=seconds) + "\r\n")
        select.select([self._bell], [], [], seconds)
        self._terminal.clean()

    # Signals

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self._ended_by = number
        with contextlib.suppress(BlockingIOError):
            os.write(self._ring, b".")
        if self._child:
            self._pass_on()

    def _pass_on(self) -> None:
        os.kill(self._child, self._ended_by)
        signal.alarm(_PATIENCE)

    def _lose_patience(self, _number: int, _frame: FrameType | None) -> None:
        if self._child:
            os.kill(self._child, signal.SIGKILL)
