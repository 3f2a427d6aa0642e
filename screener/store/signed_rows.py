"""The rows of an audit trail that the staff of the clinic signed."""

from __future__ import annotations

from collections.abc import Sequence

from screener.store.audit import COLUMNS, AuditRow, Event, all_rows
from screener.store.database import Rows, one
from screener.store.signature import fingerprint, holds


def last_signed(
    rows: Rows, events: Sequence[Event], subject: str | None, clinic_key: bytes, signed: bool
) -> bytes | None:
    """Return the digest of the last row of these events; of one ``subject``, where one is named.

    ``None`` where there is no such row, or where the store is ``signed`` and the staff did not sign it.
    """
    # One statement for up to four events, the first of which stands for those that are not there.
    four_events = (*events, *[events[0]] * (4 - len(events)))
    row = one(
        rows,
        f"SELECT {COLUMNS} FROM audit WHERE event IN (?, ?, ?, ?) AND (? OR subject = ?) ORDER BY n DESC LIMIT 1",  # noqa: S608
        (*map(str, four_events), subject is None, subject or ""),
    )
    if row is None:
        return None
    last = AuditRow(*row)
    if signed:
        before = one(rows, "SELECT mac FROM audit WHERE n = ?", (last.n - 1,))
        chained = bytes(before[0]) if before else b""
        signature = one(
            rows, "SELECT signed FROM signature WHERE n = ? AND signer = ?", (last.n, fingerprint(clinic_key))
        )
        if signature is None or not holds(clinic_key, last.signed_text(chained), bytes(signature[0])):
            return None
    return bytes(last.digest)


def staff_rows(rows: Rows, clinic_keys: Sequence[bytes]) -> list[AuditRow]:
    """Return the rows that the staff signed and nobody changed since, in their order.

    ``clinic_keys`` are those with which the staff have signed, the oldest first.
    """
    select = "SELECT n, signed FROM signature WHERE signer = ?"
    signed = [dict(rows.all(select, (fingerprint(key),))) for key in clinic_keys]
    by_staff, chained, era = [], b"", 0
    for row in all_rows(rows):
        if row.n in signed[era] and holds(clinic_keys[era], row.signed_text(chained), bytes(signed[era][row.n])):
            by_staff.append(row)
            # What the staff signed with a key that was exchanged afterwards, somebody who was revoked may have signed.
            era += row.event == Event.KEY_EXCHANGED and era + 1 < len(clinic_keys)
        chained = bytes(row.mac)
    return by_staff
