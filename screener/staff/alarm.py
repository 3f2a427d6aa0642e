"""When the bell rings for urgent answers, and when the clinic's own command is due."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from screener.store.alarm_entry import AlarmEntry, alarm_from_json, alarm_to_json

EVERY = 30.0
"""Seconds after which it rings again while nobody has seen to an urgent answer."""
LOUDER_EVERY = 5.0
"""The same once somebody has waited longer than the clinic wants."""


@dataclass(frozen=True)
class Ring:
    """What is to be done now. ``overdue``: the responses for which the clinic's command is due, each once."""

    rings: bool
    overdue: tuple[str, ...]


class Alarm:
    """Rings at each new urgent answer and now and then while one waits, locked or not.

    ``urgent_after`` is the clinic's own time in seconds; ``None``: it has none, and nothing is ever overdue.
    """

    def __init__(self, clock: Callable[[], float], urgent_after: float | None = None) -> None:
        self._clock = clock
        self.urgent_after = urgent_after
        self._rung: dict[str, AlarmEntry] = {}
        self._began: dict[str, float] = {}
        """Since when each of them waits, by the clock."""
        self._called: dict[str, AlarmEntry] = {}
        self._last = 0.0
        self._troubles: dict[str, str] = {}
        """What went wrong with the clinic's command, in a sentence, for whom nobody was told."""

    def to_json(self) -> dict[str, Any]:
        """Return what it knows for the process that goes on with it, on the same machine."""
        return {
            "rung": {response: alarm_to_json(alarm) for response, alarm in self._rung.items()},
            "called": {response: alarm_to_json(alarm) for response, alarm in self._called.items()},
            "began": self._began,
            "last": self._last,
            "troubles": self._troubles,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any], clock: Callable[[], float]) -> Self:
        """Go on with what another process knew; ``clock`` counts the same seconds as the one there."""
        alarm = cls(clock)
        alarm._rung = {response: alarm_from_json(each) for response, each in values["rung"].items()}
        alarm._called = {response: alarm_from_json(each) for response, each in values["called"].items()}
        alarm._began, alarm._last = dict(values["began"]), values["last"]
        alarm._troubles = dict(values["troubles"])
        return alarm

    @property
    def command_trouble(self) -> str:
        """What went wrong with the clinic's command last, in a sentence, or nothing."""
        return next(reversed(self._troubles.values()), "")

    def note_command(self, response: str, trouble: str) -> None:
        """Note how the command for a response ended. One that worked takes back nothing for others who still wait."""
        still = self._began.keys() - {response}
        if trouble:
            self._troubles[response] = trouble
        else:
            self._troubles = {other: said for other, said in self._troubles.items() if other in still}

    def look(self, waiting: Mapping[str, AlarmEntry], at: datetime.datetime | None = None) -> Ring:
        """Tell what is to be done for these that nobody has seen to yet, by response; ``at`` is the time of day.

        Whoever waited before this console was started has waited that long. A terminal whose clock is ahead takes
        nothing off.
        """
        now = self._clock()
        self._began = {
            response: self._began.get(response, now - _waited_before(alarm, at)) for response, alarm in waiting.items()
        }
        late = [response for response, began in self._began.items() if self._is_late(now - began)]
        overdue = tuple(response for response in late if _is_new(waiting[response], self._called.get(response)))
        self._called = {response: waiting[response] for response in late}
        new = any(_is_new(alarm, self._rung.get(response)) for response, alarm in waiting.items())
        again = now - self._last >= (LOUDER_EVERY if late else EVERY)
        rings = bool(waiting) and (new or bool(overdue) or again)
        if rings:
            self._last = now
        self._rung = dict(waiting)
        return Ring(rings, overdue)

    def _is_late(self, seconds: float) -> bool:
        return self.urgent_after is not None and seconds >= self.urgent_after


def _waited_before(alarm: AlarmEntry, at: datetime.datetime | None) -> float:
    """Return the seconds for which it waits already when it is first seen here."""
    return max(0.0, (at - alarm.since).total_seconds()) if at and alarm.since else 0.0


def _is_new(alarm: AlarmEntry, before: AlarmEntry | None) -> bool:
    """Whether it tells more than before: another answer became urgent, or the person came to an emergency page."""
    if before is None:
        return True
    return alarm.since != before.since or (alarm.kind == "emergency" != before.kind)
