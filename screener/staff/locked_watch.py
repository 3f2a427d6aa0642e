"""What a console can still tell while it is locked: that somebody waits, at which terminal, since when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from screener.store.alarm_entry import AlarmEntry, alarm_from_json, alarm_to_json, read_alarms
from screener.store.clinic_keys import unseal_with_any
from screener.store.crypto import opener
from screener.store.store import Store

Logged = tuple[str, str, datetime.datetime | None]
"""An alarm that was logged: its response and kind, and since when."""


@dataclass(frozen=True)
class LockedNews:
    """``saved``: how many responses were saved of which it cannot be told whether they are urgent."""

    saved: int
    alarms: Mapping[str, AlarmEntry]
    """By response, those that nobody has seen to."""


class LockedWatch:
    """Holds the key of the alarms, once staff have unlocked here, and nothing that opens a response.

    ``keys_before`` are those of keys that the clinic has exchanged.
    ``versions`` and ``alarms`` are those that staff had before them when it was locked;
    ``logged`` are the alarms that are in the audit trail already.
    """

    def __init__(
        self,
        alarm_key: bytes | None = None,
        versions: Mapping[str, bytes] | None = None,
        alarms: Mapping[str, AlarmEntry] | None = None,
        keys_before: Sequence[bytes] = (),
        logged: Iterable[Logged] = (),
    ) -> None:
        self._keys = (alarm_key, *keys_before) if alarm_key else ()
        self._openers = tuple(map(opener, self._keys))
        self._versions = dict(versions) if versions is not None else None
        self._unknown: set[str] = set()
        self._stamp, self._news = "", LockedNews(0, {})
        """That of the store before the last look, and what was found then."""
        self.alarms: Mapping[str, AlarmEntry] = dict(alarms or {})
        self.logged = frozenset(logged)

    def to_json(self) -> dict[str, Any]:
        """Return what it holds for the process that goes on with it."""
        return {
            "keys": [key.hex() for key in self._keys],
            "versions": self._versions and {response: version.hex() for response, version in self._versions.items()},
            "alarms": {response: alarm_to_json(alarm) for response, alarm in self.alarms.items()},
            "unknown": sorted(self._unknown),
            "logged": [(response, kind, since and since.isoformat()) for response, kind, since in self.logged],
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Go on with what another process held."""
        alarm_key, *keys_before = map(bytes.fromhex, values["keys"]) if values["keys"] else [None]
        versions = values["versions"]
        watch = cls(
            alarm_key,
            None if versions is None else {each: bytes.fromhex(version) for each, version in versions.items()},
            {response: alarm_from_json(alarm) for response, alarm in values["alarms"].items()},
            [key for key in keys_before if key],
            [
                (response, kind, since and datetime.datetime.fromisoformat(since))
                for response, kind, since in values["logged"]
            ],
        )
        watch._unknown = set(values["unknown"])
        return watch

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
