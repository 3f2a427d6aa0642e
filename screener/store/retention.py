"""Retention: which responses are overdue, and how they are removed for good.

A purge cannot be undone, so it trusts no clock that jumped. The audit trail shows how time went by on this clinic's
machines; where there is no trail, the day on which something was last saved has to do.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from screener.errors import ScreenerError
from screener.store.appointment_code import remove_expired
from screener.store.audit import COLUMNS, AuditRow, Event
from screener.store.audit_clock import PAUSE, SKEW, Anchors
from screener.store.clinic import days_kept
from screener.store.database import Rows, one
from screener.store.key_exchange import signing_keys
from screener.store.person import remove_person
from screener.store.response_row import COMPLETED, IN_PROGRESS, day, remove
from screener.store.signed_rows import staff_rows
from screener.store.store import Store

_DAY = 86400
_EPOCH = datetime.date(1970, 1, 1).toordinal()


class ClockJumped(ScreenerError):
    """Nothing was purged, because the clock may be wrong."""


@dataclass(frozen=True)
class Overdue:
    """Responses that were last saved more than ``days`` days ago."""

    days: int
    finished: int
    open: int
    oldest: datetime.date | None
    """The day of the last save of the oldest one, in UTC."""
    doubt: str
    """Why the clock cannot be trusted, in one sentence; empty where it can."""
    people: int = 0
    """The people with their appointments of whom nothing is more recent."""

    @property
    def count(self) -> int:
        return self.finished + self.open


def overdue(store: Store) -> Overdue:
    """Return what a purge would remove now. Nothing is changed."""
    with store.database.reading() as rows:
        return _find_overdue(rows, store)[0]


def purge(store: Store, *, clock_is_right: bool = False) -> tuple[Overdue, bool]:
    """Remove what is overdue, all or nothing, with a row for each in the audit trail.

    Return the removed responses in numbers, and whether nothing of them is left in the files. Raise ``ClockJumped`` if
    the clock may be wrong, unless ``clock_is_right``.
    """
    with store.database.writing() as rows:
        due, identities = _find_overdue(rows, store)
        people = _people(rows, store)
        if due.doubt and not clock_is_right:
            raise ClockJumped(f"{due.doubt} Nothing was purged. If the date is right, add --clock-is-right.")
        for identity in identities:
            remove(rows, identity)
            store.log(rows, Event.PURGED, identity)
        for identity in people:
            remove_person(rows, identity)
            store.log(rows, Event.PERSON_PURGED, identity)
        remove_expired(rows, store.now())
        store.log(rows, Event.LOOKED_THROUGH)
    return due, store.database.shrink()


def _find_overdue(rows: Rows, store: Store) -> tuple[Overdue, list[str]]:
    """Return what is overdue in numbers, and the ids of its responses."""
    now = store.now()
    days = days_kept(store.clinic)
    old = rows.all("SELECT id, day, state FROM response WHERE day < ? ORDER BY day", (day(now) - days,))
    doubt = _doubt([*(_entries(rows) if store.clinic else _newest(rows)), int(now.timestamp())])
    if store.clinic and store.clinic.signs:
        anchors = Anchors(staff_rows(rows, signing_keys(rows, store.clinic)), int(now.timestamp()))
        doubt = doubt or _unseen(anchors, int(now.timestamp()))
        recent = _recent(rows, anchors, int(now.timestamp()) - days * _DAY)
        old = [row for row in old if row[0] not in recent]
    states = Counter(state for _, _, state in old)
    oldest = _date(old[0][1]) if old else None
    due = Overdue(days, states[COMPLETED], states[IN_PROGRESS], oldest, doubt, len(_people(rows, store)))
    return due, [identity for identity, _, _ in old]


def _people(rows: Rows, store: Store) -> list[str]:
    """Return the people of whom nothing is about a day that the retention still covers."""
    last = day(store.now()) - days_kept(store.clinic)
    return [identity for (identity,) in rows.all("SELECT id FROM person WHERE day < ? ORDER BY id", (last,))]


def _recent(rows: Rows, anchors: Anchors, since: int) -> set[str]:
    """Return the responses that were opened or finished since a time, as the staff's rows around that date it.

    A terminal with a wrong clock dates what it saves wrongly, and the staff's rows do not.
    """
    written = rows.all(
        f"SELECT {COLUMNS} FROM audit WHERE event IN (?, ?, ?)",  # noqa: S608
        tuple(map(str, (Event.OPENED, Event.RESUMED, Event.FINISHED))),
    )
    return {row.subject for row in (AuditRow(*values) for values in written) if anchors.earliest(row) >= since}


def _unseen(anchors: Anchors, now: int) -> str:
    """Return that no member of staff unlocked the store lately: nobody else can say what time it is."""
    if anchors.newest is not None and now - anchors.newest > PAUSE:
        return f"The last member of staff unlocked this store on {_date(anchors.newest // _DAY)}, more than a week ago."
    return ""


def _entries(rows: Rows) -> Iterator[int]:
    """Return when the entries of the audit trail were made, since the clock was last taken to be right."""
    since = one(rows, "SELECT MAX(n) FROM audit WHERE event = ?", (str(Event.LOOKED_THROUGH),))
    first = since[0] if since and since[0] else 1
    return (at for (at,) in rows.all("SELECT at FROM audit WHERE n >= ? ORDER BY n", (first,)))


def _newest(rows: Rows) -> Iterator[int]:
    """Return the start of the day of the last save."""
    return (last * _DAY for (last,) in rows.all("SELECT MAX(day) FROM response") if last is not None)


def _doubt(times: list[int]) -> str:
    """Return which clock jump these times show, or nothing; in seconds since 1970, the last one is now."""
    for before, after in pairwise(times):
        if not -SKEW <= after - before <= PAUSE:
            went, now = f"from {_date(before // _DAY)} to {_date(after // _DAY)}", _date(times[-1] // _DAY)
            return f"The clock went {went}, and says {now} now."
    return ""


def _date(number: int) -> datetime.date:
    """Return the date of a day since 1970; the nearest valid date for one out of range."""
    return datetime.date.fromordinal(min(max(_EPOCH + number, 1), datetime.date.max.toordinal()))
