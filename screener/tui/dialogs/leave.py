"""Leaving, which is never an accident."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from textual.widget import Widget

from screener import told
from screener.sitting import Sitting
from screener.translation import _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose


class Leaving(Enum):
    """What the person chose."""

    STAY = auto()
    COME_BACK = auto()
    SAVE_AND_LEAVE = auto()
    LEAVE = auto()


class Leave(Dialog[Leaving]):
    """Asks whether to leave; staying is what Enter and Esc do."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting

    def content(self) -> Iterable[Widget]:
        yield Prose(Passage(_(told.DO_YOU_LEAVE), Tone.HEADING), Passage(told.about_leaving(self.sitting)))

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Go back"), "screen.back", primary=True)
        if self.sitting.can_come_back:
            yield Action(_(told.COME_BACK), "screen.come_back", id="come-back")
            yield Action(told.leave_for_good(self.sitting), "screen.leave", id="leave")
        else:
            yield Action(_("Save a copy and leave"), "screen.save", id="save")
            yield Action(_("Leave without saving"), "screen.leave", id="leave")

    def action_come_back(self) -> None:
        self.dismiss(Leaving.COME_BACK)

    def action_back(self) -> None:
        self.dismiss(Leaving.STAY)

    def action_save(self) -> None:
        self.dismiss(Leaving.SAVE_AND_LEAVE)

    def action_leave(self) -> None:
        self.dismiss(Leaving.LEAVE)
