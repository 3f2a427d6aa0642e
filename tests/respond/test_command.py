"""The commands of what staff record, on a machine of a clinic."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.i18n.formats import local
from screener.staff.recording import begin_for
from screener.store.people import NewAppointment, enter
from screener.store.person import Person, new_person
from tests.cli.running import Ran
from tests.clinic.conftest import commands, machine
from tests.clinic.machine import Machine
from tests.respond.ward import watch

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
