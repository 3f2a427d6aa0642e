"""The commands of what staff record, on a machine of a clinic."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.i18n.formats import local
from screener.staff.recording import begin_for
from screener.store.appointments import NewAppointment, enter
from screener.store.audit import Event
from screener.store.linking import link_by_name
from screener.store.person import Person, new_person
from tests.check.copies import change
from tests.cli.running import Ran
from tests.clinic.conftest import commands, machine
from tests.clinic.machine import Machine
from tests.respond.test_documents import FILE, FORM, ITEMS
from tests.respond.ward import ward, watch
from tests.store.people import answered

__all__ = ("commands", "machine")


@pytest.fixture
def person(machine: Machine) -> Person:
    """Somebody whom the clinic expects."""
    machine.clinic()
    staff_store = machine.staff_store()
    today = local(machine.clock()).date()
    ((person, _appointment),) = enter(
        staff_store,
        [NewAppointment(new_person("Ana Lee", "AL-1", "1987", "", "", today.year), "before-a-flight", today)],
    )
    return person


def staff(machine: Machine, folder: Path, *arguments: str, typed: tuple[str, ...] = ()) -> Ran:
    return machine.staff("--content", folder, *arguments, typed=typed)


def test_forms_that_are_due_are_listed(machine: Machine, person: Person, folder: Path) -> None:
    assert "No form is recorded as not sent" in staff(machine, folder, "clinic", "forms").stderr
    begin_for(machine.staff_store(), person, watch(folder), folder, "plain")
    ran = staff(machine, folder, "clinic", "forms")
    assert (ran.returncode, ran.stderr) == (0, "")
    (line,) = ran.stdout.splitlines()
    assert line.startswith("due in 7 days (")
    assert line.endswith("watch  AL-1  Ana Lee")


def test_what_was_recorded_for_a_form_is_printed_by_its_reference(
    machine: Machine, person: Person, folder: Path, tmp_path: Path
) -> None:
    """That it was read and copied is in the audit trail first; the timeline comes in the same way."""
    change(copied_ward := ward(tmp_path / "content"), (FILE, FORM, ITEMS))
    record(machine, copied_ward, *WHOLE)
    (listed,) = machine.staff_store().responses()
    assert listed.entry
    ran = staff(machine, copied_ward, "clinic", "forms", listed.entry.reference)
    assert ran.returncode == 0, ran.stderr
    text = " ".join(ran.stdout.split())
    assert "For the form: Form of the jump" in text
    assert "At the clinic AL-1; born 1987." in text
    assert "The weather not asked here" in text.replace("[T1] ", "")
    ran = staff(machine, copied_ward, "clinic", "forms", listed.entry.reference, "--copy", "timeline")
    assert "Timeline: After the jump" in ran.stdout
    events = [row.event for row in machine.staff_store().check_audit()]
    assert [each for each in events if each in (Event.VIEWED, Event.EXPORTED)] == [Event.VIEWED, Event.EXPORTED] * 2


def record(machine: Machine, folder: Path, *typed: str, options: tuple[str, ...] = ()) -> Ran:
    """Record in lines of text, as the member of staff who types their name and passphrase."""
    return staff(machine, folder, "clinic", "record", "watch", *options, typed=typed)


WHOLE = ("AL-1", "yes", "10:05", "2", "142/91", "k", "2", "1", "s", "1", "s", "1", "f")
"""Landed at 10:05 with a square parachute, 142 over 91, did not faint, walks as before; the rest is not recorded."""


def test_it_is_recorded_in_lines_of_text_under_the_name_of_whoever_unlocked_it(
    machine: Machine, person: Person, folder: Path
) -> None:
    """For whom and by whom stands at every question; a blank is not recorded; nothing is printed for the person."""
    ran = record(machine, folder, *WHOLE)
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout + ran.stderr
    assert said.count("For Ana Lee, AL-1, born 1987; entered by Alex Reed") >= 7
    assert "Not recorded" in said
    assert "It is finished" in said
    assert "Prefer not to say" not in said
    staff_store = machine.staff_store()
    (listed,) = staff_store.responses()
    assert listed.finished
    assert listed.link
    assert listed.link.person == person.id
    assert {past.by for past in staff_store.read(listed.id).history} == {"Alex Reed"}
    staff_store.check_audit()


def test_another_person_is_nobody(machine: Machine, person: Person, folder: Path) -> None:
    ran = record(machine, folder, "AL-1", "no")
    assert ran.returncode == 2
    assert "Nothing was begun. Check the reference." in ran.stderr
    assert machine.staff_store().responses() == []


def test_what_ended_in_the_middle_is_gone_on_with(machine: Machine, person: Person, folder: Path) -> None:
    """The input ends, as when somebody pulls the plug: what was recorded is kept, and how to go on is said."""
    ran = record(machine, folder, "AL-1", "yes", "10:05")
    assert ran.returncode == 3
    assert "To go on: screener clinic record watch" in ran.stderr
    record(machine, folder, "AL-1", "yes", "yes", "2")
    staff_store = machine.staff_store()
    (listed,) = staff_store.responses()
    assert [past.question for past in staff_store.read(listed.id).history] == ["landed", "parachute"]


def test_a_finished_one_is_corrected_with_a_reason(machine: Machine, person: Person, folder: Path) -> None:
    record(machine, folder, *WHOLE)
    staff_store = machine.staff_store()
    (listed,) = staff_store.responses()
    assert listed.entry
    options = ("--correct", listed.entry.reference)
    ran = record(machine, folder, "AL-1", "yes", "c 3", "124", "typed the wrong way round", "f", options=options)
    assert ran.returncode == 0, ran.stderr
    history = staff_store.read(listed.id).history
    assert [(past.entry, past.reason) for past in history if past.question == "top"] == [
        (142, None),
        (124, "typed the wrong way round"),
    ]
    staff_store.check_audit()


def test_what_a_person_answered_is_not_corrected_by_it(machine: Machine, person: Person, folder: Path) -> None:
    """Also where it is linked to the person whom staff confirmed."""
    staff_store = machine.staff_store()
    link_by_name(staff_store, answered(staff_store.store).id, person)
    ran = record(machine, folder, "AL-1", "yes", options=("--correct", "K7QP-3MXD"))
    assert ran.returncode == 2
    assert "Staff did not record this" in ran.stderr
    staff_store.check_audit()


def test_what_people_answer_is_not_recorded_by_it(machine: Machine, person: Person, folder: Path) -> None:
    ran = staff(machine, folder, "clinic", "record", "before-a-flight")
    assert ran.returncode == 2
    assert 'People answer "before-a-flight" themselves: screener start' in ran.stderr


def test_an_urgent_page_waits_for_a_word_and_asks_no_name(machine: Machine, person: Person, folder: Path) -> None:
    """Whoever records has said their name before; leaving says that it is kept."""
    typed = ("AL-1", "yes", "10:05", "2", "142/91", "k", "1", "read", "1", "read", "q", "2")
    ran = record(machine, folder, *typed)
    assert ran.returncode == 3, ran.stderr
    said = ran.stdout + ran.stderr
    assert "If a life is in danger now:" in said
    assert "Stay with this person and get help now" in said
    assert "For staff. Your name" not in said
    assert "You or a colleague can go on with it" in said
    staff_store = machine.staff_store()
    (listed,) = staff_store.responses()
    pages = staff_store.read(listed.id).acknowledgements
    assert [(page.rule, page.by) for page in pages] == [("fainted", "Alex Reed"), ("unconscious", "Alex Reed")]
    assert listed.urgent
