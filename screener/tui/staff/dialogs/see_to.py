"""Seeing to an urgent answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from screener.desk.words import called, when
from screener.problem import ScreenerError
from screener.translation import _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.prose import Passage, Prose
from screener.tui.staff.fitted import cut_to
from screener.tui.staff.page import StaffDialog

_NAME, _MOST_RULES = 60, 20


class SeeTo(StaffDialog[str]):
    """Says what is urgent, and keeps who says that they see to it. Gives back the response where it is to be opened."""

    PAUSE = 1.0
    """Long enough that a key meant for the page below acknowledges nothing."""

    def __init__(self, identity: str) -> None:
        super().__init__()
        self._identity = identity

    def content(self) -> Iterable[Widget]:
        yield Prose(*self._passages())
        yield Prose(id="result")

    def _passages(self) -> Iterator[Passage]:
        listed, rules = self.desk.board.get(self._identity), self.desk.contents.current.ruleset.rule
        label = listed.label if listed else None
        if listed is None or label is None:
            return
        yield Passage(_("An urgent answer"), Tone.URGENT)
        yield Passage(cut_to(called(listed), _NAME), Tone.STRONG)
        for rule in label.urgent[:_MOST_RULES]:
            topic = f"{rules[rule].topic} ({rule})" if rule in rules else rule
            yield Passage(topic, start="- ", gap=0)
        yield Passage(
            _("Begun {started}, last saved {saved}.").format(started=when(label.started), saved=when(label.saved))
        )
        yield Passage(
            _("Go to the person, or send somebody. Then choose the first button. Your name and the time are kept.")
        )

    def actions(self) -> Iterable[Widget]:
        yield Action(_("I see to it"), "screen.acknowledge", primary=True)
        yield Action(_("Open it"), "screen.open")
        yield Action(_("Close"), "screen.back")

    async def action_acknowledge(self) -> None:
        try:
            await self.desk.acknowledge(self._identity)
        except ScreenerError as error:
            self.say(_("Error: {what}").format(what=error), Tone.ERROR)
        else:
            self.staff_app.news()
            self.dismiss(None)

    def action_open(self) -> None:
        self.dismiss(self._identity)
