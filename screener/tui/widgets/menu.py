"""Short lists to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.binding import Binding
from textual.message import Message

from screener.tui.rendering import Piece, Tone, wrapped
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET, RowList


class Menu(RowList):
    """Enter, the space bar or a click does what the row says."""

    BINDINGS = [Binding("enter,space", "press", show=False)]

    class Pressed(Message):
        """The row with this number was pressed."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, labels: Sequence[str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.labels = labels

    @property
    def count(self) -> int:
        return len(self.labels)

    def activate(self, row: int) -> None:
        self.post_message(self.Pressed(row))

    def action_press(self) -> None:
        self.activate(self.caret)

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        for row, label in enumerate(self.labels):
            for position, text in enumerate(wrapped(label, width - len(CARET) - self._indent)):
                yield Line(((text, Tone.TEXT),), row, position == 0)

    _indent = 0


class OneOf(Menu):
    """``(*)`` says which row is chosen, and pressing another one chooses that. One is, unless ``chosen`` says none."""

    NONE = -1
    _indent = len("(*) ")

    def __init__(self, labels: Sequence[str], *, chosen: int = 0, id: str | None = None) -> None:
        super().__init__(labels, id=id)
        self.chosen = chosen

    def activate(self, row: int) -> None:
        self.chosen = row
        self.refresh()

    def paint(self, line: Line) -> Iterable[Piece]:
        caret, *label = super().paint(line)
        mark = "(*) " if line.row == self.chosen else "( ) "
        return (caret, (mark if line.first else " " * self._indent, Tone.ACCENT), *label)
