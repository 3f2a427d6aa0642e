"""The page before the first question."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener import page_text
from screener.i18n.gettext import _
from screener.page_text.help_now import emergency
from screener.session.session import InterviewSession
from screener.tui.messages import ResumeRequested
from screener.tui.page_drawing import passages
from screener.tui.rendering import Tone
from screener.tui.screens.base import Page
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import COLOURS, KEYS, LEAVE
from screener.tui.widgets.text_block import Passage, TextBlock


class WelcomePage(Page[None]):
    """Says what the questionnaire is for, and where help is."""

    KEYS = (KEYS, LEAVE, COLOURS)

    def __init__(self, session: InterviewSession, *announced: str, comes_back: bool = False) -> None:
        super().__init__()
        self.session = session
        self.caption = session.content.questionnaire.title
        self.announced = announced
        self.comes_back = comes_back

    def content(self) -> Iterable[Widget]:
        welcome = self.session.content.questionnaire.welcome
        yield TextBlock(
            Passage(welcome.heading, Tone.HEADING),
            *passages(emergency(self.session.region)),
            *(Passage(text) for text in (*page_text.welcome_paragraphs(self.session), *self.announced)),
        )

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Begin"), "screen.begin", primary=True)
        if self.comes_back:
            yield Button(_(page_text.HAVE_CODE), "app.come_back")

    def action_begin(self) -> None:
        self.post_message(ResumeRequested())
