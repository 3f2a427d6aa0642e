"""The people whom a clinic expects, and their appointments."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.appointments import NewAppointment, NotEntered, enter, issue_code
from screener.store.audit import Broken, Event
from screener.store.backup import back_up, restore
from screener.store.database import one
from screener.store.expected import AppointmentState, expected_answers
from screener.store.link import PersonLink
from screener.store.linking import keep_people_of, link_by_name
from screener.store.people import PeopleReader, change_person, read_people
from screener.store.person import MOST_APPOINTMENTS, Person, new_person, person_key, seal_person
from screener.store.removal import erase, erase_person
from screener.store.retention import overdue, purge
from screener.store.return_code import NotACode
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, STAFF, a_clinic, a_record, a_store, unlocked
from tests.store.people import (
    ASKED,
    CONTACT,
    NAME,
    REFERENCE,
    TODAY,
    YEAR,
    answered,
    by_code,
    clock_of,
    entered,
    events,
    listed,
)
from tests.store.test_plaintext import _contents

# Appointments


def test_an_appointment_is_there_as_it_was_entered_and_in_the_trail(backend: Backend) -> None:
    """On another console too, and a second one of the same person adds no second person."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, first = entered(staff_store, time=datetime.time(9, 30))
    again, second = entered(staff_store, "ZEBULON  Quartermaine", "zq - 1042", "", day=TODAY.replace(day=12))
    assert again.id == person.id
    (elsewhere,) = read_people(unlock(a_store(backend.connect()), STAFF, PASSPHRASE)).values()
    assert (elsewhere.name, elsewhere.reference, elsewhere.year_of_birth) == (NAME, REFERENCE, 1987)
    assert elsewhere.appointments == (first, second)
    assert (first.day, first.time, first.by) == (TODAY, datetime.time(9, 30), STAFF)
    both = [(Event.PERSON_ADDED, STAFF), (Event.APPOINTMENT_ENTERED, STAFF)]
    assert events(staff_store, person.id) == [*both, (Event.APPOINTMENT_ENTERED, STAFF)]


@pytest.mark.parametrize(
    ("name", "reference", "year", "complaint"),
    [
        (NAME, REFERENCE, "1986", "Another year of birth"),
        ("Zebulon Quartermane", REFERENCE, YEAR, "Another name"),
        ("Zebulon Quartermane", REFERENCE, "", "Another name"),
    ],
)
def test_two_people_are_not_taken_for_one_by_their_reference(
    backend: Backend, name: str, reference: str, year: str, complaint: str
) -> None:
    staff_store = unlocked(a_clinic(backend.connect())[0])
    entered(staff_store)
    with pytest.raises(NotEntered, match=complaint):
        entered(staff_store, name, reference, year, day=TODAY.replace(day=9))
    assert [len(person.appointments) for person in read_people(staff_store).values()] == [1]


def test_of_several_appointments_all_are_entered_or_none(backend: Backend) -> None:
    """Each that is wrong is named by its place; the second is wrong because of the first."""
    staff_store = unlocked(a_clinic(backend.connect())[0])
    person = new_person(NAME, REFERENCE, YEAR, "", "", 2026)
    other = new_person("Somebody Else", REFERENCE, YEAR, "", "", 2026)
    right, wrong = NewAppointment(person, ASKED[0], TODAY), NewAppointment(other, ASKED[0], TODAY)
    with pytest.raises(NotEntered) as refused:
        enter(staff_store, [right, wrong, right])
    assert list(refused.value.refusals) == [1, 2]
    assert read_people(staff_store) == {}
    enter(staff_store, [right, replace(right, day=TODAY.replace(day=6))])
    with pytest.raises(NotEntered, match="already"):
        enter(staff_store, [right])


