"""Starting anew where the answers found are then gone for good, which is never an accident."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener import page_text
from screener.i18n.gettext import _
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock


class StartAnew(Dialog[bool]):
    """Asks whether to remove the answers; going back is what Enter and Esc do."""

    PAUSE = 1.0

    def content(self) -> Iterable[Widget]:
        heading, *paragraphs = page_text.removing_paragraphs()
        yield TextBlock(Passage(heading, Tone.HEADING), *map(Passage, paragraphs))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Go back"), "screen.back", primary=True)
        yield Button(_(page_text.REMOVE), "screen.remove")

    def action_remove(self) -> None:
        self.dismiss(True)
