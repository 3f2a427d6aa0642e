"""Between Textual and a terminal that may send anything, be stopped, or go away."""

from __future__ import annotations

import codecs
import io
import os
import selectors
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from threading import Thread
from typing import Any, TextIO

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from screener.pastes import RUSH
from screener.tui.input.pastes import Pastes

_HEEDED = (
    events.Key,
    events.Paste,
    events.MouseEvent,
    events.AppFocus,
    events.AppBlur,
    messages.TerminalSupportsSynchronizedOutput,
)
"""What may come from a terminal. The size of the window is asked of the system, not believed."""
_TICK, _MOMENT = 0.1, RUSH
"""Seconds after which the reader looks whether it should end, and whether a mark or a rush that was begun goes on."""


class TerminalDriver(LinuxDriver):
    """Textual's driver ends with a traceback at a byte that is not UTF-8, reads the end of input for ever, waits for
    ever to write to a terminal that is gone, and lets the program be stopped with a shell in front of it."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file = _Writer(sys.__stderr__)  # type: ignore[assignment]
        self._ended_thread: Thread | None = None
        """The last thread that read what was typed, once it has ended."""
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)

    def renew(self) -> None:
        """Set the terminal up again, after the program was stopped and something else had it."""
        self.stop_application_mode()
        self.close()
        self.start_application_mode()  # type: ignore[no-untyped-call]

    def disable_input(self) -> None:
        """Read no more. Textual asks for it again after it restored the terminal: what was typed there stays."""
        if self._ended_thread is None or self._ended_thread is not self._key_thread:
            super().disable_input()
            self._ended_thread = self._key_thread

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return the size of the window: of the terminal, whatever variables such as COLUMNS say."""
        for descriptor in (2, 1, 0):
            with suppress(OSError):
                columns, rows = os.get_terminal_size(descriptor)
                if columns and rows:
                    return columns, rows
        return super()._get_terminal_size()

    def _query_in_band_window_resize(self) -> None:
        """The size of the window comes with SIGWINCH; no other way to tell it is asked for."""

    def run_input_thread(self) -> None:
        """Hand on what is typed, until the app ends or the terminal goes away, which is a hang-up."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        pastes, parser = Pastes(), _KeyParser()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(_MOMENT if pastes.waits else _TICK):
                    parts = pastes.pause()
                elif some := self._read():
                    parts = pastes.feed(decoder.decode(some))
                else:
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                for part in parts:
                    self._hand_on([part] if isinstance(part, events.Paste) else parser.keys(part))
                self._hand_on(parser.keys(""))

    def _hand_on(self, parts: Iterable[Message]) -> None:
        for message in parts:
            if isinstance(message, _HEEDED):
                self.process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""


class _KeyParser:
    """Finds keys and clicks. At some sequences, such as a key with an impossible number, Textual's parser breaks."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def keys(self, text: str) -> list[Message]:
        """What the text holds, or without a text what the pause after the text before makes of it."""
        try:
            reports = list(self._parser.feed(text) if text else self._parser.tick())
        except Exception:
            self._parser = XTermParser()
            return []
        # A report of the window's size that nobody asked for would change what the parser takes for a column.
        self._parser.mouse_pixels = False
        return reports


class _Writer:
    """A stream on which writing never fails: what a terminal that is gone does not show is not missed."""

    def __init__(self, file: TextIO | None) -> None:
        self._file = file or io.StringIO()

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._let_go()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._let_go()

    def fileno(self) -> int:
        return self._file.fileno()

    def _let_go(self) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
