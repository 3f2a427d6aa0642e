"""Where something cannot be written, what was kept before is intact, and the same terminal goes on once it can."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import apsw
import pytest

from screener.store.connect import require_room
from screener.store.database import NotSaved
from screener.store.open_response import OpenResponse
from screener.store.retention import purge
from screener.store.sqlite import ROOM, SQLite
from tests.store.conftest import Backend
from tests.store.disk import Disk, OnDisk
from tests.store.making import a_clinic, a_record, a_store, unlocked
from tests.store.programs import told
from tests.store.test_power_cut import PATH, founded

T = TypeVar("T")


@pytest.mark.parametrize("operation", ["write", "sync"])
def test_whichever_write_is_refused_nothing_is_lost_and_the_same_terminal_goes_on(operation: str) -> None:
    """The first, the second, ... write to the disk fails, until none does: each time every answer is kept at last."""
    refusals = 0
    while _failures(operation, refusals):
        refusals += 1
    assert refusals > 10, "hardly any write was refused"


def _failures(operation: str, after: int) -> int:
    """How often a response could not be written while the disk refused everything after so many writes or syncs."""
    disk = Disk(founded())
    database = OnDisk(PATH, disk)
    database.connection.wal_autocheckpoint(8)
    store = a_store(database)
    disk.refused[operation] = after
    open_response, failures = _insisted(lambda: store.begin(a_record(0)), disk)
    key = open_response.key
    for answers in range(1, 6):
        failures += _insisted(partial(open_response.save, a_record(answers)), disk, open_response)[1]
    failures += _insisted(partial(open_response.finish, a_record(6)), disk, open_response)[1]
    disk.refused.clear()
    assert len(OpenResponse(store, open_response.id, key, b"").read().history) == 6
    unlocked(store).check_audit()
    assert database.all("PRAGMA integrity_check") == [("ok",)]
    database.close()
    return failures


def _insisted(write: Callable[[], T], disk: Disk, open_response: OpenResponse | None = None) -> tuple[T, int]:
    """Do it again, with the disk in order, after it failed; with the number of times that it did."""
    before = open_response.read() if open_response else None
    failures = 0
    while True:
        try:
            return write(), failures
        except (NotSaved, apsw.Error):
            failures += 1
            assert failures == 1, "it failed although the disk is in order again"
            disk.refused.clear()
            if open_response and before:
                assert len(open_response.read().history) >= len(before.history)


def test_a_write_that_fails_in_the_middle_of_several_undoes_all_of_them(backend: Backend) -> None:
    """Finishing writes the response, its return code and the trail: all of that, or nothing of it."""
    database = backend.connect()
    store, _ = a_clinic(database)
    open_response = store.begin(a_record(2))
    open_response.return_code()
    with _refusing(backend, "audit"), pytest.raises(NotSaved):
        open_response.finish(a_record(3))
    assert len(open_response.read().history) == 2
    assert store.has_return_codes()
    staff_store = unlocked(store)
    assert not staff_store.responses()[0].finished
    open_response.finish(a_record(3))
    staff_store.check_audit()
    assert len(staff_store.read(open_response.id).history) == 3


@pytest.mark.parametrize("table", ["response", "content", "audit"])
def test_a_response_that_could_not_begin_is_not_there_and_can_begin_again(backend: Backend, table: str) -> None:
    store, _ = a_clinic(backend.connect())
    with _refusing(backend, table), pytest.raises(NotSaved):
        store.begin(a_record(1), b"questions")
    assert unlocked(store).responses() == []
    store.begin(a_record(1), b"questions")
    assert len(unlocked(store).responses()) == 1


@contextmanager
def _refusing(backend: Backend, table: str) -> Iterator[None]:
    """While it lasts, the database takes no new row into a table."""
    database = backend.connect()
    if backend.is_file:
        with database.writing() as rows:
            rows.run(f"CREATE TRIGGER refuse BEFORE INSERT ON {table} BEGIN SELECT RAISE(FAIL, 'disk full'); END")
        yield
        with database.writing() as rows:
            rows.run("DROP TRIGGER refuse")
    else:
        with database.writing() as rows:
            rows.run("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE disk_full; END'")
            rows.run(f"CREATE TRIGGER refuse BEFORE INSERT ON {table} EXECUTE FUNCTION refuse()")
        yield
        with database.writing() as rows:
            rows.run(f"DROP TRIGGER refuse ON {table}")


def test_a_full_disk_is_survived_by_the_real_thing(sqlite: Backend) -> None:
    """Files may not grow beyond a size, a little larger each time, until there is room for everything."""
    report = told("full_disk", sqlite.location)
    assert report["faults"] == []
    assert report["refused"] > 20


def test_no_response_begins_where_there_is_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of a questionnaire would be worse than none. What is there can be read, removed and unlocked anyway."""
    folder = tmp_path / "full"
    folder.mkdir(mode=0o700)
    store, _ = a_clinic(SQLite(folder / "responses.db"))
    earlier = store.begin(a_record(1))
    size = os.statvfs(folder).f_frsize
    full = os.statvfs_result((size, size, 1, 0, (ROOM - 1) // size, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: full)
    reopened = a_store(SQLite(folder / "responses.db"))
    with pytest.raises(NotSaved, match="nearly full"):
        reopened.begin(a_record(1))
    with pytest.raises(NotSaved, match="nearly full"):
        require_room(str(folder / "responses.db"))
    earlier.save(a_record(2))
    assert len(unlocked(reopened).read(earlier.id).history) == 2
    unlocked(reopened).check_audit()
    purge(reopened)


# Where nothing may be written


@pytest.fixture
def folder_of_somebody() -> Iterator[Path]:
    """A folder that belongs to a user who is not root, and which that user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="screener-test-"))
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(folder_of_somebody: Path) -> None:
    (folder_of_somebody / "data").mkdir(mode=0o700)
    sentence = _begun(folder_of_somebody, mode=0o500)
    assert sentence.startswith("Answers cannot be kept in"), sentence


@pytest.mark.skipif(os.getuid() != 0, reason="needs two accounts")
def test_a_store_of_another_account_is_refused_with_what_to_do(folder_of_somebody: Path) -> None:
    """A file is for one account: a kiosk and staff under two accounts are told of PostgreSQL."""
    folder_of_somebody.chmod(0o755)
    (folder_of_somebody / "data").mkdir(mode=0o700)
    sentence = told("begin", folder_of_somebody / "data" / "responses.db")
    assert "belongs to another account. A store in a file is for one account" in sentence
    assert "PostgreSQL" in sentence


def test_a_store_that_became_read_only_keeps_what_it_had(folder_of_somebody: Path) -> None:
    """Told in one sentence, and what was kept before can still be read."""
    (folder_of_somebody / "data").mkdir(mode=0o700)
    assert _begun(folder_of_somebody, mode=0o700) == "kept"
    assert "readonly" in _begun(folder_of_somebody, mode=0o500)
    assert _begun(folder_of_somebody, mode=0o700) == "kept"


def _begun(folder: Path, *, mode: int) -> str:
    """What the program says that keeps a response in such a folder; root would be allowed everything."""
    data_folder = folder / "data"
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (folder, data_folder, *data_folder.iterdir()):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    for path in data_folder.iterdir():
        path.chmod(mode & 0o600)
    data_folder.chmod(mode)
    sentence: str = told("begin", data_folder / "responses.db")
    assert "\n" not in sentence
    return sentence


def test_a_database_that_became_read_only_says_so(postgresql: Backend) -> None:
    database = postgresql.connect()
    open_response = a_store(database).begin(a_record(1))
    with database.writing() as rows:
        (name,) = rows.all("SELECT current_database()")[0]
        rows.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    database.close()  # The next connection gets to know of it.
    with pytest.raises(NotSaved, match="read-only"):
        open_response.save(a_record(2))
    assert len(open_response.read().history) == 1
