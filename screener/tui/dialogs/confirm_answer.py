"""A likely slip, which the person may confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text.question import please_check
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import CLOSE, NEXT_BUTTON, PRESS
from screener.tui.widgets.text_block import TextBlock


class ConfirmAnswer(Dialog[bool]):
    """Gives back whether the answer is right as it is."""

    KEYS = (PRESS, NEXT_BUTTON, CLOSE)
    PAUSE = 1.0
    """Long enough that an Enter pressed twice does not confirm an answer unread."""

    def __init__(self, doubts: Sequence[str]) -> None:
        super().__init__()
        self.doubts = doubts

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(please_check(self.doubts)))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Go back and change"), "screen.back", primary=True)
        yield Button(_("It is right"), "screen.confirm", id="confirm")

    def action_back(self) -> None:
        self.dismiss(False)

    def action_confirm(self) -> None:
        self.dismiss(True)
