"""The clinic's own key is exchanged: who had the one before reads nothing that comes later, and nothing is lost."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store import rotation, sealing_anew
from screener.store.alarm_entry import read_alarms
from screener.store.appointment_code import Ticket
from screener.store.appointments import issue_code
from screener.store.approval import approve, read_approval
from screener.store.audit import START_NAME, Broken, Event
from screener.store.backup import back_up, restore
from screener.store.clinic import audit_start, audit_start_sealed, for_staff, key_associated_data, put_clinic
from screener.store.clinic_change import change_clinic
from screener.store.clinic_keys import ClinicKeys
from screener.store.crypto import Unreadable, new_pair, opener
from screener.store.database import TABLES, NotSaved, put_value
from screener.store.door_code import DoorCode, DoorCodes, put_door_codes
from screener.store.door_code_change import set_door_code
from screener.store.key_check import check_with_passphrase, check_with_recovery_key
from screener.store.key_exchange import put_exchange
from screener.store.members import Revoked
from screener.store.people import read_people
from screener.store.recovery import admit_with_recovery_key, new_recovery_pair, renew_recovery_key
from screener.store.recovery_key import parse_recovery_key
from screener.store.removal import erase, erase_person
from screener.store.retention import purge
from screener.store.rotation import rotate_key
from screener.store.sealing_anew import is_sealing_anew, seal_anew, seal_some
from screener.store.signature import clinic_signer
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.terminal_door import TerminalDoor
from screener.store.unlock import unlock
from screener.store.upgrade import upgrade
from tests.store.conftest import Backend
from tests.store.making import (
    PASSPHRASE,
    QUICK,
    STAFF,
    a_clinic,
    a_record,
    a_store,
    an_urgent_record,
    linked_person,
    unlocked,
)
from tests.store.people import ASKED, answered, by_code, clock_of, entered
from tests.store.test_upgrade import by_alex, of_format_1

OTHER, OTHERS_PASSPHRASE = "Sam", "another goose altogether"


def opened_with(secret: bytes, store: Store) -> list[str]:
    """The responses whose keys a secret key of the clinic opens."""
    unseal, ids = opener(secret), []
    with store.database.reading() as rows:
        for identity, keys in rows.all("SELECT id, keys FROM response"):
            try:
                unseal(for_staff(bytes(keys)), key_associated_data(identity))
            except Unreadable:
                continue
            ids.append(identity)
    return sorted(ids)


def test_whoever_had_the_key_before_reads_nothing_that_comes_later(backend: Backend) -> None:
    """Nor what was there before, from a later copy. Everybody else comes in as ever, and everything opens."""
    store, paper = a_clinic(backend.connect())
    staff_store = unlocked(store)
    staff_store.admit(OTHER, OTHERS_PASSPHRASE)
    responses = [store.begin(a_record(number)) for number in range(1, 4)]
    responses[0].finish(a_record(5))
    staff_store.annotate(responses[0].id, "note", "was called back")
    before = staff_store.secret
    rotated = rotate_key(staff_store)
    assert seal_anew(rotated) == 0
    later = store.begin(a_record(2))
    responses[1].finish(a_record(6))
    assert opened_with(before, store) == []
    for name, passphrase in ((STAFF, PASSPHRASE), (OTHER, OTHERS_PASSPHRASE)):
        again = unlock(a_store(backend.connect()), name, passphrase)
        assert again.secret != before
        assert len(again.read(later.id).history) == 2
        assert [note.text for listed in again.responses() for note in listed.annotations] == ["was called back"]
    assert check_with_recovery_key(store, parse_recovery_key(paper)).closed == 0
    assert check_with_passphrase(store, STAFF, PASSPHRASE).closed == 0
    events = [row.event for row in again.check_audit()]
    assert events.count(Event.KEY_EXCHANGED) == 1
    assert Event.NOTED in events, "what was sealed in the trail before is still told"
    admit_with_recovery_key(store, parse_recovery_key(paper), "Kim", "nine small brown wrens")


def test_a_rehearsal_tries_everything_and_changes_nothing(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    store.begin(a_record(1)).finish(a_record(2))
    entered(staff_store)
    head, clinic = store.head(), store.clinic
    assert rotate_key(staff_store, rehearse=True).secret == staff_store.secret
    assert (store.head(), store.clinic, a_store(backend.connect()).clinic) == (head, clinic, clinic)
    assert not is_sealing_anew(store)
    assert len(opened_with(staff_store.secret, store)) == 1
    staff_store.check_audit()


def test_it_can_be_interrupted_and_goes_on_also_at_every_unlock(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In between everything opens, and the audit trail holds."""
    store, paper = a_clinic(backend.connect())
    staff_store = unlocked(store)
    for number in range(5):
        store.begin(a_record(number)).finish(a_record(number + 1))
    entered(staff_store)
    before = staff_store.secret
    rotated = rotate_key(staff_store)
    with store.database.writing() as rows:
        assert seal_some(rows, rotated, 2) == (False, 0)
    assert len(opened_with(before, store)) in (3, 4), "one of the two may be the person"
    rotated.check_audit()
    assert check_with_recovery_key(store, parse_recovery_key(paper)).closed == 0
    assert len(unlocked(store).responses()) == 5
    assert opened_with(before, store) == [], "an unlock went on with it"
    assert not is_sealing_anew(store)
    monkeypatch.setattr(sealing_anew, "AT_ONCE", 2)
    again = rotate_key(unlocked(store))
    assert seal_anew(again) == 0
    again.check_audit()


