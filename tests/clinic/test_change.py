"""``screener clinic change``: what an administrator changes of a clinic is signed, and terminals follow it."""

from __future__ import annotations

from screener.store.audit import Event
from screener.store.clinic_change import change_clinic
from tests.clinic.machine import STAFF, Machine


def test_name_region_and_retention_are_changed_and_terminals_follow(machine: Machine) -> None:
    store, _ = machine.clinic(retention_days=30)
    ran = machine.staff("clinic", "change", "--name", "South Clinic", "--region", "south", "--retention-days", "90")
    assert (ran.returncode, ran.stdout) == (
        0,
        "South Clinic, south; responses are kept 90 days after the last answer.\n",
    )
    with store.database.reading() as rows:
        store.follow_clinic(rows)
    assert store.clinic
    assert (store.clinic.name, store.clinic.region, store.clinic.retention_days) == ("South Clinic", "south", 90)
    rows = [row for row in machine.staff_store().check_audit() if row.event == Event.CLINIC_CHANGED]
    assert [(row.actor, row.subject) for row in rows] == [(STAFF, "90")]
    assert "South Clinic" in machine.screener("clinic", "show").stdout


def test_of_two_who_change_it_neither_undoes_what_the_other_did(machine: Machine) -> None:
    """Each unlocked it before the other changed it."""
    machine.clinic(retention_days=30)
    first, second = machine.staff_store(), machine.staff_store()
    change_clinic(first, name="South Clinic")
    changed = change_clinic(second, region="south")
    assert (changed.name, changed.region) == ("South Clinic", "south")
    machine.staff_store().check_audit()


def test_a_shorter_retention_has_to_be_typed_twice(machine: Machine) -> None:
    """The next purge removes more."""
    machine.clinic(retention_days=30)
    ran = machine.staff("clinic", "change", "--retention-days", "7", typed=("70",))
    assert ran.returncode == 2
    assert "Nothing was changed." in ran.stderr
    assert machine.staff("clinic", "change", "--retention-days", "7", typed=("7",)).returncode == 0
    assert "retention   7 days" in machine.screener("clinic", "show").stdout


def test_what_cannot_be_is_refused_with_one_sentence(machine: Machine) -> None:
    machine.clinic()
    for arguments, complaint in (
        ((), "Say what to change"),
        (("--retention-days", "0"), "at least one day"),
        (("--region", "nowhere"), "no crisis lines"),
        (("--name", "North Clinic"), "Nothing would be changed"),
    ):
        ran = machine.staff("clinic", "change", *arguments)
        assert ran.returncode == 2
        assert complaint in ran.stderr


def test_only_an_administrator_changes_the_clinic(machine: Machine) -> None:
    store, _ = machine.clinic()
    machine.staff_store(store).admit("Sam", "nine small brown wrens", "clinician")
    ran = machine.screener("clinic", "change", "--name", "Mine", typed=("Sam", "nine small brown wrens"))
    assert ran.returncode == 2
    assert "Only administrators" in ran.stderr
