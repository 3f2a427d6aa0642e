"""What an exchange of the clinic's key means for terminals: those that run, were off, or have an outbox to send."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store.connect import open_store
from screener.store.database import Database, put_value
from screener.store.key_check import check_with_recovery_key
from screener.store.outbox import forward, open_outbox
from screener.store.recovery import new_recovery_pair, renew_recovery_key
from screener.store.recovery_key import parse_recovery_key
from screener.store.rotation import rotate_key
from screener.store.sealing_anew import is_sealing_anew, seal_anew
from screener.store.signature import Signer, new_signer
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.terminal_identity import identity_in
from tests.store.conftest import Backend
from tests.store.making import (
    QUICK,
    Clock,
    a_clinic,
    a_record,
    a_store,
    an_urgent_record,
    unlocked,
)
from tests.store.test_rotation import opened_with


def a_terminal(database: Database, state: Path, name: str = "kiosk") -> Store:
    identity = identity_in(state, "the store", name)
    return Store(database, now=Clock(), terminal=name, cost=QUICK, identity=identity)


@pytest.fixture
def clinic(postgresql: Backend) -> Store:
    return a_clinic(postgresql.connect())[0]


@pytest.fixture
def outbox(postgresql: Backend, clinic: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The outbox of a kiosk that has seen the clinic once."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    outbox = open_outbox(postgresql.location, "kiosk")
    assert outbox
    outbox.now, outbox.cost = Clock(), QUICK
    return outbox


def test_a_terminal_that_was_off_during_two_rotations_follows(backend: Backend, tmp_path: Path) -> None:
    """One that runs does too, and neither seals anything to a key before."""
    database = backend.connect()
    store, _ = a_clinic(database)
    running = a_terminal(backend.connect(), tmp_path / "running", "running")
    a_terminal(database, tmp_path / "off")
    first = unlocked(store)
    second = rotate_key(first)
    third = rotate_key(second)
    response = running.begin(a_record(1))
    off = a_terminal(backend.connect(), tmp_path / "off")
    off.begin(a_record(1))
    assert running.clinic == off.clinic == store.clinic
    seal_anew(third)
    assert [opened_with(each.secret, store) for each in (first, second)] == [[], []]
    assert len(unlocked(store).read(response.id).history) == 1
    unlocked(store).check_audit()


def test_a_terminal_follows_no_exchange_that_the_key_before_did_not_sign(backend: Backend, tmp_path: Path) -> None:
    """And it never goes back to a key that was exchanged, whoever signs that with it. One that runs does neither, even
    where it has no folder to remember its clinic in."""
    database = backend.connect()
    store, _ = a_clinic(database)
    off, running = tmp_path / "off", a_terminal(backend.connect(), tmp_path / "running")
    a_terminal(database, off)
    forgetful = a_store(backend.connect(), terminal="forgetful")
    with database.reading() as rows:
        values_before = rows.all("SELECT name, value FROM meta")
    before = unlocked(store)
    after = rotate_key(before)
    stranger = new_signer()

    def exchange(by_before: Signer, by_after: Signer) -> None:
        message = b"screener/2|key exchange|" + before.signer.public + after.signer.public
        parts = (before.signer.public, after.signer.public, by_before.sign(message), by_after.sign(message))
        with database.writing() as rows:
            put_value(rows, "clinic key exchange 1", json.dumps([part.hex() for part in parts]).encode())

    for signers in ((stranger, after.signer), (before.signer, stranger)):
        exchange(*signers)
        with pytest.raises(ScreenerError, match="exchanged"):
            a_terminal(database, off)
        for each in (running, forgetful):
            with pytest.raises(ScreenerError, match="exchanged"):
                each.begin(a_record(1))
        with pytest.raises(ScreenerError, match="audit trail"):
            after.check_audit()
    exchange(before.signer, after.signer)
    a_terminal(database, off)
    after.check_audit()
    with database.writing() as rows:
        for name, value in values_before:
            put_value(rows, name, bytes(value))
    with pytest.raises(ScreenerError, match="exchanged"):
        a_terminal(database, off)


def test_the_terminal_of_an_exchange_knows_the_new_key_at_once(sqlite: Backend, tmp_path: Path) -> None:
    """It follows nobody's word for it: the others need the exchange that is written in the store."""
    database = sqlite.connect()
    a_clinic(database)
    of_exchange, other = (a_terminal(database, tmp_path / name) for name in ("here", "there"))
    rotate_key(unlocked(of_exchange))
    with database.writing() as rows:
        rows.run("DELETE FROM meta WHERE name LIKE ?", ("clinic key exchange%",))
    a_terminal(database, tmp_path / "here")
    with pytest.raises(ScreenerError, match="exchanged"):
        a_terminal(database, tmp_path / "there")
    assert other.clinic != of_exchange.clinic


def test_what_waited_in_an_outbox_arrives_opens_and_is_sealed_anew(
    postgresql: Backend, clinic: Store, outbox: Store
) -> None:
    """Also where the terminal had been off during two rotations, and a new recovery key."""
    waiting = outbox.begin(an_urgent_record(2))
    first = unlocked(clinic)
    second = rotate_key(first)
    seal_anew(second)
    third = rotate_key(second)
    paper, public = new_recovery_pair()
    renew_recovery_key(third, public)
    seal_anew(third)
    open_store(postgresql.location, "kiosk").database.close()
    lagging = open_outbox(postgresql.location, "kiosk")
    assert lagging, "the machine has seen the new keys, and its outbox has not"
    server = a_store(postgresql.connect(), terminal="kiosk")
    forward(outbox.database, server)
    assert opened_with(first.secret, clinic) == [waiting.id]
    assert is_sealing_anew(clinic)
    staff_store = unlocked(clinic)
    assert len(staff_store.read(waiting.id).history) == 2
    assert opened_with(first.secret, clinic) == []
    assert check_with_recovery_key(clinic, parse_recovery_key(paper)).closed == 0
    again = open_outbox(postgresql.location, "kiosk")
    assert again
    later = again.begin(a_record(1))
    waiting.finish(an_urgent_record(3))
    forward(outbox.database, server)
    assert opened_with(staff_store.secret, clinic) == sorted([waiting.id, later.id])
    assert not is_sealing_anew(clinic), "what was begun afterwards needs nothing"
    unlocked(clinic).check_audit()


def test_an_outbox_that_is_sent_during_an_exchange_leaves_nothing_sealed_to_the_key_before(
    postgresql: Backend, clinic: Store, outbox: Store
) -> None:
    """Between two of its responses, of which it has sent the first."""
    server = a_store(postgresql.connect(), terminal="kiosk")
    first = outbox.begin(a_record(1))
    forward(outbox.database, server)
    before = unlocked(clinic)
    before.annotate(first.id, "note", "is waited for")
    first.save(a_record(2))
    second = outbox.begin(a_record(1))
    exchanged: list[StaffStore] = []

    def exchange(_response: str) -> None:
        exchanged.append(rotate_key(before))
        seal_anew(exchanged[0])

    forward(outbox.database, server, exchange)
    assert opened_with(before.secret, clinic) == [second.id]
    again = unlocked(clinic)
    assert opened_with(before.secret, clinic) == []
    assert len(again.read(second.id).history) == 1
    again.check_audit()
