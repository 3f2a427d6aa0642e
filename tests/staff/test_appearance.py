"""The staff's side as text at three sizes and in its colours, as it was reviewed and measured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from screener.staff.copies import Destinations
from screener.tui import THEMES
from screener.tui.themes import theme_of
from tests.staff.clinic import Clinic
from tests.staff.console import console
from tests.staff.pages import walk, written_in
from tests.tools.contrast import NAME_OF, SPECIMEN, Pair, measured, pairs_on, runs
from tests.tui.test_appearance import SIZES, described

SAID = "I like to sit by the window"
PLACE = Destinations(Path("/home/clinic"), None)


@pytest.fixture(autouse=True)
def _times_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages show times by the clock of their place."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_staff_pages_read_as_reviewed(clinic: Clinic, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    """Each page of the staff's side at 80 by 24, 120 by 40 and 60 by 18 is the one that was looked at."""
    written_in(clinic, SAID)
    clinic.clock.go_on(minutes=10)
    async with console(clinic, size=size) as staff:
        staff.app.staff_session.destinations = PLACE
        async for name, _page in walk(staff):
            assert staff.text == snapshot(name=name)


async def test_staff_pages_are_coloured_as_reviewed(clinic: Clinic, snapshot: SnapshotAssertion) -> None:
    """Each part has the colours that were looked at, and wherever two meet they can be told apart in every theme."""
    written_in(clinic, SAID)
    clinic.clock.go_on(minutes=10)
    met: set[Pair] = set()
    async with console(clinic) as staff:
        staff.app.staff_session.destinations = PLACE
        staff.app.register_theme(theme_of("specimen", SPECIMEN))
        staff.app.theme = "specimen"
        await staff.settle()
        async for name, page in walk(staff):
            lines = [runs(line, NAME_OF) for line in page._compositor.render_strips()]
            assert "\n".join(described(lines)) == snapshot(name=name)
            met.update(pairs_on(lines))
    for theme in THEMES:
        assert [pair for pair in met if measured(theme, pair).short] == []
