"""What a person can read too before they begin."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text.paragraph import PageParagraph
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import TextBlock


class More(Dialog[None]):
    """The paragraphs behind *More about this*."""

    def __init__(self, paragraphs: Iterable[PageParagraph]) -> None:
        super().__init__()
        self.paragraphs = tuple(paragraphs)

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(self.paragraphs))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Close"), "screen.back", primary=True)