def test_a_console_that_was_open_asks_for_the_passphrase_once_more(backend: Backend) -> None:
    """It neither goes on reading nor signs with the key before, nor puts that key back."""
    store, _ = a_clinic(backend.connect())
    response = store.begin(an_urgent_record(1))
    console = unlock(a_store(backend.connect(), terminal="console"), STAFF, PASSPHRASE)
    rotate_key(unlocked(store))
    doings: tuple[Callable[[StaffStore], object], ...] = (
        StaffStore.stamp,
        lambda open_console: open_console.read(response.id),
        lambda open_console: open_console.annotate(response.id, "acknowledged", "in-danger"),
        lambda open_console: open_console.admit("Mallory", OTHERS_PASSPHRASE),
        lambda open_console: entered(open_console),
        lambda open_console: change_clinic(open_console, region="wales"),
        lambda open_console: renew_recovery_key(open_console, new_recovery_pair()[1]),
        rotate_key,
        seal_anew,
        lambda open_console: approve(open_console, "a" * 64, "Alex, on Monday"),
        lambda open_console: set_door_code(open_console, "kettle47"),
        lambda open_console: erase(open_console, response.id, "asked"),
        lambda open_console: open_console.revoke(STAFF),
        StaffStore.responses,
    )
    for doing in doings:
        with pytest.raises(Revoked, match="exchanged"):
            doing(console)
    again = unlocked(console.store)
    again.annotate(response.id, "acknowledged", "in-danger")
    again.check_audit()


