"""Coming back with the four words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener import page_text
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.session.session import InterviewSession
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.text_block import Passage, TextBlock


class EnterReturnCode(Dialog[InterviewSession]):
    """Asks for the words; gives back the sitting that they open."""

    def __init__(self, opened: Callable[[str], InterviewSession]) -> None:
        super().__init__()
        self._opened = opened

    def content(self) -> Iterable[Widget]:
        yield TextBlock(Passage(_(page_text.HAVE_CODE), Tone.HEADING), Passage(_(page_text.ASK_CODE)), id="about")
        yield Field(id="code")
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(_(page_text.GO_ON), "screen.open", primary=True)
        yield Button(_("Go back"), "screen.back")

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Say that the words are being checked, which takes a moment, and then check them."""
        self._say(Passage(_(page_text.CHECKING)))
        self.call_after_refresh(self._check)

    def _check(self) -> None:
        try:
            session = self._opened(self.query_one(Field).value)
        except ScreenerError as error:
            self._say(Passage(_("Error: {what}").format(what=error), Tone.ERROR))
            self.query_one(Field).focus()
        else:
            self.dismiss(session)

    def _say(self, passage: Passage) -> None:
        self.query_one("#result", TextBlock).show(passage)
        self.query_one("#result").scroll_visible(animate=False)
