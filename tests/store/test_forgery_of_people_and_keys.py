"""The same forger, who also has the clinic's key from before its exchange, and goes for people, links, codes and keys.

What nobody can name stands at the end, with what it leads to, and in docs/security.md.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from screener.errors import ScreenerError
from screener.store.annotation import BLOCK, seal_block
from screener.store.appointment_code import new_ticket, ticket_key
from screener.store.appointments import issue_code
from screener.store.audit import Event
from screener.store.audit_entry import seal_entry
from screener.store.clinic import put_clinic
from screener.store.clinic_keys import put_keys_before
from screener.store.crypto import derive_key, new_key, new_pair
from screener.store.database import put_value
from screener.store.door_code import LIST_NAME, DoorCode, DoorCodes, put_door_codes
from screener.store.door_code_change import set_door_code
from screener.store.key_exchange import put_exchange
from screener.store.linking import link_by_name
from screener.store.members import put_secret_of_member, read_key_slot
from screener.store.people import change_person, read_people
from screener.store.person import Person, digest_of_person, person_key, put_person, remove_person, seal_person
from screener.store.recording import open_finished
from screener.store.response_row import remove
from screener.store.rotation import rotate_key
from screener.store.sealing_anew import seal_anew
from screener.store.signature import clinic_signer, fingerprint, new_signer
from screener.store.staff_store import StaffStore
from tests.store.conftest import Backend
from tests.store.making import QUICK, STAFF, Clock, a_clinic, a_record, an_identity, an_urgent_record, unlocked
from tests.store.people import ASKED, answered, by_code, entered
from tests.store.test_forgery import OTHER, Forger


@dataclass
class PeopleForger(Forger):
    """``fresh`` is linked to ``person``; ``secret`` is the clinic's key before its exchange."""

    person: Person
    secret: bytes
    code: str
    rows_before: dict[str, list[tuple[Any, ...]]]
    """What some tables held before the exchange, and before the person was changed."""

    def day(self) -> int:
        with self.database.reading() as rows:
            (day,) = rows.all("SELECT day FROM person WHERE id = ?", (self.person.id,))[0]
        return int(day)

    def put_person(self, person: Person, key: bytes, *events: Event, by_key_before: bool = False) -> None:
        """Write the row of a person, and rows of the trail as if staff had done it."""
        day = self.day()
        sealed = seal_person(person, day, key)
        self.rows(lambda rows: put_person(rows, person.id, day, sealed))
        staff = clinic_signer(self.secret) if by_key_before else new_signer()
        for event in events:
            entry = seal_entry(self.clinic().public, event, person.id, digest_of_person(sealed))
            self.append(Event.SEALED, digest=entry, by=STAFF, signers=(staff, an_identity("desk").signer))

    def correct(self) -> None:
        """Staff correct ``fresh``."""
        finished, record = open_finished(self.unlock(), self.fresh, self.person, ASKED)
        finished.save(replace(record, history=a_record(4).history))

    def days_pass(self, days: int) -> None:
        """Somebody unlocks the store every five days."""
        for _ in range(0, days, 5):
            self.clock.now += datetime.timedelta(days=5)
            self.unlock()

    def put_back(self, table: str) -> None:
        self.run(f"DELETE FROM {table}")
        for row in self.rows_before[table]:
            self.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", *row)


_TABLES = ("person", "remark", "response", "appointment_code", "member")


@pytest.fixture
def forger(backend: Backend) -> PeopleForger:
    database = backend.connect()
    store, _ = a_clinic(database)
    assert isinstance(store.now, Clock)
    staff_store = unlocked(store)
    staff_store.admit(OTHER, "another goose altogether")
    person, appointment = entered(staff_store)
    fresh = answered(store)
    code, _until = issue_code(staff_store, appointment.id)
    with database.reading() as rows:
        before = {table: rows.all(f"SELECT * FROM {table}") for table in _TABLES}
    link_by_name(staff_store, fresh.id, person)
    shown = read_people(staff_store)[person.id]
    change_person(staff_store, replace(shown, year_of_birth=1978), shown)
    rotated = rotate_key(staff_store)
    seal_anew(rotated)
    forger = PeopleForger(
        database, store.now, fresh.id, "", {}, read_people(rotated)[person.id], staff_store.secret, code, before
    )
    forger.unlock().check_audit()
    return forger


