"""The days that an answer covers: the time its questions ask about, until the day of answering."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Days:
    """Days from ``first`` to ``last``, both of them included."""

    first: datetime.date
    last: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


def covered_days(recall: str, answered: Days) -> Days:
    """Return the days that answers cover which were given on these days, e.g. 14 days for a recall of ``2 weeks``.

    The day of answering is the last of them. Where the answers took more than one day, each day's window counts.
    """
    return Days(_first_day(recall, answered.first), answered.last)


def _first_day(recall: str, last: datetime.date) -> datetime.date:
    count, unit = recall.split()
    number, day = int(count), datetime.timedelta(days=1)
    try:
        match unit.removesuffix("s"):
            case "day":
                return last - number * day + day
            case "week":
                return last - 7 * number * day + day
            case "month":
                return _months_before(last, number) + day
            case _:
                return _months_before(last, 12 * number) + day
    except (OverflowError, ValueError):
        return datetime.date.min


def _months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months before, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
