"""Two members of staff about one person at once: nothing is done twice, and nobody undoes what they did not see."""

from __future__ import annotations

import datetime

import pytest

from screener.errors import ScreenerError
from screener.store.expected import AppointmentState, expected_answers
from screener.store.linking import link_by_identifiers, unlink
from screener.store.people import read_people
from screener.store.removal import erase, erase_person
from tests.store.conftest import Backend
from tests.store.making import a_clinic, unlocked
from tests.store.people import REFERENCE, TODAY, YEAR, answered, entered, listed


def test_a_person_is_erased_once(sqlite: Backend) -> None:
    """Whoever comes second is told, and the audit trail holds."""
    store, _ = a_clinic(sqlite.connect())
    staff_store = unlocked(store)
    person, _ = entered(staff_store)
    response = answered(store)
    erase(staff_store, response.id, "asked")
    erase_person(staff_store, person.id, "asked")
    for again in (
        lambda: erase(staff_store, response.id, "asked"),
        lambda: erase_person(staff_store, person.id, "test"),
    ):
        with pytest.raises(ScreenerError, match=r"was removed already\.$"):
            again()
    assert staff_store.check_audit()


def test_only_the_link_that_was_seen_is_undone(sqlite: Backend) -> None:
    store, _ = a_clinic(sqlite.connect())
    staff_store = unlocked(store)
    wrong, _ = entered(staff_store)
    right, _ = entered(staff_store, "Bartholomew Featherstonehaugh", "BF-7", "1959")
    response = answered(store)
    link_by_identifiers(staff_store, response.id, REFERENCE, YEAR)
    unlink(staff_store, response.id, wrong.id)
    link_by_identifiers(staff_store, response.id, "BF-7", "1959")
    with pytest.raises(ScreenerError, match="somebody else now"):
        unlink(staff_store, response.id, wrong.id)
    link = listed(staff_store, response).link
    assert link is not None
    assert link.person == right.id


def test_who_comes_unexpected_answers_no_appointment_of_another_month(sqlite: Backend) -> None:
    """The appointment in three months stays expected, and will be missed if nobody comes."""
    store, _ = a_clinic(sqlite.connect())
    staff_store = unlocked(store)
    entered(staff_store, day=TODAY + datetime.timedelta(days=90))
    link_by_identifiers(staff_store, answered(store).id, REFERENCE, YEAR)
    [person] = read_people(staff_store).values()
    [expected] = expected_answers(person, staff_store.responses(), store.now())
    assert expected.state is AppointmentState.EXPECTED
