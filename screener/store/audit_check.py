"""Check an audit trail, and the store against it."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from screener.store.audit import Broken, check
from screener.store.audit_entry import open_entries
from screener.store.audit_rules import CheckedTrail, check_rules
from screener.store.clinic import Clinic, read_clinic
from screener.store.clinic_keys import ClinicKeys
from screener.store.crypto import Unreadable
from screener.store.database import Rows
from screener.store.decoding import as_bytes
from screener.store.door_code import list_digest
from screener.store.key_exchange import signing_keys
from screener.store.members import read_key_slot, staff_names
from screener.store.person import digest_of_person
from screener.store.response_row import COMPLETED, digest_of
from screener.store.written_digests import WrittenDigests


def check_whole_trail(rows: Rows, first_key: bytes, clinic: Clinic | None, keys: ClinicKeys, now: int) -> CheckedTrail:
    """Check the chain of an audit trail, who wrote its rows, and the store against it; return what it is believed for.

    Raise ``Broken`` with the first fault.
    """
    chain = check(rows, first_key)
    opened = open_entries(chain, keys.unseal)
    checked = check_rules(rows, chain, opened, signing_keys(rows, clinic) if clinic else (), now)
    _check_against_store(rows, checked, keys)
    return checked


def _check_against_store(rows: Rows, checked: CheckedTrail, keys: ClinicKeys) -> None:
    """Compare a store with its audit trail, whose rows were checked. Raise ``Broken`` with the first fault.

    ``keys`` tell whether the day of a person, by which they are purged, is the one that staff sealed with them.
    """
    written = WrittenDigests()
    for row in checked.rows:
        written.follow(row)
    present = read_clinic(rows)
    if present is None or present.digest != written.clinic:
        raise Broken("The audit trail does not hold: the name, the region, the days or the keys of the clinic changed.")
    if written.door_codes != list_digest(rows):
        raise Broken("The audit trail does not hold: the door codes of the staff were changed.")
    if checked.unsigned < len(checked.rows):
        for name in {*written.slots, *staff_names(rows)}:
            key_slot = read_key_slot(rows, name)
            if key_slot is None or key_slot.digest != written.slots.get(name):
                raise Broken(f"The audit trail does not hold: the passphrase or the role of {name} was changed.")
    for identity, digest in written.finished.items():
        if digest_of(rows, identity) != digest:
            raise _changed(identity)
    for (identity,) in rows.all("SELECT id FROM response WHERE state = ?", (COMPLETED,)):
        if identity not in written.finished:
            raise _changed(identity)
    # Responses without keys were begun before the clinic was set up; they belong to the person alone.
    of_clinic = {identity for (identity,) in rows.all("SELECT id FROM response WHERE keys <> ?", (b"",))}
    for identity in of_clinic ^ written.opened:
        raise _changed(identity)
    if _annotations(rows) != written.annotations:
        raise Broken("The audit trail does not hold: something that staff noted was changed, added or removed.")
    present_people: dict[str, bytes] = {}
    for identity, day, sealed in rows.all("SELECT id, day, sealed FROM person"):
        present_people[identity] = b""
        with suppress(Unreadable):
            keys.unseal_person(identity, day, sealed)
            present_people[identity] = digest_of_person(sealed)
    if present_people != written.people:
        raise Broken("The audit trail does not hold: a person whom the clinic expects was changed, added or removed.")


def _annotations(rows: Rows) -> dict[str, dict[int, bytes]]:
    annotations: dict[str, dict[int, bytes]] = {}
    for response, n, sealed in rows.all("SELECT response, n, sealed FROM remark"):
        annotations.setdefault(response, {})[n] = hashlib.sha256(as_bytes(sealed)).digest()
    return annotations


def _changed(response: str) -> Broken:
    return Broken(f"The audit trail does not hold: the response {response[:8]} was changed, replaced or removed.")
