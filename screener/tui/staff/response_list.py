"""The list of responses. However many there are, only the lines that are seen are made."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from screener.i18n.gettext import _
from screener.staff.wording import ago, reference, since, status, terminal, when
from screener.store.response_list import ResponseListItem, ReviewStatus
from screener.tui.rendering import Tone
from screener.tui.staff.truncate import truncated
from screener.tui.widgets.line_widget import Line, LineWidget
from screener.tui.widgets.row_list import CARET, RowList

_REFERENCE, _AGO = 10, 7


@dataclass(frozen=True)
class _Columns:
    """The cells of each column; where a column has none, there is no room for it."""

    status: int
    terminal: int
    name: int
    time: int

    @classmethod
    def fitting(cls, room: int) -> _Columns:
        """Return the columns for a width: what is so and where comes first, the time of day last."""
        status, terminal, time = (30, 14, 17) if room >= 96 else (30, 12, 0) if room >= 70 else (18, 11, 0)
        return cls(status, terminal, room - status - _REFERENCE - terminal - time - _AGO, time)


class LazyLines(Sequence[Line]):
    """As many lines as there are responses, each made when it is asked for."""

    def __init__(self, count: int, make_row: Callable[[int], Line]) -> None:
        self._count = count
        self._made = make_row

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Line: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Line]: ...
    def __getitem__(self, number: int | slice) -> Line | Sequence[Line]:
        if isinstance(number, slice):
            return [self._made(each) for each in range(*number.indices(self._count))]
        return self._made(number)


class ResponseList(RowList):
    """A line for each response; Enter or a click opens it."""

    BINDINGS = [
        Binding("enter,space", "open", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    class Selected(Message):
        """Somebody wants to read a response."""

        def __init__(self, identity: str) -> None:
            super().__init__()
            self.identity = identity

    class Moved(Message):
        """The caret is on another response."""

    class Typed(Message):
        """A letter was typed, which is meant for the search."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self, now: Callable[[], datetime.datetime]) -> None:
        # The arrow up from the first row leads to the field above.
        super().__init__(id="responses", classes="-below-a-field")
        self.found: Sequence[ResponseListItem] = ()
        self._now = now

    def show(self, responses: Sequence[ResponseListItem]) -> None:
        """Show these, with the caret on the response where it was."""
        before = self.chosen
        same_place = len(responses) == len(self.found)
        self.found = responses
        if before is not None:
            positions = (row for row, listed in enumerate(responses) if listed.id == before)
            self.caret = next(positions, min(self.caret, max(len(responses) - 1, 0)))
        if same_place:
            self.refresh()
        else:
            self.changed()

    @property
    def chosen(self) -> str | None:
        """The response that the caret is on."""
        return self.found[self.caret].id if self.caret < len(self.found) else None

    @property
    def count(self) -> int:
        return len(self.found)

    def activate(self, row: int) -> None:
        self.post_message(self.Selected(self.found[row].id))

    def action_open(self) -> None:
        if self.chosen is not None:
            self.activate(self.caret)

    def action_page(self, pages: int) -> None:
        """Move the caret by what is seen at once."""
        body = self.parent
        if isinstance(body, Widget) and self.found:
            step = pages * max(body.size.height - 1, 1)
            self.move_to(min(max(self.caret + step, 0), self.count - 1))

    def move_to(self, row: int) -> None:
        super().move_to(row)
        self.post_message(self.Moved())

    def action_last(self) -> None:
        self.move_to(max(self.count - 1, 0))

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self.post_message(self.Typed(event.character))

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        return LazyLines(self.count, lambda row: self._line(row, width))

    def row_region(self, row: int) -> Region:
        return Region(0, row, self.size.width, 1) if row < self.count else Region()

    def _line(self, row: int, width: int) -> Line:
        listed = self.found[row]
        moment, now = since(listed), self._now()
        columns = _Columns.fitting(width - len(CARET))
        return Line(
            (
                (cell(status(listed, now), columns.status), _tone(listed)),
                (cell(reference(listed), _REFERENCE), Tone.TEXT),
                (cell(terminal(listed), columns.terminal), Tone.TEXT),
                (cell(listed.name or "", columns.name), Tone.STRONG),
                (cell(when(moment) if moment else "", columns.time), Tone.MUTED),
                (cell(ago(moment, now) if moment else "", _AGO), Tone.MUTED),
            ),
            row,
        )


class Heads(LineWidget):
    """What the columns of the list are."""

    def lay_out(self, width: int) -> Sequence[Line]:
        columns = _Columns.fitting(width - len(CARET))
        heads = (
            (_("Standing"), columns.status),
            (_("Reference"), _REFERENCE),
            (_("Terminal"), columns.terminal),
            (_("Name"), columns.name),
            (_("Since"), columns.time),
            (_("Ago"), _AGO),
        )
        return [Line(((" " * len(CARET), Tone.MUTED), *((cell(head, room), Tone.MUTED) for head, room in heads)))]


def cell(text: str, room: int) -> str:
    """Return a text in a column with a space after it; nothing where the column has no room."""
    return truncated(text, room - 1) + " " if room else ""


def _tone(listed: ResponseListItem) -> Tone:
    if not listed.entry:
        return Tone.ERROR
    match listed.status:
        case ReviewStatus.AT_EMERGENCY_PAGE | ReviewStatus.URGENT:
            return Tone.URGENT
        case ReviewStatus.WAITING:
            return Tone.STRONG
        case ReviewStatus.IN_PROGRESS | ReviewStatus.SEEN_TO:
            return Tone.TEXT
    return Tone.MUTED
