"""Where things stand on a page, and what each button says."""

from __future__ import annotations

import pytest

from screener.content.compiled import Content
from screener.i18n.gettext import _
from screener.tui import THEMES
from screener.tui.screens.base import Dialog
from screener.tui.themes import theme_of
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import KeyBar
from screener.tui.widgets.line_widget import LineWidget
from tests.tools.contrast import NAME_OF, SPECIMEN, runs
from tests.tools.gallery import Gallery, visit
from tests.tools.views import SMALL
from tests.tui.pictures import QUESTION, question
from tests.tui.screens import screens
from tests.tui.test_appearance import text_of, views_of

WIDE = (120, 40)
CORNER = "\u256d"
"""Of a frame."""


async def test_a_button_says_the_key_that_does_the_same(flight: Content) -> None:
    """Wherever the line of keys has a key for what a button does, the button says that key as well."""
    said: set[str] = set()
    async with visit(WIDE) as visitor:
        for view in views_of(flight):
            await visitor.see(view)
            page = visitor.gallery.screen
            for button in page.query(Button):
                for key in page.query_one("#keys", KeyBar).keys:
                    if key.action == button.action and button.display:
                        assert f"{button.label}  {_(key.name)}" in text_of(visitor.lines), view.name
                        said.add(button.label)
    assert {"Close", "Back", "Go back", "Continue", "Finish"} <= said


async def test_a_dialog_with_several_buttons_says_how_to_choose(flight: Content) -> None:
    """Its line of keys names Enter and Tab, and a click on Enter there does what Enter does."""
    async with visit(WIDE) as visitor:
        for view in views_of(flight):
            await visitor.see(view)
            page = visitor.gallery.screen
            buttons = [button for button in page.query(Button) if button.display]
            if isinstance(page, Dialog) and len(buttons) > 1 and not page.query("Input, TextArea, RowList"):
                assert "Enter choose   Tab next button" in text_of(visitor.lines), view.name


async def test_help_and_a_page_that_waits_for_staff_have_the_edge_of_what_is_urgent(flight: Content) -> None:
    """Their frame has the colour of an urgent page, so that neither looks like any other dialog."""
    edges = {}
    async with visit() as visitor:
        visitor.gallery.register_theme(theme_of("specimen", SPECIMEN))
        visitor.gallery.theme = "specimen"
        for view in views_of(flight):
            await visitor.see(view)
            parts = [run for line in visitor.lines for run in runs(line, NAME_OF) if CORNER in run.text]
            edges[view.name] = parts[0].front if parts else ""
    urgent = {name for name, edge in edges.items() if edge == "urgent"}
    assert urgent == {name for name in edges if name.startswith("help, ")} | {"locked, staff needed"}
    assert edges["leave"] == "edge"


@pytest.mark.parametrize("columns", [180, 200, 240])
async def test_the_parts_stand_beside_the_card_and_both_in_the_middle(flight: Content, columns: int) -> None:
    """However broad the window is, no gap is between the parts and the question, and the sides are about as wide."""
    async with screens(flight, "departure", size=(columns, 50)) as person:
        parts = person.app.screen.query_one("#sections", LineWidget).region
        card = person.app.screen.query_one("#card").region
        assert 0 <= card.x - parts.right <= 4
        assert abs(parts.x - (columns - card.right)) <= 16


async def test_no_page_offers_help_twice(flight: Content) -> None:
    """It stands at the top, in one place."""
    async with visit() as visitor:
        for view in views_of(flight):
            if view.size != SMALL:
                await visitor.see(view)
                assert text_of(visitor.lines).count("F8 Get help now") <= 1, view.name


@pytest.mark.parametrize("theme", THEMES)
async def test_with_sixteen_colours_the_reference_and_headings_stand_out(flight: Content, theme: str) -> None:
    """There no block is fainter than the page and nothing is bold, so both have colours of their own.

    In high contrast there are two colours only, and a heading has that of the text.
    """
    async with visit(gallery=Gallery("standard")) as visitor:
        visitor.gallery.theme = theme
        await visitor.see(next(view for view in views_of(flight) if view.name == "finished"))
        styles = {text.strip(): style for line in visitor.lines for text, style, _ in line if style}
        heading, reference, plain = (
            next(style for text, style in styles.items() if words in text)
            for words in ("You have finished", "Your reference", "Below is your own copy")
        )
        assert reference.bgcolor != plain.bgcolor
        assert heading.color != plain.color or theme.startswith("high-contrast")


async def test_the_picture_of_the_readme_is_of_the_program_of_today() -> None:
    """Else draw it again: ``python -m tests.tui.pictures``."""
    assert await question() == QUESTION.read_text("utf-8")
