"""The four words with which a person comes back."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text import leaving
from screener.store.database import NotSaved
from screener.tui.page_drawing import passages
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import CONTINUE
from screener.tui.widgets.text_block import Passage, TextBlock


class ShowReturnCode(Dialog[NotSaved]):
    """Shows the words once they are made, and only once. Then nothing but its one button closes it.

    Gives back why there are none, if there are none.
    """

    KEYS = ()
    AUTO_FOCUS = ""
    COVERS = True
    PAUSE = 1.0

    def __init__(self, code: str = "", days: int = 0) -> None:
        """Show this code, or without one say that it is being made until ``show_code`` is called."""
        super().__init__()
        self.code = code
        self._days = days

    def on_mount(self) -> None:
        if self.code:
            self._show()

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_(leaving.YOUR_CODE), Tone.HEADING), Passage(_(leaving.ONE_MOMENT), Tone.MUTED), id="words"
        )

    def actions(self) -> Iterable[Widget]:
        button = Button(_(leaving.WRITTEN_DOWN), "screen.written", key=CONTINUE.name, primary=True, id="written")
        button.display = False
        yield button

    def show_code(self, code: str, days: int) -> None:
        """Show the words, which open the answers for so many days at least, as soon as the page is there."""
        self.code, self._days = code, days
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        self.query_one("#words", TextBlock).show(*passages(leaving.your_code(self.code, self._days)))
        self.query_one("#written").display = True
        self.query_one("#written").focus()

    def action_back(self) -> None:
        """The words are not shown again."""

    def action_written(self) -> None:
        if self.code:
            self.dismiss()
