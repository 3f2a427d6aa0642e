"""How old a row of the audit trail is, where a clock may have been wrong or somebody forged a date.

The rows that staff signed are the anchors: nobody without a passphrase writes one. A row lies between the anchors
before and after it, whatever it says itself.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from screener.i18n.formats import format_moment
from screener.store.audit import AuditRow

SKEW = 300
"""Seconds that the clocks of two terminals may be apart."""
PAUSE = 7 * 86400
"""Seconds without any entry that are not taken for a jump of the clock."""


class Anchors:
    """The anchors that no later one contradicts; ``now`` is the last of them."""

    def __init__(self, staff_rows: Iterable[AuditRow], now: int) -> None:
        self._now = now
        self._anchors: list[tuple[int, int]] = []
        """Number of the row and its time."""
        for row in staff_rows:
            while self._anchors and self._anchors[-1][1] > row.at + SKEW:
                self._anchors.pop()
            self._anchors.append((row.n, row.at))
        while self._anchors and self._anchors[-1][1] > now + SKEW:
            self._anchors.pop()
        self.newest = self._anchors[-1][1] if self._anchors else None
        self._numbers = [n for n, _ in self._anchors]

    def earliest(self, row: AuditRow) -> int:
        """Return the earliest time at which a row can have been written: not before the anchor before it."""
        position = bisect_left(self._numbers, row.n)
        return max(row.at, self._anchors[position - 1][1] - SKEW) if position else row.at

    def latest(self, row: AuditRow) -> int:
        """Return the latest time at which a row can have been written: not after the anchor after it, nor now."""
        position = bisect_right(self._numbers, row.n)
        after = self._anchors[position][1] if position < len(self._anchors) else self._now
        return min(row.at, after + SKEW, self._now + SKEW)


def clock_notes(chain: Sequence[AuditRow], now: int) -> list[str]:
    """Return, in a sentence each, where the dates of a trail cannot be right."""
    notes = []
    newest, at = (chain[0], chain[0].at) if chain else (None, 0)
    for row in chain[1:]:
        if newest is not None and row.at < at - SKEW:
            notes.append(
                f"Row {row.n} ({row.terminal}) is dated {date(row.at)}, and row {newest.n} ({newest.terminal}) before"
                f" it {date(at)}. Look at the clocks of both."
            )
            newest, at = row, row.at
        elif row.at > at:
            newest, at = row, row.at
    if newest is not None and at > now + SKEW:
        notes.append(f"Row {newest.n} ({newest.terminal}) is dated {date(at)}, which is in the future.")
    return notes


def date(at: int) -> str:
    try:
        return format_moment(datetime.datetime.fromtimestamp(at, datetime.UTC))
    except (OverflowError, ValueError, OSError):
        return str(at)
