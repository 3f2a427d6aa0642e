"""Rows of records that Enter or a click opens, such as people; however many there are, only what is seen is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from screener.tui.rendering import Piece
from screener.tui.staff.response_list import LazyLines
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET, RowList

T = TypeVar("T")


class RecordRows(RowList, Generic[T]):
    """A line for each record, drawn by ``cells`` for a width. The caret stays on its record when others come or go."""

    BINDINGS = [
        Binding("enter,space", "open", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    class Selected(Message):
        """Somebody wants to see the record under the caret."""

    class Typed(Message):
        """A letter was typed, which is meant for the search."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(
        self, cells: Callable[[T, int], tuple[Piece, ...]], identify: Callable[[T], str], *, below_a_field: bool = False
    ) -> None:
        super().__init__(id="records", classes="-below-a-field" if below_a_field else None)
        self.records: Sequence[T] = ()
        self._cells = cells
        self._identify = identify

    def show(self, records: Sequence[T]) -> None:
        """Show these, with the caret on the record where it was."""
        before = self._identify(self.chosen) if self.chosen is not None else None
        self.records = records
        rows = (row for row, record in enumerate(records) if self._identify(record) == before)
        self.caret = next(rows, min(self.caret, max(len(records) - 1, 0)))
        self.changed()

    def put_away(self) -> None:
        """Let go of all records."""
        self.records, self.caret = (), 0

    @property
    def chosen(self) -> T | None:
        """The record that the caret is on."""
        return self.records[self.caret] if self.caret < len(self.records) else None

    @property
    def count(self) -> int:
        return len(self.records)

    def activate(self, row: int) -> None:
        self.caret = row
        self.post_message(self.Selected())

    def action_open(self) -> None:
        if self.chosen is not None:
            self.activate(self.caret)

    def action_page(self, pages: int) -> None:
        """Move the caret by what is seen at once."""
        body = self.parent
        if isinstance(body, Widget) and self.records:
            step = pages * max(body.size.height - 1, 1)
            self.move_to(min(max(self.caret + step, 0), self.count - 1))

    def action_last(self) -> None:
        self.move_to(max(self.count - 1, 0))

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self.post_message(self.Typed(event.character))

    def lay_out(self, width: int) -> Sequence[Line]:
        return LazyLines(self.count, lambda row: Line(self._cells(self.records[row], width - len(CARET)), row))

    def row_region(self, row: int) -> Region:
        return Region(0, row, self.size.width, 1) if row < self.count else Region()
