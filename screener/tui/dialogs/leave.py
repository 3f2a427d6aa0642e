"""Leaving, which is never an accident."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from textual.widget import Widget

from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose


class Leaving(Enum):
    """What the person chose."""

    STAY = auto()
    SAVE_AND_LEAVE = auto()
    LEAVE = auto()


class Leave(Dialog[Leaving]):
    """Asks whether to leave; staying is what Enter and Esc do."""

    def __init__(self, *, finished: bool) -> None:
        super().__init__()
        self.finished = finished

    def content(self) -> Iterable[Widget]:
        yield Prose(
            Passage("Do you want to leave?", Tone.HEADING),
            Passage(
                "When this ends, nothing is kept here. Save a copy first if it is needed."
                if self.finished
                else "You have not finished. Your answers are not kept when you leave, unless you save a copy of them."
            ),
        )

    def actions(self) -> Iterable[Widget]:
        yield Action("Go back", "screen.back", primary=True)
        yield Action("Save a copy and leave", "screen.save", id="save")
        yield Action("Leave without saving", "screen.leave", id="leave")

    def action_back(self) -> None:
        self.dismiss(Leaving.STAY)

    def action_save(self) -> None:
        self.dismiss(Leaving.SAVE_AND_LEAVE)

    def action_leave(self) -> None:
        self.dismiss(Leaving.LEAVE)
