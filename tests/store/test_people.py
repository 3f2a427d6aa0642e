"""The people whom a clinic expects: their appointments, the codes of these, and the links of their responses."""

from __future__ import annotations

import datetime
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.annotation import Annotation
from screener.store.appointment_code import Ticket, new_ticket
from screener.store.audit import Broken, Event
from screener.store.backup import back_up, restore
from screener.store.connect import open_database
from screener.store.database import one
from screener.store.expected import AppointmentState, expected_answers
from screener.store.link import PersonLink
from screener.store.linking import link_by_identifiers, link_by_name, unlink
from screener.store.members import NotAllowed
from screener.store.people import (
    NewAppointment,
    NotEntered,
    PeopleReader,
    change_person,
    enter,
    issue_code,
    read_people,
    remove_appointment,
)
from screener.store.person import MOST_APPOINTMENTS, Appointment, Person, new_person, person_key, seal_person
from screener.store.removal import erase, erase_person
from screener.store.response_list import ResponseListItem
from screener.store.retention import overdue, purge
from screener.store.return_code import NotACode
from screener.store.staff_store import StaffStore
from screener.store.store import OpenResponse, Store
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, STAFF, START, Clock, a_clinic, a_record, a_store, unlocked
from tests.store.test_plaintext import _contents

ASKED = ("before-a-flight",)
NAME, REFERENCE, YEAR, CONTACT = "Zebulon Quartermaine", "ZQ-1042", "1987", "zebulon@north.example"
TODAY = START.date()


def entered(
    staff_store: StaffStore,
    name: str = NAME,
    reference: str = REFERENCE,
    year: str = YEAR,
    *,
    day: datetime.date = TODAY,
    time: datetime.time | None = None,
) -> tuple[Person, Appointment]:
    """Staff enter one appointment."""
    person = new_person(name, reference, year, CONTACT, "", 2026)
    return enter(staff_store, [NewAppointment(person, ASKED[0], day, time)])[0]


def answered(store: Store, ticket: Ticket | None = None, *, finished: bool = True) -> OpenResponse:
    """Somebody answers at a terminal, perhaps with the code of an appointment."""
    record = a_record(1, ticket=ticket.sealed if ticket else None, started=store.now())
    response = store.begin(record)
    if finished:
        response.finish(replace(record, finished=store.now()))
    return response


def listed(staff_store: StaffStore, response: OpenResponse) -> ResponseListItem:
    return next(each for each in staff_store.responses() if each.id == response.id)


def events(staff_store: StaffStore, identity: str) -> list[tuple[str, str]]:
    """Who did what about a person or a response, from a trail that holds."""
    return [(row.event, row.actor) for row in staff_store.check_audit() if row.subject == identity]


def clock_of(store: Store) -> Clock:
    assert isinstance(store.now, Clock)
    return store.now


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
        change_person(staff_store, replace(person, reference="other-1"))
    change_person(staff_store, replace(person, name="Zeb Q.", appointments=()))
    now = read_people(staff_store)[person.id]
    assert (now.name, now.appointments) == ("Zeb Q.", (appointment,))
    assert events(staff_store, person.id)[-1] == (Event.PERSON_CHANGED, STAFF)


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


# Codes


def by_code(store: Store, code: str) -> Ticket:
    ticket = store.by_code(code, ASKED)
    assert isinstance(ticket, Ticket)
    return ticket


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
    with pytest.raises(NotACode, match="is over"):
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
    change_person(staff_store, replace(person, name="Somebody Else"))
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
    unlink(unlock(store, "Sam", "another goose altogether"), response.id)
    assert listed(staff_store, response).link is None
    answers = expected_answers(read_people(staff_store)[wrong.id], [], store.now())
    assert [each.state for each in answers] == [AppointmentState.EXPECTED]
    with pytest.raises(ScreenerError, match="linked to nobody"):
        unlink(staff_store, response.id)
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
    assert erase_person(staff_store, person.id, "asked")[0] == 2
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
