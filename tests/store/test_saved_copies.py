"""Copies that staff saved go with their response, wherever it was removed; what cannot be removed is named."""

from __future__ import annotations

import datetime
import stat
from pathlib import Path

import pytest

from screener.store.audit import Event
from screener.store.clinic_setup import set_up_clinic
from screener.store.database import Database
from screener.store.removal import erase
from screener.store.response_row import remove
from screener.store.retention import purge
from screener.store.saved_copies import forget_copies, note_copy, remove_copies, saved_copies
from screener.store.store import Store
from screener.store.terminal_identity import identity_in
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, QUICK, STAFF, Clock, a_record, unlocked
from tests.store.people import clock_of


def a_terminal(database: Database, state: Path, name: str = "desk") -> Store:
    return Store(
        database, now=Clock(), terminal=name, cost=QUICK, identity=identity_in(state / name, "the store", name)
    )


@pytest.fixture
def desk(backend: Backend, tmp_path: Path) -> Store:
    store = a_terminal(backend.connect(), tmp_path)
    set_up_clinic(store, "North Clinic", "england", 30, STAFF, PASSPHRASE)
    return store


def a_copy(store: Store, folder: Path, *responses: str) -> Path:
    path = folder / f"screener-{len(list(folder.iterdir()))}-clinician.txt"
    note_copy(store, responses, path)
    path.write_text("a copy", "utf-8")
    return path


def test_an_erased_response_takes_its_copies_along(desk: Store, tmp_path: Path) -> None:
    """Also one of several responses, such as a series; those of other responses stay."""
    first, second = desk.begin(a_record(1)), desk.begin(a_record(1))
    single, series = a_copy(desk, tmp_path, first.id), a_copy(desk, tmp_path, first.id, second.id)
    other = a_copy(desk, tmp_path, second.id)
    assert remove_copies(desk).removed == ()
    erase(unlocked(desk), first.id, "asked")
    assert set(remove_copies(desk).removed) == {single, series}
    assert (single.exists(), series.exists(), other.exists()) == (False, False, True)
    assert [copy.path for copy in saved_copies(desk)] == [other]


def test_a_purge_on_another_machine_takes_them_along(desk: Store, backend: Backend, tmp_path: Path) -> None:
    response = desk.begin(a_record(1))
    copy = a_copy(desk, tmp_path, response.id)
    server = a_terminal(backend.connect(), tmp_path, "server")
    for _week in range(6):
        clock_of(server).now += datetime.timedelta(days=6)
        unlocked(server)
    purge(server)
    assert remove_copies(server).removed == ()
    assert copy.exists()
    assert remove_copies(desk).removed == (copy,)
    assert not copy.exists()


def test_what_cannot_be_removed_is_named_and_stays_on_the_list(desk: Store, tmp_path: Path) -> None:
    """One that somebody moved, and one that is another thing by now."""
    response = desk.begin(a_record(1))
    moved, exchanged = a_copy(desk, tmp_path, response.id), a_copy(desk, tmp_path, response.id)
    moved.rename(tmp_path / "elsewhere")
    exchanged.unlink()
    exchanged.symlink_to(tmp_path / "elsewhere")
    erase(unlocked(desk), response.id, "asked")
    copies = remove_copies(desk)
    assert (list(dict(copies.not_removed)), copies.missing) == ([exchanged], (moved,))
    assert (tmp_path / "elsewhere").exists()
    assert len(saved_copies(desk)) == 2


def test_one_that_somebody_removed_is_named_once_to_whoever_looks(desk: Store, tmp_path: Path) -> None:
    """One whose folder is away, such as that of a stick, is named until it is there again."""
    response, stick = desk.begin(a_record(1)), tmp_path / "stick"
    stick.mkdir()
    removed, on_stick = a_copy(desk, tmp_path, response.id), a_copy(desk, stick, response.id)
    removed.unlink()
    stick.rename(tmp_path / "pulled out")
    erase(unlocked(desk), response.id, "asked")
    copies = remove_copies(desk)
    assert (copies.missing, list(dict(copies.not_removed))) == ((removed,), [on_stick])
    forget_copies(desk, copies.missing)
    assert [copy.path for copy in saved_copies(desk)] == [on_stick]
    (tmp_path / "pulled out").rename(stick)
    assert remove_copies(desk).removed == (on_stick,)
    assert saved_copies(desk) == []


def test_a_copy_stays_as_long_as_its_response_is_there(desk: Store, tmp_path: Path) -> None:
    """Whoever writes into the trail only that a response was purged removes no copy of it."""
    response = desk.begin(a_record(1))
    copy = a_copy(desk, tmp_path, response.id)
    with desk.database.writing() as rows:
        desk.log(rows, Event.PURGED, response.id)
    assert remove_copies(desk).removed == ()
    assert copy.exists()


def test_a_copy_of_what_a_restore_left_out_stays(desk: Store, tmp_path: Path) -> None:
    """Nobody removed that response on purpose, and the copy may be all that is left of it."""
    response = desk.begin(a_record(1))
    copy = a_copy(desk, tmp_path, response.id)
    with desk.database.writing() as rows:
        remove(rows, response.id)
    assert remove_copies(desk).removed == ()
    assert copy.exists()


def test_the_list_is_private_and_of_one_store(desk: Store, tmp_path: Path) -> None:
    a_copy(desk, tmp_path, "0" * 32)
    assert desk.identity.copies
    assert stat.S_IMODE(desk.identity.copies.stat().st_mode) == 0o600
    other = identity_in(tmp_path / "desk", "another store", "desk")
    assert other.copies != desk.identity.copies


def test_an_odd_line_of_the_list_hides_no_other(desk: Store, tmp_path: Path) -> None:
    response = desk.begin(a_record(1))
    assert desk.identity.copies
    desk.identity.copies.write_text("nonsense\n[1]\n", "utf-8")
    copy = a_copy(desk, tmp_path, response.id)
    erase(unlocked(desk), response.id, "asked")
    assert remove_copies(desk).removed == (copy,)
