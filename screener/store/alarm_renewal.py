"""The alarm row of a response, written by staff: from its list entry and their notes, as they are now."""

from __future__ import annotations

import contextlib

from screener.store.alarm_entry import alarm_of, put_alarm
from screener.store.annotation import acknowledged_rules, read_annotations
from screener.store.crypto import Unreadable
from screener.store.database import Rows, one
from screener.store.decoding import as_bytes, decoding
from screener.store.response_row import read_list_entry


def renew_alarm(rows: Rows, identity: str, key: bytes) -> None:
    """Tell consoles that are locked what is still urgent in a response; ``key`` is that of the response."""
    row = one(rows, "SELECT version, label FROM response WHERE id = ?", (identity,))
    if row is not None:
        with contextlib.suppress(Unreadable), decoding():  # It stays urgent where that cannot be told.
            entry = read_list_entry(identity, as_bytes(row[0]), as_bytes(row[1]), key)
            acknowledged = acknowledged_rules(read_annotations(rows, identity, key))
            put_alarm(rows, identity, alarm_of(entry, acknowledged))
