"""What staff did with a response, sealed in its row of the audit trail: only the clinic's key tells what and whose.

All such rows look the same, so that nobody without the key can tell from them who was urgent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from screener.store.audit import AuditRow, Event
from screener.store.crypto import Unreadable, seal_to
from screener.store.decoding import as_bytes, decoding, small_json

_PLACE = b"screener/2|entry"
_PADDED_TO = 256


def seal_entry(public: bytes, event: Event, response: str, digest: bytes) -> bytes:
    content = json.dumps([str(event), response, digest.hex()]).encode()
    return seal_to(public, content.ljust(_PADDED_TO), _PLACE)


def open_entries(rows: Iterable[AuditRow], unseal: Callable[[bytes, bytes], bytes]) -> list[AuditRow]:
    """Return the rows as they were before their entries were sealed; one that does not open stays as it is."""
    return [_opened(row, unseal) if row.event == Event.SEALED else row for row in rows]


def _opened(row: AuditRow, unseal: Callable[[bytes, bytes], bytes]) -> AuditRow:
    try:
        with decoding():
            event, response, digest = small_json(unseal(as_bytes(row.digest), _PLACE))
            return replace(row, event=str(event), subject=str(response), digest=bytes.fromhex(digest))
    except Unreadable:
        return row
