"""``screener doctor``: one page about this machine, with what to do, and nothing of a person."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from screener.store.backup import back_up
from tests.clinic.machine import SENTINELS, STAFF, Machine, answered


def checks(machine: Machine, **environment: str | Path) -> tuple[int, dict[str, dict[str, Any]]]:
    """Return the exit code, and each check by its name."""
    ran = machine.screener("doctor", "--json", **environment)
    assert ran.stderr == ""
    page = json.loads(ran.stdout)
    assert page["right"] == (ran.returncode == 0)
    return ran.returncode, {each["name"]: each for each in page["checks"]}


def wrong(machine: Machine, **environment: str | Path) -> dict[str, dict[str, Any]]:
    """Return the checks that are wrong; each has a remedy, in its own words or in the sentence of the error."""
    code, every = checks(machine, **environment)
    failing = {name: each for name, each in every.items() if each["state"] == "wrong"}
    assert code == (2 if failing else 0)
    assert all((each["what"] + each["remedy"]).count(" ") > 5 for each in failing.values())
    return failing


def test_a_machine_in_order_has_nothing_wrong(machine: Machine, tmp_path: Path) -> None:
    """Check a clinic that was backed up, and somebody's own machine without a store; no store is made by looking."""
    assert wrong(machine) == {}
    assert not machine.data.exists()
    store, _ = machine.clinic()
    answered(store)
    back_up(store, tmp_path / "copy.db")
    store.database.close()
    assert wrong(machine) == {}
    page = machine.screener("doctor").stdout
    assert page.endswith("Nothing is wrong.\n")
    assert "This terminal belongs to North Clinic." in page


def test_nothing_of_a_person_is_on_the_page(machine: Machine) -> None:
    """Check that neither answers nor names of staff are there; what a command prints is checked for answers anyway."""
    store, _ = machine.clinic()
    answered(store)
    answered(store, finished=False)
    for arguments in (("doctor",), ("doctor", "--json")):
        output = machine.screener(*arguments).stdout
        assert not [word for word in (*SENTINELS, STAFF) if word in output]


def test_a_clinic_without_a_backup_is_told(machine: Machine, tmp_path: Path) -> None:
    store, _ = machine.clinic()
    assert wrong(machine)["backup"]["what"] == "There is no backup yet."
    back_up(store, tmp_path / "copy.db")
    assert "backup" not in wrong(machine)
    for _ in range(2):
        machine.clock.go(days=-5)
        with store.database.writing() as rows:
            rows.run("UPDATE audit SET at = at - ?", (5 * 86400,))
    assert wrong(machine)["backup"]["what"] == "The last backup is 10 days old."


def test_what_is_kept_too_long_is_told(machine: Machine) -> None:
    machine.clock.go(days=-40)
    store, _ = machine.clinic()
    answered(store)
    machine.days_pass(store, 40)
    assert wrong(machine)["purge"] == {
        "name": "purge",
        "state": "wrong",
        "what": "1 responses are kept longer than 30 days.",
        "remedy": "Run: screener clinic purge",
    }


def test_a_clock_that_went_back_is_told(machine: Machine) -> None:
    """Check that entries of the audit trail from tomorrow are noticed."""
    store, _ = machine.clinic()
    with store.database.writing() as rows:
        rows.run("UPDATE audit SET at = at + 86400")
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    assert f"from {tomorrow}" in wrong(machine)["clock"]["what"]


def test_a_configured_store_that_is_missing_is_told(machine: Machine, tmp_path: Path) -> None:
    failing = wrong(machine, SCREENER_STORE=tmp_path / "away" / "responses.db")
    assert failing["store"]["what"] == f"The configured store {tmp_path / 'away' / 'responses.db'} is missing."
    assert not (tmp_path / "away").exists()


def test_a_folder_that_others_can_enter_is_told(machine: Machine) -> None:
    store, _ = machine.clinic()
    store.database.close()
    machine.data.chmod(0o755)
    failing = wrong(machine)
    assert list(failing) == ["store"]  # What is wrong once is said once, and what needs it is not checked.
    assert "Others can look into" in failing["store"]["what"]
    assert 'This needs what is wrong at "store" above.' in machine.screener("doctor").stdout


@pytest.mark.parametrize(
    ("setting", "check", "what"),
    [
        ('theme = "drak"', "configuration", "There is no theme"),
        ('exports = "missing"', "copies", "is missing"),
        ('printer = "no-such-program -d desk"', "printer", "There is no program no-such-program."),
        ('printer = "lp \'desk"', "printer", "has an open quote"),
        ('on_urgent = "no-such-pager"\nurgent_after = 60', "urgent command", "There is no program no-such-pager."),
        ('language = "fr"', "content", "fr"),
    ],
)
def test_a_configuration_that_does_not_fit_this_machine_is_told(
    machine: Machine, setting: str, check: str, what: str
) -> None:
    folder = machine.home / ".config" / "screener"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(setting, "utf-8")
    failing = wrong(machine)
    assert list(failing) == [check]
    assert what in failing[check]["what"]


def test_a_password_that_others_can_read_is_told(machine: Machine) -> None:
    """Check that the address of a database is not readable by others, and that its password is not on the page."""
    folder = machine.home / ".config" / "screener"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('store = "postgresql://clinic:hunter2@127.0.0.1:1/screener"', "utf-8")
    (folder / "config.toml").chmod(0o644)
    failing = wrong(machine)
    assert {"store", "permissions"} <= failing.keys()
    assert failing["permissions"]["remedy"].startswith("Run: chmod 600 ")
    assert "hunter2" not in machine.screener("doctor").stdout


@pytest.mark.parametrize("mode", [0o646, 0o644])
def test_a_configuration_that_others_can_use_is_told_where_staff_look(machine: Machine, mode: int) -> None:
    """By doctor, and at the start of a kiosk and of the staff screens; what others may read without harm is not."""
    folder = machine.home / ".config" / "screener"
    folder.mkdir(parents=True)
    configuration = folder / "config.toml"
    configuration.write_text('terminal = "Front desk"', "utf-8")
    configuration.chmod(mode)
    machine.clinic()
    told = [ran.stderr for ran in (machine.screener("kiosk"), machine.screener("staff"))]
    told.append(machine.screener("doctor").stdout)
    assert [f"chmod 600 {configuration}" in each for each in told] == [mode == 0o646] * 3


def test_faults_are_told_until_the_file_is_removed(machine: Machine) -> None:
    noted = machine.home / ".local" / "state" / "screener" / "faults.log"
    noted.parent.mkdir(parents=True)
    noted.write_text("2026-01-01T00:00:00+00:00 screener 0.2.0 Python 3.11.2 KeyError-question-120\n")
    assert wrong(machine)["faults"]["what"] == f"1 fault of the program is noted in {noted}."
    noted.unlink()
    assert wrong(machine) == {}


def test_a_terminal_is_described(machine: Machine) -> None:
    """Check what the page says where there is no terminal, and of its variables."""
    _, every = checks(machine, TERM="dumb", NO_COLOR="1")
    assert every["screen"]["state"] == "not checked"
    assert every["keys"]["state"] == "wrong"
    assert "NO_COLOR" in every["colours"]["what"]
    assert checks(machine, TERM="xterm-256color")[1]["keys"]["state"] == "right"
