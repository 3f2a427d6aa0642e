"""The single-use codes of appointments."""

from __future__ import annotations

import datetime
import threading

import pytest

from screener.errors import ScreenerError
from screener.store.appointment_code import Ticket, new_ticket
from screener.store.appointments import issue_code, remove_appointment
from screener.store.audit import Event
from screener.store.connect import open_database
from screener.store.expected import AppointmentState, expected_answers
from screener.store.link import PersonLink
from screener.store.people import read_people
from screener.store.retention import purge
from screener.store.return_code import NotACode
from tests.store.conftest import Backend
from tests.store.making import a_clinic, a_store, unlocked
from tests.store.people import (
    ASKED,
    TODAY,
    answered,
    by_code,
    clock_of,
    entered,
    listed,
)


def test_what_is_answered_with_a_code_arrives_under_the_persons_name(backend: Backend) -> None:
    """The terminal learns the questionnaire and an id that it cannot open, and nothing of anybody."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, appointment = entered(staff_store)
    code, _until = issue_code(staff_store, appointment.id)
    terminal = a_store(backend.connect(), terminal="kiosk")
    ticket = by_code(terminal, code.upper().replace(" ", "-"))
    assert ticket.questionnaire == ASKED[0]
    assert person.id not in ticket.sealed
    assert appointment.id not in ticket.sealed
    response = answered(terminal, ticket)
    assert listed(staff_store, response).link == PersonLink(person.id, "code", appointment.id)
    (state,) = expected_answers(read_people(staff_store)[person.id], staff_store.responses(), store.now())
    assert (state.state, state.response) == (AppointmentState.ANSWERED, response.id)
    used = [row for row in staff_store.check_audit() if row.event == Event.APPOINTMENT_CODE_USED]
    assert [(row.actor, row.terminal, row.subject) for row in used] == [("", "kiosk", "")]


def test_a_code_works_once(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    code, _until = issue_code(staff_store, entered(staff_store)[1].id)
    by_code(store, code)
    with pytest.raises(NotACode, match="open nothing"):
        store.by_code(code, ASKED)


def test_of_two_terminals_that_use_one_code_at_once_one_wins(backend: Backend) -> None:
    staff_store = unlocked(a_clinic(backend.connect())[0])
    code, _until = issue_code(staff_store, entered(staff_store)[1].id)
    ready, outcomes = threading.Barrier(4), list[str]()

    def use() -> None:
        terminal = a_store(open_database(backend.location))
        ready.wait()
        try:
            by_code(terminal, code)
        except NotACode:
            outcomes.append("refused")
        else:
            outcomes.append("won")
        terminal.database.close()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "refused", "refused", "won"]


def test_a_new_code_makes_the_one_before_void_and_a_removed_appointment_has_none(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, appointment = entered(staff_store)
    before, _until = issue_code(staff_store, appointment.id)
    now, _until = issue_code(staff_store, appointment.id)
    with pytest.raises(NotACode, match="open nothing"):
        store.by_code(before, ASKED)
    remove_appointment(staff_store, appointment.id)
    with pytest.raises(NotACode, match="open nothing"):
        store.by_code(now, ASKED)
    with pytest.raises(ScreenerError, match="no such appointment"):
        issue_code(staff_store, appointment.id)
    assert read_people(staff_store)[person.id].appointments == ()


def test_a_code_expires_with_the_day_and_a_new_date_in_its_row_prolongs_nothing(backend: Backend) -> None:
    """Not even for who writes into the store. A purge removes what has expired."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    code, until = issue_code(staff_store, entered(staff_store)[1].id)
    assert until.date() == TODAY
    with store.database.writing() as rows:
        rows.run("UPDATE appointment_code SET until = until + 100000000")
    clock_of(store).now = until + datetime.timedelta(seconds=5)
    with pytest.raises(NotACode, match="no longer work"):
        store.by_code(code, ASKED)
    with store.database.writing() as rows:
        rows.run("UPDATE appointment_code SET until = until - 100000000")
    purge(store, clock_is_right=True)
    with store.database.reading() as rows:
        assert rows.all("SELECT 1 FROM appointment_code") == []


def test_a_code_for_a_day_that_is_over_can_be_used_today(sqlite: Backend) -> None:
    """Whoever comes late answers all the same."""
    store, _ = a_clinic(sqlite.connect())
    staff_store = unlocked(store)
    _person, appointment = entered(staff_store, day=TODAY - datetime.timedelta(days=3))
    code, until = issue_code(staff_store, appointment.id)
    assert until.date() == TODAY
    assert by_code(store, code)


def test_a_code_for_other_questions_stays_and_says_so(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    code, _until = issue_code(staff_store, entered(staff_store)[1].id)
    with pytest.raises(NotACode, match="does not have the questions"):
        store.by_code(code, ("after-a-flight",))
    assert by_code(store, code)


def test_a_forged_ticket_links_to_nobody(backend: Backend) -> None:
    """Neither one made with another key, nor a real one with a letter changed, nor any text."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    person, appointment = entered(staff_store)
    code, _until = issue_code(staff_store, appointment.id)
    real = by_code(store, code).sealed
    changed = ("1" if real[30] == "0" else "0").join((real[:30], real[31:]))
    for sealed in (new_ticket(person.id, appointment.id, b"k" * 32), changed, "no ticket", ""):
        assert listed(staff_store, answered(store, Ticket(ASKED[0], sealed))).link is None
    assert listed(staff_store, answered(store, Ticket(ASKED[0], real))).link is not None


def test_a_code_that_is_moved_to_another_row_opens_nothing(backend: Backend) -> None:
    """The row of one code put in the place of another's: whoever has that one does not answer for somebody else."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    first, _until = issue_code(staff_store, entered(staff_store)[1].id)
    second, _until = issue_code(staff_store, entered(staff_store, "Somebody Else", "OTHER-1")[1].id)
    with store.database.writing() as rows:
        (one_row, other_row) = rows.all("SELECT tag, sealed FROM appointment_code")
        for tag, sealed in ((one_row[0], other_row[1]), (other_row[0], one_row[1])):
            rows.run("UPDATE appointment_code SET sealed = ? WHERE tag = ?", (bytes(sealed), bytes(tag)))
    for code in (first, second):
        with pytest.raises(NotACode, match="open nothing"):
            store.by_code(code, ASKED)
