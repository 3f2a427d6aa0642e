"""What a console can still tell while it is locked: that somebody waits, at which terminal, since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from screener.store.alarm_entry import AlarmEntry, read_alarms
from screener.store.clinic_keys import unseal_with_any
from screener.store.crypto import opener
from screener.store.store import Store


@dataclass(frozen=True)
class LockedNews:
    """``saved``: how many responses were saved of which it cannot be told whether they are urgent."""

    saved: int
    alarms: Mapping[str, AlarmEntry]
    """By response, those that nobody has seen to."""


class LockedWatch:
    """Holds the key of the alarms, once staff have unlocked here, and nothing that opens a response.

    ``keys_before`` are those of keys that the clinic has exchanged.
    ``versions`` and ``alarms`` are those that staff had before them when it was locked.
    """

    def __init__(
        self,
        alarm_key: bytes | None = None,
        versions: Mapping[str, bytes] | None = None,
        alarms: Mapping[str, AlarmEntry] | None = None,
        keys_before: Sequence[bytes] = (),
    ) -> None:
        self._openers = tuple(map(opener, (alarm_key, *keys_before))) if alarm_key else ()
        self._versions = dict(versions) if versions is not None else None
        self._unknown: set[str] = set()
        self._stamp, self._news = "", LockedNews(0, {})
        """That of the store before the last look, and what was found then."""
        self.alarms: Mapping[str, AlarmEntry] = dict(alarms or {})

    def look(self, store: Store) -> LockedNews:
        """Read what terminals saved and consoles acknowledged since the last look."""
        stamp = store.database.stamp()
        if stamp == self._stamp:
            return self._news
        self._news = self._read(store)
        self._stamp = stamp
        return self._news

    def _read(self, store: Store) -> LockedNews:
        versions = store.versions()
        if self._versions is None:
            self._versions = versions
        changed = {response for response, version in versions.items() if self._versions.get(response) != version}
        if not self._openers:
            return LockedNews(len(changed), {})
        with store.database.reading() as rows:
            opened = read_alarms(rows, changed | self.alarms.keys(), partial(unseal_with_any, self._openers))
        # An alarm whose row is gone, or of a store that had none yet, stays until it is known to be over.
        current = {**self.alarms, **opened}
        self.alarms = {response: alarm for response, alarm in current.items() if alarm and response in versions}
        self._unknown = (self._unknown | changed) & versions.keys() - opened.keys()
        self._versions = versions
        return LockedNews(len(self._unknown), self.alarms)
