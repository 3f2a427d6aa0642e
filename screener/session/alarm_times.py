"""Since when an answer is urgent, and since when the person is at an emergency page."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from screener.values import dataclass

if TYPE_CHECKING:
    from screener.store.record import StoredResponse


@dataclass(frozen=True)
class AlarmTimes:
    """What staff are told of when it began, as it was at the last save."""

    urgent: tuple[str, ...] = ()
    urgent_since: datetime.datetime | None = None
    emergency_since: datetime.datetime | None = None

    @property
    def both(self) -> tuple[datetime.datetime | None, datetime.datetime | None]:
        return self.urgent_since, self.emergency_since

    @classmethod
    def of(cls, record: StoredResponse | None) -> AlarmTimes:
        """Return the times as they were kept; those of a new response where nothing was."""
        return cls(record.urgent, record.urgent_since, record.emergency_since) if record else cls()

    def at(self, now: datetime.datetime, urgent: tuple[str, ...], at_emergency_page: bool) -> AlarmTimes:
        """Return the times as they are now; a rule that is new is urgent from now on, whatever was before it."""
        is_new = not set(urgent) <= set(self.urgent)
        since = (now if is_new else self.urgent_since) if urgent else None
        return AlarmTimes(urgent, since, (self.emergency_since or now) if at_emergency_page else None)
