"""Rows of records of any kind that Enter or a click opens, such as people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.message import Message

from screener.tui.rendering import Piece
from screener.tui.staff.long_list import LongList, T
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET


class RecordRows(LongList[T]):
    """A line for each record, drawn by ``cells`` for a width. The caret stays on its record when others come or go."""

    class Selected(Message):
        """Somebody wants to see the record under the caret."""

    class Moved(Message):
        """The caret is on another record."""

    def __init__(
        self, cells: Callable[[T, int], tuple[Piece, ...]], identify: Callable[[T], str], *, below_a_field: bool = False
    ) -> None:
        super().__init__(id="records", below_a_field=below_a_field)
        self._cells = cells
        self._identify = identify

    def show(self, records: Sequence[T]) -> None:
        """Show these, with the caret on the record where it was."""
        before = self._identify(self.chosen) if self.chosen is not None else None
        self.records = records
        rows = (row for row, record in enumerate(records) if self._identify(record) == before)
        self.caret = next(rows, min(self.caret, max(len(records) - 1, 0)))
        self.changed()

    @property
    def chosen(self) -> T | None:
        """The record that the caret is on."""
        return self.records[self.caret] if self.caret < len(self.records) else None

    def activate(self, row: int) -> None:
        self.caret = row
        self.post_message(self.Selected())

    def move_to(self, row: int) -> None:
        super().move_to(row)
        self.post_message(self.Moved())

    def line(self, row: int, width: int) -> Line:
        return Line(self._cells(self.records[row], width - len(CARET)), row)
