"""What stands on every page of the staff's side until somebody has seen to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from screener.i18n.gettext import _, ngettext
from screener.staff.wording import called, locked_alarm, waits
from screener.store.alarm_entry import AlarmEntry
from screener.store.response_list import ResponseListItem
from screener.tui.rendering import Tone, wrapped
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.line_widget import Line, LineWidget

_NAME, _TERMINAL, _MOST_LOCKED = 60, 30, 4


@dataclass(frozen=True)
class BannerText:
    """What it says now: who waits, who sees to somebody, and what is wrong."""

    urgent: tuple[str, ...] = ()
    notice: str = ""
    trouble: tuple[str, ...] = ()


def urgent_text(urgent: Sequence[ResponseListItem], now: datetime.datetime) -> tuple[str, ...]:
    """Return the sentence about who waits longest, and how many more do."""
    if not urgent:
        return ()
    text = _("! {who}, {waits}. F9: see to it.").format(
        who=cut_to(called(urgent[0]), _NAME), waits=waits(urgent[0], now)
    )
    return (text + _more(len(urgent) - 1),)


def locked_text(alarms: Iterable[AlarmEntry], now: datetime.datetime) -> tuple[str, ...]:
    """Return a line for each who waits: a locked console knows their terminals, and nothing of them."""
    ordered = sorted(alarms, key=lambda alarm: (alarm.kind != "emergency", alarm.since or now))
    short = (replace(alarm, terminal=cut_to(alarm.terminal, _TERMINAL)) for alarm in ordered[:_MOST_LOCKED])
    lines = [f"! {locked_alarm(alarm, now)}" for alarm in short]
    return (*lines, more) if (more := _more(len(ordered) - _MOST_LOCKED).strip()) else tuple(lines)


def _more(count: int) -> str:
    if count < 1:
        return ""
    return " " + ngettext("{count} more waits.", "{count} more wait.", count).format(count=count)


class Banner(LineWidget):
    """Names the response that waits longest; a click opens it, as its key does."""

    def __init__(self) -> None:
        super().__init__(id="banner")
        self.text = BannerText()
        self.display = False

    def show(self, text: BannerText) -> None:
        """Show what is to be said now, if anything is."""
        if text != self.text:
            self.text = text
            self.display = text != BannerText()
            self.changed()

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        passages = (
            *((text, Tone.URGENT) for text in self.text.urgent),
            *((text, Tone.STRONG) for text in (self.text.notice,) if text),
            *((text, Tone.ERROR) for text in self.text.trouble),
        )
        for text, tone in passages:
            yield from (Line(((line, tone),)) for line in wrapped(text, width))

    async def on_click(self) -> None:
        if self.text.urgent:
            await self.run_action("app.acknowledge")
