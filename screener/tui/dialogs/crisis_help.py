"""Help, one key away."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.model.crisis_lines import Region
from screener.page_text.help_now import help_page
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import CLOSE
from screener.tui.widgets.text_block import TextBlock


class CrisisHelp(Dialog[None]):
    """The crisis lines of the person's region, or what holds anywhere."""

    KEYS = (CLOSE,)
    HELP_NOW = False

    def __init__(self, region: Region) -> None:
        super().__init__()
        self.lines_of = region

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(help_page(self.lines_of)))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Close"), "screen.back", primary=True)
