"""The page before the first question."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener import told
from screener.sitting import Sitting
from screener.translation import _
from screener.tui.action import Action
from screener.tui.crisis_help import emergency_passages
from screener.tui.display import Tone
from screener.tui.key_line import COLOURS, HELP, KEYS, LEAVE
from screener.tui.moves import GoOn
from screener.tui.page import Page
from screener.tui.prose import Passage, Prose


class WelcomePage(Page[None]):
    """Says what the questionnaire is for, and where help is."""

    KEYS = (HELP, KEYS, LEAVE, COLOURS)

    def __init__(self, sitting: Sitting, *announced: str, comes_back: bool = False) -> None:
        super().__init__()
        self.sitting = sitting
        self.announced = announced
        self.comes_back = comes_back

    def content(self) -> Iterable[Widget]:
        welcome = self.sitting.content.questionnaire.welcome
        yield Prose(
            Passage(welcome.heading, Tone.HEADING),
            *emergency_passages(self.sitting.region),
            *(Passage(text) for text in (*welcome.paragraphs, *self.announced)),
        )

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Begin"), "screen.begin", primary=True)
        if self.comes_back:
            yield Action(_(told.HAVE_CODE), "app.come_back")

    def action_begin(self) -> None:
        self.post_message(GoOn())
