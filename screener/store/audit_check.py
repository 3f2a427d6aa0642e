"""Check the store against its audit trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from screener.store.audit import AuditRow, Broken, Event
from screener.store.clinic import read_clinic
from screener.store.database import Rows
from screener.store.response_row import COMPLETED, digest_of


def check_against_store(rows: Rows, checked: Iterable[AuditRow]) -> None:
    """Compare a store with its audit trail, whose rows were checked. Raise ``Broken`` with the first fault."""
    opened: set[str] = set()
    finished: dict[str, bytes] = {}
    annotations: dict[str, list[tuple[int, bytes]]] = {}
    clinic = b""
    for row in checked:
        match row.event:
            case Event.FOUNDED:
                clinic = row.digest
            case Event.OPENED:
                opened.add(row.subject)
            case Event.FINISHED:
                finished[row.subject] = row.digest
            case Event.REMARKED:
                digests = annotations.setdefault(row.subject, [])
                digests.append((len(digests) + 1, row.digest))
            case Event.PURGED:
                opened.discard(row.subject)
                finished.pop(row.subject, None)
                annotations.pop(row.subject, None)
    present = read_clinic(rows)
    if present is None or present.digest != clinic:
        raise Broken("The audit trail does not hold: the name, the region, the days or the keys of the clinic changed.")
    for identity, digest in finished.items():
        if digest_of(rows, identity) != digest:
            raise _changed(identity)
    for (identity,) in rows.all("SELECT id FROM response WHERE state = ?", (COMPLETED,)):
        if identity not in finished:
            raise _changed(identity)
    # Responses without keys were begun before the clinic was set up; they belong to the person alone.
    sealed = {identity for (identity,) in rows.all("SELECT id FROM response WHERE keys <> ?", (b"",))}
    for identity in sealed ^ opened:
        raise _changed(identity)
    if _annotations(rows) != annotations:
        raise Broken("The audit trail does not hold: something that staff noted was changed, added or removed.")


def _annotations(rows: Rows) -> dict[str, list[tuple[int, bytes]]]:
    annotations: dict[str, list[tuple[int, bytes]]] = {}
    for response, n, sealed in rows.all("SELECT response, n, sealed FROM remark ORDER BY response, n"):
        annotations.setdefault(response, []).append((n, hashlib.sha256(bytes(sealed)).digest()))
    return annotations


def _changed(response: str) -> Broken:
    return Broken(f"The audit trail does not hold: the response {response[:8]} was changed, replaced or removed.")
