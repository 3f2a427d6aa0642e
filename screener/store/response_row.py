"""The row of a response in the database: its states, how its parts are sealed, how it is read, hashed and removed."""

from __future__ import annotations

import datetime
import hashlib

from screener.store import list_entry, record
from screener.store.crypto import unseal
from screener.store.database import Rows, one
from screener.store.decoding import as_bytes
from screener.store.record import StoredResponse

PADDED_TO = 8192
"""Bytes. Nearly every response, short or long, takes one such step, so that its size tells nothing."""
IN_PROGRESS, COMPLETED = 0, 1


def version_of(column: object) -> bytes:
    """Return the version of a row; an odd one, that no program writes, has none."""
    return bytes(column) if isinstance(column, (bytes, memoryview)) else b""


def remove(rows: Rows, identity: str) -> None:
    """Delete a response and all that belongs to it."""
    rows.run("DELETE FROM remark WHERE response = ?", (identity,))
    rows.run("DELETE FROM alarm WHERE response = ?", (identity,))
    rows.run("DELETE FROM return_code WHERE response = ?", (identity,))
    rows.run("DELETE FROM sealed_before WHERE id = ?", (identity,))
    rows.run("DELETE FROM response WHERE id = ?", (identity,))


def read_response(rows: Rows, identity: str, key: bytes) -> StoredResponse:
    """Return a response. Raise ``LookupError`` for an unknown one, ``Unreadable`` for one that was changed."""
    row = one(rows, "SELECT version, snapshot FROM response WHERE id = ?", (identity,))
    if row is None:
        raise LookupError(identity)
    version, snapshot = map(as_bytes, row)
    return record.unpack(unseal(snapshot, key, associated_data("snapshot", identity, version)))


def read_list_entry(identity: str, version: bytes, sealed: bytes, key: bytes) -> list_entry.ListEntry:
    return list_entry.unpack(unseal(sealed, key, associated_data("label", identity, version)))


def digest_of(rows: Rows, identity: str) -> bytes:
    """Return the hash of a response as it is stored, for the audit trail."""
    row = one(rows, "SELECT day, state, version, keys, label, snapshot FROM response WHERE id = ?", (identity,))
    if row is None:
        return b""
    parts = (b"%d %d" % (row[0], row[1]), *map(bytes, row[2:]))
    return hashlib.sha256(b"".join(len(part).to_bytes(4) + part for part in parts)).digest()


def day(moment: datetime.datetime) -> int:
    """Return the days since 1970, in UTC."""
    return int(moment.timestamp() // 86400)


def associated_data(kind: str, identity: str, version: bytes = b"") -> bytes:
    return f"screener/1|{kind}|{identity}|".encode() + version
