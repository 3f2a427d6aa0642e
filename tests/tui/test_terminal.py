"""What a real terminal gets: Pilot never writes to one, so these run the program on a pty."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pyte
import pytest

RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l")
"""Back to the usual screen, cursor shown, mouse and paste reports off."""
_PRIVATE = re.compile(rb"\x1b\[[<>?=][0-9;]*[a-zA-Z]")
"""Sequences that pyte prints instead of ignoring them."""
_BEGUN = re.compile(rb"(.*?)(\x1b(?:\[[<>?=0-9;]*)?)?", re.DOTALL)
"""What was read, and a sequence at its end of which more is to come."""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")


class Terminal:
    """The program on a pty, and the screen it paints."""

    def __init__(self, *words: str, **environment: str) -> None:
        self.painted = b""
        self._begun = b""
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TEXTUAL_LOG")}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "tests.tui.stage", *words],
            env={**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1", **environment},
            dimensions=(24, 80),
            cwd=str(Path(__file__).parents[2]),
            timeout=30,
        )

    @property
    def screen(self) -> str:
        return "\n".join(self._screen.display)

    def shows(self, words: str) -> None:
        """Read until the screen has these words on it."""
        while words not in self.screen:
            self._read()

    def _read(self) -> None:
        some = self.child.read_nonblocking(65536, 30)
        self.painted += some
        found = _BEGUN.fullmatch(self._begun + some)
        assert found
        whole, self._begun = found[1], found[2] or b""
        self._stream.feed(_PRIVATE.sub(b"", whole))

    def keys(self, keys: str | bytes) -> None:
        self.child.send(keys)

    def ends(self) -> int:
        """Read to the end; returns the exit code."""
        while True:
            try:
                self._read()
            except pexpect.EOF:
                break
        self.child.close()
        assert self.child.signalstatus is None, "it must end by itself, not be killed"
        return int(self.child.exitstatus)

    @property
    def left_behind(self) -> bytes:
        """What it wrote after it gave the usual screen back."""
        return self.painted.rpartition(RESTORED[0])[2]


@contextmanager
def terminal(*words: str, **environment: str) -> Iterator[Terminal]:
    opened = Terminal(*words, **environment)
    try:
        yield opened
    finally:
        opened.child.close(force=True)


def at_the_age(opened: Terminal) -> None:
    """Answer up to the first number, and type one."""
    opened.shows("Begin")
    opened.keys("\r")
    opened.shows("Where do you leave from?")
    opened.keys("1\r")
    opened.shows("Who types the answers?")
    opened.keys("1\r")
    opened.shows("How old are you?")
    opened.keys("47")
    opened.shows("Read as 47 years")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_restores_the_terminal(number: signal.Signals, code: int) -> None:
    """Ended from outside, the terminal is as it was, no answer is left on it, and the exit code says why."""
    with terminal() as opened:
        at_the_age(opened)
        opened.child.kill(number)
        assert opened.ends() == code
        assert all(sequence in opened.painted for sequence in RESTORED)
        assert b"47" not in opened.left_behind


def test_a_fault_shows_no_answer() -> None:
    """A crash says sorry once, names the place, and prints neither a traceback nor anything that was answered."""
    with terminal("fault") as opened:
        at_the_age(opened)
        opened.keys("\r")
        assert opened.ends() == 1
        left = opened.left_behind.decode()
        assert left.count("Sorry, screener had to stop") == 1
        assert "Reference: ValueError-app-" in left
        assert "47" not in left
        assert "secret_answer" not in left
        assert "Traceback" not in left


def test_an_invalid_byte_is_not_the_end() -> None:
    """A byte that is not UTF-8, as an old keyboard or a bad line sends it, does not bring the program down."""
    with terminal() as opened:
        at_the_age(opened)
        opened.keys(b"\xff\xe9")
        opened.shows("47\ufffd")
        opened.keys("\x1b[19~")
        opened.shows("Call 0001.")


def test_the_cursor_of_the_terminal_follows_the_rows() -> None:
    """Braille displays and magnifiers follow the terminal's own cursor, so it is shown, on the focused row."""
    with terminal() as opened:
        opened.shows("Begin")
        assert opened.painted.rpartition(b"\x1b[?25l")[2].count(b"\x1b[?25h")
        opened.keys("\r")
        opened.shows("Where do you leave from?")
        opened.keys("\x1b[B\x1b[B")
        opened.shows("> 3")
        places = re.findall(rb"\x1b\[(\d+);(\d+)H", opened.painted)
        row = next(y for y, line in enumerate(opened.screen.splitlines(), 1) if "> 3" in line)
        assert int(places[-1][0]) == row


def test_without_colour_nothing_is_coloured() -> None:
    """NO_COLOR leaves no colour in the output, and what is chosen can still be read."""
    with terminal(NO_COLOR="1") as opened:
        opened.shows("Begin")
        opened.keys("\r")
        opened.shows("Where do you leave from?")
        opened.keys("1")
        opened.shows("(*) The north")
        opened.keys("\x1bOQ")
        opened.keys("2")
        opened.shows("(*) The south")
        codes = {
            int(code)
            for found in re.findall(rb"\x1b\[([0-9;]*)m", opened.painted)
            for code in found.split(b";")
            if code
        }
        assert codes <= {0, 1, 2, 4, 7, 39, 49}


def test_an_empty_no_color_is_not_set() -> None:
    """NO_COLOR that is empty changes nothing, as no-color.org has it."""
    with terminal(NO_COLOR="") as opened:
        opened.shows("Begin")
        greys = {(level, level, level) for level in range(256)}
        shown = {tuple(map(int, found)) for found in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", opened.painted)}
        assert shown - greys


def test_textual_settings_are_not_read(tmp_path: Path) -> None:
    """No log of keys is written, and no key is pressed, because the environment asks Textual for it."""
    log = tmp_path / "keys.log"
    with terminal(TEXTUAL_LOG=str(log), TEXTUAL_PRESS="enter,1") as opened:
        opened.shows("Begin")
        opened.keys("\x11")
        opened.shows("Leave without saving")
        assert not log.exists()


def test_a_walk_from_the_start_to_leaving() -> None:
    """On a real terminal, leaving early ends with 3 and gives the terminal back."""
    with terminal() as opened:
        at_the_age(opened)
        opened.keys("\x03")
        opened.shows("Do you want to leave?")
        opened.keys("\t\t\r")
        assert opened.ends() == 3
        assert all(sequence in opened.painted for sequence in RESTORED)
