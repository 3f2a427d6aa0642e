"""All answers in a list, each of which can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget

from screener.engine.interview import Interview
from screener.engine.occurrences import occurrence_of
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.model.occurrences import question_of
from screener.tui.rendering import Piece, Tone, cells, wrapped
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET, RowList


class ReviewList(RowList):
    """A row for each question that applies, below its section and occurrence; Enter or a click changes the answer."""

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
        self.asked: list[str] = []

    def show(self, at: str | None = None) -> None:
        """Read the answers again, with the caret on the question just changed."""
        entries = self.interview.response.entries
        self.asked = [question.id for question in self.interview.form.questionnaire if question.id in entries]
        self.caret = self.asked.index(at) if at in self.asked else 0
        self.changed()

    @property
    def count(self) -> int:
        return len(self.asked)

    def activate(self, row: int) -> None:
        self.post_message(self.Chosen(self.asked[row]))

    def action_change(self) -> None:
        if self.asked:
            self.activate(self.caret)

    def action_page(self, pages: int) -> None:
        """Move the caret by about what is seen at once, so that Enter never changes a row that is not seen."""
        body = self.parent
        if isinstance(body, Widget) and self.asked:
            step = pages * max(body.size.height // 2, 1)
            self.move_to(min(max(self.caret + step, 0), self.count - 1))

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        room = width - len(CARET) - cells(_change())
        label_width = room * 9 // 20
        questionnaire, entries = self.interview.form.questionnaire, self.interview.response.entries
        section = which = None
        for row, name in enumerate(self.asked):
            question = questionnaire.question[name]
            if questionnaire.section_of[name] is not section:
                section = questionnaire.section_of[name]
                yield from [Line()] * bool(row)
                yield from (Line(((text, Tone.HEADING),)) for text in wrapped(section.title, width))
            here = occurrence_of(questionnaire, entries, name)
            if here and here != which:
                which = here
                yield from (Line(((text, Tone.STRONG),)) for text in wrapped(here.words, width))
            label = self.interview.form.template.question[question_of(name)].label
            labels = wrapped(label, label_width - 2)
            values = wrapped(format_answer(question, entries[name]), room - label_width)
            for position in range(max(len(labels), len(values))):
                label = labels[position] if position < len(labels) else ""
                value = values[position] if position < len(values) else ""
                yield Line(
                    tuple(self._row(label, label_width, value, room - label_width, position == 0)), row, position == 0
                )

    def _row(self, label: str, label_width: int, value: str, right: int, first: bool) -> Iterable[Piece]:
        yield label + " " * (label_width - cells(label)), Tone.MUTED
        yield value + " " * (right - cells(value)), Tone.TEXT
        if first:
            yield _change(), Tone.ACCENT


def _change() -> str:
    """What Enter does to the row, at its end."""
    return "  " + _("Change")
