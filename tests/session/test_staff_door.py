"""The door of a clinic's terminal, on a store in a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from screener.session.staff_door import Admission, StaffDoor, staff_door
from screener.store.door_code_change import set_door_code
from screener.store.members import MustWait
from screener.store.unlock import unlock
from tests.session.conftest import PASSPHRASE, STAFF, Terminal

CODE = "k2m8w5"


@pytest.fixture
def opens(clinic: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StaffDoor:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    set_door_code(unlock(clinic.store(), STAFF, PASSPHRASE), CODE)
    return staff_door(str(clinic.path), "desk", clinic.store())


def test_a_code_and_a_passphrase_open_different_things(opens: StaffDoor) -> None:
    assert opens(STAFF, CODE) is Admission.BY_CODE
    assert opens(STAFF, PASSPHRASE) is Admission.BY_PASSPHRASE
    assert opens(STAFF, "an invented one, and wrong") is Admission.NOTHING
    assert opens("Nobody", CODE) is Admission.NOTHING


def test_a_code_opens_while_another_program_holds_the_store(clinic: Terminal, opens: StaffDoor) -> None:
    """Neither a lock nor a store that is gone keeps staff from somebody at an emergency page."""
    with closing(sqlite3.connect(clinic.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert opens(STAFF, CODE) is Admission.BY_CODE
        other.execute("ROLLBACK")
    clinic.path.rename(clinic.path.with_name("away.db"))
    clinic.path.parent.chmod(0o500)
    try:
        assert opens(STAFF, CODE) is Admission.BY_CODE
    finally:
        clinic.path.parent.chmod(0o700)


def test_wrong_codes_make_whoever_guesses_wait_and_say_so(opens: StaffDoor) -> None:
    for _ in range(3):
        assert opens(STAFF, "000000") is Admission.NOTHING
    with pytest.raises(MustWait, match="Wait 5 seconds"):
        opens(STAFF, CODE)
    assert opens(STAFF, PASSPHRASE) is Admission.BY_PASSPHRASE
    assert opens(STAFF, CODE) is Admission.BY_CODE
