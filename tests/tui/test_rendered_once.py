"""A widget of which nothing changed is not rendered again, and what was rendered before is never out of date."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.containers import Container, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from screener.content.compiled import Content
from screener.tui.widgets.rendered_once import RenderedOnce
from tests.tui.screens import Screens, screens

_WALK = (
    *("down", "down", "up", "1", "question_mark", "escape", "f8", "escape", "f2", "enter"),
    *("4", "3", "enter", "enter", "escape", "tab", "tab", "shift+tab", "f2", "ctrl+q", "escape"),
)


def _drawn(person: Screens) -> list[Strip]:
    return person.app.screen._compositor.render_strips()


def _drawn_anew(person: Screens) -> list[Strip]:
    for widget in person.app.screen.walk_children(RenderedOnce, with_self=True):
        widget._rendered = None
        widget._styles_cache.clear()
    return _drawn(person)


async def test_a_key_renders_only_the_widget_that_it_changes(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[Widget] = []
    render_lines = Widget.render_lines

    def noted(widget: Widget, crop: Region) -> list[Strip]:
        rendered.append(widget)
        return render_lines(widget, crop)

    async with screens(content) as person:
        monkeypatch.setattr(Widget, "render_lines", noted)
        await person.press("down")
        assert [widget for widget in rendered if isinstance(widget, RenderedOnce)] == [person.app.screen.focused]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_what_is_drawn_is_what_would_be_drawn_anew(content: Content, size: tuple[int, int]) -> None:
    async with screens(content, size=size) as person:
        for key in _WALK:
            await person.press(key)
            assert _drawn(person) == _drawn_anew(person), f"after {key}"
        for columns, rows in ((60, 18), (130, 40), (80, 24), (80, 20)):
            await person.resize(columns, rows)
            assert _drawn(person) == _drawn_anew(person), f"at {columns}x{rows}"


class _Box(Vertical, RenderedOnce):
    """As high as what it holds."""


class _ClippedBox(App[None]):
    CSS = "Container { height: 5 } _Box { height: auto; border: solid red } Static { height: 8 }"

    def compose(self) -> ComposeResult:
        with Container(), _Box():
            yield Static("text")


async def test_a_widget_that_became_smaller_than_its_clip_gets_its_lower_edge() -> None:
    app = _ClippedBox()
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        before = app.screen._compositor.render_strips()
        app.query_one(Static).styles.height = 3
        await pilot.pause()
        after = app.screen._compositor.render_strips()
        assert "\u2518" not in before[4].text
        assert "\u2518" in after[4].text
