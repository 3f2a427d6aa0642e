"""Every page as text, at three sizes: what a change of layout or wording does to it is seen in review."""

from __future__ import annotations

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from screener.content.compiled import Content
from tests.tui.screens import Screens, screens

SIZES = [(80, 24), (120, 40), (60, 18)]

PAGES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "welcome": ({"welcome": True}, []),
    "choice": ({}, ["2"]),
    "error": ({}, ["enter"]),
    "several with an introduction": ({"question": "items"}, ["2", "3"]),
    "instrument": ({"question": "nerves_2"}, []),
    "number": ({"question": "bag"}, ["1", "2"]),
    "text": ({"question": "remarks"}, []),
    "please check": ({"question": "age"}, [*"103", "enter"]),
    "why": ({}, ["f1"]),
    "help": ({"question": "age", "departure": "north"}, ["f8"]),
    "leave": ({}, ["ctrl+q"]),
    "urgent": ({"question": "chest_pain", "departure": "north"}, ["1", "enter"]),
    "emergency": ({"question": "pain_now", "chest_pain": True}, ["1", "enter", "tab", "enter"]),
    "check": ({"question": None, "departure": "north", "age": 41, "remarks": "I like windows. " * 6}, []),
    "finished": ({"question": None, "alone": True, "age": 12}, ["tab", "enter"]),
    "save": ({"question": None}, ["tab", "enter", "tab", "enter"]),
}


@pytest.mark.parametrize("page", PAGES)
async def test_pages_look_as_reviewed(flight: Content, page: str, snapshot: SnapshotAssertion) -> None:
    """The page at 80 by 24, 120 by 40 and 60 by 18 is the one that was looked at."""
    where, keys = PAGES[page]
    async with screens(flight, **where) as person:
        await person.press(*keys)
        for size in SIZES:
            await person.resize(*size)
            await settled_size(person, size)
            assert person.text == snapshot(name=f"{size[0]}x{size[1]}")


async def settled_size(person: Screens, size: tuple[int, int]) -> None:
    """Textual gathers resizes for 1/120 second; wait until the page has its new size."""
    while tuple(person.app.screen.size) != size:
        await person.pilot.pause(1 / 120)
    await person.settle()
