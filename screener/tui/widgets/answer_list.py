"""The answers of a question, to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip
from typing_extensions import override

from screener.i18n.gettext import _
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.model.types.base import Choices, YesOrNo
from screener.tui.rendering import Piece, Tone, wrapped
from screener.tui.widgets.answer_rows import AnswerRow, Chosen, chosen_for, entry_of, pressed, rows_of, starts_apart
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET, RowList

LIST_KEYS = "1234567890"
"""The keys of the first rows of a list, in their order."""
FIELD_KEYS = ("f5", "f6", "f7")
"""The keys of the rows below a field."""


class AnswerList(RowList):
    """Options and the ways of giving none. A digit or the space bar chooses; neither goes on, and only C lets go.

    A letter moves to the next row that begins with it, and on a yes/no page chooses.

    What is chosen is told by ``(*)`` and ``[x]``, never by colour alone, and nothing is chosen until the person does.
    """

    BINDINGS = [
        Binding("space", "press", show=False),
        *(Binding(key, f"press({row})", show=False) for row, key in enumerate(LIST_KEYS)),
        Binding("c,backspace,delete", "clear", show=False),
        Binding("u,ctrl+z", "undo", show=False),
    ]

    class Changed(Message):
        """The person chose something or let it go."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.question: Question | None = None
        self.rows: tuple[AnswerRow, ...] = ()
        self.chosen: Chosen = frozenset()
        self._before: list[Chosen] = []
        self._painted: set[tuple[int, int]] = set()
        """Row and line of the row, of all that has been on the screen since the question was shown."""

    def show(self, question: Question, entry: Entry | None) -> None:
        """Offer the rows of another question, with the entry given before chosen."""
        self.question = question
        self.rows = rows_of(question)
        self.chosen = chosen_for(self.rows, entry)
        self._before.clear()
        self.caret = min(self.chosen, default=0)
        self._painted.clear()
        self.set_class(self.below_a_field, "-below-a-field")
        self.changed()

    @property
    def entry(self) -> Entry | None:
        """What is chosen."""
        return entry_of(self.question, self.rows, self.chosen) if self.question else None

    @property
    def digits(self) -> str:
        """Return the keys that choose a row, as the line of keys names them."""
        keys = LIST_KEYS[: self.count]
        return f"{keys[0]}\u2013{keys[-1]}" if len(keys) > 1 else keys

    @property
    def below_a_field(self) -> bool:
        """Whether the answer proper is typed in a field above, and the list only has the ways of giving none."""
        return all(row.beside for row in self.rows)

    @property
    def count(self) -> int:
        return len(self.rows)

    def activate(self, row: int) -> None:
        self.action_press(row)

    def action_press(self, row: int | None = None) -> None:
        """Choose a row, or let it go: the row of the caret, or the one that the digit names."""
        row = self.caret if row is None else row
        if row < self.count:
            self._choose(pressed(self.rows, self.chosen, row))
            self.move_to(row)

    def action_clear(self) -> None:
        """Let go of everything that is chosen."""
        self._choose(frozenset())

    def action_undo(self) -> None:
        """Choose what was chosen before."""
        if self._before:
            self.chosen = self._before.pop()
            self.refresh()
            self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        """Choose yes or no by its letter; else move to the next row that begins with the letter."""
        letter = (event.character or "").casefold()
        if not letter.isalpha() or self.below_a_field or letter in "cu":
            return
        starts = [row for row in range(self.count) if self.rows[row].label.casefold().startswith(letter)]
        if starts:
            event.stop()
            yes_no = self.question is not None and isinstance(self.question.answer_type, YesOrNo)
            if yes_no and not self.rows[starts[0]].absent:
                self.action_press(starts[0])
            else:
                self.move_to(next((row for row in starts if row > self.caret), starts[0]))

    def clear(self) -> None:
        """Let go of everything without telling anybody."""
        self.chosen = frozenset()
        self.refresh()

    def _choose(self, chosen: Chosen) -> None:
        if chosen != self.chosen:
            self._before.append(self.chosen)
            self.chosen = chosen
            self.refresh()
            self.post_message(self.Changed())

    # What has been seen

    @override
    def render_line(self, y: int) -> Strip:
        """Draw a line, and note that it is on the screen: only lines that can be seen are drawn."""
        lines = self.lines(self.size.width)
        if y < len(lines) and (row := lines[y].row) is not None:
            first = next(number for number, line in enumerate(lines) if line.row == row)
            self._painted.add((row, y - first))
        return super().render_line(y)

    def first_unseen(self) -> int | None:
        """Return the first line of an option that was not on the screen yet; ``None`` once all options were."""
        if self.below_a_field:
            return None
        position = 0
        row_before: int | None = None
        for y, line in enumerate(self.lines(self.size.width)):
            position = position + 1 if line.row == row_before else 0
            row_before = line.row
            if line.row is not None and not self.rows[line.row].absent and (line.row, position) not in self._painted:
                return y
        return None

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        indent = " " * (len(self._key(0)) + len(self._mark(0))) if self.rows else ""
        room = width - len(CARET) - len(indent)
        for number, row in enumerate(self.rows):
            if number == 0 if self.below_a_field else starts_apart(self.rows, number):
                yield from [Line()] * (not self.is_short)
                yield Line(((" " * len(CARET) + self._divider(row), Tone.MUTED),))
            for position, text in enumerate(wrapped(row.label, room)):
                yield Line(((text, Tone.TEXT),), number, position == 0)
            for text in wrapped(row.help, room) if row.help else ():
                yield Line(((text, Tone.MUTED),), number, False)

    def paint(self, line: Line) -> Iterable[Piece]:
        if line.row is None:
            return line.pieces
        caret, *label = super().paint(line)
        key, mark = self._key(line.row), self._mark(line.row)
        if not line.first:
            return (caret, (" " * (len(key) + len(mark)), Tone.TEXT), *label)
        chosen = line.row in self.chosen
        tone = Tone.STRONG if chosen else Tone.TEXT
        return (
            caret,
            (key, Tone.MUTED),
            (mark, Tone.ACCENT if chosen else Tone.TEXT),
            *((text, tone) for text, _ in label),
        )

    def _divider(self, row: AnswerRow) -> str:
        """Return what stands above a group of rows."""
        return _("or") if row.beside else _("or, which clears the others")

    def _key(self, row: int) -> str:
        """Return the key that chooses the row. Beside a field digits are typed into the field."""
        keys = FIELD_KEYS if self.below_a_field else LIST_KEYS
        return f"{keys[row].upper() if self.below_a_field else keys[row]}  " if row < len(keys) else "   "

    def _mark(self, row: int) -> str:
        chosen = row in self.chosen
        boxes = self.question is not None and isinstance(self.question.answer_type, Choices)
        several = boxes and not self.rows[row].absent
        return ("[x] " if chosen else "[ ] ") if several else ("(*) " if chosen else "( ) ")
