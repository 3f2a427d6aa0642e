"""What the program makes of the environment that it is started in, and what it asks of the system."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.terminal.conftest import Start, at_the_age
from tests.terminal.keys import CONTROL, DOWN, ENTER, ESCAPE, LEAVE
from tests.terminal.terminal import ROOT

MEDDLING = {
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_LOG": "keys.log",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_PRESS": "enter,1,enter",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_SCREENSHOT_LOCATION": ".",
    "TEXTUAL_SCREENSHOT_FILENAME": "screen.svg",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    "TEXTUAL_SHOW_RETURN": "1",
    "TEXTUAL_FPS": "1",
    "COLUMNS": "3",
    "LINES": "2",
}
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such thing")
DUMPABLE = """
import ctypes, resource
from screener.hardening import hide_memory, leave_no_core
prctl = ctypes.CDLL(None).prctl
print(prctl(3), end=" ")
leave_no_core()
hide_memory()
print(prctl(3), *resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_textual_settings_are_not_read(start: Start, tmp_path: Path) -> None:
    """No key is logged or pressed and no picture taken because the environment asks Textual for it, and no key is a
    signal. A window is as large as it is, whatever variables of a shell say."""
    terminal = start(environment=MEDDLING)
    terminal.focuses("Begin")
    terminal.keys(CONTROL["ctrl+\\"] + CONTROL["ctrl+z"])
    at_the_age(terminal)
    terminal.keys(LEAVE)
    terminal.shows("Leave without saving")
    terminal.keys(ESCAPE)
    terminal.shows_no("Leave without saving")
    assert [path.name for path in tmp_path.iterdir()] == [".home"]


def test_the_cursor_of_the_terminal_follows_the_rows(start: Start) -> None:
    """Braille displays and magnifiers follow the terminal's own cursor, so it is shown, on the focused row."""
    terminal = start()
    terminal.focuses("Begin")
    terminal.keys(ENTER)
    terminal.shows("Where do you leave from?")
    terminal.keys(DOWN * 2)
    terminal.shows("> 3")
    terminal.until(lambda: "> 3" in terminal.lines[terminal.cursor[1]], "the cursor on the third row")
    assert terminal.painted.rpartition(b"\x1b[?25l")[2].count(b"\x1b[?25h")


def test_a_colour_is_left_out_where_the_environment_says_so(start: Start) -> None:
    """NO_COLOR is obeyed; one that is empty is not set, as no-color.org has it."""
    colour = re.compile(rb"\x1b\[[0-9;]*\b[34]8;2;(\d+);(\d+);(\d+)")
    with_none, with_all = start(environment={"NO_COLOR": "1"}), start(environment={"NO_COLOR": ""})
    with_none.focuses("Begin")
    assert not colour.search(with_none.painted)
    with_all.focuses("Begin")
    assert any(len(set(found)) > 1 for found in colour.findall(with_all.painted)), "only greys"


@on_linux
def test_memory_stays_in_memory() -> None:
    """No core file is written, and on Linux no process of the same user can read what was answered."""
    ran = subprocess.run([sys.executable, "-c", DUMPABLE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["1", "0", "0", "0"]


@on_linux
@pytest.mark.parametrize("words", [(), ("--plain",)], ids=["screens", "plain"])
def test_both_faces_hide_their_memory(start: Start, words: tuple[str, ...]) -> None:
    """They ask for no core file, and hide what they hold before anything is answered."""
    terminal = start(*words)
    terminal.shows("Before you fly")
    terminal.keys(ENTER)
    terminal.shows("Where do you leave from?")
    process = Path(f"/proc/{terminal.process.pid}")
    limits = process.joinpath("limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits)
    with suppress(PermissionError):  # This is what is wanted; only root may look all the same.
        assert "_ctypes" in process.joinpath("maps").read_text()
