"""A list of records. However many there are, only the lines that are seen are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import RowList

T = TypeVar("T")


class LazyLines(Sequence[Line]):
    """As many lines as there are records, each made when it is asked for."""

    def __init__(self, count: int, make_row: Callable[[int], Line]) -> None:
        self._count = count
        self._make_row = make_row

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Line: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Line]: ...
    def __getitem__(self, number: int | slice) -> Line | Sequence[Line]:
        if isinstance(number, slice):
            return [self._make_row(each) for each in range(*number.indices(self._count))]
        return self._make_row(number)


class LongList(RowList, Generic[T]):
    """A line for each record; Enter or a click opens it, and a letter is meant for the search."""

    BINDINGS = [
        Binding("enter,space", "open", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    class Typed(Message):
        """A letter was typed, which is meant for the search."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self, *, id: str, below_a_field: bool = False) -> None:
        """``below_a_field``: whether the arrow up from the first row leads to the field above."""
        super().__init__(id=id, classes="-below-a-field" if below_a_field else None)
        self.records: Sequence[T] = ()

    def line(self, row: int, width: int) -> Line:
        """Return the line of a record."""
        raise NotImplementedError

    def put_away(self) -> None:
        """Let go of all records."""
        self.records, self.caret = (), 0

    @property
    def count(self) -> int:
        return len(self.records)

    def action_open(self) -> None:
        if self.caret < self.count:
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
        return LazyLines(self.count, lambda row: self.line(row, width))

    def row_region(self, row: int) -> Region:
        return Region(0, row, self.size.width, 1) if row < self.count else Region()
