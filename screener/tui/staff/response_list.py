"""The list of responses, as staff see it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.message import Message

from screener.i18n.gettext import _
from screener.staff.wording import ago, reference, since, status, terminal, when
from screener.store.response_list import ResponseListItem, ReviewStatus
from screener.tui.rendering import Tone
from screener.tui.staff.long_list import LongList
from screener.tui.staff.truncate import truncated
from screener.tui.widgets.line_widget import Line, LineWidget
from screener.tui.widgets.row_list import CARET

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
        status, terminal, time = (30, 14, 23) if room >= 104 else (30, 12, 0) if room >= 70 else (18, 11, 0)
        return cls(status, terminal, room - status - _REFERENCE - terminal - time - _AGO, time)


class ResponseList(LongList[ResponseListItem]):
    """A line for each response; Enter or a click opens it."""

    class Selected(Message):
        """Somebody wants to read a response."""

        def __init__(self, identity: str) -> None:
            super().__init__()
            self.identity = identity

    class Moved(Message):
        """The caret is on another response."""

    def __init__(self, now: Callable[[], datetime.datetime]) -> None:
        super().__init__(id="responses", below_a_field=True)
        self._now = now

    def show(self, responses: Sequence[ResponseListItem]) -> None:
        """Show these, with the caret on the response where it was."""
        before = self.chosen
        same_place = len(responses) == len(self.records)
        self.records = responses
        if before is not None:
            positions = (row for row, listed in enumerate(responses) if listed.id == before)
            self.caret = next(positions, min(self.caret, max(len(responses) - 1, 0)))
        if same_place:
            self.refresh()
        else:
            self.changed()

    @property
    def chosen(self) -> str | None:
        """The id of the response that the caret is on."""
        return self.records[self.caret].id if self.caret < len(self.records) else None

    def activate(self, row: int) -> None:
        self.post_message(self.Selected(self.records[row].id))

    def move_to(self, row: int) -> None:
        super().move_to(row)
        self.post_message(self.Moved())

    def line(self, row: int, width: int) -> Line:
        listed = self.records[row]
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
