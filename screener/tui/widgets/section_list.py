"""The parts of the questionnaire at the left of a broad window: where the person is, and where they may jump to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.binding import Binding
from textual.message import Message

from screener.engine.interview import Interview
from screener.model.questionnaire import Section
from screener.tui.rendering import Tone, wrapped
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET, RowList

_ANSWERED, _HERE, _AHEAD = "\u2713 ", "\u25b8 ", "  "


class SectionList(RowList):
    """A row for each part. Enter or a click leads to a part in which something was answered."""

    BINDINGS = [Binding("enter,space", "jump", show=False)]

    class Chosen(Message):
        """The person wants to go to a part."""

        def __init__(self, section: str) -> None:
            super().__init__()
            self.section = section

    def __init__(self, interview: Interview) -> None:
        super().__init__(id="sections")
        self._interview = interview
        self.sections: Sequence[Section] = interview.form.questionnaire.sections

    def show(self) -> None:
        """Show where the interview is now."""
        section = self._interview.section
        self.caret = self.sections.index(section) if section in self.sections else 0
        self.changed()

    @property
    def count(self) -> int:
        return len(self.sections)

    def activate(self, row: int) -> None:
        section = self.sections[row]
        if self._interview.can_go_to(section.id):
            self.post_message(self.Chosen(section.id))

    def action_jump(self) -> None:
        self.activate(self.caret)

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        current = self._interview.section
        for row, section in enumerate(self.sections):
            reachable = self._interview.can_go_to(section.id)
            mark = _HERE if section is current else _ANSWERED if reachable else _AHEAD
            tone = Tone.ACCENT if section is current else Tone.TEXT if reachable else Tone.MUTED
            for position, text in enumerate(wrapped(section.title, width - len(CARET) - len(mark))):
                start = mark if position == 0 else " " * len(mark)
                yield Line(((start, tone), (text, tone)), row, position == 0)
