"""The first page comes first: what it does not show is loaded after it was painted, and painted once only."""

from __future__ import annotations

import subprocess
import sys

from screener.content.compiled import Content
from screener.tui import THEMES
from tests.tui.screens import screens

LATER = ("screens.question", "screens.urgent", "screens.lock", "dialogs.crisis_help", "dialogs.leave", "widgets.fields")


def test_the_first_page_loads_no_page_that_comes_later() -> None:
    program = "import sys, screener.tui.run; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "screener.tui.screens.welcome" in loaded
    assert not {f"screener.tui.{name}" for name in LATER} & set(loaded)
    assert "textual.widgets._text_area" not in loaded


async def test_what_keys_need_is_there_once_the_first_page_was_painted(flight: Content) -> None:
    """No key waits for a module: what it leads to has been imported and made."""
    async with screens(flight, welcome=True) as person:
        assert person.page == "WelcomePage"
        assert {"question_page", "idle_watcher", "_leaving", "_saving"} <= vars(person.app).keys()
        assert {f"screener.tui.{name}" for name in LATER} <= sys.modules.keys()


async def test_the_first_page_has_the_colours_that_were_chosen(flight: Content) -> None:
    """The style sheets are parsed once, with these colours; the next colours are taken at the first key."""
    async with screens(flight, welcome=True) as person:
        for theme in (*THEMES[1:], THEMES[0]):
            before = person.app.screen.styles.background
            await person.press("f2")
            assert person.app.theme == theme
            assert person.app.screen.styles.background != before
