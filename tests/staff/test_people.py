"""The list by person: in order, found by name, reference, date and state, as all terminals make it."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from screener.i18n.formats import local
from screener.staff.base_session import Locked
from screener.staff.people_list import ListedPerson
from screener.staff.session import StaffSession
from screener.store.appointments import NewAppointment, enter, issue_code, remove_appointment
from screener.store.expected import AppointmentState
from screener.store.linking import link_by_name, unlink
from screener.store.outbox_rows import note_sealed_before
from screener.store.people import change_person, read_people
from screener.store.person import Person, new_person
from screener.store.removal import erase_person
from screener.store.sealing_anew import is_sealing_anew
from screener.store.staff_store import StaffStore
from tests.staff.clinic import CALM, NOON, PASSPHRASE, STAFF, URGENT, Clinic
from tests.store.making import linked_person

WEEK = datetime.timedelta(days=7)


def expect(
    staff_store: StaffStore,
    name: str,
    reference: str,
    *days: datetime.date,
    year: str = "1980",
    time: datetime.time | None = None,
) -> Person:
    """Staff enter somebody for these days."""
    person = new_person(name, reference, year, "", "", 2026)
    entered = enter(staff_store, [NewAppointment(person, "before-a-flight", day, time) for day in days])
    return entered[-1][0]


def answer(clinic: Clinic, staff_store: StaffStore, person: Person, reference: str, *, finished: bool = True) -> str:
    """The person answers with the code of their last appointment that is not answered yet."""
    days = [each for each in person.appointments if each.day <= local(clinic.clock()).date()]
    ticket = clinic.store().by_code(issue_code(staff_store, days[-1].id)[0], ("before-a-flight",))
    assert not isinstance(ticket, tuple)
    return clinic.answers(reference, CALM, finished=finished, ticket=ticket.sealed).id


async def unlocked(clinic: Clinic) -> StaffSession:
    staff_session = clinic.staff_session()
    await staff_session.unlock(STAFF, PASSPHRASE)
    return staff_session


def names(listed: list[ListedPerson]) -> list[str]:
    return [each.person.name for each in listed]


async def test_who_is_overdue_or_missed_comes_first(clinic: Clinic) -> None:
    """A missed appointment counts until a later one was answered. The clock is the one of this console."""
    staff_store, today = clinic.staff_store(), local(NOON).date()
    at = datetime.time(local(NOON).hour)
    expect(staff_store, "Later", "L", today + 2 * WEEK)
    expect(staff_store, "Soon", "S", today + WEEK)
    expect(staff_store, "Late today", "T", today, time=at)
    expect(staff_store, "Missed", "M", today - WEEK, today + WEEK)
    back = expect(staff_store, "Back again", "B", today - WEEK, today - WEEK / 7)
    begun = expect(staff_store, "Begun", "G", today)
    answer(clinic, staff_store, back, "2222-2222")
    answer(clinic, staff_store, begun, "3333-3333", finished=False)
    clinic.clock.go_on(minutes=1)
    staff_session = await unlocked(clinic)
    listed = staff_session.listed_people()
    assert names(listed) == ["Late today", "Missed", "Soon", "Later", "Begun", "Back again"]
    states = [each.current.state.name for each in listed if each.current]
    assert states == ["OVERDUE", "MISSED", "EXPECTED", "EXPECTED", "BEGUN", "ANSWERED"]
    staff_session.close()


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("thorbjorg", ["Þórbjörg Ólöf"]),
        ("OLOF thor", ["Þórbjörg Ólöf"]),
        ("nz 42", ["Þórbjörg Ólöf"]),
        ("nz42", ["Þórbjörg Ólöf"]),
        ("2222-2222", ["Ana Lee"]),
        ("2026-03-08", ["Ana Lee"]),
        ("2026-02-22", ["Þórbjörg Ólöf"]),
        ("missed", ["Þórbjörg Ólöf"]),
        ("expected ana", ["Ana Lee"]),
        ("missed ana", []),
        ("nobody", []),
        ("", ["Þórbjörg Ólöf", "Ana Lee"]),
    ],
)
async def test_people_are_found_by_name_reference_date_and_state(clinic: Clinic, typed: str, who: list[str]) -> None:
    """Also somebody whose name nobody can spell, and by the reference of one of their responses."""
    staff_store, today = clinic.staff_store(), local(NOON).date()
    expect(staff_store, "Þórbjörg Ólöf", "NZ-42", today - WEEK)
    ana = expect(staff_store, "Ana Lee", "A-1", today, today + WEEK)
    answer(clinic, staff_store, ana, "2222-2222")
    staff_session = await unlocked(clinic)
    assert names(staff_session.listed_people(typed)) == who
    staff_session.close()


async def test_a_person_over_twelve_weeks(clinic: Clinic) -> None:
    """Visits in order, one missed, one linked by hand, one linked wrongly and undone, and a name that changes."""
    staff_store, today = clinic.staff_store(), local(NOON).date()
    weeks = [today + number * WEEK for number in (0, 4, 8, 12)]
    ana = expect(staff_store, "Ana Lee", "A-1", *weeks)
    other = expect(staff_store, "Anna Li", "A-7", today)
    staff_session = await unlocked(clinic)
    answer(clinic, staff_store, ana, "2222-2222")
    clinic.clock.go_on(weeks=8)
    by_hand = clinic.answers("3333-3333", CALM, name="Ana")
    clinic.clock.go_on(minutes=5)
    wrong = clinic.answers("4444-4444", CALM, name="Anna")
    link_by_name(staff_store, by_hand.id, read_people(staff_store)[ana.id])
    link_by_name(staff_store, wrong.id, read_people(staff_store)[ana.id])
    await staff_session.look()
    listed = staff_session.listed_person(ana.id)
    assert listed
    assert [each.entry.reference for each in listed.responses if each.entry] == ["2222-2222", "3333-3333", "4444-4444"]
    unlink(staff_store, wrong.id, linked_person(staff_store, wrong.id))
    link_by_name(staff_store, wrong.id, read_people(staff_store)[other.id])
    clinic.clock.go_on(weeks=4)
    await staff_session.look()
    listed = staff_session.listed_person(ana.id)
    assert listed
    assert [each.entry.reference for each in listed.responses if each.entry] == ["2222-2222", "3333-3333"]
    states = [each.state for each in listed.expected]
    answered, missed = AppointmentState.ANSWERED, AppointmentState.MISSED
    assert states == [answered, missed, answered, AppointmentState.EXPECTED]
    by_other = staff_session.listed_person(other.id)
    assert by_other
    assert [each.entry.reference for each in by_other.responses if each.entry] == ["4444-4444"]
    shown = read_people(staff_store)[ana.id]
    await staff_session.change(lambda store: change_person(store, replace(shown, name="Ana Maria Lee"), shown))
    assert {each.name for each in staff_session.worklist.of_person(ana.id)} == {"Ana Maria Lee"}
    assert [each.id for each in staff_session.worklist.matching("maria")]
    staff_session.close()
    clinic.staff_store().check_audit()


async def test_what_another_console_enters_links_and_erases_is_there_at_the_next_look(clinic: Clinic) -> None:
    """The list of responses names the person from the link on, and no longer once it is undone."""
    staff_session = await unlocked(clinic)
    staff_store, today = clinic.staff_store(), local(NOON).date()
    response = clinic.answers("2222-2222", URGENT)
    person = expect(staff_store, "Ana Lee", "A-1", today)
    assert await staff_session.look()
    assert names(staff_session.listed_people()) == ["Ana Lee"]
    link_by_name(staff_store, response.id, person)
    assert await staff_session.look()
    assert [each.name for each in staff_session.worklist.urgent] == ["Ana Lee"]
    unlink(staff_store, response.id, linked_person(staff_store, response.id))
    assert await staff_session.look()
    assert [each.name for each in staff_session.worklist.urgent] == [None]
    remove_appointment(staff_store, person.appointments[0].id)
    await staff_session.look()
    assert [each.current for each in staff_session.listed_people()] == [None]
    erase_person(clinic.staff_store(STAFF, PASSPHRASE), person.id, "asked")
    await staff_session.look()
    assert staff_session.listed_people() == []
    staff_session.close()


async def test_after_the_lock_nobody_is_listed(clinic: Clinic) -> None:
    person = expect(clinic.staff_store(), "Ana Lee", "A-1", local(NOON).date())
    staff_session = await unlocked(clinic)
    assert staff_session.listed_people()
    staff_session.lock()
    assert staff_session.listed_people() == []
    assert staff_session.listed_person(person.id) is None
    with pytest.raises(Locked):
        await staff_session.change(read_people)
    staff_session.close()


async def test_an_open_console_seals_anew_what_arrives_sealed_to_an_earlier_key(clinic: Clinic) -> None:
    """A terminal that was off during an exchange of the key says so of what it sends."""
    staff_session = await unlocked(clinic)
    late = clinic.answers("2222-2222", CALM).id
    store = clinic.store()
    with store.database.writing() as rows:
        before = rows.all("SELECT keys FROM response WHERE id = ?", (late,))
        note_sealed_before(rows, late)
    await staff_session.look()
    assert not is_sealing_anew(store)
    with store.database.reading() as rows:
        assert rows.all("SELECT keys FROM response WHERE id = ?", (late,)) != before
    staff_session.close()
    clinic.staff_store().check_audit()
