"""Something to press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Region, Size
from textual.screen import Screen
from typing_extensions import override

from screener.i18n.gettext import _
from screener.tui.rendering import Tone, cells
from screener.tui.widgets.line_widget import Line, LineWidget
from screener.tui.widgets.rendered_once import RenderedOnce
from screener.tui.widgets.row_list import CARET


class Button(LineWidget, can_focus=True):
    """A button of one line. ``action`` is a Textual action of the page, such as ``screen.advance``."""

    BINDINGS = [
        Binding("enter,space", "press", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("up", "screen.up_or_down(-1)", show=False),
        Binding("down", "screen.up_or_down(1)", show=False),
    ]

    def __init__(self, label: str, action: str, *, key: str = "", primary: bool = False, id: str | None = None) -> None:
        """``key``: the key that does the same, which stands behind the label."""
        super().__init__(id=id, classes="-primary" if primary else None)
        self.label = label
        self._key = key
        self.action = action
        self._shows_key = True

    @override
    def get_content_width(self, container: Size, viewport: Size) -> int:
        return len(CARET) + cells(self._text) + len(CARET)

    @override
    def lay_out(self, width: int) -> Sequence[Line]:
        return [Line(((CARET if self.has_focus else " " * len(CARET), Tone.TEXT), (self._text, Tone.TEXT)))]

    def show_key(self, display_key: bool) -> None:
        """Show or hide the key behind the label."""
        if display_key != self._shows_key:
            self._shows_key = display_key
            self.changed()

    @property
    def key(self) -> str:
        """Return the key that does the same."""
        return self._key

    @key.setter
    def key(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self.changed()

    @property
    def _text(self) -> str:
        return f"{self.label}  {_(self.key)}" if self.key and self._shows_key else self.label

    def place_cursor(self) -> None:
        """Put the terminal's own cursor on the button."""
        if self.has_focus:
            self.app.cursor_position = self.content_region.offset

    async def action_press(self) -> None:
        await self.run_action(self.action)

    async def on_click(self) -> None:
        await self.action_press()

    def on_focus(self) -> None:
        self.changed()
        self.place_cursor()

    def on_blur(self) -> None:
        self.changed()


class ButtonRow(Horizontal, RenderedOnce):
    """Buttons side by side, without their keys where there is little room; else one below the other."""

    GAP = 2
    """Columns to the right of each, as the style sheet has it."""

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size)

    def fit(self, room: Size | None = None) -> None:
        """Show what has room, after the row or one of its keys has changed."""
        size = room or self.size
        buttons = [button for button in self.query(Button) if button.display]
        for shows_keys in (True, False):
            for button in buttons:
                button.show_key(shows_keys)
            widths = (button.get_content_width(size, size) + self.GAP for button in buttons)
            needed = sum(widths) - self.GAP
            if needed <= size.width:
                break
        self.set_class(needed > size.width, "-stacked")


def button_regions(page: Screen[Any]) -> frozenset[Region]:
    """Return where the buttons of a page lie, as far as they are seen."""
    return frozenset(button.region for button in page.query(Button) if button.display and button.region.area)
