"""Whatever comes in one rush at item 9 of the PHQ-9, as it is shipped: nothing passes the urgent page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from screener.content.load import load
from screener.model.questionnaire import Question
from screener.model.response import Entry
from tests.terminal.conftest import Start
from tests.terminal.keys import ENTER, click, pasted
from tests.terminal.terminal import ROOT, Terminal
from tests.terminal.walking import calm, walk

QUESTIONNAIRE, ITEM, PAGE = "weekly", "phq9_9", "You do not have to face this alone"
READ = "I have read this"


def nothing_left_out(question: Question, number: int) -> Entry:
    return calm(question, 0)


def typed(terminal: Terminal, *, ahead: str | bytes) -> None:
    """Choose the last answer and press Enter, with more typed right behind it."""
    terminal.keys(b"4\r" + (ahead.encode() if isinstance(ahead, str) else ahead))


def held(terminal: Terminal, *, key: str) -> None:
    """Choose the last answer with this key held from Continue on, for longer than the page refuses keys."""
    terminal.keys("4" + ENTER)
    for _ in range(60):
        terminal.keys(key)
        terminal.read_page(0.05)


def double_clicked(terminal: Terminal) -> None:
    """Click four times on Continue, and at once as often on the button of the page that comes."""
    terminal.keys("4")
    terminal.shows("(*) Nearly every day")
    terminal.keys(click(*terminal.place_of("Continue")) * 4)
    terminal.shows(PAGE)
    terminal.shows(f"> {READ}")
    terminal.keys(click(*terminal.place_of(READ)) * 4)


@pytest.mark.parametrize(
    "burst",
    [
        pytest.param(partial(typed, ahead=pasted(b"\r \r1\r" * 50)), id="pasted"),
        pytest.param(partial(held, key=ENTER), id="enter-held", marks=pytest.mark.long),
        pytest.param(double_clicked, id="double-clicked", marks=pytest.mark.long),
    ],
)
def test_nothing_that_comes_in_a_rush_passes_the_urgent_page_of_item_9(
    start: Start, burst: Callable[[Terminal], None]
) -> None:
    terminal = start(QUESTIONNAIRE, content=ROOT)
    walk(terminal, load(ROOT, QUESTIONNAIRE), nothing_left_out, until=ITEM)
    burst(terminal)
    terminal.shows(PAGE)
    terminal.settles_with(PAGE)
    terminal.read_page(3)
    assert PAGE in terminal.text, "it still stands when nothing is refused any more"
    terminal.press(READ)
    terminal.shows_no(PAGE)