def a_person_removed(forger: PeopleForger) -> None:
    forger.rows(lambda rows: remove_person(rows, forger.person.id))


def a_person_removed_and_said_to_be_purged(forger: PeopleForger) -> None:
    forger.rows(lambda rows: remove_person(rows, forger.person.id))
    forger.append(Event.PERSON_PURGED, forger.person.id)


def a_person_purged_in_a_year_that_has_not_come(forger: PeopleForger) -> None:
    forger.rows(lambda rows: remove_person(rows, forger.person.id))
    forger.append(Event.PERSON_PURGED, forger.person.id, days=400)


def a_person_removed_and_said_to_be_erased(forger: PeopleForger) -> None:
    forger.rows(lambda rows: remove_person(rows, forger.person.id))
    forger.append(Event.PERSON_ERASED, forger.person.id, b"asked", by=STAFF)


def a_person_put_back_to_what_was_kept_before(forger: PeopleForger) -> None:
    forger.put_back("person")


def a_person_put_back_and_listed_to_be_sealed_anew(forger: PeopleForger) -> None:
    forger.put_back("person")
    forger.list_to_be_sealed_anew(forger.person.id)


def a_person_invented_and_listed_to_be_sealed_anew(forger: PeopleForger) -> None:
    forger.put_person(replace(forger.person, id="1" * 32), person_key(forger.secret))
    forger.list_to_be_sealed_anew("1" * 32)


def a_correction_put_back_and_listed_to_be_sealed_anew(forger: PeopleForger) -> None:
    """The trail says in the clear that the row before was finished, and sealed that it was corrected."""
    with forger.database.reading() as rows:
        before = rows.all("SELECT * FROM response WHERE id = ?", (forger.fresh,))[0]
    forger.correct()
    forger.put(before)
    forger.list_to_be_sealed_anew(forger.fresh)


def a_response_that_was_just_corrected_removed_and_said_to_be_purged(forger: PeopleForger) -> None:
    """It was finished longer ago than the retention says."""
    forger.days_pass(40)
    forger.correct()
    forger.rows(lambda rows: remove(rows, forger.fresh))
    forger.append(Event.PURGED, forger.fresh)


def finished_once_more_after_a_correction(forger: PeopleForger) -> None:
    forger.correct()
    forger.append(Event.FINISHED, forger.fresh, forger.digest(forger.fresh))


def a_person_made_older_than_they_are(forger: PeopleForger) -> None:
    forger.run("UPDATE person SET day = day - 400")


def a_person_invented_with_the_key_before(forger: PeopleForger) -> None:
    invented = replace(forger.person, id="1" * 32, reference="MM-1")
    forger.put_person(invented, person_key(forger.secret), Event.PERSON_ADDED, by_key_before=True)


def a_name_changed_with_the_key_before(forger: PeopleForger) -> None:
    changed = replace(forger.person, name="Somebody Else")
    forger.put_person(changed, person_key(forger.secret), Event.PERSON_CHANGED, by_key_before=True)


def an_appointment_that_nobody_entered(forger: PeopleForger) -> None:
    (appointment,) = forger.person.appointments
    more = (appointment, replace(appointment, id="2" * 32, day=appointment.day + datetime.timedelta(days=1)))
    changed = replace(forger.person, appointments=more)
    forger.put_person(changed, person_key(forger.secret), Event.APPOINTMENT_ENTERED)


def a_link_undone_by_putting_back_the_notes(forger: PeopleForger) -> None:
    forger.put_back("remark")


