"""What stands on the terminal while a line is edited: the line, wrapped as a terminal wraps it, and the cursor."""

from __future__ import annotations

from collections.abc import Callable

import pyte
from hypothesis import example, given, settings
from hypothesis import strategies as st

from screener.plain.edited_line import EditedLine, columns_of
from screener.plain.line_view import LineView

LABEL = "Answer: "
EDITS: list[Callable[[EditedLine], None]] = [
    EditedLine.left,
    EditedLine.right,
    EditedLine.home,
    EditedLine.end,
    EditedLine.word_left,
    EditedLine.word_right,
    EditedLine.erase,
    EditedLine.delete,
    EditedLine.erase_word,
    EditedLine.erase_to_start,
    EditedLine.erase_to_end,
]
steps = st.lists(st.one_of(st.sampled_from(EDITS), st.text("ab cd\n\u8a9e\u0439", min_size=1, max_size=20)), max_size=8)


class _Terminal(pyte.Screen):
    """Puts a wide letter into the next row where one column is left, as terminals do and ``pyte`` does not."""

    def draw(self, data: str) -> None:
        for letter in data:
            if columns_of(letter) == 2 and self.cursor.x == self.columns - 1:
                super().draw(" ")
            super().draw(letter)


class Screen:
    """A terminal of a size on which lines end as the system ends them."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.screen = _Terminal(*size)
        self.stream = pyte.Stream(self.screen)

    def write(self, text: str) -> None:
        self.stream.feed(text.replace("\n", "\r\n"))

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    @property
    def cursor(self) -> tuple[int, int]:
        return self.screen.cursor.x, self.screen.cursor.y


@settings(max_examples=40)
@example(["a\u8a9e", EditedLine.left, EditedLine.erase], 9, 3)
@given(steps, st.integers(9, 40), st.integers(3, 30))
def test_after_every_edit_the_line_and_the_cursor_are_where_they_belong(
    steps: list[Callable[[EditedLine], None] | str], columns: int, rows: int
) -> None:
    """As if the line were written anew: on any size of terminal, with wide letters and line ends in it."""
    edited, line = Screen((columns, rows)), EditedLine()
    edited.write(LABEL)
    view = LineView(edited.write, LABEL, (columns, rows))
    for step in steps:
        line.insert(step) if isinstance(step, str) else step(line)
        view.show(line.text, line.caret)
        anew = Screen((columns, 100))
        anew.write(LABEL)
        LineView(anew.write, LABEL, (columns, 100)).show(line.text, line.caret)
        x, y = edited.cursor
        assert (x, edited.lines[y]) == (anew.cursor[0], anew.lines[anew.cursor[1]])
        above = min(y, anew.cursor[1])
        assert edited.lines[y - above : y] == anew.lines[anew.cursor[1] - above : anew.cursor[1]]
        below = edited.lines[y + 1 :]
        last = max((place for place, text in enumerate(below) if text), default=-1)
        assert below[: last + 1] == anew.lines[anew.cursor[1] + 1 :][: last + 1]


@given(st.text("ab \u8a9e\n", max_size=90), st.integers(10, 40))
def test_written_anew_a_line_is_what_a_terminal_makes_of_it(text: str, columns: int) -> None:
    """The places that are computed are those at which a terminal puts what is written."""
    screen, plain = Screen((columns, 100)), Screen((columns, 100))
    screen.write(LABEL)
    LineView(screen.write, LABEL, (columns, 100)).show(text, 0)
    plain.write(LABEL + text)
    assert screen.lines == plain.lines
    assert screen.cursor == (len(LABEL), 0)
