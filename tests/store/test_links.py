"""Whose a response is: links to people, their undoing, and which appointment they answer."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from screener.errors import ScreenerError
from screener.store.annotation import Annotation
from screener.store.appointments import issue_code
from screener.store.audit import Event
from screener.store.expected import AppointmentState, expected_answers
from screener.store.link import PersonLink
from screener.store.linking import link_by_identifiers, link_by_name, unlink
from screener.store.members import NotAllowed
from screener.store.people import change_person, read_people
from screener.store.removal import erase_person
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.making import STAFF, a_clinic, unlocked
from tests.store.people import (
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

# What became of appointments


def test_overdue_and_missed_appointments_are_told_by_the_clock_of_the_place(sqlite: Backend) -> None:
    store, _ = a_clinic(sqlite.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store, day=TODAY, time=datetime.time(10))
    entered(staff_store, day=TODAY)
    entered(staff_store, day=TODAY + datetime.timedelta(days=7), time=datetime.time(10))

    def states(moment: datetime.datetime) -> list[AppointmentState]:
        answers = expected_answers(read_people(staff_store)[person.id], staff_store.responses(), moment)
        return [each.state for each in answers]

    def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(hour, minute)).astimezone()

    expected, overdue_, missed = AppointmentState.EXPECTED, AppointmentState.OVERDUE, AppointmentState.MISSED
    assert states(at(TODAY, 9, 59)) == [expected] * 3
    assert states(at(TODAY, 10, 1)) == [overdue_, expected, expected]
    assert states(at(TODAY, 23, 59)) == [overdue_, expected, expected]
    assert states(at(TODAY + datetime.timedelta(days=1), 0, 1)) == [missed, missed, expected]
    assert states(at(TODAY + datetime.timedelta(days=8), 9)) == [missed] * 3


def test_a_response_that_staff_link_is_for_the_nearest_appointment(sqlite: Backend) -> None:
    """Never for one that was entered after it was begun. While it is not finished, the appointment is begun."""
    store, _ = a_clinic(sqlite.connect())
    staff_store = unlocked(store)
    early = answered(store)
    person, _ = entered(staff_store)
    entered(staff_store, day=TODAY + datetime.timedelta(days=7))
    clock_of(store).now += datetime.timedelta(days=6)
    late = answered(store, finished=False)
    for response in (early, late):
        link_by_name(staff_store, response.id, read_people(staff_store)[person.id])
    answers = expected_answers(read_people(staff_store)[person.id], staff_store.responses(), store.now())
    assert [(each.state, each.response) for each in answers] == [
        (AppointmentState.MISSED, None),
        (AppointmentState.BEGUN, late.id),
    ]


# Links


def test_a_response_is_linked_by_two_identifiers_that_agree(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store)
    entered(staff_store, "Somebody Else", "OTHER-1", "1990")
    response = answered(store)
    for reference, year in (("OTHER-1", YEAR), (REFERENCE, "1990"), (REFERENCE, ""), ("NONE", YEAR)):
        with pytest.raises(ScreenerError, match="Nobody here has this reference and this year of birth"):
            link_by_identifiers(staff_store, response.id, reference, year)
    assert link_by_identifiers(staff_store, response.id, " zq-1042 ", YEAR).id == person.id
    assert listed(staff_store, response).link == PersonLink(person.id, "identifiers")
    assert events(staff_store, response.id)[-1] == (Event.LINKED, STAFF)


def test_an_unknown_year_of_birth_links_nothing(backend: Backend) -> None:
    """A person without one is linked by their name alone, which staff confirm."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store, year="")
    response = answered(store)
    with pytest.raises(ScreenerError, match="Nobody here"):
        link_by_identifiers(staff_store, response.id, REFERENCE, "")
    link_by_name(staff_store, response.id, person)
    assert listed(staff_store, response).link == PersonLink(person.id, "name")


def test_a_name_that_was_changed_while_staff_looked_is_not_confirmed(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store)
    response = answered(store)
    change_person(staff_store, replace(person, name="Somebody Else"), person)
    with pytest.raises(ScreenerError, match="changed in the meantime"):
        link_by_name(staff_store, response.id, person)
    assert listed(staff_store, response).link is None


NOBODY_SPELLS = "Þórbjörg Ólöf Sæþórsdóttir-Nguyễn"


def test_a_name_that_nobody_can_spell_is_confirmed_as_it_stands(backend: Backend) -> None:
    """And a second appointment finds the same person however their name is typed."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store, NOBODY_SPELLS)
    again, _ = entered(staff_store, "thorbjorg olof saethorsdottir nguyen", day=TODAY.replace(day=9))
    assert (again.id, again.name) == (person.id, NOBODY_SPELLS)
    response = answered(store)
    link_by_name(staff_store, response.id, again)
    assert listed(staff_store, response).link == PersonLink(person.id, "name")


@pytest.mark.parametrize("by_ticket", [False, True])
def test_a_wrong_link_is_undone_and_the_trail_tells_both(backend: Backend, by_ticket: bool) -> None:
    """Also one that came with the code of somebody else's appointment. Then it can be linked to the right person."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    staff_store.admit("Sam", "another goose altogether", "reception")
    wrong, appointment = entered(staff_store)
    right, _ = entered(staff_store, "Somebody Else", "OTHER-1")
    code, _until = issue_code(staff_store, appointment.id)
    response = answered(store, by_code(store, code) if by_ticket else None)
    if not by_ticket:
        link_by_name(staff_store, response.id, read_people(staff_store)[wrong.id])
    with pytest.raises(ScreenerError, match="undo that link first"):
        link_by_name(staff_store, response.id, right)
    unlink(unlock(store, "Sam", "another goose altogether"), response.id, wrong.id)
    assert listed(staff_store, response).link is None
    answers = expected_answers(read_people(staff_store)[wrong.id], [], store.now())
    assert [each.state for each in answers] == [AppointmentState.EXPECTED]
    with pytest.raises(ScreenerError, match="not linked to a person"):
        unlink(staff_store, response.id, wrong.id)
    link_by_name(staff_store, response.id, right)
    assert listed(staff_store, response).link == PersonLink(right.id, "name")
    linked = [] if by_ticket else [(Event.LINKED, STAFF)]
    assert events(staff_store, response.id)[2:] == [*linked, (Event.UNLINKED, "Sam"), (Event.LINKED, STAFF)]
    kinds = [(each.kind, each.by) for each in listed(staff_store, response).annotations]
    assert kinds[-2:] == [("unlinked", "Sam"), ("linked", STAFF)]


def test_an_odd_link_is_none(sqlite: Backend) -> None:
    """Whatever a manipulated annotation says."""
    store, _ = a_clinic(sqlite.connect())
    response = answered(store)
    item = listed(unlocked(store), response)
    odd = Annotation("linked", STAFF, store.now(), "nothing that this program writes")
    assert replace(item, annotations=(odd,)).link is None


def test_reception_enters_and_links_but_does_not_erase(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    unlocked(store).admit("Sam", "another goose altogether", "reception")
    desk = unlock(store, "Sam", "another goose altogether")
    person, appointment = entered(desk)
    issue_code(desk, appointment.id)
    link_by_name(desk, answered(store).id, read_people(desk)[person.id])
    with pytest.raises(NotAllowed):
        erase_person(desk, person.id, "asked")