def test_locked_consoles_hear_every_alarm_from_before_and_after(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    urgent, calm = store.begin(an_urgent_record(1)), store.begin(a_record(1))
    rotated = rotate_key(unlocked(store))
    later = store.begin(an_urgent_record(1))

    def rung(staff_store: StaffStore) -> list[tuple[str, str | None]]:
        unseals = [opener(key) for key in staff_store.keys.alarm_keys]
        with store.database.reading() as rows:
            per_key = [read_alarms(rows, (urgent.id, calm.id, later.id), unseal) for unseal in unseals]
        assert all(alarms.keys() == {urgent.id, calm.id, later.id} for alarms in per_key)
        return sorted((response, alarm.kind) for response, alarm in per_key[0].items() if alarm)

    seal_anew(rotated)
    assert rung(rotated) == sorted([(urgent.id, "urgent"), (later.id, "urgent")])


def test_people_links_codes_and_signatures_of_content_stay(backend: Backend) -> None:
    """A code that was issued before links afterwards, and nobody is kept longer."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    approve(staff_store, "a" * 64, "Alex, on Monday")
    person, appointment = entered(staff_store, time=datetime.time(23))
    linked = answered(store, by_code(store, issue_code(staff_store, appointment.id)[0]))
    code, _until = issue_code(staff_store, appointment.id)
    with store.database.reading() as rows:
        days = rows.all("SELECT id, day FROM person")
    before = staff_store.secret
    rotated = rotate_key(staff_store)
    assert read_people(rotated)[person.id].name == person.name
    seal_anew(rotated)
    again = unlocked(store)
    assert read_people(again)[person.id] == read_people(rotated)[person.id]
    with store.database.reading() as rows:
        assert read_people(StaffStore(store, STAFF, before), rows) == {}, "the key before does not open them any more"
    ticket = store.by_code(code, ASKED)
    assert isinstance(ticket, Ticket)
    late = answered(store, ticket)
    assert [linked_person(again, each.id) for each in (linked, late)] == [person.id] * 2
    with store.database.reading() as rows:
        assert rows.all("SELECT id, day FROM person") == days
        assert store.clinic
        approval = read_approval(rows, store.clinic, "a" * 64)
    assert approval
    assert approval.by == STAFF
    again.check_audit()


def test_after_a_rotation_a_purge_removes_what_is_due_and_nothing_else(backend: Backend) -> None:
    """Sealing anew makes nothing younger, and the staff's rows before it still date what was written then."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    entered(staff_store)
    store.begin(a_record(1)).finish(a_record(2))
    clock = clock_of(store)

    def days_pass(days: int) -> None:
        for _day in range(0, days, 5):
            clock.now += datetime.timedelta(days=5)
            unlocked(store)

    days_pass(20)
    recent = store.begin(a_record(1))
    seal_anew(rotate_key(unlocked(store)))
    days_pass(15)
    due, _clean = purge(store)
    assert (due.count, due.people) == (1, 1)
    assert list(store.versions()) == [recent.id]
    unlocked(store).check_audit()


def test_nothing_is_left_to_be_sealed_anew_of_what_was_removed(backend: Backend) -> None:
    """Such as its id, by which somebody could tell later that there was such a response or person."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, _appointment = entered(staff_store)
    responses = [store.begin(a_record(1)) for _ in range(2)]
    rotated = rotate_key(staff_store)
    erase(rotated, responses[0].id, "asked")
    erase_person(rotated, person.id, "asked")
    with store.database.reading() as rows:
        assert rows.all("SELECT id FROM sealed_before") == [(responses[1].id,)]


def test_a_member_whose_key_the_trail_does_not_know_does_not_get_the_new_one(backend: Backend) -> None:
    """Somebody who writes the store cannot put a key of their own in the place of a member's, and wait."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    staff_store.admit(OTHER, OTHERS_PASSPHRASE)
    with store.database.writing() as rows:
        rows.run("UPDATE member SET public = ? WHERE name = ?", (bytes(range(32)), OTHER))
    with pytest.raises(ScreenerError, match="First revoke Sam"):
        rotate_key(staff_store)


def test_an_exchange_that_the_trail_does_not_tell_is_named(sqlite: Backend) -> None:
    """By somebody who has the clinic's key, and signs another one with it."""
    store, _ = a_clinic(sqlite.connect())
    before, (stranger, _public) = unlocked(store), new_pair()
    assert store.clinic
    clinic = replace(store.clinic, serial=1).signed(stranger)
    with store.database.writing() as rows:
        first = audit_start(rows, before.secret)
        put_clinic(rows, clinic, stranger)
        put_value(rows, START_NAME, audit_start_sealed(clinic.public, clinic.recovery, first))
        put_exchange(rows, before.signer, clinic_signer(stranger), 1)
    store.clinic = clinic
    with pytest.raises(Broken, match="does not say that the clinic's key was exchanged"):
        StaffStore(store, STAFF, stranger, keys=ClinicKeys(stranger, (before.secret,))).check_trail()


def test_what_no_row_went_before_is_named(sqlite: Backend) -> None:
    """Also where staff signed it: only what is finished is corrected, and only what there is is linked."""
    for event, what in (
        (Event.CORRECTED, "corrects a response that was not finished"),
        (Event.LINKED, "is about a response that there was not"),
    ):
        store, _ = a_clinic(Backend(str(sqlite.folder / f"{event}.db"), sqlite.folder).connect())
        staff_store, response = unlocked(store), store.begin(a_record(1))
        subject = response.id if event == Event.CORRECTED else "0" * 32
        with store.database.writing() as rows:
            staff_store.write_sealed(rows, event, subject, b"x" * 32)
        with pytest.raises(Broken, match=what):
            staff_store.check_audit()


def test_an_exchange_that_fails_leaves_this_terminal_as_it_was(
    sqlite: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It seals to the key that the store still has."""
    store, _ = a_clinic(sqlite.connect())
    staff_store, clinic = unlocked(store), store.clinic

    def full(_rows: object) -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(rotation, "list_everything", full)
    with pytest.raises(NotSaved):
        rotate_key(staff_store)
    assert store.clinic == clinic
    response = store.begin(a_record(1))
    assert opened_with(staff_store.secret, store) == [response.id]
    staff_store.check_audit()


def test_whoever_never_unlocked_since_the_store_was_carried_over_has_to_first(sqlite: Backend) -> None:
    """Their passphrase opens no key of their own yet, to which the new one could be sealed."""
    store = of_format_1(sqlite.connect())
    upgrade(by_alex(store))
    with pytest.raises(ScreenerError, match="Let Sam unlock once"):
        rotate_key(by_alex(store))
    unlock(store, "Sam", OTHERS_PASSPHRASE)
    rotate_key(by_alex(store)).check_audit()


def test_a_passphrase_that_was_put_back_does_not_get_the_new_key(sqlite: Backend) -> None:
    """Also where the row that tells of the later one is out of the trail for that moment."""
    store, _ = a_clinic(sqlite.connect())
    unlocked(store).admit(OTHER, OTHERS_PASSPHRASE)
    tables = ("staff", "member")
    with store.database.reading() as rows:
        before = {table: rows.all(f"SELECT * FROM {table} WHERE name = ?", (OTHER,))[0] for table in tables}
    unlock(store, OTHER, OTHERS_PASSPHRASE).admit(OTHER, "nine small brown wrens")
    staff_store = unlocked(store)
    with store.database.writing() as rows:
        for table in tables:
            rows.run(f"DELETE FROM {table} WHERE name = ?", (OTHER,))
            rows.run(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", before[table])
        rows.run("DELETE FROM audit WHERE event = ?", (str(Event.STAFF_CHANGED),))
    with pytest.raises(Broken, match="is missing"):
        rotate_key(staff_store)


def test_door_codes_stay_and_who_had_the_key_before_makes_none(backend: Backend, tmp_path: Path) -> None:
    """Also at a terminal that runs meanwhile."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    set_door_code(staff_store, "kettle47")
    assert store.clinic
    door = TerminalDoor(tmp_path / "door.json", store.clinic.signing)
    door.learn(store.database)
    before = staff_store.signer
    rotated = rotate_key(staff_store)
    door.learn(store.database, rotated.signer.public)
    new_door = TerminalDoor(tmp_path / "new.json", rotated.signer.public)
    new_door.learn(store.database)
    assert door.admits(STAFF, "kettle47")
    assert new_door.admits(STAFF, "kettle47")
    set_door_code(rotated, "saucer58")
    door.learn(store.database, rotated.signer.public)
    assert [door.admits(STAFF, code) for code in ("kettle47", "saucer58")] == [False, True]
    rotated.check_audit()
    with store.database.writing() as rows:
        put_door_codes(rows, DoorCodes(0, (DoorCode("Mallory", b"", QUICK, b""),)), before, 2**40)
    door.learn(store.database, rotated.signer.public)
    assert door.codes.of("Mallory") is None
    with pytest.raises(Broken, match="door codes"):
        rotated.check_audit()


def test_only_administrators_exchange_the_key(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    unlocked(store).admit(OTHER, OTHERS_PASSPHRASE, "clinician")
    with pytest.raises(ScreenerError, match="administrators"):
        rotate_key(unlock(store, OTHER, OTHERS_PASSPHRASE))


def test_with_the_key_before_nobody_signs_as_staff_any_more(backend: Backend) -> None:
    """Somebody who was revoked has it, writes the store, and holds the key of a terminal."""
    store, _ = a_clinic(backend.connect())
    before = unlocked(store)
    rotate_key(before)
    with store.database.writing() as rows:
        store.log(rows, Event.ERASED, "0" * 32, STAFF, b"asked", before.signer)
    with pytest.raises(Broken, match="not signed by the staff"):
        unlocked(store).check_audit()


def test_a_backup_in_the_middle_of_a_rotation_is_restored_and_goes_on(backend: Backend, tmp_path: Path) -> None:
    store, paper = a_clinic(backend.connect())
    for number in range(3):
        store.begin(a_record(number)).finish(a_record(number + 1))
    before = unlocked(store)
    rotated = rotate_key(before)
    with store.database.writing() as rows:
        seal_some(rows, rotated, 1)
    back_up(store, tmp_path / "backup.db")
    with store.database.writing() as rows:
        for table in (each.split()[0] for each in TABLES):
            rows.run(f"DELETE FROM {table}")
    restored = a_store(backend.connect())
    restore(restored, tmp_path / "backup.db")
    unlocked(restored).check_audit()
    assert opened_with(before.secret, restored) == []
    assert check_with_recovery_key(restored, parse_recovery_key(paper)).closed == 0