@pytest.mark.parametrize(
    ("name", "reference", "year", "contact"),
    [
        (" ", "A-1", "1980", ""),
        ("\u2800", "A-1", "1980", ""),
        ("n" * 101, "A-1", "1980", ""),
        ("A\u202eB", "A-1", "1980", ""),
        ("Ana", "", "1980", ""),
        ("Ana", "A-1\x1b[2J", "1980", ""),
        ("Ana", "A-1", "80", ""),
        ("Ana", "A-1", "2031", ""),
        ("Ana", "A-1", "\u0661\u0669\u0668\u0660", ""),
        ("Ana", "A-1", "1980", "c" * 201),
    ],
)
def test_what_can_be_no_person_is_refused(name: str, reference: str, year: str, contact: str) -> None:
    with pytest.raises(ScreenerError):
        new_person(name, reference, year, contact, "", 2026)


def test_a_person_is_changed_but_not_into_somebody_else(backend: Backend) -> None:
    staff_store = unlocked(a_clinic(backend.connect())[0])
    person, appointment = entered(staff_store)
    entered(staff_store, "Somebody Else", "OTHER-1")
    with pytest.raises(ScreenerError, match="Somebody else has this reference"):
        change_person(staff_store, replace(person, reference="other-1"), person)
    change_person(staff_store, replace(person, name="Zeb Q.", appointments=()), person)
    now = read_people(staff_store)[person.id]
    assert (now.name, now.appointments) == ("Zeb Q.", (appointment,))
    assert events(staff_store, person.id)[-1] == (Event.PERSON_CHANGED, STAFF)


def test_of_two_consoles_that_change_a_person_the_second_is_told(backend: Backend) -> None:
    """What the first changed stays. An appointment that was entered meanwhile is no change of the person."""
    staff_store = unlocked(a_clinic(backend.connect())[0])
    shown, _appointment = entered(staff_store)
    other_console = unlocked(a_store(backend.connect(), terminal="console"))
    change_person(other_console, replace(shown, year_of_birth=1978), shown)
    with pytest.raises(ScreenerError, match="changed in the meantime"):
        change_person(staff_store, replace(shown, name="Zeb Q."), shown)
    now = read_people(staff_store)[shown.id]
    assert (now.name, now.year_of_birth) == (NAME, 1978)
    entered(other_console, year="1978", day=TODAY + datetime.timedelta(days=7))
    change_person(staff_store, replace(now, name="Zeb Q."), now)
    assert len(read_people(staff_store)[shown.id].appointments) == 2


def test_whoever_a_response_is_of_is_kept_as_long_as_the_response(backend: Backend) -> None:
    """Somebody answers with a code, and goes on weeks later. A console notices that, once and without a key press."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, appointment = entered(staff_store)
    response = answered(store, by_code(store, issue_code(staff_store, appointment.id)[0]), finished=False)

    def days_pass(days: int) -> None:
        for _day in range(days):
            clock_of(store).now += datetime.timedelta(days=1)
            unlocked(store)

    days_pass(25)
    response.save(replace(response.read(), reference="K7QP-3MXE"))
    keep_people_of(staff_store, staff_store.responses())
    head = store.head()
    keep_people_of(staff_store, staff_store.responses())
    assert store.head() == head
    days_pass(20)
    purge(store)
    assert set(read_people(staff_store)) == {person.id}
    assert list(store.versions()) == [response.id]
    days_pass(15)
    purge(store)
    assert (read_people(staff_store), store.versions()) == ({}, {})
    staff_store.check_audit()


def test_a_person_has_only_so_many_appointments_as_their_row_holds(sqlite: Backend) -> None:
    """The longest that can be entered is read again."""
    staff_store = unlocked(a_clinic(sqlite.connect())[0])
    person = new_person("\U0001f469" * 100, "\U0001f469" * 40, YEAR, "\U0001f469" * 200, "", 2026)
    days = [TODAY + datetime.timedelta(days=number) for number in range(MOST_APPOINTMENTS)]
    enter(staff_store, [NewAppointment(person, "q" * 60, day) for day in days])
    (whole,) = read_people(staff_store).values()
    assert len(whole.appointments) == MOST_APPOINTMENTS
    with pytest.raises(NotEntered, match="too many"):
        enter(staff_store, [NewAppointment(person, ASKED[0], TODAY)])


def test_who_cannot_be_read_is_left_out_and_named_by_the_check(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    entered(staff_store)
    reader = PeopleReader(staff_store)
    assert len(reader.read()) == 1
    with store.database.writing() as rows:
        rows.run("UPDATE person SET sealed = ?", (b"x" * 4000,))
    assert reader.read() == {}
    with pytest.raises(Broken, match="a person whom the clinic expects was changed"):
        staff_store.check_audit()


def test_nothing_of_a_person_can_be_read_on_the_disk(backend: Backend, tmp_path: Path) -> None:
    """Neither from their row nor from the code of their appointment, nor in a backup."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    _person, appointment = entered(staff_store)
    code, _until = issue_code(staff_store, appointment.id)
    answered(store, by_code(store, code))
    back_up(store, tmp_path / "backup.db")
    written = [*_contents(backend.folder), (tmp_path / "backup.db").read_bytes()]
    assert any(b"North Clinic" in content for content in written)
    for secret in (NAME, REFERENCE, CONTACT, "Quartermaine", code):
        assert not any(secret.encode() in content for content in written)


