"""Something to press."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Size
from typing_extensions import override

from screener.tui.rendering import Tone, cells
from screener.tui.widgets.line_widget import Line, LineWidget
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

    def __init__(self, label: str, action: str, *, primary: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, classes="-primary" if primary else None)
        self.label = label
        self.action = action

    @override
    def get_content_width(self, container: Size, viewport: Size) -> int:
        return len(CARET) + cells(self.label) + len(CARET)

    @override
    def lay_out(self, width: int) -> Sequence[Line]:
        return [Line(((CARET if self.has_focus else " " * len(CARET), Tone.TEXT), (self.label, Tone.TEXT)))]

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


class ButtonRow(Horizontal):
    """Buttons side by side; one below the other where their words are too long for that."""

    GAP = 2
    """Columns to the right of each, as the style sheet has it."""

    def on_resize(self, event: events.Resize) -> None:
        buttons = [button for button in self.query(Button) if button.display]
        needed = sum(button.get_content_width(event.size, event.size) + self.GAP for button in buttons) - self.GAP
        self.set_class(needed > event.size.width, "-stacked")
