"""Where things stand on the staff's pages: what is side by side begins and ends in one line, and lines can be read."""

from __future__ import annotations

import pytest

from screener.tui.staff.banner import Banner
from tests.staff.clinic import CALM, URGENT, Clinic
from tests.staff.console import Console, console
from tests.staff.pages import walk, written_in

MOST_COLUMNS = 134
"""Of a text that staff read; longer lines are hard to follow."""


def regions(staff: Console, *names: str) -> list[tuple[int, int]]:
    """The first line and the one after the last, of each of these parts of a page."""
    found = [staff.app.screen.query_one(f"#{name}").region for name in names]
    return [(region.y, region.bottom) for region in found]


@pytest.mark.parametrize("size", [(120, 40), (200, 50)])
async def test_list_and_facts_begin_and_end_in_one_line(clinic: Clinic, size: tuple[int, int]) -> None:
    """The heads of the columns stand right above the list, and list and facts fill the page down to its keys."""
    clinic.answers("2222-2222", URGENT)
    async with console(clinic, size=size) as staff:
        (_, heads), card, facts = regions(staff, "heads", "card", "facts-pane")
        assert card == facts
        assert card == (heads, size[1] - 2)


async def test_the_list_stays_where_it_is_as_it_grows(clinic: Clinic) -> None:
    """With one response or with nine the pane has the same edges."""
    clinic.answers("2222-2222", CALM)
    async with console(clinic) as staff:
        before = regions(staff, "card")
        for number in range(8):
            clinic.answers(f"3333-{number}333", CALM)
        await staff.look()
        assert "3333-7333" in staff.text
        assert regions(staff, "card") == before


@pytest.mark.parametrize("columns", [200, 240])
async def test_lines_of_a_response_stay_short_enough_to_be_read(clinic: Clinic, columns: int) -> None:
    """However broad the window is, the text of a response has at most 134 columns."""
    clinic.answers("2222-2222", CALM)
    async with console(clinic, size=(columns, 50)) as staff:
        await staff.press("enter")
        (card,) = staff.app.screen.query("#card")
        assert 100 <= card.size.width <= MOST_COLUMNS
        assert staff.app.screen.query_one("#facts-pane").display


async def test_a_dialog_in_a_small_window_loses_no_line_to_the_banner(clinic: Clinic) -> None:
    """At 60 by 18 the banner of a dialog has the lines of its text and none more."""
    written_in(clinic, "Jo")
    looked_at = 0
    async with console(clinic, size=(60, 18)) as staff:
        async for _name, page in walk(staff):
            if page.has_class("-dialog"):
                for banner in page.query(Banner):
                    assert banner.region.height == len(banner.lines(banner.size.width))
                    looked_at += banner.display
    assert looked_at > 5
