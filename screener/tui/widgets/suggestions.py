"""Names that the person may mean: offered below the field, and never taken by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.message import Message

from screener.i18n.gettext import _
from screener.model.name_list import ListedName
from screener.tui.rendering import Tone, wrapped
from screener.tui.widgets.line_widget import Line
from screener.tui.widgets.row_list import CARET, RowList


class SuggestionList(RowList):
    """Rows of names. Space, Enter or a click puts a name behind what was typed; typing on leaves them alone."""

    BINDINGS = [Binding("space,enter", "press", show=False)]

    class Chosen(Message):
        """The person chose a name."""

        def __init__(self, name: ListedName) -> None:
            super().__init__()
            self.name = name

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-below-a-field")
        self.names: tuple[ListedName, ...] = ()

    def show(self, names: Sequence[ListedName]) -> None:
        """Offer these names; without any the list is not there."""
        if tuple(names) == self.names and self.display == bool(names):
            return
        self.names = tuple(names)
        self.caret = 0
        self.display = bool(names)
        self.changed()

    @property
    def count(self) -> int:
        return len(self.names)

    def activate(self, row: int) -> None:
        self.post_message(self.Chosen(self.names[row]))

    def action_press(self) -> None:
        """Choose the name of the caret."""
        if self.names:
            self.activate(self.caret)

    def lay_out(self, width: int) -> Sequence[Line]:
        room = width - len(CARET)
        heading = [Line(((text, Tone.MUTED),)) for text in wrapped(_("Do you mean one of these?"), room)]
        rows = [
            Line(((text, Tone.TEXT),), row, position == 0)
            for row, name in enumerate(self.names)
            for position, text in enumerate(wrapped(name.label, room))
        ]
        return [*heading, *rows]
