"""A terminal of a clinic stays one: without its store it starts for nobody, until staff leave the clinic on purpose."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screener.store.clinic_setup import set_up_clinic
from tests.clinic.machine import PASSPHRASE, STAFF, Machine

REFUSED = "screener: This terminal belongs to North Clinic, whose store "


def started(machine: Machine, typed: str = "", **environment: str | Path) -> tuple[int, str]:
    """Start the questionnaire and type at most one line; return the code and the last line."""
    ran = machine.screener("start", "--plain", typed=typed.splitlines(), **environment)
    return ran.returncode, ran.stderr.splitlines()[-1]


def mark(machine: Machine) -> Path:
    return machine.home / ".local" / "state" / "screener" / "clinic.json"


def marked(machine: Machine) -> None:
    """Set up a clinic, and use it once on this terminal."""
    store, _ = machine.clinic()
    store.database.close()
    assert machine.screener("clinic", "show").returncode == 0
    assert "North Clinic" in mark(machine).read_text()


def test_a_terminal_whose_clinic_is_gone_starts_for_nobody(machine: Machine, tmp_path: Path) -> None:
    """With the store away, with one that is no clinic's, or with none at all: it refuses, and makes nothing."""
    marked(machine)
    assert started(machine)[0] == 3
    away = machine.data.rename(tmp_path / "away")
    code, last = started(machine)
    assert (code, last.startswith(REFUSED)) == (2, True)
    assert not machine.data.exists()
    assert started(machine, SCREENER_STORE="none")[0] == 2
    other = tmp_path / "other" / "responses.db"
    machine.store(other).database.close()
    code, last = started(machine, SCREENER_STORE=other)
    assert (code, last.startswith(REFUSED)) == (2, True)
    away.rename(machine.data)
    assert started(machine)[0] == 3


def test_staff_leave_a_clinic_with_their_passphrase(machine: Machine) -> None:
    """A wrong passphrase changes nothing; afterwards the terminal is anybody's own."""
    marked(machine)
    ran = machine.screener("clinic", "leave", typed=[STAFF, "four quiet grey cats"])
    assert ran.returncode == 2
    assert mark(machine).exists()
    ran = machine.staff("clinic", "leave")
    assert ran.returncode == 0, ran.stderr
    assert "does not belong to North Clinic any more" in ran.stderr
    assert str(machine.data / "responses.db") in ran.stderr
    assert not mark(machine).exists()
    shutil.rmtree(machine.data)
    for _ in range(2):  # The second time there is somebody's own store.
        assert started(machine, typed="1")[0] == 3
    assert (machine.data / "responses.db").exists()


def test_a_mark_that_an_administrator_removed_leaves_nothing_behind(machine: Machine) -> None:
    """A store that is lost for good is followed by somebody's own, also once that is there."""
    marked(machine)
    shutil.rmtree(machine.data)
    mark(machine).unlink()
    for _ in range(2):
        assert started(machine, typed="1")[0] == 3


@pytest.mark.parametrize("damaged", ["[" * 100_000, '{"clinic": ' + "9" * 5000 + "}", "[]", "\0"])
def test_a_damaged_mark_is_that_of_a_clinic(machine: Machine, damaged: str) -> None:
    marked(machine)
    mark(machine).write_text(damaged)
    (machine.data / "responses.db").rename(machine.data / "away.db")
    code, last = started(machine)
    assert (code, last.startswith("screener: This terminal belongs to a clinic, whose store its store")) == (2, True)


def test_leaving_without_the_store_says_what_an_administrator_does(machine: Machine) -> None:
    """No passphrase can be checked then."""
    ran = machine.staff("clinic", "leave")
    assert (ran.returncode, ran.stderr) == (2, "screener: This terminal belongs to no clinic. Nothing was changed.\n")
    marked(machine)
    shutil.rmtree(machine.data)
    ran = machine.staff("clinic", "leave")
    assert ran.returncode == 2
    assert f"an administrator removes {mark(machine)}." in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_a_store_that_was_moved_is_taken_for_the_same_clinic(machine: Machine, tmp_path: Path) -> None:
    """Who moves the store and configures its new place need not leave the clinic."""
    marked(machine)
    machine.data.rename(tmp_path / "moved")
    assert started(machine, SCREENER_STORE=tmp_path / "moved" / "responses.db")[0] == 3
    assert str(tmp_path / "moved") in mark(machine).read_text()


def test_a_configured_clinic_marks_the_terminal_at_its_first_start(machine: Machine, tmp_path: Path) -> None:
    """A terminal on which people only answer belongs to the clinic too; a damaged mark counts as one."""
    store = machine.store(tmp_path / "shared" / "responses.db")
    set_up_clinic(store, "North Clinic", "north", 30, STAFF, PASSPHRASE)
    store.database.close()
    assert started(machine, SCREENER_STORE=tmp_path / "shared" / "responses.db")[0] == 3
    assert started(machine)[0] == 2
    mark(machine).write_text("?")
    assert started(machine)[0] == 2


def test_the_mark_holds_nothing_secret(machine: Machine) -> None:
    marked(machine)
    assert mark(machine).stat().st_mode & 0o077 == 0
    assert STAFF not in mark(machine).read_text()


def test_somebodys_own_store_leaves_no_mark(machine: Machine, tmp_path: Path) -> None:
    machine.store(tmp_path / "own" / "responses.db").database.close()
    assert started(machine, SCREENER_STORE=tmp_path / "own" / "responses.db")[0] == 3
    assert not mark(machine).exists()
