"""Help, one key away."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.ruleset import Region
from screener.translation import _
from screener.tui.action import Action
from screener.tui.crisis_help import help_passages
from screener.tui.display import Tone
from screener.tui.key_line import CLOSE
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose


class HelpNow(Dialog[None]):
    """The crisis lines of the person's region, or what holds anywhere."""

    KEYS = (CLOSE,)

    def __init__(self, region: Region) -> None:
        super().__init__()
        self.lines_of = region

    def content(self) -> Iterable[Widget]:
        yield Prose(
            Passage(_("Get help now"), Tone.HEADING),
            Passage(self.lines_of.title, Tone.MUTED, gap=0),
            *help_passages(self.lines_of),
        )

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Close"), "screen.back", primary=True)
