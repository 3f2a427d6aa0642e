"""Starting anew where the answers found are then gone for good, which is never an accident."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text import first_page, leaving
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import CLOSE, NEXT_BUTTON, PRESS
from screener.tui.widgets.text_block import TextBlock


class StartAnew(Dialog[bool]):
    """Asks whether to remove the answers; going back is what Enter and Esc do."""

    KEYS = (PRESS, NEXT_BUTTON, CLOSE)
    PAUSE = 1.0

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(first_page.removing()))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Go back"), "screen.back", primary=True)
        yield Button(_(leaving.REMOVE), "screen.remove")

    def action_remove(self) -> None:
        self.dismiss(True)
