"""The four words with which a person comes back."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener import told
from screener.translation import _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose


class YourCode(Dialog[None]):
    """Shows the words once. Nothing but its one button closes it."""

    PAUSE = 1.0

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def content(self) -> Iterable[Widget]:
        yield Prose(
            Passage(_(told.YOUR_CODE), Tone.HEADING),
            Passage(self._code, Tone.STRONG),
            *map(Passage, told.code_paragraphs()),
        )

    def actions(self) -> Iterable[Widget]:
        yield Action(_(told.WRITTEN_DOWN), "screen.written", primary=True)

    def action_back(self) -> None:
        """The words are not shown again."""

    def action_written(self) -> None:
        self.dismiss()
