"""The four words of an appointment, shown once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.staff.wording import when
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock


class CodeDialog(StaffDialog[None]):
    """Lets go of the words as soon as they are on the page."""

    def __init__(self, code: str, until: datetime.datetime) -> None:
        super().__init__()
        self._passages: tuple[Passage, ...] = (
            Passage(_("Code for this appointment"), Tone.HEADING),
            Passage(code, Tone.BANNER),
            Passage(_("The person chooses \u201cI have four words\u201d at a terminal and types them.")),
            Passage(_("They work once, until {time}. They are not shown again.").format(time=when(until))),
        )

    def content(self) -> Iterable[Widget]:
        passages, self._passages = self._passages, ()
        yield TextBlock(*passages)

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Close"), "screen.back", primary=True)
