"""On a page of a question nothing but the keys that are named there does anything, and no key is a way out."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest

from tests.terminal.conftest import Start
from tests.terminal.keys import CONTROL, ENTER, ESCAPE, FUNCTION, click
from tests.terminal.terminal import Terminal

EVERY = CONTROL | FUNCTION
NAMED = {"ctrl+i", "ctrl+l", "ctrl+m", "escape", "ctrl+c", "ctrl+q", "f1", "f2", "f8"}
"""Tab, Enter, Esc, those at the foot of the page, and Ctrl+L, which hides it."""
CHOSEN = {"1": "> 1 (*) The north 2 ( ) The south", "2": "1 ( ) The north > 2 (*) The south"}


@pytest.fixture
def asked(start: Start) -> Terminal:
    """The first question, with its first answer chosen."""
    terminal = start()
    terminal.focuses("Begin")
    terminal.keys(ENTER)
    terminal.shows("Where do you leave from?")
    terminal.shows("Back  Esc")  # The last that is painted of the page.
    terminal.keys("1")
    terminal.shows(CHOSEN["1"])
    return terminal


def test_keys_that_are_not_named_do_nothing(asked: Terminal, tmp_path: Path) -> None:
    """Each of them is pressed, then a digit whose answer is seen: the page is the same as without them, and so are the
    files."""
    digits = cycle("21")
    for name, key in EVERY.items():
        if name not in NAMED:
            digit = next(digits)
            asked.keys(key + digit.encode())
            asked.shows(CHOSEN[digit])
    asked.keys("1")
    asked.shows(CHOSEN["1"])
    with_keys = asked.lines
    asked.keys("2")
    asked.shows(CHOSEN["2"])
    asked.keys("1")
    asked.shows(CHOSEN["1"])
    asked.until(lambda: with_keys == asked.lines, "the same page")
    assert [path.name for path in tmp_path.iterdir()] == [".home"]


def test_keys_in_a_field_do_no_more_than_edit_it(at_a_field: Terminal, tmp_path: Path) -> None:
    """With all of it selected: no palette, no picture, no way out, nothing goes to a clipboard or into a file."""
    ages = cycle(range(40, 50))
    for name, key in EVERY.items():
        if name not in NAMED:
            age = next(ages)
            at_a_field.keys(b"\x1b[F\x1b[1;2H" + key + b"\x1b[H\x0b%d" % age)
            at_a_field.shows(f"Read as {age} years")
    assert [path.name for path in tmp_path.iterdir()] == [".home"]


def test_only_what_is_named_can_be_clicked(asked: Terminal) -> None:
    """At the top of the page help now; at its foot the keys that stand there, and nothing between or beside them."""
    before = asked.lines
    foot = next(row for row, line in enumerate(before) if "Ctrl+Q leave" in line)
    names = [name.strip() for name in before[foot].split("   ") if name.strip()]
    assert [name.split()[0] for name in names] == ["1\u20134", "Enter", "Esc", "?", "Ctrl+Q", "F2"]
    nowhere = [(column, row) for row in (1, 2) for column in range(1, 61)]
    nowhere += [
        (column, foot + 1) for column in range(1, 81) if before[foot].ljust(81)[column - 1 : column + 1] == "  "
    ]
    asked.keys("".join(click(*place) for place in nowhere) + "2")
    asked.shows(CHOSEN["2"])
    asked.keys("1")
    asked.shows(CHOSEN["1"])
    asked.until(lambda: asked.lines == before, "the same page")
    for name, row, shown in (
        ("F8", 0, "tell a member of staff now"),
        ("? why", foot, "Why we ask"),
        ("Ctrl+Q", foot, "Do you want to leave?"),
    ):
        asked.keys(click(before[row].index(name) + 1, row + 1))
        asked.shows(shown)
        asked.shows("Esc close")
        asked.keys(ESCAPE)
        asked.shows_no("Esc close")
    asked.until(lambda: asked.lines == before, "the same page")
