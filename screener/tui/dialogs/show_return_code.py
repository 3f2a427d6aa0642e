"""The four words with which a person comes back."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener import page_text
from screener.i18n.gettext import _
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock


class ShowReturnCode(Dialog[None]):
    """Shows the words once. Nothing but its one button closes it."""

    PAUSE = 1.0

    def __init__(self, code: str, days: int) -> None:
        super().__init__()
        self._code = code
        self._days = days

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_(page_text.YOUR_CODE), Tone.HEADING),
            Passage(self._code, Tone.STRONG),
            *map(Passage, page_text.code_paragraphs(self._days)),
        )

    def actions(self) -> Iterable[Widget]:
        yield Button(_(page_text.WRITTEN_DOWN), "screen.written", primary=True)

    def action_back(self) -> None:
        """The words are not shown again."""

    def action_written(self) -> None:
        self.dismiss()
