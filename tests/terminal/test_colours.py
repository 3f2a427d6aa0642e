"""What a terminal with few colours gets, or a person who wants none: the pages can be read all the same."""

from __future__ import annotations

import re

import pytest
from pyte.screens import Char

from screener.tui import THEMES
from tests.terminal.conftest import Start
from tests.terminal.keys import ENTER, ESCAPE, F2, F8
from tests.terminal.terminal import Terminal

SIXTEEN = {"TERM": "linux", "COLORTERM": ""}
PLAIN = {0, 1, 2, 7, 39, 49}
"""Bold, faint and reversed, and back to the colours that the person chose for their terminal."""
BLINKING = {5, 6}
_STYLE = re.compile(rb"\x1b\[([0-9;]*)m")

Cell = tuple[str, str, str]
"""A character with its colours, as a terminal with eight of them shows it."""


def styles(terminal: Terminal) -> set[int]:
    """The numbers of all styles that were ever asked for."""
    return {int(code) for found in _STYLE.findall(terminal.painted) for code in found.split(b";") if code}


def cells(terminal: Terminal) -> list[Cell]:
    """What is painted, from the upper left."""
    return [_cell(cell) for _, line in sorted(terminal._screen.buffer.items()) for _, cell in sorted(line.items())]


def _cell(cell: Char) -> Cell:
    front, back = cell.fg.removeprefix("bright"), cell.bg.removeprefix("bright")
    return (cell.data, back, front) if cell.reverse else (cell.data, front, back)


def at_the_first_question(terminal: Terminal) -> None:
    terminal.focuses("Begin")
    terminal.keys(ENTER)
    terminal.shows("Where do you leave from?")
    terminal.keys("1")
    terminal.shows("(*) The north")


def test_eight_colours_leave_everything_to_be_seen(start: Start) -> None:
    """In each theme, and F2 leads to each, no letter and no line has the colour of what it stands on."""
    terminal = start(environment=SIXTEEN)
    at_the_first_question(terminal)
    for theme in THEMES:
        page = "black" if theme.endswith("dark") else "white"
        terminal.until(lambda page=page: cells(terminal)[0][2] == page, f"the colours of {theme}")
        terminal.keys(F8)
        terminal.shows("tell a member of staff now")
        shown = [cell for cell in cells(terminal) if cell[0].strip()]
        assert len(shown) > 50
        assert [cell for cell in shown if cell[1] == cell[2]] == [], theme
        terminal.keys(ESCAPE)
        terminal.shows("(*) The north")
        assert [cell for cell in cells(terminal) if cell[0].strip() and cell[1] == cell[2]] == [], theme
        terminal.keys(F2)
    assert not any(code in styles(terminal) for code in (38, 48)), "more colours than the terminal has"
    assert not styles(terminal) & BLINKING


@pytest.mark.parametrize("environment", [SIXTEEN, {}])
def test_without_colour_nothing_is_coloured(start: Start, environment: dict[str, str]) -> None:
    """With --no-color no colour is asked for, whatever F2 does, and what is chosen can still be read."""
    terminal = start("--no-color", environment=environment)
    at_the_first_question(terminal)
    terminal.keys(F2)
    terminal.keys("2")
    terminal.shows("(*) The south")
    assert styles(terminal) <= PLAIN
