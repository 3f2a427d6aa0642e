"""The terminal while lines are edited: its settings, what arrives and when, and how it is left as it was."""

from __future__ import annotations

import codecs
import os
import selectors
import signal
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Any

_MARKS_PASTES, _MARKS_NONE = "\x1b[?2004h", "\x1b[?2004l"
_OURS = (signal.SIGTSTP, signal.SIGCONT)


class TerminalKeys:
    """Reads what is typed, character by character, in a thread of its own, so that the time of each is right.

    A person's Ctrl+C is a signal while the program is at work, as before; while a line is typed it arrives as a
    character, because a paste may hold it.
    """

    def __init__(self, descriptor: int, encoding: str, write: Callable[[str], None]) -> None:
        """Raise ``termios.error`` where the descriptor is no terminal."""
        self._descriptor = descriptor
        self._write = write
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._usual = termios.tcgetattr(descriptor)
        self._arrived: SimpleQueue[tuple[float, str | None]] = SimpleQueue()
        self._wake, self._woken = os.pipe()
        self._thread = threading.Thread(target=self._read, name="keys", daemon=True)
        self._before: dict[int, Any] = {}
        self._marks_pastes = False
        self.was_stopped = False
        """Whether the program was stopped, so that the terminal shows what something else wrote."""

    def begin(self) -> None:
        """Set the terminal up and begin to read."""
        for number in _OURS:
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:
                self._before[number] = before
                signal.signal(number, self._stop if number == signal.SIGTSTP else self._renew)
        self._set(line=False)
        self._thread.start()

    def end(self) -> None:
        """Leave the terminal as it was; nothing more is read."""
        with suppress(OSError):
            os.write(self._woken, b".")
        self._restore()
        if self._thread.is_alive():
            self._thread.join(1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._wake)
        os.close(self._woken)

    def special(self) -> dict[str, str]:
        """Return the characters that this terminal uses for something, with the names of what they do."""
        names = {
            "erase": termios.VERASE,
            "erase_to_start": termios.VKILL,
            "interrupt": termios.VINTR,
            "end_of_input": termios.VEOF,
            "suspend": termios.VSUSP,
            "quit": termios.VQUIT,
        }
        characters = {name: self._usual[6][number] for name, number in names.items()}
        return {byte.decode("latin-1"): name for name, byte in characters.items() if byte not in (b"\x00", b"\xff")}

    def take_all(self) -> None:
        """Take every character as typed from now on."""
        self._set(line=True)

    def line_begins(self) -> None:
        """Take every character as typed from now on, and ask the terminal to mark pastes."""
        self.take_all()
        if not self._marks_pastes:
            self._write(_MARKS_PASTES)
            self._marks_pastes = True

    def line_ends(self) -> None:
        """Let Ctrl+C be a signal again."""
        self._set(line=False)

    def next(self, patience: float | None) -> tuple[float, str] | None:
        """Return what arrived in one read, with its time; ``None`` if nothing did for so long.

        An empty text means that the program was stopped and goes on. Raise ``EOFError`` at the end of the input.
        """
        try:
            at, text = self._arrived.get(timeout=patience)
        except Empty:
            return None
        if text is None:
            self._arrived.put((at, None))
            raise EOFError
        return at, text

    def _read(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._descriptor, selectors.EVENT_READ)
            selector.register(self._wake, selectors.EVENT_READ)
            while True:
                if any(key.fd == self._wake for key, _ in selector.select()):
                    return
                try:
                    some = os.read(self._descriptor, 4096)
                except OSError:
                    some = b""
                self._arrived.put((time.monotonic(), self._decoder.decode(some) if some else None))
                if not some:
                    return

    def _set(self, *, line: bool) -> None:
        with suppress(termios.error):  # The terminal is gone, which is noticed where it is read.
            settings = termios.tcgetattr(self._descriptor)
            settings[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP | termios.IXON)
            settings[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
            settings[3] = settings[3] & ~termios.ISIG if line else settings[3] | (self._usual[3] & termios.ISIG)
            settings[6][termios.VMIN], settings[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._descriptor, termios.TCSANOW, settings)

    def _restore(self) -> None:
        """Write the settings back, also from the background, where the system would stop a program that does so."""
        before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        with suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSANOW, self._usual)
        if self._marks_pastes:
            with suppress(Exception):
                self._write(_MARKS_NONE)
        signal.signal(signal.SIGTTOU, before)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        """Leave the terminal to the shell while the program is stopped."""
        self._restore()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._stop)
        self._renew()

    def _renew(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Set the terminal up again, and let the line be shown anew."""
        self._set(line=False)
        if self._marks_pastes:
            with suppress(Exception):
                self._write(_MARKS_PASTES)
        self.was_stopped = True
        self._arrived.put((time.monotonic(), ""))
