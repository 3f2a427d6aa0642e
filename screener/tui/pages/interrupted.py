"""The first page where answers of an interrupted questionnaire were found. It shows none of them."""

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
from screener.tui.moves import Anew, GoOn
from screener.tui.page import Page
from screener.tui.prose import Passage, Prose


class InterruptedPage(Page[None]):
    """Asks whether whoever is here now goes on with them."""

    KEYS = (HELP, KEYS, LEAVE, COLOURS)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting

    def content(self) -> Iterable[Widget]:
        yield Prose(
            Passage(self.sitting.content.questionnaire.welcome.heading, Tone.HEADING),
            *emergency_passages(self.sitting.region),
            *map(Passage, told.interrupted_paragraphs()),
        )

    def actions(self) -> Iterable[Widget]:
        yield Action(_(told.GO_ON), "screen.go_on", primary=True)
        yield Action(_(told.START_ANEW), "screen.anew")

    def action_go_on(self) -> None:
        self.post_message(GoOn())

    def action_anew(self) -> None:
        self.post_message(Anew())
