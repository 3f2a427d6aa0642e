"""The page before the first question."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text.first_page import MORE, server_away, welcome
from screener.page_text.leaving import HAVE_CODE
from screener.session.session import InterviewSession
from screener.tui.messages import ResumeRequested
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Page
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import COLOURS, CONTINUE, KEYS, LEAVE
from screener.tui.widgets.text_block import TextBlock

LOOK_AGAIN = 1.5
"""Seconds after which the first page looks whether the clinic's server responded."""


class WelcomePage(Page[None]):
    """Says what the questionnaire is for, and where help is."""

    KEYS = (KEYS, LEAVE, COLOURS)

    def __init__(self, session: InterviewSession, *limits: str, by_code: bool = True, comes_back: bool = False) -> None:
        """``limits``: what the terminal does when nobody touches it."""
        super().__init__()
        self.session = session
        self.caption = session.content.questionnaire.title
        self.limits = limits
        self.by_code = by_code
        self.comes_back = comes_back

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(welcome(self.session, self.limits, by_code=self.by_code)))

        yield TextBlock(id="server")

    def on_mount(self) -> None:
        if self.session.delivery() is not None:
            self.set_interval(LOOK_AGAIN, self.look_at_server)

    def look_at_server(self) -> None:
        """Tell staff where the clinic's server is away, and no longer once it responds."""
        self.query_one("#server", TextBlock).show(*(() if self.session.at_clinic else passages(server_away())))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Begin"), "screen.begin", key=CONTINUE.name, primary=True)
        if self.session.content.questionnaire.welcome.more:
            yield Button(_(MORE), "app.more")
        if self.comes_back:
            yield Button(_(HAVE_CODE), "app.come_back")

    def action_begin(self) -> None:
        self.post_message(ResumeRequested())
