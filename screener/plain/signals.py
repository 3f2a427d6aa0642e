"""Signals: an interrupt asks whether to leave; the others end the program with their documented exit codes."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Any, Self

_ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT")
_TICK = 0.5
"""Seconds. A signal that arrives just before a line is read would wait until the line ends; a tick wakes it up."""


class Ended(BaseException):
    """The program got a signal to end. Not an ``Exception``, so that nothing takes it for a fault."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


class Signals:
    """A context in which an interrupt only stops the reading of a line, so that no answer is saved by half.

    An interrupt at any other time waits for the next line. Signals that were ignored before stay ignored.
    """

    def __init__(self) -> None:
        self._reading = False
        self._ticks = False
        self.waiting = False
        """Whether an interrupt arrived while nothing was being read."""
        self._before: dict[int, Any] = {}

    @property
    def reading(self) -> bool:
        """Return whether a line is being read, which an interrupt stops."""
        return self._reading

    @reading.setter
    def reading(self, reading: bool) -> None:
        self._reading = reading
        if self._ticks:
            pause = _TICK if reading else 0
            signal.setitimer(signal.ITIMER_REAL, pause, pause)

    def __enter__(self) -> Self:
        self._set(signal.SIGINT, self._interrupt)
        if hasattr(signal, "setitimer"):
            self._set(signal.SIGALRM, self._tick)
            self._ticks = True
        for name in _ENDING:
            number = getattr(signal, name, None)
            if number is not None:
                self._set(number, self._end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.reading = False
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _set(self, number: int, handler: Any) -> None:
        before = signal.getsignal(number)
        if before is not signal.SIG_IGN:
            self._before[number] = before
            signal.signal(number, handler)

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        if self.reading or self.waiting:
            raise KeyboardInterrupt
        self.waiting = True

    def _tick(self, _number: int, _frame: FrameType | None) -> None:
        """Act on an interrupt that arrived between reads; for other signals it is enough that this tick stops the
        reading.
        """
        if self._reading and self.waiting:
            self.waiting = False
            raise KeyboardInterrupt

    def _end(self, number: int, _frame: FrameType | None) -> None:
        raise Ended(number)
