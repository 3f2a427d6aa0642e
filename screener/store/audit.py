"""Who did what and when, in a chain that shows tampering.

Each row has a MAC under a key that is replaced, by its hash, as soon as it was used. Whoever holds a machine holds the
key of the next row only, and cannot write the past anew; the first key is sealed to the clinic, which can check all.
What a complete older copy of the disk would hide is caught by the head of the chain printed in each export.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from screener.errors import ScreenerError
from screener.store.database import Rows, one

_COLUMNS = "n, at, actor, terminal, event, subject, digest, mac"
KEY_NAME = "audit key"
START_NAME = "audit start"
_HEAD_DIGITS = 8


class Event(StrEnum):
    """Events of the audit trail. None tells what somebody answered, or how many answers they gave."""

    FOUNDED = "clinic set up"
    STAFF_ADDED = "staff added"
    STAFF_CHANGED = "passphrase changed"
    STAFF_REVOKED = "staff revoked"
    UNLOCKED = "unlocked"
    REFUSED = "unlock refused"
    OPENED = "response opened"
    RESUMED = "response resumed"
    FINISHED = "response finished"
    VIEWED = "response viewed"
    REMARKED = "remark added"
    EXPORTED = "response exported"
    PRINTED = "response printed"
    PURGED = "response purged"
    ALARM_KEY_RESTORED = "alarm key put right"
    LOOKED_THROUGH = "retention applied"
    BACKED_UP = "backed up"
    RESTORED = "restored"


@dataclass(frozen=True)
class AuditRow:
    """``at`` in seconds since 1970; ``subject`` is the id of a response or the name of a member of staff, or empty;
    ``digest`` is the hash of what was written for good, e.g. a finished response, else empty."""

    n: int
    at: int
    actor: str
    terminal: str
    event: str
    subject: str
    digest: bytes
    mac: bytes

    @property
    def head(self) -> str:
        """The text by which an export names the chain up to this row."""
        return f"{self.n}/{self.mac.hex()[:_HEAD_DIGITS]}"


class Broken(ScreenerError):
    """The chain does not hold."""


def start(rows: Rows, key: bytes) -> None:
    """Begin a chain with its first key."""
    rows.run("INSERT INTO meta (name, value) VALUES (?, ?)", (KEY_NAME, key))


def append(
    rows: Rows, at: int, actor: str, terminal: str, event: Event, subject: str = "", digest: bytes = b""
) -> None:
    """Add a row in the same transaction as the event itself. Write nothing if there is no chain."""
    key = one(rows, "SELECT value FROM meta WHERE name = ?", (KEY_NAME,))
    if key is None:
        return
    before = last(rows)
    n, chained = (before.n + 1, before.mac) if before else (1, b"")
    mac = _mac(key[0], chained, n, at, actor, terminal, event, subject, digest)
    rows.run(
        f"INSERT INTO audit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (n, at, actor, terminal, str(event), subject, digest, mac),
    )
    rows.run("UPDATE meta SET value = ? WHERE name = ?", (_next(key[0]), KEY_NAME))


def last(rows: Rows) -> AuditRow | None:
    row = one(rows, f"SELECT {_COLUMNS} FROM audit ORDER BY n DESC LIMIT 1")  # noqa: S608
    return AuditRow(*row) if row else None


def has_head(rows: Rows, head: str) -> bool | None:
    """Return whether the chain has the row that was printed as ``head``; ``None`` if the chain is shorter."""
    n = int(head.partition("/")[0])
    end = last(rows)
    if end is None or n > end.n:
        return None
    row = one(rows, "SELECT mac FROM audit WHERE n = ?", (n,))
    return row is not None and f"{n}/{bytes(row[0]).hex()[:_HEAD_DIGITS]}" == head


def all_rows(rows: Rows) -> Iterator[AuditRow]:
    for values in rows.all(f"SELECT {_COLUMNS} FROM audit ORDER BY n"):  # noqa: S608
        yield AuditRow(*values)


def check(rows: Rows, first_key: bytes) -> list[AuditRow]:
    """Check the chain from its first key to the current one; return its rows. Raise ``Broken`` with the first fault."""
    key, chained, checked = first_key, b"", []
    for expected, row in enumerate(all_rows(rows), 1):
        if row.n != expected:
            raise Broken(f"The audit trail does not hold: row {expected} is missing.")
        mac = _mac(key, chained, row.n, row.at, row.actor, row.terminal, row.event, row.subject, row.digest)
        if not hmac.compare_digest(mac, row.mac):
            raise Broken(f"The audit trail does not hold: row {row.n} was changed.")
        key, chained = _next(key), row.mac
        checked.append(row)
    row_of_key = one(rows, "SELECT value FROM meta WHERE name = ?", (KEY_NAME,))
    if row_of_key is None or not hmac.compare_digest(bytes(row_of_key[0]), key):
        raise Broken("The audit trail does not hold: rows at its end were removed.")
    return checked


def _mac(key: bytes, chained: bytes, n: int, at: int, *texts: str | bytes) -> bytes:
    parts = [text.encode() if isinstance(text, str) else text for text in texts]
    framed = b"".join(len(part).to_bytes(4) + part for part in (chained, *parts))
    return hmac.digest(key, n.to_bytes(8) + at.to_bytes(8, signed=True) + framed, "sha256")


def _next(key: bytes) -> bytes:
    return hashlib.sha256(b"screener audit, next key" + key).digest()
