"""Sealing anew: what is sealed to a key that the clinic has exchanged is sealed to the one that took its place.

What is still to do is a list in the store, so that it can be interrupted at any time. Responses that were sealed before
on a terminal, and arrive later, are put on the list by that terminal. Each unlock does a part of it.

Whoever writes the store writes that list too. So nothing is signed that is not as the audit trail says: it stays as it
is, and the audit check names it.
"""

from __future__ import annotations

from contextlib import suppress

from screener.store.alarm_renewal import renew_alarm
from screener.store.audit import Broken, Event
from screener.store.crypto import Unreadable
from screener.store.database import NotSaved, Rows, one, put_value
from screener.store.decoding import as_bytes, decoding
from screener.store.person import digest_of_person, person_key, put_person, seal_person
from screener.store.response_row import COMPLETED, digest_of
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.written_digests import WrittenDigests

AT_ONCE = 200
"""How much is sealed anew in one transaction."""
_UNDER_WAY, _YES = "sealing anew is under way", b"yes"
_BY_THE_WAY = 50
"""How much at an unlock, or when a console sees something new. The database's account of a terminal may do none."""


def is_sealing_anew(store: Store) -> bool:
    """Return whether not everything is sealed to the clinic's keys of now."""
    with store.database.reading() as rows:
        return one(rows, "SELECT 1 FROM sealed_before LIMIT 1") is not None


def was_interrupted(store: Store) -> bool:
    """Return whether a key was exchanged and not everything that there was then is sealed anew.

    What arrives later from the outbox of a terminal does not count.
    """
    with store.database.reading() as rows:
        row = one(rows, "SELECT value FROM meta WHERE name = ?", (_UNDER_WAY,))
    return row is not None and bytes(row[0]) == _YES


def list_everything(rows: Rows) -> None:
    """Put all responses and people on the list of what has to be sealed anew."""
    put_value(rows, _UNDER_WAY, _YES)
    for select in ("SELECT id FROM response WHERE keys <> ?", "SELECT id FROM person WHERE sealed <> ?"):
        rows.run(f"INSERT INTO sealed_before (id) {select} ON CONFLICT DO NOTHING", (b"",))


def seal_anew(staff_store: StaffStore) -> int:
    """Seal everything on the list to the keys of now; return how many were left as they are.

    They do not open, or they are not as the audit trail says. Raise ``Broken`` where its chain does not hold.
    """
    left_out, done = 0, False
    staff_store.read_trail()
    while not done:
        with staff_store.store.database.writing() as rows:
            staff_store.require_role(rows, "administrator")
            done, left_out_now = seal_some(rows, staff_store, AT_ONCE)
            left_out += left_out_now
    staff_store.store.database.shrink()
    return left_out


def seal_listed(staff_store: StaffStore) -> None:
    """Seal a part of what is on the list, by the way; what cannot be done now is done another time."""
    if is_sealing_anew(staff_store.store):
        with suppress(NotSaved, Broken):
            staff_store.read_trail()
            with staff_store.store.database.writing() as rows:
                seal_some(rows, staff_store, _BY_THE_WAY)


def seal_some(rows: Rows, staff_store: StaffStore, at_once: int) -> tuple[bool, int]:
    """Seal a part of the list anew; return whether it was the last, and how many were left as they are."""
    written = staff_store.written_digests(rows)
    listed = rows.all("SELECT id FROM sealed_before ORDER BY id LIMIT ?", (at_once,))
    left_out = 0
    for (identity,) in listed:
        try:
            _seal_response(rows, staff_store, identity, written)
            _seal_person(rows, staff_store, identity, written)
        except Unreadable:
            left_out += 1
        rows.run("DELETE FROM sealed_before WHERE id = ?", (identity,))
    if len(listed) < at_once:
        put_value(rows, _UNDER_WAY, b"no")
    return len(listed) < at_once, left_out


def _seal_response(rows: Rows, staff_store: StaffStore, identity: str, written: WrittenDigests) -> None:
    row = one(rows, "SELECT keys, state FROM response WHERE id = ?", (identity,))
    clinic = staff_store.store.clinic
    if row is None or clinic is None:
        return
    is_finished = row[1] == COMPLETED or identity in written.finished
    with decoding():
        if is_finished and digest_of(rows, identity) != written.finished.get(identity):
            raise Unreadable("This is not what was finished.")
        key = staff_store.response_key(identity, as_bytes(row[0]))
    rows.run("UPDATE response SET keys = ? WHERE id = ?", (clinic.sealed(key, identity), identity))
    renew_alarm(rows, identity, key)
    if is_finished:
        staff_store.write(rows, Event.SEALED_ANEW, identity, digest_of(rows, identity))


def _seal_person(rows: Rows, staff_store: StaffStore, identity: str, written: WrittenDigests) -> None:
    row = one(rows, "SELECT day, sealed FROM person WHERE id = ?", (identity,))
    if row is None:
        return
    if digest_of_person(row[1]) != written.people.get(identity):
        raise Unreadable("This is not what staff wrote.")
    person = staff_store.keys.unseal_person(identity, *row)
    # Nobody is kept longer for this: the day stays as it is.
    sealed = seal_person(person, row[0], person_key(staff_store.secret))
    put_person(rows, identity, row[0], sealed)
    staff_store.write_sealed(rows, Event.PERSON_SEALED_ANEW, identity, digest_of_person(sealed))
