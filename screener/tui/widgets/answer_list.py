"""The answers of a question, to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.binding import Binding
from textual.message import Message

from screener.i18n.gettext import _
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.tui.rendering import Piece, Tone, wrapped
from screener.tui.widgets.answer_rows import AnswerRow, Chosen, chosen_for, entry_of, rows_of, toggled
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET, RowList

_KEYS = 9


class AnswerList(RowList):
    """Options and the ways of giving none. A digit or the space bar chooses or lets go; neither goes on.

    What is chosen is told by ``(*)`` and ``[x]``, never by colour alone, and nothing is chosen until the person does.
    """

    BINDINGS = [
        Binding("space", "press", show=False),
        *(Binding(str(key), f"press({key - 1})", show=False) for key in range(1, _KEYS + 1)),
        Binding("c,backspace,delete", "clear", show=False),
    ]

    class Changed(Message):
        """The person chose something or let it go."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.question: Question | None = None
        self.rows: tuple[AnswerRow, ...] = ()
        self.chosen: Chosen = frozenset()

    def show(self, question: Question, entry: Entry | None) -> None:
        """Offer the rows of another question, with the entry given before chosen."""
        self.question = question
        self.rows = rows_of(question)
        self.chosen = chosen_for(self.rows, entry)
        self.caret = min(self.chosen, default=0)
        self.set_class(self.below_a_field, "-below-a-field")
        self.changed()

    @property
    def entry(self) -> Entry | None:
        """What is chosen."""
        return entry_of(self.question, self.rows, self.chosen) if self.question else None

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
            self._choose(toggled(self.rows, self.chosen, row))
            self.move_to(row)

    def action_clear(self) -> None:
        """Let go of everything that is chosen."""
        self._choose(frozenset())

    def clear(self) -> None:
        """Let go of everything without telling anybody."""
        self.chosen = frozenset()
        self.refresh()

    def _choose(self, chosen: Chosen) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            self.refresh()
            self.post_message(self.Changed())

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        indent = " " * (len(self._key(0)) + len(self._mark(0))) if self.rows else ""
        room = width - len(CARET) - len(indent)
        for number, row in enumerate(self.rows):
            if row.beside and (number == 0 or not self.rows[number - 1].beside):
                yield Line()
                yield Line(((" " * len(CARET) + _("or"), Tone.MUTED),))
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

    def _key(self, row: int) -> str:
        """The digit that presses the row. Beside a field digits are typed into the field, so none is shown."""
        if self.below_a_field:
            return ""
        return f"{row + 1}  " if row < _KEYS else "   "

    def _mark(self, row: int) -> str:
        chosen = row in self.chosen
        several = self.question is not None and self.question.type == "choices" and not self.rows[row].absent
        return ("[x] " if chosen else "[ ] ") if several else ("(*) " if chosen else "( ) ")
