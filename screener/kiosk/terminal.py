"""Reset the terminal between two people: empty and in its usual state, whatever the last program did to it."""

from __future__ import annotations

import os
import termios
from typing import Any

_MODES = (1049, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2026, 2048)
"""The second screen; reports of mouse, focus, pastes and size; output that is held back."""
_CUT_OFF = "\x18\x1b\\"
"""Ends a sequence that a killed program left half written."""
_USUAL = "\x1b[<u\x1b[0 q\x1b[?7h\x1b[?25h\x1b[0m"
"""Plain keys, the usual cursor, long lines wrapped, no colours."""
_EMPTY = "\x1bc\x1b[H\x1b[2J\x1b[3J"
"""Reset, clear the screen, clear the scrollback; not every terminal knows each of these."""
CLEAN = _CUT_OFF + "".join(f"\x1b[?{mode}l" for mode in _MODES) + _USUAL + _EMPTY

_INPUT, _LOCAL = 0, 3
"""Indices of the settings: flags for flow control, and flags for echo, lines and signals."""
_CHANGING = termios.IXON | termios.IXOFF | termios.ICRNL
"""Keys that stop the screen, and Enter, which a program that reads it later is to get as it was pressed."""
_ANSWERING = termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN


class Gone(Exception):
    """There is no terminal here, or not any more."""


class Terminal:
    """The terminal behind two file descriptors, one for its keyboard and one for its screen."""

    def __init__(self, keyboard: int, screen: int, before: list[Any] | None = None) -> None:
        """``before`` are its first settings, where they are known. Raise ``Gone`` if there is no terminal."""
        self._keyboard = keyboard
        self._screen = screen
        try:
            self._before = before or termios.tcgetattr(keyboard)
        except termios.error:
            raise Gone from None

    @property
    def first_settings(self) -> list[Any]:
        """Return the settings that it had before the program."""
        return self._before

    def quiet(self) -> None:
        """Neither show keys that no program reads, nor let them stop or signal anything. Raise ``Gone``."""
        settings = list(self._before)
        settings[_INPUT] &= ~_CHANGING
        settings[_LOCAL] &= ~_ANSWERING
        self._set(settings)

    def clean(self) -> None:
        """Clear the screen, and drop typed keys before the next person. Raise ``Gone``."""
        self._forget(termios.TCIOFLUSH)
        self.quiet()
        self.say(CLEAN)

    def restore(self) -> None:
        """Restore the first settings, and drop typed keys: they were for no other program. Raise ``Gone``."""
        self._forget(termios.TCIFLUSH)
        self._set(self._before)

    def say(self, text: str) -> None:
        """Write on the screen. Raise ``Gone``."""
        unwritten = text.encode()
        while unwritten:
            try:
                unwritten = unwritten[os.write(self._screen, unwritten) :]
            except OSError:
                raise Gone from None

    def _forget(self, queue: int) -> None:
        try:
            termios.tcflush(self._keyboard, queue)
        except termios.error:
            raise Gone from None

    def _set(self, settings: list[Any]) -> None:
        try:
            termios.tcsetattr(self._keyboard, termios.TCSANOW, settings)
        except termios.error:
            raise Gone from None
