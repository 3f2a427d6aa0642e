"""The alarms of a series: every urgent rule that any response raised stands until staff close it by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from screener.engine.rules import Outcome
from screener.model.ruleset import Priority, Rule
from screener.series.response import SeriesResponse
from screener.summary.alarm_data import AlarmData, alarm_data
from screener.summary.taken_back import Closing


@dataclass(frozen=True)
class SeriesAlarm:
    """One alarm of one response."""

    response: SeriesResponse
    rule: Rule
    raised: datetime.datetime
    ended: datetime.datetime | None = None
    """When an answer was changed so that it no longer raised the rule."""
    changes: tuple[str, ...] = ()
    """If it ended: each of its questions with all answers to it."""
    closing: Closing | None = None
    is_closing_known: bool = False
    """Whether it is known here if staff have closed it."""

    @property
    def stands(self) -> bool:
        """Return whether nothing says that staff have closed it."""
        return self.closing is None


def series_alarms(responses: tuple[SeriesResponse, ...]) -> tuple[SeriesAlarm, ...]:
    """Return the alarms of all responses, in their order. No later response ends or hides one."""
    return tuple(alarm for response in responses for alarm in _alarms(response))


def _alarms(response: SeriesResponse) -> Iterator[SeriesAlarm]:
    """Yield the alarms that the history of a response names, and what its answers raise where the history is silent."""
    alarms = alarm_data(response.context)
    reported = list(response.exported_alarms or ()) if alarms is None else alarms
    rules = response.content.ruleset.rule
    yield from (_alarm(response, rules[alarm.rule], alarm) for alarm in reported if alarm.rule in rules)
    named = {alarm.rule for alarm in reported}
    for rule in response.content.ruleset:
        is_raised = rule.priority is Priority.URGENT and response.outcomes[rule.id] is Outcome.RAISED
        if is_raised and rule.id not in named:
            yield SeriesAlarm(response, rule, response.at)


def _alarm(response: SeriesResponse, rule: Rule, alarm: AlarmData) -> SeriesAlarm:
    closing = Closing(alarm.closed_by, alarm.closed_at) if alarm.closed_by and alarm.closed_at else None
    changes, known = tuple(alarm.changes), alarm.closing_known
    return SeriesAlarm(response, rule, alarm.raised, alarm.ended, changes, closing, known)
