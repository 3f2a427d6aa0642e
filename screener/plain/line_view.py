"""Shows a line while it is being typed, in as few characters as a terminal needs.

What is typed at the end is only written, as the system's own line editing does, so that a screen reader hears the same.
Everything else is drawn anew from the first character that differs.
"""

from __future__ import annotations

from collections.abc import Callable

from screener.plain.edited_line import columns_of, joins

Cell = tuple[int, int]
"""Row and column, from the row in which the line begins."""


class LineView:
    """What of a line stands on the terminal, and where the cursor is."""

    def __init__(self, write: Callable[[str], None], label: str, size: tuple[int, int]) -> None:
        """Begin behind a label that was written, with its width; ``size`` is columns and rows."""
        self._write = write
        self._label = label
        self.size = size
        self._text = ""
        self._is_whole = True
        """Whether all of the text was written, and not only the part that fits on the screen."""
        row, column = divmod(sum(map(columns_of, label)), self._columns)
        self._start = (row, column)
        self._cursor = self._lowest = self._start
        if row and not column:
            self._write(" \r")

    def show(self, text: str, caret: int) -> None:
        """Show a text, and put the cursor before the character at ``caret``."""
        places = self._places(text)
        same = _first_difference(self._text, text)
        if same and text[same : same + 1] == "\n" and not places[same][1]:
            same -= 1  # Behind a full row the cursor stands where a line feed does not put it.
        while same and same < len(text) and joins(text, same):
            same -= 1
        if self._is_whole and self._reaches(places[same][0]) and self._reaches(places[caret][0], places[-1][0]):
            # A wide letter that has no room at the end of a row leaves a column there, which may hold an erased one.
            self._go(self._places(text[:same])[-1])
            if same < len(self._text):
                self._write("\x1b[J")
            self._draw(text[same:], places[-1])
            self._go(places[caret])
        else:
            self._draw_screen(text, places, caret)
        self._text = text

    def _reaches(self, row: int, lowest: int = 0) -> bool:
        """Return whether a row is still on the screen, also when text down to ``lowest`` is there."""
        return row > max(self._lowest[0], lowest) - self._rows

    def _draw(self, text: str, end: Cell) -> None:
        self._write(text + (" \r" if text and not end[1] and not text.endswith("\n") else ""))
        self._cursor = end if text else self._cursor
        self._lowest = max(self._lowest, self._cursor)

    def _draw_screen(self, text: str, places: list[Cell], caret: int) -> None:
        """Draw the rows around the cursor on a screen that was cleared, where a text is higher than the screen."""
        first = max(0, min(places[caret][0] - self._rows // 2, places[-1][0] - self._rows + 2))
        shown = [place for place in range(len(text)) if first <= places[place][0] < first + self._rows - 1]
        self._write("\x1b[H\x1b[J")
        if not first:
            self._write(self._label + (" \r" if self._start[0] and not self._start[1] else ""))
        start, stop = (shown[0], shown[-1] + 1) if shown else (0, 0)
        end = places[stop]
        self._cursor = places[start]
        self._draw(text[start:stop], end)
        self._lowest = (first + self._rows - 1, 0)
        self._go(places[caret])
        self._is_whole = not first and stop == len(text)
        if self._is_whole:
            self._lowest = places[-1]

    def _go(self, place: Cell) -> None:
        (row, column), (to_row, to_column) = self._cursor, place
        if to_row < row:
            self._write(f"\x1b[{row - to_row}A")
        elif to_row > row:
            self._write(f"\x1b[{to_row - row}B")
        if to_row == row and column - 4 <= to_column < column:
            self._write("\b" * (column - to_column))
        elif to_column < column:
            self._write("\r" + (f"\x1b[{to_column}C" if to_column else ""))
        elif to_column > column:
            self._write(f"\x1b[{to_column - column}C")
        self._cursor = place

    def _places(self, text: str) -> list[Cell]:
        """Return where each character stands, and at last where the next one would."""
        row, column = self._start
        places = []
        is_full = False
        for character in text:
            if character == "\n":
                places.append((row, column))
                row, column, is_full = (row if is_full else row + 1), 0, False
                continue
            needed = columns_of(character)
            if needed > self._columns - column and column:
                row, column = row + 1, 0
            places.append((row, column))
            if needed:
                column += needed
                if is_full := column >= self._columns:
                    row, column = row + 1, 0
        return [*places, (row, column)]

    @property
    def _columns(self) -> int:
        return max(self.size[0], 1)

    @property
    def _rows(self) -> int:
        return max(self.size[1], 2)


def _first_difference(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        return shorter
    return next(place for place in range(shorter) if one[place] != other[place])
