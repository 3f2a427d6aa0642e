"""The terminal between two people: empty and in its usual state, whatever the last program did to it."""

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
"""All reset, the screen cleared, what was scrolled away forgotten; not every terminal knows each of them."""
CLEAN = _CUT_OFF + "".join(f"\x1b[?{mode}l" for mode in _MODES) + _USUAL + _EMPTY

_INPUT, _LOCAL = 0, 3
"""Where the settings have the flags about flow, and those about echo, lines and signals."""
_STOPPING = termios.IXON | termios.IXOFF
_ANSWERING = termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN


class Gone(Exception):
    """There is no terminal here, or not any more."""


class Terminal:
    """The terminal behind two file descriptors, one for its keyboard and one for its screen."""

    def __init__(self, keyboard: int, screen: int) -> None:
        """Raises ``Gone`` where there is none."""
        self._keyboard = keyboard
        self._screen = screen
        try:
            self._before = termios.tcgetattr(keyboard)
        except termios.error:
            raise Gone from None

    def quiet(self) -> None:
        """Let keys that no program reads neither be shown, nor stop or signal anything. Raises ``Gone``."""
        settings = list(self._before)
        settings[_INPUT] &= ~_STOPPING
        settings[_LOCAL] &= ~_ANSWERING
        self._set(settings)

    def clean(self) -> None:
        """Leave nothing on the screen, and nothing typed for whoever comes next. Raises ``Gone``."""
        self._forget(termios.TCIOFLUSH)
        self.quiet()
        self.say(CLEAN)

    def restore(self) -> None:
        """Set it as it was at first; what was typed meanwhile was for no other program. Raises ``Gone``."""
        self._forget(termios.TCIFLUSH)
        self._set(self._before)

    def say(self, text: str) -> None:
        """Write on the screen. Raises ``Gone``."""
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
