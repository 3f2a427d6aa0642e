"""The alarms of a response as data: urgent rules that were raised, also those that the answers no longer raise."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from screener.summary.context import SummaryContext


@dataclass(frozen=True)
class AlarmData:
    """One alarm. ``closed_by`` is ``null`` also where ``closing_known`` is false: nobody knows then."""

    rule: str
    raised: datetime.datetime
    ended: datetime.datetime | None
    """When an answer was changed so that it no longer raised the rule."""
    closing_known: bool
    closed_by: str | None
    closed_at: datetime.datetime | None
    changes: list[str]
    """For a rule that is no longer raised: each of its questions with all answers to it, in the words of the copy."""


def alarm_data(context: SummaryContext) -> list[AlarmData] | None:
    """Return the alarms that stand until staff close them; ``None`` where the history of the answers is not known."""
    return None if context.alarms is None else list(_alarms(context))


def _alarms(context: SummaryContext) -> Iterator[AlarmData]:
    assert context.alarms is not None
    changes = {
        topic.rule.id: [f"{label}: {answers}" for label, answers in topic.changes] for topic in context.taken_back
    }
    closings = context.alarms.closings
    for alarm in context.alarms.alarms.current:
        closing = (closings or {}).get(alarm.id)
        yield AlarmData(
            alarm.rule,
            alarm.raised,
            alarm.ended,
            closings is not None,
            closing.by if closing else None,
            closing.at if closing else None,
            changes.get(alarm.rule, []) if alarm.ended else [],
        )
