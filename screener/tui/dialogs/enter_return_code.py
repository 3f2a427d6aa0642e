"""Coming back with the four words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.page_text import leaving
from screener.page_text.paragraph import error_paragraph
from screener.session.session import InterviewSession
from screener.tui.page_drawing import passages
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.key_bar import CONTINUE
from screener.tui.widgets.text_block import Passage, TextBlock


class EnterReturnCode(Dialog[InterviewSession]):
    """Asks for the words; gives back the sitting that they open."""

    def __init__(self, opened: Callable[[str], InterviewSession]) -> None:
        super().__init__()
        self._opened = opened
        self._checking = False
        self._went_back = False

    def content(self) -> Iterable[Widget]:
        yield TextBlock(Passage(_(leaving.HAVE_CODE), Tone.HEADING), Passage(_(leaving.ASK_CODE)), id="about")
        yield Field(id="code")
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(_(leaving.GO_ON), "screen.open", key=CONTINUE.name, primary=True)
        yield Button(_("Go back"), "screen.back")

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Say that the words are being checked, which takes a moment, and check them."""
        if not self._checking:
            self._checking = True
            self._say(Passage(_(leaving.CHECKING)))
            self.app.run_worker(self._check(self.query_one(Field).value))

    def action_back(self) -> None:
        self._went_back = True
        self.dismiss()

    async def _check(self, typed: str) -> None:
        """Check the words in a thread, because that is made slow; the page and help can be used meanwhile."""
        try:
            session = await asyncio.to_thread(self._open, typed)
        except ScreenerError as error:
            if not self._went_back:
                self._say(*passages([error_paragraph(error)]))
                self.query_one(Field).focus()
        else:
            if not self._went_back:
                self.give_back(session)
        finally:
            self._checking = False

    def _open(self, typed: str) -> InterviewSession:
        """Return the session of these words; nothing of it stays open here if the person went back meanwhile."""
        session = self._opened(typed)
        if self._went_back:
            session.forget()
        return session

    def _say(self, *said: Passage) -> None:
        self.query_one("#result", TextBlock).show(*said)
        self.query_one("#result").scroll_visible(animate=False)
