"""``screener clinic keys check``: both keys are tried on everything, and nothing of it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.store.clinic import for_recovery, for_staff
from screener.store.clinic_setup import set_up_clinic
from screener.store.crypto import new_key
from screener.store.outbox_rows import note_sealed_before
from screener.store.recovery_key import format_recovery_key
from screener.store.rotation import rotate_key
from tests.clinic.machine import PASSPHRASE, STAFF, Machine, answered


def test_the_paper_key_opens_everything(machine: Machine) -> None:
    """However it is typed; that it was used is in the audit trail."""
    store, paper = machine.clinic()
    answered(store)
    answered(store, finished=False)
    ran = machine.screener("clinic", "keys", "check", typed=[paper.lower().replace(" ", "-").replace("o", "0")])
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "The recovery key opens every response (2).\n"
    used = machine.staff_store().check_audit()[-2]
    assert (used.actor, used.event) == ("recovery key", "unlocked")


def test_a_passphrase_opens_everything(machine: Machine) -> None:
    store, _ = machine.clinic()
    answered(store)
    ran = machine.screener("clinic", "keys", "check", typed=("", STAFF, PASSPHRASE))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "The passphrase opens every response (1).\n", "")


def test_before_the_first_response_the_key_itself_is_tried(machine: Machine) -> None:
    _, paper = machine.clinic()
    ran = machine.screener("clinic", "keys", "check", typed=(paper, STAFF, PASSPHRASE))
    assert ran.returncode == 0
    assert ran.stdout == (
        "The recovery key is the right one. There are no responses yet.\n"
        "The passphrase is the right one. There are no responses yet.\n"
    )


def test_a_response_that_stays_closed_is_counted(machine: Machine) -> None:
    """One that was changed is noticed, and the exit code is 5."""
    store, paper = machine.clinic()
    answered(store)
    open_response = answered(store)
    with store.database.writing() as rows:
        rows.run("UPDATE response SET snapshot = ?, label = ? WHERE id = ?", (bytes(64), bytes(64), open_response.id))
    ran = machine.screener("clinic", "keys", "check", typed=(paper, STAFF, PASSPHRASE))
    assert (ran.returncode, ran.stdout) == (5, "")
    for secret in ("recovery key", "passphrase"):
        assert f"The {secret} is the right one, but 1 of 2 responses stay closed:" in ran.stderr


@pytest.mark.parametrize("mistake", ["another clinic's", "nobody's", "a slip", "half", "nothing"])
def test_a_key_that_is_wrong_is_said_to_be(machine: Machine, tmp_path: Path, mistake: str) -> None:
    _, paper = machine.clinic()
    last = "Z" if paper[-1] != "Z" else "Y"
    (tmp_path / "other").mkdir(mode=0o700)
    typed = {
        "another clinic's": lambda: set_up_clinic(
            machine.store(tmp_path / "other" / "x.db"), "S", "south", 9, STAFF, PASSPHRASE
        ),
        "nobody's": lambda: format_recovery_key(new_key()),
        "a slip": lambda: paper[:-1] + last,
        "half": lambda: paper[:30],
        "nothing": lambda: "",
    }[mistake]()
    ran = machine.screener("clinic", "keys", "check", typed=[typed])
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith(
        {
            "nothing": "screener: There was nothing to try.",
            "a slip": "screener: This is not the key on the paper: a letter is wrong or missing.",
            "half": "screener: This is not the key on the paper: a letter is wrong or missing.",
        }.get(mistake, "screener: This is a recovery key, but not that of this clinic")
    )


def test_whoever_lost_every_passphrase_comes_back_with_the_paper_and_makes_a_new_one(machine: Machine) -> None:
    store, paper = machine.clinic()
    answered(store)
    new = "nine small brown wrens"
    ran = machine.screener("clinic", "keys", "recover", "Kim", typed=(paper, new, new))
    assert (ran.returncode, ran.stdout) == (0, "Kim can unlock the store now, as an administrator.\n")
    ran = machine.screener("clinic", "keys", "renew", typed=("Kim", new))
    assert ran.returncode == 0, ran.stderr
    renewed = ran.stdout.splitlines()[2].strip()
    assert "Every response is sealed to the new recovery key." in ran.stdout
    assert machine.screener("clinic", "keys", "check", typed=[paper]).returncode == 2
    ran = machine.screener("clinic", "keys", "check", typed=[renewed])
    assert (ran.returncode, ran.stdout) == (0, "The recovery key opens every response (1).\n")
    assert machine.staff("verify", "--audit").returncode == 0


def test_the_clinics_own_key_is_exchanged_after_a_rehearsal(machine: Machine) -> None:
    """Passphrases and the paper stay, and the audit trail says who did it."""
    store, paper = machine.clinic()
    answered(store)
    with store.database.reading() as rows:
        before = rows.all("SELECT keys FROM response")
    ran = machine.staff("clinic", "keys", "rotate", "--rehearse")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Nothing was changed." in ran.stdout
    with store.database.reading() as rows:
        assert rows.all("SELECT keys FROM response") == before
    ran = machine.staff("clinic", "keys", "rotate")
    assert ran.returncode == 0, ran.stderr
    assert "every response is sealed to it" in ran.stdout
    with store.database.reading() as rows:
        assert rows.all("SELECT keys FROM response") != before
    ran = machine.screener("clinic", "keys", "check", typed=(paper, STAFF, PASSPHRASE))
    assert ran.stdout.count("opens every response (1).") == 2
    assert machine.staff("verify", "--audit").returncode == 0
    exchanged = [row.actor for row in machine.staff_store().check_audit() if row.event == "clinic key exchanged"]
    assert exchanged == [STAFF]


def test_after_an_interruption_the_same_command_goes_on_and_makes_no_second_key(machine: Machine) -> None:
    """Also where little is left, and a passphrase alone would end it. What arrives late is no interruption."""
    store, _ = machine.clinic()
    response = answered(store)
    rotate_key(machine.staff_store(store))
    for command in ("rotate", "renew"):
        ran = machine.staff("clinic", "keys", command)
        if command == "rotate":
            assert (ran.returncode, ran.stderr) == (0, "")
            assert ran.stdout.startswith("A key was exchanged before, and everything is sealed to it now.")
            with store.database.writing() as rows:
                note_sealed_before(rows, response.id)
        else:
            assert "Every response is sealed to the new recovery key." in ran.stdout
    exchanged = [row for row in machine.staff_store().check_audit() if row.event == "clinic key exchanged"]
    assert len(exchanged) == 1


def test_a_response_whose_two_sealed_keys_differ_is_counted(machine: Machine) -> None:
    """A terminal that somebody tampered with can seal one key for the staff and another for the paper."""
    store, paper = machine.clinic()
    answered(store)
    strange = answered(store)
    assert store.clinic is not None
    with store.database.writing() as rows:
        (keys,) = rows.all("SELECT keys FROM response WHERE id = ?", (strange.id,))[0]
        other = store.clinic.sealed(new_key(), strange.id)
        rows.run("UPDATE response SET keys = ? WHERE id = ?", (for_staff(other) + for_recovery(keys), strange.id))
    ran = machine.screener("clinic", "keys", "check", typed=[paper])
    assert ran.returncode == 5
    assert "1 of 2 responses stay closed" in ran.stderr