# Erasing and keeping


def test_erasing_a_person_reaches_their_appointments_codes_and_responses(backend: Backend) -> None:
    """However these were linked, and nobody else's. The code opens nothing any more."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, appointment = entered(staff_store)
    entered(staff_store, day=TODAY.replace(day=9))
    other, _ = entered(staff_store, "Somebody Else", "OTHER-1")
    code, _until = issue_code(staff_store, appointment.id)
    responses = [answered(store, by_code(store, code)), answered(store), answered(store)]
    code, _until = issue_code(staff_store, appointment.id)
    link_by_name(staff_store, responses[1].id, read_people(staff_store)[person.id])
    link_by_name(staff_store, responses[2].id, other)
    with store.database.reading() as rows:
        sealed = [bytes(row[0])[-60:] for row in rows.all("SELECT sealed FROM person WHERE id = ?", (person.id,))]
        sealed += [bytes(row[0])[-60:] for row in rows.all("SELECT sealed FROM appointment_code")]
    assert len(erase_person(staff_store, person.id, "asked").responses) == 2
    assert {each.id for each in staff_store.responses()} == {responses[2].id}
    assert set(read_people(staff_store)) == {other.id}
    with pytest.raises(NotACode, match="open nothing"):
        store.by_code(code, ASKED)
    with store.database.reading() as rows:
        assert rows.all("SELECT 1 FROM appointment_code") == []
    assert events(staff_store, person.id)[-1] == (Event.PERSON_ERASED, STAFF)
    for response in responses[:2]:
        assert events(staff_store, response.id)[-1] == (Event.ERASED, STAFF)
    if backend.is_file:
        contents = _contents(backend.folder)
        assert not any(part in content for part in sealed for content in contents)


def test_an_erased_response_leaves_its_appointment_unanswered(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, appointment = entered(staff_store)
    response = answered(store, by_code(store, issue_code(staff_store, appointment.id)[0]))
    erase(staff_store, response.id, "mistake")
    answers = expected_answers(read_people(staff_store)[person.id], staff_store.responses(), store.now())
    assert [(each.state, each.response) for each in answers] == [(AppointmentState.EXPECTED, None)]
    staff_store.check_audit()


def test_a_person_is_purged_when_nothing_of_them_is_recent(backend: Backend) -> None:
    """So many days after the last appointment, or after somebody linked a response to them, whichever is later."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store)
    later, _ = entered(staff_store, "Somebody Else", "OTHER-1", day=TODAY + datetime.timedelta(days=20))

    def days_pass(days: int) -> None:
        for _day in range(days):
            clock_of(store).now += datetime.timedelta(days=1)
            unlocked(store)

    days_pass(10)
    link_by_name(staff_store, answered(store).id, read_people(staff_store)[person.id])
    days_pass(25)
    assert overdue(store).people == 0
    days_pass(6)
    due, _clean = purge(store)
    assert (due.people, due.finished) == (1, 1)
    assert set(read_people(staff_store)) == {later.id}
    days_pass(10)
    assert overdue(store).people == 1
    purge(store)
    assert read_people(staff_store) == {}
    checked = staff_store.check_trail()
    assert [row.subject for row in checked.removed if row.event == Event.PERSON_PURGED] == [person.id, later.id]


