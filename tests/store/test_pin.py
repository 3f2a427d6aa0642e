"""A terminal knows its clinic, and answers are sealed to no other one, whoever can write into the store."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store.clinic import Clinic, put_clinic, read_clinic
from screener.store.clinic_setup import set_up_clinic
from screener.store.crypto import new_pair
from screener.store.database import Database
from screener.store.store import Store
from screener.store.terminal_identity import identity_in
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, QUICK, STAFF, Clock, a_clinic, a_record, unlocked


def a_terminal(database: Database, state: Path, name: str = "kiosk", *, any_clinic: bool = False) -> Store:
    identity = identity_in(state, "the store", name)
    return Store(database, now=Clock(), terminal=name, cost=QUICK, identity=identity, any_clinic=any_clinic)


def exchange(database: Database, changed: Clinic, secret: bytes) -> None:
    with database.writing() as rows:
        put_clinic(rows, changed, secret)


def test_a_terminal_refuses_another_clinic_than_the_one_it_knows(backend: Backend, tmp_path: Path) -> None:
    """Neither another key to which answers are sealed, nor one that its own new keys sign."""
    database = backend.connect()
    store, _ = a_clinic(database)
    a_terminal(database, tmp_path)
    stranger, public = new_pair()
    assert store.clinic is not None
    signed_by_a_stranger = replace(store.clinic, recovery=public, serial=1).signed(stranger)
    signed_by_nobody = replace(store.clinic, recovery=public, serial=1)
    for changed in (signed_by_a_stranger, signed_by_nobody):
        exchange(database, changed, stranger)
        with pytest.raises(ScreenerError, match="exchanged"):
            a_terminal(database, tmp_path)
    with database.writing() as rows:
        rows.run("DELETE FROM meta WHERE name NOT IN ('format', 'return code salt')")
    with pytest.raises(ScreenerError, match="has none any more"):
        a_terminal(database, tmp_path)


def test_at_its_first_start_a_terminal_refuses_what_the_clinic_did_not_sign(backend: Backend, tmp_path: Path) -> None:
    database = backend.connect()
    store, _ = a_clinic(database)
    assert store.clinic is not None
    exchange(database, replace(store.clinic, recovery=new_pair()[1]), bytes(32))
    with pytest.raises(ScreenerError, match="exchanged"):
        a_terminal(database, tmp_path)


def test_a_terminal_follows_what_the_staff_signed_and_never_back(backend: Backend, tmp_path: Path) -> None:
    database = backend.connect()
    store, _ = a_clinic(database)
    a_terminal(database, tmp_path)
    before, staff_store = store.clinic, unlocked(store)
    assert before is not None
    changed = replace(before, retention_days=9, serial=1).signed(staff_store.secret)
    exchange(database, changed, staff_store.secret)
    assert a_terminal(database, tmp_path).clinic == changed
    exchange(database, before, staff_store.secret)
    with pytest.raises(ScreenerError, match="exchanged"):
        a_terminal(database, tmp_path)


def test_staff_who_unlock_let_a_terminal_know_a_clinic_that_was_set_up_anew(backend: Backend, tmp_path: Path) -> None:
    database = backend.connect()
    before = a_clinic(database)[0].clinic
    a_terminal(database, tmp_path)
    with database.writing() as rows:
        for table in ("meta", "audit", "staff", "member", "signature", "terminal"):
            rows.run(f"DELETE FROM {table}")
    other = a_terminal(database, tmp_path, any_clinic=True)
    set_up_clinic(other, "South Clinic", "england", 30, STAFF, PASSPHRASE)
    lagging = identity_in(tmp_path, "the store", "kiosk")
    lagging.may_lag = True
    unlocked(a_terminal(database, tmp_path, any_clinic=True))
    with pytest.raises(ScreenerError, match="exchanged"):
        lagging.recognise(before)
    other_state = tmp_path / "other"
    assert a_terminal(database, tmp_path).clinic == other.clinic
    assert a_terminal(database, other_state).clinic == other.clinic


def test_the_key_of_a_terminal_is_private_and_stays_the_same(backend: Backend, tmp_path: Path) -> None:
    database = backend.connect()
    a_clinic(database)
    for _ in range(2):
        a_terminal(database, tmp_path / "state").begin(a_record(1))
        unlocked(a_terminal(database, tmp_path / "state")).check_audit()
    with database.reading() as rows:
        assert rows.all("SELECT COUNT(*) FROM terminal WHERE name = 'kiosk'") == [(1,)]
        assert read_clinic(rows)
    (key,) = (tmp_path / "state").glob("*.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
