"""Check the store against its audit trail."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from screener.store.annotation import BLOCK
from screener.store.audit import Broken, Event
from screener.store.audit_rules import ABOUT_PEOPLE, CLINIC_EVENTS, STAFF_EVENTS, CheckedTrail
from screener.store.clinic import read_clinic
from screener.store.clinic_keys import ClinicKeys
from screener.store.crypto import Unreadable
from screener.store.database import Rows
from screener.store.decoding import as_bytes
from screener.store.door_code import list_digest
from screener.store.members import read_key_slot, staff_names
from screener.store.person import digest_of_person
from screener.store.response_row import COMPLETED, digest_of


def check_against_store(rows: Rows, checked: CheckedTrail, keys: ClinicKeys) -> None:
    """Compare a store with its audit trail, whose rows were checked. Raise ``Broken`` with the first fault.

    ``keys`` tell whether the day of a person, by which they are purged, is the one that staff sealed with them.
    """
    slots: dict[str, bytes] = {}
    opened: set[str] = set()
    finished: dict[str, bytes] = {}
    annotations: dict[str, dict[int, bytes]] = {}
    people: dict[str, bytes] = {}
    clinic = door_codes = b""
    for row in checked.rows:
        if row.event in CLINIC_EVENTS:
            clinic = row.digest
        if row.event in STAFF_EVENTS:
            slots[row.subject] = row.digest
        match row.event:
            case Event.DOOR_CODE_SET | Event.DOOR_CODE_REMOVED | Event.DOOR_CODES_CARRIED:
                door_codes = row.digest
            case Event.STAFF_REVOKED:
                slots.pop(row.subject)
            case Event.OPENED:
                opened.add(row.subject)
                if row.digest:
                    annotations[row.subject] = {BLOCK: row.digest}
            case Event.FINISHED | Event.CORRECTED | Event.SEALED_ANEW:
                finished[row.subject] = row.digest
            case Event.REMARKED:
                digests = annotations.setdefault(row.subject, {})
                digests[sum(n != BLOCK for n in digests) + 1] = row.digest
            case Event.SEEN_TO | Event.MARKED_READ | Event.NOTED | Event.NAMED | Event.LINKED | Event.UNLINKED:
                annotations.setdefault(row.subject, {})[BLOCK] = row.digest
            case Event.PURGED | Event.ERASED:
                opened.discard(row.subject)
                finished.pop(row.subject, None)
                annotations.pop(row.subject, None)
            case Event.PERSON_PURGED | Event.PERSON_ERASED:
                people.pop(row.subject, None)
        if row.event in ABOUT_PEOPLE:
            people[row.subject] = row.digest
    present = read_clinic(rows)
    if present is None or present.digest != clinic:
        raise Broken("The audit trail does not hold: the name, the region, the days or the keys of the clinic changed.")
    if door_codes != list_digest(rows):
        raise Broken("The audit trail does not hold: the door codes of the staff were changed.")
    if checked.unsigned < len(checked.rows):
        for name in {*slots, *staff_names(rows)}:
            key_slot = read_key_slot(rows, name)
            if key_slot is None or key_slot.digest != slots.get(name):
                raise Broken(f"The audit trail does not hold: the passphrase or the role of {name} was changed.")
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
    present_people: dict[str, bytes] = {}
    for identity, day, sealed in rows.all("SELECT id, day, sealed FROM person"):
        present_people[identity] = b""
        with suppress(Unreadable):
            keys.unseal_person(identity, day, sealed)
            present_people[identity] = digest_of_person(sealed)
    if present_people != people:
        raise Broken("The audit trail does not hold: a person whom the clinic expects was changed, added or removed.")


def _annotations(rows: Rows) -> dict[str, dict[int, bytes]]:
    annotations: dict[str, dict[int, bytes]] = {}
    for response, n, sealed in rows.all("SELECT response, n, sealed FROM remark"):
        annotations.setdefault(response, {})[n] = hashlib.sha256(as_bytes(sealed)).digest()
    return annotations


def _changed(response: str) -> Broken:
    return Broken(f"The audit trail does not hold: the response {response[:8]} was changed, replaced or removed.")
