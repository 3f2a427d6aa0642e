"""``screener clinic appointments``: who is expected; and what is kept of a person is erased and purged."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from screener.i18n.formats import local
from screener.store.appointment_code import Ticket
from screener.store.appointments import NewAppointment, enter, issue_code
from screener.store.people import read_people
from screener.store.person import new_person
from screener.store.store import Store
from tests.cli.running import Ran
from tests.clinic.machine import PASSPHRASE, STAFF, Machine, a_record

HEAD = "Name;Reference;Year of birth;Date;Time\n"
NAME, REFERENCE = "Åsa Müller-O’Brien", "AM-17"


@pytest.fixture
def store(machine: Machine) -> Store:
    return machine.clinic()[0]


def in_days(machine: Machine, days: int) -> datetime.date:
    return local(machine.clock()).date() + datetime.timedelta(days=days)


def run(machine: Machine, *arguments: str | Path, typed: tuple[str, ...] = (), **environment: str) -> Ran:
    return machine.staff("clinic", "appointments", *arguments, typed=typed, **environment)


def imported(machine: Machine, table: str | bytes, **environment: str) -> Ran:
    path = machine.folder / "expected.csv"
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    return run(machine, "import", path, **environment)


def test_staff_enter_somebody_by_prompts_and_nobody_is_named_in_an_argument(machine: Machine, store: Store) -> None:
    """The contact is asked only where the clinic keeps one."""
    when = in_days(machine, 3)
    ran = run(machine, "add", typed=(NAME, REFERENCE, "1987", f"{when}", "09:30"))
    assert ran.returncode == 0, ran.stderr
    identity = ran.stdout.removeprefix("Entered: ").strip()
    (person,) = read_people(machine.staff_store(store)).values()
    assert (person.name, person.reference, person.contact) == (NAME, REFERENCE, "")
    typed = ("Kai", "K-1", "", "kai@north.example", f"{when}", "")
    assert run(machine, "add", typed=typed, SCREENER_APPOINTMENT_CONTACT="yes").returncode == 0
    lines = run(machine, "list").stdout.splitlines()
    assert lines[0] == f"{identity}  {when} 09:30  expected  before-a-flight  {REFERENCE}  {NAME}"
    assert lines[1].endswith("K-1  Kai  kai@north.example")


@pytest.mark.parametrize(
    ("field", "typed", "complaint"),
    [
        (1, " ", "The reference is missing"),
        (2, "87", "four digits"),
        (2, "2077", "between 1880 and"),
        (2, "1066", "between 1880 and"),
        (3, "31.3.2030", "Write it like 2026-03-31"),
        (3, "2020-01-01", "This day is over"),
        (3, "2099-01-01", "years ahead"),
        (4, "25:00", "Write it like 14:30"),
    ],
)
def test_a_field_that_cannot_be_is_refused(
    machine: Machine, store: Store, field: int, typed: str, complaint: str
) -> None:
    right = [NAME, REFERENCE, "1987", f"{in_days(machine, 3)}", "09:30"]
    ran = run(machine, "add", typed=(*right[:field], typed, *right[field + 1 :]))
    assert (ran.returncode, complaint in ran.stderr) == (2, True), ran.stderr
    assert read_people(machine.staff_store(store)) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_write_it(
    machine: Machine, store: Store, encoding: str, delimiter: str
) -> None:
    table = f'{HEAD}"{NAME}";{REFERENCE};1987;{in_days(machine, 1)};9:30\r\n\r\nKai;K-1;;{in_days(machine, 2)};\r\n'
    ran = imported(machine, table.replace(";", delimiter).encode(encoding))
    assert (ran.returncode, ran.stdout) == (0, "Entered: 2 appointments.\n"), ran.stderr
    people = {person.reference: person for person in read_people(machine.staff_store(store)).values()}
    assert people[REFERENCE].name == NAME
    assert people[REFERENCE].appointments[0].time == datetime.time(9, 30)
    assert (people["K-1"].year_of_birth, people["K-1"].appointments[0].time) == (None, None)
    machine.staff_store(store).check_audit()


def test_errors_of_a_table_are_told_by_line_and_nothing_is_entered(machine: Machine, store: Store) -> None:
    """All of them at once; the line is where the row begins. No line of a person is repeated."""
    day = in_days(machine, 1)
    table = (
        f"{HEAD}Kai;K-1;;{day};\n"
        f";K-2;;{day};\n"
        f'"Two\nlines";K-3;;{day};\n'
        f"Lee;K-4;;tomorrow;\n"
        f"Ana;K-5;;{day}\n"
        f"Max;K-1;;{day};\n"
    )
    ran = imported(machine, table)
    assert (ran.returncode, ran.stdout) == (2, "")
    messages = [line for line in ran.stderr.splitlines() if "Line" in line]
    assert [line[line.index("Line") :].split(":")[0] for line in messages] == ["Line 3", "Line 6", "Line 7"]
    assert "Lee" not in ran.stderr
    assert read_people(machine.staff_store(store)) == {}
    ran = imported(machine, f"{HEAD}Kai;K-1;;{day};\nMax;K-1;;{day};\nKai;k-1;;{day};\n")
    assert "Line 3: Another name is known for this reference" in ran.stderr
    assert "Line 4: This person is expected" in ran.stderr
    assert read_people(machine.staff_store(store)) == {}


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("", "no appointment"),
        (HEAD, "no appointment"),
        ("Kai;K-1;2030-01-01\n", "Line 1: There is no column of this name."),
        ("Name;Reference\n", "Line 1: The column date is missing"),
        ("Name;Name;Reference;Date\n", "Line 1: Two columns have the same name"),
        (f'{HEAD}"Kai;K-1\n', "Line 2: A quotation mark"),
        ("Name,Reference,Date,Contact\nKai,K-1,2030-01-01,kai@north.example\n", "keeps no contact"),
        ("Name,Reference,Date,Questionnaire\nKai,K-1,2030-01-01,before-a-fligth\n", 'Did you mean "before-a-flight"?'),
        (f"{HEAD}Kai;K-1\n", "Put quotes round a cell"),
        (b"Name;Reference;Date\nK\xff;K-1;2030-01-01\n", "not UTF-8"),
    ],
)
def test_what_is_no_table_of_appointments_is_refused(
    machine: Machine, store: Store, table: str | bytes, complaint: str
) -> None:
    ran = imported(machine, table)
    assert (ran.returncode, complaint in ran.stderr) == (2, True), ran.stderr
    assert read_people(machine.staff_store(store)) == {}


def test_a_code_is_printed_once_and_a_removed_appointment_has_none(machine: Machine, store: Store) -> None:
    identity = (
        run(machine, "add", typed=(NAME, REFERENCE, "1987", f"{in_days(machine, 0)}", ""))
        .stdout.removeprefix("Entered: ")
        .strip()
    )
    ran = run(machine, "code", identity)
    assert len(ran.stdout.split()) == 4
    assert "work once, until" in ran.stderr
    assert run(machine, "code", "ffffffff0").returncode == 2
    assert run(machine, "remove", identity).stdout == "The appointment is removed.\n"
    assert run(machine, "list").stdout == ""


def test_overdue_and_missed_ones_are_listed_first(machine: Machine, store: Store) -> None:
    staff_store, midnight = machine.staff_store(store), datetime.time()
    for name, days, time in (("Ana", 2, None), ("Bo", -1, None), ("Cem", 0, midnight), ("Dee", 0, None)):
        person = new_person(name, name, "", "", "", 2026)
        enter(staff_store, [NewAppointment(person, "before-a-flight", in_days(machine, days), time)])
    lines = [line.split() for line in run(machine, "list").stdout.splitlines()]
    states = ["overdue Cem", "missed Bo", "expected Dee", "expected Ana"]
    assert [f"{line[-4]} {line[-1]}" for line in lines] == states
    assert run(machine, "list", "--state", "missed").stdout.count("\n") == 1


def test_a_person_is_erased_once_their_reference_was_typed_again(machine: Machine, store: Store) -> None:
    """With all of theirs; a slip erases nothing."""
    assert imported(machine, f"{HEAD}{NAME};{REFERENCE};1987;{in_days(machine, 1)};\n").returncode == 0
    staff_store = machine.staff_store(store)
    (person,) = read_people(staff_store).values()
    store.begin(replace(a_record(store.now()), reference="2222-2222")).forget()
    erasing = ("clinic", "erase", "--person", "--reason", "asked")
    assert machine.staff(*erasing, typed=(REFERENCE, "AM-18")).returncode == 2
    assert machine.staff(*erasing, typed=("AM-18", "AM-18")).returncode == 2
    assert machine.staff("clinic", "erase", "K7QP-3MXE", "--person", "--reason", "asked").returncode == 2
    assert machine.staff("clinic", "erase", "--reason", "asked").returncode == 2
    assert set(read_people(staff_store)) == {person.id}
    ran = machine.staff(*erasing, typed=(REFERENCE, f" {REFERENCE.lower()} "))
    assert ran.stdout == "The person is erased, with 1 appointments and 0 responses.\n"
    assert read_people(staff_store) == {}
    assert f"person erased  {person.id[:8]} (asked)" in machine.staff("clinic", "audit").stdout
    assert len(staff_store.responses()) == 1


def test_the_audit_trail_names_a_person_by_the_clinics_reference(machine: Machine, store: Store) -> None:
    assert imported(machine, f"{HEAD}{NAME};{REFERENCE};1987;{in_days(machine, 1)};\n").returncode == 0
    trail = machine.staff("clinic", "audit").stdout
    assert f"{STAFF}" in trail
    assert f"person added  {REFERENCE}\n" in trail
    assert f"appointment entered  {REFERENCE}\n" in trail


def test_a_purge_counts_the_people_of_whom_nothing_is_recent(machine: Machine) -> None:
    machine.clock.go(days=-50)
    store, _ = machine.clinic()
    day = local(machine.clock()).date()
    enter(machine.staff_store(store), [NewAppointment(new_person(NAME, REFERENCE, "", "", "", 2026), "q", day)])
    machine.days_pass(store, 50)
    due = "1 person with appointments, of whom nothing is more recent than 30 days."
    assert f"To be purged: {due}" in machine.screener("clinic", "purge").stdout
    assert f"Purged: {due}" in machine.screener("clinic", "purge", "--apply").stdout
    assert read_people(machine.staff_store(store)) == {}


def test_a_person_answers_under_their_appointment_without_a_name(machine: Machine, store: Store) -> None:
    """The terminal gets the questionnaire and an id that only staff can open."""
    assert imported(machine, f"{HEAD}{NAME};{REFERENCE};1987;{in_days(machine, 0)};\n").returncode == 0
    staff_store = machine.staff_store(store)
    (person,) = read_people(staff_store).values()
    code, _until = issue_code(staff_store, person.appointments[0].id)
    ticket = store.by_code(code, ("before-a-flight",))
    assert isinstance(ticket, Ticket)
    assert PASSPHRASE not in repr(ticket)
    for secret in (NAME, REFERENCE, person.id, person.appointments[0].id):
        assert secret not in repr(ticket)
