"""The first page where answers of an interrupted questionnaire were found. It shows none of them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text import leaving
from screener.page_text.first_page import interrupted
from screener.session.session import InterviewSession
from screener.tui.messages import RestartRequested, ResumeRequested
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Page
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import COLOURS, CONTINUE, KEYS, LEAVE
from screener.tui.widgets.text_block import TextBlock


class ResumePage(Page[None]):
    """Asks whether whoever is here now goes on with them."""

    KEYS = (KEYS, LEAVE, COLOURS)
    PAUSE = 1.0

    def __init__(self, session: InterviewSession) -> None:
        super().__init__()
        self.session = session
        self.caption = session.content.questionnaire.title

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(interrupted(self.session)))

    def actions(self) -> Iterable[Widget]:
        yield Button(_(leaving.GO_ON), "screen.go_on", key=CONTINUE.name, primary=True)
        yield Button(_(leaving.START_ANEW), "screen.anew")

    def action_go_on(self) -> None:
        self.post_message(ResumeRequested())

    def action_anew(self) -> None:
        self.post_message(RestartRequested())