def a_link_that_nobody_made(forger: PeopleForger) -> None:
    """Sealed with the key of a response of the forger's own, as a terminal has it."""
    response = forger.store().begin(a_record(1))
    sealed = seal_block(response.id, response.key, ())
    forger.run("UPDATE remark SET sealed = ? WHERE response = ? AND n = ?", sealed, response.id, BLOCK)
    entry = seal_entry(forger.clinic().public, Event.LINKED, response.id, b"")
    signers = (clinic_signer(forger.secret), an_identity("desk").signer)
    forger.append(Event.SEALED, digest=entry, by=STAFF, signers=signers)


def what_staff_never_did_signed_with_the_key_before(forger: PeopleForger) -> None:
    signers = (clinic_signer(forger.secret), an_identity("desk").signer)
    forger.append(
        Event.SEALED,
        digest=seal_entry(forger.clinic().public, Event.VIEWED, forger.fresh, b""),
        by=OTHER,
        signers=signers,
    )


def a_member_of_staff_signed_with_the_key_before(forger: PeopleForger) -> None:
    signers = (clinic_signer(forger.secret), an_identity("desk").signer)
    forger.append(Event.STAFF_ADDED, "Mallory", b"x" * 32, by=STAFF, signers=signers)


def a_response_sealed_to_the_key_before_again(forger: PeopleForger) -> None:
    (keys,) = [row[4] for row in forger.rows_before["response"] if row[0] == forger.fresh]
    forger.run("UPDATE response SET keys = ? WHERE id = ?", keys, forger.fresh)


def the_clinics_key_put_back(forger: PeopleForger) -> None:
    clinic = replace(forger.clinic(), serial=2).signed(forger.secret)
    forger.rows(lambda rows: put_clinic(rows, clinic, forger.secret))


def the_clinics_key_exchanged_once_more_with_the_key_before(forger: PeopleForger) -> None:
    stranger, _public = new_pair()
    clinic = replace(forger.clinic(), serial=2).signed(stranger)

    def exchange(rows: Any) -> None:
        put_clinic(rows, clinic, stranger)
        put_exchange(rows, clinic_signer(forger.secret), clinic_signer(stranger), 2)
        put_keys_before(rows, stranger, (forger.secret,))
        for name in (STAFF, OTHER):
            slot = read_key_slot(rows, name)
            assert slot
            put_secret_of_member(rows, slot, stranger)

    forger.rows(exchange)
    signers = (clinic_signer(forger.secret), clinic_signer(stranger), an_identity("desk").signer)
    forger.append(Event.KEY_EXCHANGED, "30", clinic.digest, by=STAFF, signers=signers)


def the_exchange_of_the_key_removed(forger: PeopleForger) -> None:
    forger.run("DELETE FROM meta WHERE name LIKE ?", "clinic key exchange%")


def the_signature_of_the_new_key_on_its_exchange_removed(forger: PeopleForger) -> None:
    """Of the first of two, so that nobody is asked for it at the unlock."""
    n, signing = forger.last(Event.KEY_EXCHANGED).n, forger.clinic().signing
    rotate_key(forger.unlock())
    forger.run("DELETE FROM signature WHERE n = ? AND signer = ?", n, fingerprint(signing))


def the_exchange_of_the_key_told_twice(forger: PeopleForger) -> None:
    forger.append(Event.KEY_EXCHANGED, "30", forger.clinic().digest, by=STAFF)


def the_keys_before_removed(forger: PeopleForger) -> None:
    """So that nobody can read any more what staff did before the exchange."""
    forger.run("DELETE FROM meta WHERE name = ?", "clinic keys before")


def the_keys_before_exchanged(forger: PeopleForger) -> None:
    forger.rows(lambda rows: put_value(rows, "clinic keys before", json.dumps([new_key().hex()]).encode()))


def a_door_code_of_the_forgers_own(forger: PeopleForger) -> None:
    code = DoorCode(OTHER, b"s" * 16, QUICK, derive_key("kettle47", b"s" * 16, QUICK))
    forger.rows(lambda rows: put_door_codes(rows, DoorCodes(0, (code,)), clinic_signer(forger.secret), 2**40))
    signers = (clinic_signer(forger.secret), an_identity("desk").signer)
    forger.append(Event.DOOR_CODE_SET, OTHER, b"x" * 32, by=OTHER, signers=signers)


