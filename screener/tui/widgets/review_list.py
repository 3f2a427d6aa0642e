"""All answers in a list, each of which can be changed; in a long one the parts open and close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget

from screener.engine.interview import Interview
from screener.i18n.gettext import _
from screener.model.answers import carried_over_words, format_answer
from screener.page_text.review import LEFT_BLANK, folds, how_many, left_blank, review_parts, short_label
from screener.tui.rendering import Piece, Tone, cells, wrapped
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET, RowList
from screener.values import dataclass


@dataclass(frozen=True)
class ReviewRow:
    """A row of the list: a question, or a part that opens and closes."""

    question: str = ""
    part: str = ""
    title: str = ""
    """Stands above the row, or is the part's own."""
    count: int = 0
    apart: bool = False
    """Whether a question stands apart from its part, so that its label says of which occurrence it is."""


class ReviewList(RowList):
    """A row for each question that applies, below the title of its part; Enter or a click changes the answer.

    Where there are many, what was left blank comes first, and then a row for each part, which Enter or a click opens.
    """

    BINDINGS = [
        Binding("enter,space", "change", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    class Chosen(Message):
        """The person wants to change an answer."""

        def __init__(self, question: str) -> None:
            super().__init__()
            self.question = question

    def __init__(self, interview: Interview, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.interview = interview
        self._rows: list[ReviewRow] = []
        self._open: set[str] = set()

    def show(self, at: str | None = None) -> None:
        """Read the answers again, with the caret on the question just changed, in a part that is open."""
        self._open = {part.id for part in review_parts(self.interview) if at in part.names}
        self._read_rows()
        places = [number for number, row in enumerate(self._rows) if at and row.question == at]
        self.caret = places[-1] if places else 0
        self.changed()

    def _read_rows(self) -> None:
        self._rows = list(self._folded() if folds(self.interview) else self._all())

    def _all(self) -> Iterator[ReviewRow]:
        for part in review_parts(self.interview):
            for number, name in enumerate(part.names):
                yield ReviewRow(name, title="" if number else part.title)

    def _folded(self) -> Iterator[ReviewRow]:
        for number, name in enumerate(left_blank(self.interview)):
            yield ReviewRow(name, title="" if number else _(LEFT_BLANK), apart=True)
        for part in review_parts(self.interview):
            yield ReviewRow(part=part.id, title=part.title, count=len(part.names))
            if part.id in self._open:
                yield from (ReviewRow(name, part.id) for name in part.names)

    @property
    def count(self) -> int:
        return len(self._rows)

    def activate(self, row: int) -> None:
        chosen = self._rows[row]
        if chosen.question:
            self.post_message(self.Chosen(chosen.question))
        else:
            self._open ^= {chosen.part}
            self._read_rows()
            self.changed()
            self.call_after_refresh(self.bring_into_view)

    def action_change(self) -> None:
        if self._rows:
            self.activate(self.caret)

    def action_page(self, pages: int) -> None:
        """Move the caret by about what is seen at once, so that Enter never changes a row that is not seen."""
        body = self.parent
        if isinstance(body, Widget) and self._rows:
            step = pages * max(body.size.height // 2, 1)
            self.move_to(min(max(self.caret + step, 0), self.count - 1))

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        room = width - len(CARET) - max(cells(_change()), cells(_opened(True)), cells(_opened(False)))
        for number, row in enumerate(self._rows):
            if row.question:
                if row.title:
                    yield from [Line()] * bool(number)
                    yield from (Line(((text, Tone.HEADING),)) for text in wrapped(row.title, width))
                yield from self._question(number, row, room)
            else:
                before = self._rows[number - 1] if number else None
                yield from [Line()] * bool(before and before.question)
                yield from self._part(number, row, room)

    def _part(self, number: int, row: ReviewRow, room: int) -> Iterator[Line]:
        count = how_many(row.count)
        for position, text in enumerate(wrapped(row.title, room - cells(count) - 2)):
            title = text + " " * (room - cells(text) - (0 if position else cells(count)))
            pieces: tuple[Piece, ...] = ((title, Tone.HEADING),)
            if position == 0:
                pieces = (*pieces, (count, Tone.MUTED), (_opened(row.part in self._open), Tone.ACCENT))
            yield Line(pieces, number, position == 0)

    def _question(self, number: int, row: ReviewRow, room: int) -> Iterator[Line]:
        questionnaire, entries = self.interview.form.questionnaire, self.interview.response.entries
        label_width = room * 9 // 20
        question = questionnaire.question[row.question]
        label = question.label if row.apart else short_label(self.interview, row.question)
        labels = wrapped(label, label_width - 2)
        answer = format_answer(question, entries[row.question])
        answer = carried_over_words(answer) if row.question in self.interview.carried_over else answer
        values = wrapped(answer, room - label_width)
        for position in range(max(len(labels), len(values))):
            label = labels[position] if position < len(labels) else ""
            value = values[position] if position < len(values) else ""
            pieces = tuple(self._pieces(label, label_width, value, room - label_width, position == 0))
            yield Line(pieces, number, position == 0)

    def _pieces(self, label: str, label_width: int, value: str, right: int, first: bool) -> Iterable[Piece]:
        yield label + " " * (label_width - cells(label)), Tone.MUTED
        yield value + " " * (right - cells(value)), Tone.TEXT
        if first:
            yield _change(), Tone.ACCENT


def _change() -> str:
    """What Enter does to the row, at its end."""
    return "  " + _("Change")


def _opened(is_open: bool) -> str:
    return "  " + (_("Hide") if is_open else _("Show"))
