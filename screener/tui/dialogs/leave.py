"""Leaving, which is never an accident."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text import leaving
from screener.session.session import InterviewSession
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import CLOSE, NEXT_BUTTON, PRESS
from screener.tui.widgets.text_block import TextBlock


class Leaving(Enum):
    """What the person chose."""

    STAY = auto()
    COME_BACK = auto()
    SAVE_AND_LEAVE = auto()
    LEAVE = auto()


class Leave(Dialog[Leaving]):
    """Asks whether to leave; staying is what Enter and Esc do."""

    KEYS = (PRESS, NEXT_BUTTON, CLOSE)
    PAUSE = 1.0

    def __init__(self, session: InterviewSession) -> None:
        super().__init__()
        self.session = session

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(leaving.do_you_leave(self.session)))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Go back"), "screen.back", primary=True)
        if self.session.for_staff:
            yield Button(_("Leave"), "screen.leave", id="leave")
        elif self.session.can_come_back:
            yield Button(_(leaving.COME_BACK), "screen.come_back", id="come-back")
            yield Button(leaving.leave_for_good(self.session), "screen.leave", id="leave")
        else:
            yield Button(_("Save a copy and leave"), "screen.save", id="save")
            yield Button(_("Leave without saving"), "screen.leave", id="leave")

    def action_come_back(self) -> None:
        self.dismiss(Leaving.COME_BACK)

    def action_back(self) -> None:
        self.dismiss(Leaving.STAY)

    def action_save(self) -> None:
        self.dismiss(Leaving.SAVE_AND_LEAVE)

    def action_leave(self) -> None:
        self.dismiss(Leaving.LEAVE)
