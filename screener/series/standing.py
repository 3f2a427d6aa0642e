"""The alarms of a series: every urgent rule that any response raised stands until staff close it by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from screener.engine.rules import Outcome
from screener.model.ruleset import Priority, Rule
from screener.series.response import SeriesResponse
from screener.summary.taken_back import Closing


@dataclass(frozen=True)
class SeriesAlarm:
    """One alarm of one response."""

    response: SeriesResponse
    rule: Rule
    raised: datetime.datetime
    ended: datetime.datetime | None = None
    """When an answer was changed so that it no longer raised the rule."""
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
    reported, ruleset = response.context.alarms, response.content.ruleset
    if reported is None:  # Without a history, only what the answers raise is known.
        for rule in ruleset:
            if rule.priority is Priority.URGENT and response.outcomes[rule.id] is Outcome.RAISED:
                yield SeriesAlarm(response, rule, response.at)
        return
    for alarm in reported.alarms.current:
        closing = reported.closings.get(alarm.id) if reported.closings is not None else None
        yield SeriesAlarm(
            response, ruleset.rule[alarm.rule], alarm.raised, alarm.ended, closing, reported.closings is not None
        )
