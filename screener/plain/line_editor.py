"""Line editing on a terminal: keys that edit, pastes that are one answer, no limit of the system's own editing."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, TextIO

from screener.i18n.gettext import _
from screener.pastes import RUSH, Pasted, PasteSplitter, RushSplitter
from screener.plain.edited_line import EditedLine
from screener.plain.line_view import LineView

if TYPE_CHECKING:
    from screener.plain.terminal_keys import TerminalKeys

HELP_KEY = "\x1b[19~"
_HELP_KEYS = {HELP_KEY, "\x1b[19;~"}
_PATIENCE_OF_PASTE = 0.5
_USUAL_SIZE = (80, 24)
_KEY = re.compile(r"\x1b+(?:\[\[?[0-9:;<=>?]*[ -/]*[@-~]|O[ -~]|[^\[O\x1b])|[^\x00-\x1f\x7f]+|[^\x1b]", re.DOTALL)
"""A key, with any Esc that came before it, or text as far as no other key stands in it."""
_BEGUN = re.compile(r"\x1b+(?:\[\[?[0-9:;<=>?]*[ -/]*|O)?\Z")
_EDITS: dict[str, Callable[[EditedLine], None]] = {
    **dict.fromkeys(("\x7f", "\x08"), EditedLine.erase),
    **dict.fromkeys(("\x1b[3~",), EditedLine.delete),
    **dict.fromkeys(("\x1b[D", "\x1bOD", "\x02"), EditedLine.left),
    **dict.fromkeys(("\x1b[C", "\x1bOC", "\x06"), EditedLine.right),
    **dict.fromkeys(("\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~", "\x01"), EditedLine.home),
    **dict.fromkeys(("\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~", "\x05"), EditedLine.end),
    **dict.fromkeys(("\x1b[1;5D", "\x1b[1;3D", "\x1bb"), EditedLine.word_left),
    **dict.fromkeys(("\x1b[1;5C", "\x1b[1;3C", "\x1bf"), EditedLine.word_right),
    **dict.fromkeys(("\x17", "\x1b\x7f"), EditedLine.erase_word),
    "\x15": EditedLine.erase_to_start,
    "\x0b": EditedLine.erase_to_end,
}
_SPECIAL = {"\x03": "interrupt", "\x04": "end_of_input", "\x1a": "suspend", "\x1c": "quit"}


class LineEditor:
    """Reads lines from a terminal on which it also writes."""

    def __init__(self, keys: TerminalKeys, shown: TextIO) -> None:
        self._keys = keys
        self._shown = shown
        self._special = {**_SPECIAL, **keys.special()}
        self._marked = PasteSplitter()
        self._rushes = RushSplitter()
        self._parts: deque[str | Pasted] = deque()
        self._begun = ""
        """The start of a key of which more has to come."""
        self._pasted_until = float("-inf")
        self.unfinished = ""
        """What was typed of a line that was interrupted."""

    def take_keys(self) -> None:
        """Take every key as typed from now on; ``give_keys_back`` lets those that stop the program do so again."""
        self._keys.take_all()

    def give_keys_back(self) -> None:
        self._keys.line_ends()

    def read(self, label: str, draft: str, say: Callable[[str], None]) -> tuple[str, str]:
        """Return the line that is typed behind a label, and what was typed before the help key, if that ended it.

        ``draft`` stands in it before anything is typed; ``say`` says something about a paste. Raise ``EOFError`` or
        ``KeyboardInterrupt``, as the system's line editing does.
        """
        line = EditedLine(draft)
        self._keys.line_begins()
        self._keys.was_stopped = False
        view = LineView(self._write, label, self._size())
        try:
            view.show(line.text, line.caret)
            while True:
                part = self._next_part()
                if self._keys.was_stopped:
                    self._keys.line_begins()
                if self._keys.was_stopped or view.size != self._size():
                    if self._keys.was_stopped or line.text:
                        self._write("\n" + label)
                    self._keys.was_stopped = False
                    view = LineView(self._write, label, self._size())
                if isinstance(part, Pasted):
                    if self._pastes_lines(line, part.text, say):
                        self._write(label)
                        view = LineView(self._write, label, self._size())
                elif part in ("\r", "\n"):
                    return line.text, ""
                elif re.sub("^\x1b+", "\x1b", part) in _HELP_KEYS:
                    return HELP_KEY, line.text
                elif part in self._special and self._special[part] not in ("erase", "erase_to_start"):
                    self._act(self._special[part], line)
                elif edit := _EDITS.get(part) or self._own_edit(part):
                    edit(line)
                elif not part.startswith("\x1b"):
                    line.insert(part if part >= " " or part == "\t" else "")
                view.show(line.text, line.caret)
        except KeyboardInterrupt:
            self.unfinished = line.text
            raise
        finally:
            with suppress(OSError, ValueError):  # The terminal is gone; what ended the line is told, not this.
                view.show(line.text, len(line.text))
                self._write("\n")

    def _own_edit(self, key: str) -> Callable[[EditedLine], None] | None:
        """Return what a key does that this terminal was set to use."""
        name = self._special.get(key)
        return {"erase": EditedLine.erase, "erase_to_start": EditedLine.erase_to_start}.get(name or "")

    def _pastes_lines(self, line: EditedLine, text: str, say: Callable[[str], None]) -> bool:
        """Insert what was pasted. If there are line ends now, say that it is one answer; it is shown below that."""
        before = line.text
        line.insert(text.rstrip("\r\n"))
        count = len(line.text.splitlines())
        if "\n" not in line.text or line.text == before:
            return False
        many = _("You pasted {count} lines. They are one answer. Press Enter to give it, or Ctrl+U to remove it.")
        self._write("\n")
        say(many.format(count=count))
        return True

    def _act(self, name: str, line: EditedLine) -> None:
        """Do what a key means that is no text and edits nothing."""
        if name == "interrupt":
            self._write("^C")
            self._parts.clear()
            raise KeyboardInterrupt
        if name == "suspend":
            os.kill(0, signal.SIGTSTP)
        elif name == "quit":
            os.kill(os.getpid(), signal.SIGQUIT)
        elif not line.text:
            raise EOFError
        else:
            line.delete()

    def _next_part(self) -> str | Pasted:
        """Return the next key, text or paste; an empty text where the program was stopped and goes on."""
        while not self._parts:
            waits = self._marked.waits or self._rushes.waits or self._begun
            arrived = self._keys.next(RUSH if waits else _PATIENCE_OF_PASTE if self._marked.is_open else None)
            if arrived is None:
                self._parts.extend(self._as_keys(self._rushes.pause()))
                self._parts.extend(self._as_keys(self._marked.pause()))
                self._begun = ""
            elif arrived[1]:
                self._split(self._marked.feed(arrived[1]), arrived[0])
            elif self._keys.was_stopped:
                return ""
        return self._parts.popleft()

    def _split(self, parts: Iterator[str | Pasted], at: float) -> None:
        """Add keys and pastes; what comes in one rush with a marked paste is dropped, because it was sent with it."""
        for part in parts:
            if isinstance(part, Pasted):
                self._parts.extend(self._as_keys(self._rushes.pause()))
                self._parts.append(part)
                self._pasted_until = at + RUSH
            elif at < self._pasted_until:
                self._pasted_until = at + RUSH
            else:
                self._parts.extend(self._as_keys(self._rushes.feed(part, at)))

    def _as_keys(self, parts: Iterator[str | Pasted]) -> Iterator[str | Pasted]:
        for part in parts:
            if isinstance(part, Pasted):
                yield part
                continue
            text, self._begun = self._begun + part, ""
            if begun := _BEGUN.search(text):
                text, self._begun = text[: begun.start()], begun[0]
            yield from _KEY.findall(text)

    def _size(self) -> tuple[int, int]:
        try:
            columns, rows = os.get_terminal_size(self._shown.fileno())
        except (OSError, ValueError):
            columns, rows = 0, 0
        return columns or _USUAL_SIZE[0], rows or _USUAL_SIZE[1]

    def _write(self, text: str) -> None:
        encoding = self._shown.encoding
        self._shown.write(text.encode(encoding, "replace").decode(encoding))
        self._shown.flush()


@contextmanager
def line_editing(typed: TextIO, shown: TextIO) -> Iterator[LineEditor | None]:
    """Edit lines on a terminal inside this context; afterwards the terminal is as it was.

    The editor is ``None`` where there is no terminal to type and write on, or one that cannot move its cursor.
    """
    editor, keys = None, None
    if sys.platform != "win32" and os.environ.get("TERM", "dumb") not in ("", "dumb", "unknown"):
        import termios

        from screener.plain.terminal_keys import TerminalKeys

        with suppress(OSError, ValueError, termios.error):
            if typed.isatty() and shown.isatty():
                keys = TerminalKeys(typed.fileno(), typed.encoding, partial(print, end="", file=shown, flush=True))
                editor = LineEditor(keys, shown)
    if keys is None:
        yield None
        return
    try:
        keys.begin()
        yield editor
    finally:
        keys.end()
        with suppress(OSError, ValueError):
            shown.flush()