# Somebody who writes into the store


def forged(store: Store, staff_store: StaffStore, person: Person, how: str) -> None:
    """What somebody with write access and the key of the terminal can do about a person."""
    with store.database.writing() as rows:
        before = one(rows, "SELECT day, sealed FROM person WHERE id = ?", (person.id,))
        assert before is not None
        match how:
            case "removed":
                rows.run("DELETE FROM person")
            case "kept shorter":
                rows.run("UPDATE person SET day = day - 400")
            case "invented":
                sealed = seal_person(replace(person, id="0" * 32), before[0], person_key(b"k" * 32))
                rows.run("INSERT INTO person (id, day, sealed) VALUES (?, ?, ?)", ("0" * 32, before[0], sealed))
            case "purged":
                rows.run("DELETE FROM person")
                store.log(rows, Event.PERSON_PURGED, person.id)
            case "erased":
                rows.run("DELETE FROM person")
                store.log(rows, Event.PERSON_ERASED, person.id, STAFF)
            case "added twice":
                staff_store.write_sealed(rows, Event.PERSON_ADDED, person.id, b"")
            case "changed without a person":
                staff_store.write_sealed(rows, Event.PERSON_CHANGED, "0" * 32, b"")
            case "linked without a response":
                staff_store.write_sealed(rows, Event.LINKED, "0" * 32, b"")


@pytest.mark.parametrize(
    ("how", "complaint"),
    [
        ("removed", "a person whom the clinic expects"),
        ("invented", "a person whom the clinic expects"),
        ("purged", "removes a person that was kept 0 days"),
        ("erased", "not signed by the staff"),
        ("added twice", "adds a person that there was before"),
        ("changed without a person", "about a person that there was not"),
        ("linked without a response", "about a response that there was not"),
    ],
)
def test_what_is_forged_about_a_person_is_named(backend: Backend, how: str, complaint: str) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store)
    staff_store.check_audit()
    forged(store, staff_store, person, how)
    assert "0" * 32 not in read_people(staff_store), "nobody is listed whom staff did not enter"
    with pytest.raises(audit.Broken, match=complaint):
        staff_store.check_audit()


def test_a_person_whose_day_was_changed_is_not_read(backend: Backend) -> None:
    """So that a purge that comes too early is not the first thing that anybody notices."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store)
    forged(store, staff_store, person, "kept shorter")
    assert read_people(staff_store) == {}
    with pytest.raises(audit.Broken, match="a person whom the clinic expects"):
        staff_store.check_audit()


# Older stores, backups


def test_a_backup_has_them_and_comes_back_whole(backend: Backend, sqlite: Backend, tmp_path: Path) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, appointment = entered(staff_store)
    code, _until = issue_code(staff_store, appointment.id)
    back_up(store, tmp_path / "backup.db")
    again = a_store(Backend(str(sqlite.folder / "restored.db"), sqlite.folder).connect())
    restore(again, tmp_path / "backup.db")
    assert read_people(unlocked(again)).keys() == {person.id}
    assert by_code(again, code)
    unlocked(again).check_audit()


def test_a_store_without_these_tables_gets_them(backend: Backend) -> None:
    """And everything that there is in it opens as before."""
    database = backend.connect()
    store, _ = a_clinic(database)
    response = answered(store)
    with database.writing() as rows:
        rows.run("DROP TABLE person")
        rows.run("DROP TABLE appointment_code")
    database.close()
    newer = a_store(backend.connect())
    staff_store = unlocked(newer)
    person, appointment = entered(staff_store)
    assert staff_store.read(response.id).reference == a_record().reference
    linked = answered(newer, by_code(newer, issue_code(staff_store, appointment.id)[0]))
    assert listed(staff_store, linked).link == PersonLink(person.id, "code", appointment.id)
    staff_store.check_audit()
