"""One question to staff before something is done."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import CLOSE, NEXT_BUTTON, PRESS
from screener.tui.widgets.text_block import Passage, TextBlock


class ConfirmDialog(StaffDialog[bool]):
    """Gives back that somebody is sure."""

    KEYS = (PRESS, NEXT_BUTTON, CLOSE)
    PAUSE = 1.0

    def __init__(self, heading: str, text: str, yes: str) -> None:
        super().__init__()
        self._passages: tuple[Passage, ...] = (Passage(heading, Tone.HEADING), Passage(text))
        self._yes = yes

    def content(self) -> Iterable[Widget]:
        # The text may name somebody, and nothing of them stays in this page after the lock.
        passages, self._passages = self._passages, ()
        yield TextBlock(*passages)

    def actions(self) -> Iterable[Widget]:
        yield Button(self._yes, "screen.confirm", primary=True)
        yield Button(_("Close"), "screen.back")

    def action_confirm(self) -> None:
        self.dismiss(True)