def an_older_list_of_door_codes_put_back_and_carried_over(forger: PeopleForger) -> None:
    """By the next exchange of the clinic's key, so that terminals take it."""
    staff_store = forger.unlock()
    set_door_code(staff_store, "kettle47")
    with forger.database.reading() as rows:
        older = rows.all("SELECT value FROM meta WHERE name = ?", (LIST_NAME,))[0][0]
    set_door_code(staff_store, "saucer58")
    forger.rows(lambda rows: put_value(rows, LIST_NAME, older))
    rotate_key(staff_store)


def a_member_led_to_the_key_before(forger: PeopleForger) -> None:
    forger.put_back("member")


FORGERIES = (
    a_person_removed,
    a_person_removed_and_said_to_be_purged,
    a_person_purged_in_a_year_that_has_not_come,
    a_person_removed_and_said_to_be_erased,
    a_person_put_back_to_what_was_kept_before,
    a_person_put_back_and_listed_to_be_sealed_anew,
    a_person_invented_and_listed_to_be_sealed_anew,
    a_correction_put_back_and_listed_to_be_sealed_anew,
    a_response_that_was_just_corrected_removed_and_said_to_be_purged,
    finished_once_more_after_a_correction,
    a_person_made_older_than_they_are,
    a_person_invented_with_the_key_before,
    a_name_changed_with_the_key_before,
    an_appointment_that_nobody_entered,
    a_link_undone_by_putting_back_the_notes,
    a_link_that_nobody_made,
    what_staff_never_did_signed_with_the_key_before,
    a_member_of_staff_signed_with_the_key_before,
    a_response_sealed_to_the_key_before_again,
    the_clinics_key_put_back,
    the_clinics_key_exchanged_once_more_with_the_key_before,
    the_exchange_of_the_key_removed,
    the_signature_of_the_new_key_on_its_exchange_removed,
    the_exchange_of_the_key_told_twice,
    the_keys_before_removed,
    the_keys_before_exchanged,
    a_door_code_of_the_forgers_own,
    an_older_list_of_door_codes_put_back_and_carried_over,
    a_member_led_to_the_key_before,
)


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__)
def test_each_forgery_is_named_or_nobody_gets_in(forger: PeopleForger, forgery: Callable[[PeopleForger], None]) -> None:
    forgery(forger)
    with pytest.raises(ScreenerError, match=r"exchanged|audit trail|who may unlock"):
        forger.unlock().check_trail()


# What cannot be named


def listed_link(staff_store: StaffStore, response: str) -> object:
    return next(each.link for each in staff_store.responses() if each.id == response)


def test_with_the_key_before_somebody_can_link_an_answer_of_their_own(forger: PeopleForger) -> None:
    """To a person whose id they know from an older copy. Staff undo it; a stranger's ticket links to nobody."""
    (appointment,) = forger.person.appointments
    for key, links in ((ticket_key(forger.secret), True), (ticket_key(new_key()), False)):
        ticket = new_ticket(forger.person.id, appointment.id, key)
        response = forger.store().begin(a_record(1, ticket=ticket))
        staff_store = forger.unlock()
        assert (listed_link(staff_store, response.id) is not None) == links
        staff_store.check_audit()


def test_a_code_that_was_used_can_be_put_back_until_it_expires(forger: PeopleForger) -> None:
    by_code(forger.store(), forger.code)
    forger.put_back("appointment_code")
    by_code(forger.store(), forger.code)
    forger.unlock().check_audit()


def test_the_row_of_an_alarm_can_be_removed_and_an_open_console_still_sees_who_is_urgent(
    forger: PeopleForger,
) -> None:
    urgent = forger.store().begin(an_urgent_record(1))
    forger.run("DELETE FROM alarm WHERE response = ?", urgent.id)
    staff_store = forger.unlock()
    assert [listed.id for listed in staff_store.responses() if listed.urgent] == [urgent.id]
    staff_store.check_audit()
