"""A list with a caret: the part that choosing an answer and checking all answers have in common."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.binding import Binding
from textual.geometry import Offset, Region
from textual.widget import Widget

from screener.tui.rendering import Piece, Tone
from screener.tui.widgets.line_widget import Line, LineWidget

CARET = "> "


class RowList(LineWidget, can_focus=True):
    """Rows of one or more lines. The caret shows which of them keys act on; it never means that a row is chosen."""

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.caret = 0

    @property
    def count(self) -> int:
        """The number of rows."""
        raise NotImplementedError

    def activate(self, row: int) -> None:
        """A row was clicked."""
        raise NotImplementedError

    @property
    def focused_row(self) -> int | None:
        return self.caret if self.has_focus else None

    def paint(self, line: Line) -> Iterable[Piece]:
        if line.row is None:
            return line.pieces
        caret = CARET if line.first and line.row == self.focused_row else " " * len(CARET)
        return ((caret, Tone.ACCENT), *line.pieces)

    def move_to(self, row: int) -> None:
        """Put the caret on a row and keep the whole row in view."""
        self.repaint(self.caret)
        self.caret = row
        self.repaint(row)
        self.bring_into_view()

    def repaint(self, row: int) -> None:
        region = self.row_region(row)
        if region.height:
            self.refresh(region)

    def row_region(self, row: int) -> Region:
        """Where a row is drawn within the widget."""
        ys = [y for y, line in enumerate(self.lines(self.size.width)) if line.row == row]
        return Region(0, ys[0], self.size.width, len(ys)) if ys else Region()

    def bring_into_view(self) -> None:
        """Scroll so that the row of the caret is seen; from the first and the last row also what lies beyond it."""
        body = self.parent
        if not isinstance(body, Widget):
            return
        row = self.row_region(self.caret).translate(self.virtual_region.offset)
        room, end = body.scrollable_content_region.height, body.virtual_size.height
        if self.caret == 0 and row.bottom <= room:
            row = Region(row.x, 0, row.width, row.bottom)
        if self.caret == self.count - 1 and end - row.y <= room:
            row = Region(row.x, row.y, row.width, end - row.y)
        body.scroll_to_region(row, animate=False, force=True)
        self.place_cursor()

    def place_cursor(self) -> None:
        """Put the terminal's own cursor on the row: braille displays and magnifiers follow it."""
        if self.has_focus:
            self.app.cursor_position = self.content_region.offset + Offset(0, self.row_region(self.caret).y)

    def action_move(self, step: int) -> None:
        """Move the caret; beyond either end the focus goes on to what lies there."""
        if 0 <= self.caret + step < self.count:
            self.move_to(self.caret + step)
        elif step > 0:
            self.screen.focus_next()
        elif self.has_class("-below-a-field"):
            self.screen.focus_previous()

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(self.count - 1)

    def on_focus(self) -> None:
        self.refresh()
        self.call_after_refresh(self.bring_into_view)

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        lines, clicked = self.lines(self.size.width), event.get_content_offset_capture(self).y
        row = lines[clicked].row if 0 <= clicked < len(lines) else None
        if row is not None:
            self.move_to(row)
            self.activate(row)
