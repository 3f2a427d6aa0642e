"""What reaches the terminal: lines of text and nothing that it would obey."""

from __future__ import annotations

import io
import os
import pty
import re
import struct
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import TextIO

import pytest

from screener.content.compiled import Content
from screener.display_text import UNPRINTABLE, ascii_only, visible, width
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from tests.plain.prompts import console, session, talk_from
from tests.plain.test_parity import CHANGING
from tests.plain.walks import script
from tests.strategies import ESCAPES, FORGERIES

NAMED = {
    "clear": "<U+001B>[2J",
    "eight-bit csi": "<U+009B>2J",
    "null": "a<U+0000>b",
    "delete": "a<U+007F><U+0008>b",
    "carriage return": "all well<U+000D>not at all",
    "bidi override": "<U+202E>gnihton<U+202C>",
    "bidi isolate": "<U+2067>abc<U+2069><U+200F>",
}


@pytest.mark.parametrize("payload", [*ESCAPES.values(), *(text.replace("\n", " ") for text in FORGERIES)])
def test_hostile_text_is_shown_and_never_obeyed(flight: Content, payload: str, tmp_path: Path) -> None:
    """As an answer, a wrong answer, a name, a folder and a command: no control character comes out."""
    folder = f"{tmp_path}/{payload}"
    answered = talk_from(flight, "remarks", payload, "c 13", "l", "q", "2", folder, "1", "f", "s", folder, "d")
    assert answered.code in (None, 0)
    urgent = talk_from(flight, "pain_now", payload, "y", payload, "staff", payload, "q", payload, chest_pain=True)
    for talked in (answered, urgent):
        for text in (talked.told, talked.printed):
            assert not UNPRINTABLE.search(text)


@pytest.mark.parametrize("name", NAMED)
def test_control_characters_are_named(flight: Content, name: str) -> None:
    """What the person typed is listed letter by letter, with what cannot be shown by its name."""
    assert f"Remarks: {NAMED[name]}\n" in talk_from(flight, "remarks", f"{ESCAPES[name]}").told


def test_no_line_is_longer_than_the_terminal(flight: Content) -> None:
    """Where there is no terminal to ask, lines have at most 80 columns; nothing is drawn or coloured."""
    talked = console(flight, [*script(flight, CHANGING), "d"])
    assert max(map(width, talked.told.splitlines())) <= 80
    assert talked.told.isprintable() is False
    assert re.fullmatch(r"[ -~\n]*", talked.told)


class Window:
    """A terminal of so many columns, of which what is written can be read."""

    def __init__(self, columns: int) -> None:
        self.ours, theirs = pty.openpty()
        ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.stream: TextIO = os.fdopen(theirs, "w", encoding="utf-8")

    def close(self) -> str:
        self.stream.close()
        text = b""
        while chunk := self._read():
            text += chunk
        os.close(self.ours)
        return text.decode()

    def _read(self) -> bytes:
        try:
            return os.read(self.ours, 1 << 16)
        except OSError:
            return b""


@pytest.mark.parametrize("columns", [30, 60, 5])
def test_lines_are_wrapped_at_the_width_of_the_window(flight: Content, columns: int) -> None:
    """Words are not cut where they fit; below 20 columns the terminal wraps."""
    window = Window(columns)
    with pytest.raises(EndOfInput):
        PlainInterview(LineConsole(io.StringIO(), window.stream, io.StringIO()), session(flight)).run()
    lines = window.close().splitlines()
    assert max(map(width, lines)) <= max(columns, 20)
    assert max(map(width, lines)) > max(columns, 20) - 10


def test_without_utf_8_only_ascii_is_written(flight: Content) -> None:
    """What is said and the summary are ASCII where the stream knows nothing else; the answer itself is kept."""
    at = session(flight)
    out = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    lines = script(flight, CHANGING)
    lines[lines.index(" well")] = " Café \u2013 日 \x1b[2J"
    PlainInterview(LineConsole(io.StringIO("".join(f"{line}\n" for line in [*lines, "d"])), out, out), at).run()
    out.seek(0)
    text = out.read()
    assert text.isascii()
    assert ascii_only(visible("Remarks: Café \u2013 日 \x1b[2J")) in text
    assert at.interview.state.entries["remarks"] == "Café \u2013 日 \x1b[2J"


def test_a_stream_that_breaks_is_the_end_of_the_input(flight: Content) -> None:
    """A terminal that is gone can neither be read nor written."""

    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            raise OSError(5, "Input/output error")

    for typed, told in ((Gone(), io.StringIO()), (io.StringIO("1\n"), Gone())):
        with pytest.raises(EndOfInput):
            PlainInterview(LineConsole(typed, told, io.StringIO()), session(flight)).run()


@pytest.mark.parametrize("line", ["", "y", "1", "b", "h", "?", "nonsense"])
def test_input_without_an_end_does_not_run_forever(flight: Content, line: str) -> None:
    """Lines that lead to no answer are read for a while and no longer; so is a line that has no end."""

    class Endless(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            return f"{line}\n"

    class OneLine(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            return "x" * (size or 0)

    for typed in (Endless(), OneLine()):
        told = io.StringIO()
        with pytest.raises(EndOfInput):
            PlainInterview(LineConsole(typed, told, io.StringIO()), session(flight)).run()
        assert len(told.getvalue()) < 1_000_000
