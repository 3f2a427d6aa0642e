"""Who did what and when, in a chain that shows tampering.

Each row has a MAC under a key that is replaced, by its hash, as soon as it was used. Whoever holds a machine holds the
key of the next row only, and cannot write the past anew; the first key is sealed to the clinic, which can check all.
What a complete older copy of the disk would hide is caught by the head of the chain printed in each export. In a
clinic of format 2 every row is signed too: by the terminal, and by the staff for what only they may do.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from screener.errors import ScreenerError
from screener.store.database import Rows, one
from screener.store.signature import Signer

COLUMNS = "n, at, actor, terminal, event, subject, digest, mac"
KEY_NAME = "audit key"
START_NAME = "audit start"
_HEAD_DIGITS = 8
_SIGNED = b"screener/2|audit|"


class Event(StrEnum):
    """Events of the audit trail. None tells what somebody answered, or how many answers they gave.

    What staff do with a response is a row of ``SEALED``, and the real event is sealed in it; ``REMARKED`` is what
    format 1 says of every annotation.
    """

    FOUNDED = "clinic set up"
    UPGRADED = "store carried over"
    CLINIC_CHANGED = "clinic changed"
    KEY_EXCHANGED = "clinic key exchanged"
    CONTENT_SIGNED = "content signed"
    TERMINAL = "terminal registered"
    STAFF_ADDED = "staff added"
    STAFF_CHANGED = "passphrase changed"
    STAFF_REVOKED = "staff revoked"
    STAFF_CARRIED = "staff carried over"
    DOOR_CODE_SET = "door code set"
    DOOR_CODE_REMOVED = "door code removed"
    DOOR_CODES_CARRIED = "door codes carried over"
    UNLOCKED = "unlocked"
    REFUSED = "unlock refused"
    OPENED = "response opened"
    RESUMED = "response resumed"
    FINISHED = "response finished"
    CORRECTED = "response corrected"
    CODE_MADE = "return code made"
    CODE_USED = "return code used"
    CODE_REFUSED = "return code refused"
    COPY_TAKEN = "copy taken by the person"
    SEALED = "entry of staff"
    VIEWED = "response viewed"
    REMARKED = "remark added"
    SEEN_TO = "urgent answer seen to"
    MARKED_READ = "marked as read"
    NOTED = "note added"
    NAMED = "name given"
    LINKED = "response linked"
    UNLINKED = "link undone"
    PERSON_ADDED = "person added"
    PERSON_CHANGED = "person changed"
    APPOINTMENT_ENTERED = "appointment entered"
    APPOINTMENT_REMOVED = "appointment removed"
    APPOINTMENT_CODE_ISSUED = "appointment code issued"
    APPOINTMENT_CODE_USED = "appointment code used"
    PERSON_PURGED = "person purged"
    PERSON_ERASED = "person erased"
    ALARM = "alarm rang"
    EXPORTED = "response exported"
    PRINTED = "response printed"
    SEALED_ANEW = "response sealed anew"
    PERSON_SEALED_ANEW = "person sealed anew"
    PURGED = "response purged"
    ERASED = "response erased"
    ALARM_KEY_RESTORED = "alarm key put right"
    LOOKED_THROUGH = "retention applied"
    BACKED_UP = "backed up"
    RESTORED = "restored"


@dataclass(frozen=True)
class AuditRow:
    """One event of the audit trail."""

    n: int
    at: int
    """In seconds since 1970."""
    actor: str
    """The member of staff who did it; empty for a person or the program."""
    terminal: str
    event: str
    subject: str
    """The id of a response or person, the name of a member of staff, or empty."""
    digest: bytes
    """The hash of what was written for good, such as a finished response; else empty."""
    mac: bytes

    @property
    def head(self) -> str:
        """The text by which an export names the chain up to this row."""
        return f"{self.n}/{self.mac.hex()[:_HEAD_DIGITS]}"

    def framed(self, chained: bytes) -> bytes:
        """Return all that the row tells, and the MAC of the row before it, as bytes that mean nothing else."""
        texts = (self.actor, self.terminal, self.event, self.subject)
        parts = (chained, *(text.encode("utf-8", "surrogatepass") for text in texts), self.digest)
        framed = b"".join(len(part).to_bytes(4) + part for part in parts)
        return self.n.to_bytes(8) + self.at.to_bytes(8, signed=True) + framed

    def signed_text(self, chained: bytes) -> bytes:
        return _SIGNED + self.framed(chained)


class Broken(ScreenerError):
    """The chain does not hold."""


def start(rows: Rows, key: bytes) -> None:
    """Begin a chain with its first key."""
    rows.run("INSERT INTO meta (name, value) VALUES (?, ?)", (KEY_NAME, key))


def append(
    rows: Rows,
    at: int,
    actor: str,
    terminal: str,
    event: Event,
    subject: str = "",
    digest: bytes = b"",
    signers: Iterable[Signer] = (),
) -> int:
    """Add a row in the same transaction as the event itself; return its number.

    Write nothing, and return 0, if there is no chain.
    """
    key = one(rows, "SELECT value FROM meta WHERE name = ?", (KEY_NAME,))
    if key is None:
        return 0
    before = last(rows)
    n, chained = (before.n + 1, before.mac) if before else (1, b"")
    row = AuditRow(n, at, actor, terminal, str(event), subject, digest, b"")
    row = replace(row, mac=_mac(key[0], chained, row))
    rows.run(
        f"INSERT INTO audit ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (n, at, actor, terminal, row.event, subject, digest, row.mac),
    )
    for signer in signers:
        signed = signer.sign(row.signed_text(chained))
        rows.run(
            "INSERT INTO signature (n, signer, signed) VALUES (?, ?, ?)"
            " ON CONFLICT (n, signer) DO UPDATE SET signed = excluded.signed",
            (n, signer.id, signed),
        )
    rows.run("UPDATE meta SET value = ? WHERE name = ?", (_next(key[0]), KEY_NAME))
    return n


def last(rows: Rows) -> AuditRow | None:
    row = one(rows, f"SELECT {COLUMNS} FROM audit ORDER BY n DESC LIMIT 1")  # noqa: S608
    return AuditRow(*row) if row else None


def has_head(rows: Rows, head: str) -> bool | None:
    """Return whether the chain has the row that was printed as ``head``; ``None`` if the chain is shorter."""
    n = int(head.partition("/")[0])
    end = last(rows)
    if end is None or n > end.n:
        return None
    row = one(rows, "SELECT mac FROM audit WHERE n = ?", (n,))
    return row is not None and f"{n}/{bytes(row[0]).hex()[:_HEAD_DIGITS]}" == head


def restored_before(rows: Rows, head: str) -> int | None:
    """Return when a backup was restored, as a row at the place of ``head`` or before it says; ``None`` if never.

    What was written after that backup was made is not in the chain any more, and cannot be looked for in it.
    """
    n = int(head.partition("/")[0])
    row = one(rows, "SELECT MAX(at) FROM audit WHERE event = ? AND n <= ?", (str(Event.RESTORED), n))
    return row[0] if row else None


def all_rows(rows: Rows) -> Iterator[AuditRow]:
    for values in rows.all(f"SELECT {COLUMNS} FROM audit ORDER BY n"):  # noqa: S608
        yield AuditRow(*values)


class Chain:
    """A chain as far as it was checked, from its first key on."""

    def __init__(self, first_key: bytes) -> None:
        self._key, self._chained, self._count = first_key, b"", 0

    def check_on(self, rows: Rows) -> list[AuditRow]:
        """Check the rows since the last time, up to the current key; return them.

        Raise ``Broken`` with the first fault; then they count as not checked.
        """
        key, chained, checked = self._key, self._chained, []
        if self._count and not self._has_last(rows):
            raise Broken(f"The audit trail does not hold: row {self._count} was changed.")
        for expected, row in enumerate(self._rows(rows), self._count + 1):
            if row.n != expected:
                raise Broken(f"The audit trail does not hold: row {expected} is missing.")
            try:
                right = hmac.compare_digest(_mac(key, chained, row), bytes(row.mac))
            except (TypeError, ValueError, OverflowError, AttributeError):  # It holds what no program writes there.
                right = False
            if not right:
                raise Broken(f"The audit trail does not hold: row {row.n} was changed.")
            key, chained = _next(key), row.mac
            checked.append(row)
        row_of_key = one(rows, "SELECT value FROM meta WHERE name = ?", (KEY_NAME,))
        if row_of_key is None or not hmac.compare_digest(bytes(row_of_key[0]), key):
            raise Broken("The audit trail does not hold: rows at its end were removed.")
        self._key, self._chained, self._count = key, chained, self._count + len(checked)
        return checked

    def _has_last(self, rows: Rows) -> bool:
        # The key tells how many rows there are, and not whether these are still the ones that were checked.
        row = one(rows, "SELECT mac FROM audit WHERE n = ?", (self._count,))
        return row is not None and bool(row[0] == self._chained)

    def _rows(self, rows: Rows) -> Iterator[AuditRow]:
        if not self._count:
            return all_rows(rows)
        select = f"SELECT {COLUMNS} FROM audit WHERE n > ? ORDER BY n"  # noqa: S608
        return (AuditRow(*values) for values in rows.all(select, (self._count,)))


def check(rows: Rows, first_key: bytes) -> list[AuditRow]:
    """Check the chain from its first key to the current one; return its rows. Raise ``Broken`` with the first fault."""
    return Chain(first_key).check_on(rows)


def _mac(key: bytes, chained: bytes, row: AuditRow) -> bytes:
    return hmac.digest(key, row.framed(chained), "sha256")


def _next(key: bytes) -> bytes:
    return hashlib.sha256(b"screener audit, next key" + key).digest()
