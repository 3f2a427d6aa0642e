"""One question to staff before something is done."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock


class ConfirmDialog(StaffDialog[bool]):
    """Gives back that somebody is sure."""

    def __init__(self, heading: str, text: str, yes: str) -> None:
        super().__init__()
        self._heading = heading
        self._text = text
        self._yes = yes

    def content(self) -> Iterable[Widget]:
        yield TextBlock(Passage(self._heading, Tone.HEADING), Passage(self._text))

    def actions(self) -> Iterable[Widget]:
        yield Button(self._yes, "screen.confirm", primary=True)
        yield Button(_("Close"), "screen.back")

    def action_confirm(self) -> None:
        self.dismiss(True)
