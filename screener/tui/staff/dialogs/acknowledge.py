"""Seeing to an urgent answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from screener.engine.alarm_history import rule_of
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.staff.wording import called, seen_to, waits, when
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import CLOSE, NEXT_BUTTON, PRESS
from screener.tui.widgets.text_block import Passage, TextBlock

_NAME, _MOST_RULES = 60, 20


class AcknowledgeDialog(StaffDialog[str]):
    """Says what is urgent, and keeps who says that they see to it. Gives back the response where it is to be opened."""

    KEYS = (PRESS, NEXT_BUTTON, CLOSE)
    PAUSE = 1.0
    """Long enough that a key meant for the page below acknowledges nothing."""

    def __init__(self, identity: str) -> None:
        super().__init__()
        self._identity = identity

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*self._passages())
        yield TextBlock(id="result")

    def _passages(self) -> Iterator[Passage]:
        listed, rules = (
            self.staff_session.worklist.get(self._identity),
            self.staff_session.contents.rules,
        )
        label = listed.entry if listed else None
        if listed is None or label is None:
            return
        yield Passage(_("An urgent answer"), Tone.URGENT)
        who, now = cut_to(called(listed), _NAME), self.staff_session.now()
        yield Passage(f"{who}, {waits(listed, now)}" if listed.urgent else who, Tone.STRONG)
        for alarm in label.urgent[:_MOST_RULES]:
            rule = rule_of(alarm)
            topic = f"{rules[rule].topic} ({rule})" if rule in rules else rule
            if alarm in label.taken_back:
                topic = _("{topic}: the answer was changed afterwards").format(topic=topic)
            yield Passage(topic, start="- ", gap=0)
        yield Passage(
            _("Begun {started}, last saved {saved}.").format(started=when(label.started), saved=when(label.saved))
        )
        yield Passage(_("Go to the person now, or send someone. Then press Enter. Your name and the time are kept."))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("I see to it"), "screen.acknowledge", primary=True)
        yield Button(_("Open it"), "screen.open")
        yield Button(_("Close"), "screen.back")

    def news(self) -> None:
        super().news()
        self._tell_of_others()

    def _tell_of_others(self) -> bool:
        """Say who else sees to it, if anybody does; return whether that is so."""
        listed = self.staff_session.worklist.get(self._identity)
        if listed and listed.urgent:
            return False
        self.say(seen_to(listed, self.staff_session.now()) if listed else _("This response was removed."), Tone.STRONG)
        return True

    async def action_acknowledge(self) -> None:
        try:
            first = await self.staff_session.acknowledge(self._identity)
        except ScreenerError as error:
            self.say_error(error)
            return
        if first or not self._tell_of_others():
            self.dismiss(None)
        self.staff_app.news()

    def action_open(self) -> None:
        self.dismiss(self._identity)
