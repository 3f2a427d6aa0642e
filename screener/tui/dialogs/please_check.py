"""A likely slip, which the person may confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from screener.translation import _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose


class PleaseCheck(Dialog[bool]):
    """Gives back whether the answer is right as it is."""

    def __init__(self, doubts: Sequence[str]) -> None:
        super().__init__()
        self.doubts = doubts

    def content(self) -> Iterable[Widget]:
        yield Prose(Passage(_("Please check your answer"), Tone.HEADING), *(Passage(doubt) for doubt in self.doubts))

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Go back and change"), "screen.back", primary=True)
        yield Action(_("It is right"), "screen.confirm", id="confirm")

    def action_back(self) -> None:
        self.dismiss(False)

    def action_confirm(self) -> None:
        self.dismiss(True)
