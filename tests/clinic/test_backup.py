"""``screener clinic backup`` and ``restore``: the identical sealed rows of one moment, and back where nothing is."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from screener.errors import ScreenerError
from screener.store.backup import back_up, restore
from screener.store.database import Database, Rows
from screener.store.key_check import check_with_recovery_key
from screener.store.recovery_key import parse_recovery_key
from screener.store.store import Store
from tests.clinic.machine import Machine, a_record, answered, seen_in

PAGE = 4096
TABLES = ("meta", "response", "remark", "alarm", "return_code", "staff", "audit", "content", "member", "signature")


def contents(database: Database) -> dict[str, list[Any]]:
    """Every row of every table, but the head of the audit trail that every copy moves on."""
    tables = {}
    with database.reading() as rows:
        for table in TABLES:
            every = [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                for row in rows.all(f"SELECT * FROM {table}")
            ]
            tables[table] = sorted(row for row in every if row[0] not in ("audit key", "backup made at"))
    tables["audit"] = [row for row in tables["audit"] if row[4] not in ("backed up", "restored", "terminal registered")]
    signed = {row[0] for row in tables["audit"]}
    tables["signature"] = [row for row in tables["signature"] if row[0] in signed]
    return tables


def in_use(machine: Machine) -> tuple[Store, str]:
    """A clinic with responses of every kind, notes and a return code."""
    store, paper = machine.clinic()
    first = answered(store)
    answered(store, finished=False)
    coming_back = store.begin(a_record(store.now()))
    coming_back.return_code()
    coming_back.forget()
    staff_store = machine.staff_store(store)
    staff_store.annotate(first.id, "note", "a note")
    staff_store.annotate(first.id, "read")
    return store, paper


def test_a_clinic_that_lost_its_machine_has_everything_back(machine: Machine, tmp_path: Path) -> None:
    """Backup, the store thrown away, restored: staff come in and read, and the audit trail holds."""
    store, _ = in_use(machine)
    before = contents(store.database)
    ran = machine.screener("clinic", "backup", "copy.db")
    assert (ran.returncode, ran.stdout) == (0, "3 responses backed up to copy.db.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "home", "run"]
    store.database.close()
    shutil.rmtree(machine.data)
    ran = machine.screener("clinic", "restore", "copy.db")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("3 responses of North Clinic restored from the backup of 20")
    restored = machine.store()
    assert contents(restored.database) == before
    staff_store = machine.staff_store(restored)
    listed = {each.id: each for each in staff_store.responses()}
    assert all(each.entry for each in listed.values())
    assert {staff_store.read(identity).name for identity in listed} == {a_record(restored.now()).name}
    assert [row.event for row in staff_store.check_audit()][-5:-3] == ["restored", "unlocked"]


def test_a_backup_is_sealed_and_private_whatever_the_umask(machine: Machine, tmp_path: Path) -> None:
    """Only its owner can read the file, and nobody what is in it."""
    store, _ = in_use(machine)
    before = os.umask(0)
    try:
        back_up(store, tmp_path / "copy.db")
    finally:
        os.umask(before)
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert seen_in((tmp_path / "copy.db").read_bytes()) == []


def test_nothing_is_overwritten(machine: Machine, tmp_path: Path) -> None:
    """Neither a file nor what a link points to."""
    store, _ = in_use(machine)
    (tmp_path / "there").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "not there")
    for name in ("there", "link"):
        with pytest.raises(ScreenerError, match="exists already, and nothing is overwritten"):
            back_up(store, tmp_path / name)
    assert (tmp_path / "there").read_text() == "kept"
    assert not (tmp_path / "not there").exists()
    ran = machine.screener("clinic", "backup", "no folder/copy.db")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "cannot be written: No such file or directory." in ran.stderr


def test_a_backup_that_did_not_fit_leaves_nothing(machine: Machine, tmp_path: Path) -> None:
    """No file that somebody could take for a backup, no word of one in the trail, and the store as it was."""
    store, _ = in_use(machine)
    for _ in range(8):
        answered(store)
    before = contents(store.database)
    with room_of(100_000), pytest.raises(ScreenerError, match=r"^There is no backup\. It could not be kept: "):
        back_up(store, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert contents(store.database) == before
    assert "backed up" not in [row.event for row in machine.staff_store(store).check_audit()]
    assert back_up(store, tmp_path / "copy.db") == 11


def test_everything_in_it_is_of_one_moment(machine: Machine, tmp_path: Path) -> None:
    """Somebody answers and finishes on another terminal between one table and the next."""
    store, _ = in_use(machine)
    others = machine.store()
    store.database = Interrupted(store.database, lambda: answered(others))
    back_up(store, tmp_path / "copy.db")
    copy = machine.store(tmp_path / "restored" / "responses.db")
    restore(copy, tmp_path / "copy.db")
    assert len(machine.staff_store(copy).responses()) == 3
    assert machine.staff_store(copy).check_audit()
    assert len(machine.staff_store(others).responses()) > 3


def test_more_responses_than_are_copied_at_a_time(machine: Machine, tmp_path: Path) -> None:
    store, _ = machine.clinic()
    with store.database.writing() as rows:
        for number in range(1203):
            row = (f"{number * 7919:032x}", 1, 1, bytes(8), bytes(160), b"label", b"snapshot %d" % number)
            rows.run("INSERT INTO response VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    assert back_up(store, tmp_path / "copy.db") == 1203
    copy = machine.store(tmp_path / "restored" / "responses.db")
    assert restore(copy, tmp_path / "copy.db")[0] == 1203
    assert contents(copy.database)["response"] == contents(store.database)["response"]


@pytest.mark.parametrize("already", ["a clinic", "a response"])
def test_restored_only_into_an_empty_store(machine: Machine, tmp_path: Path, already: str) -> None:
    store, _ = in_use(machine)
    back_up(store, tmp_path / "copy.db")
    store.database.close()
    shutil.rmtree(machine.data)
    if already == "a clinic":
        machine.clinic()
    else:
        answered(machine.store(), finished=False)
    before = contents(machine.store().database)
    ran = machine.screener("clinic", "restore", "copy.db")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "screener: There is something in this store already. Restore into an empty one.\n"
    assert contents(machine.store().database) == before


DAMAGED_ROWS = {
    "a text for bytes": "UPDATE meta SET value = 'text' WHERE name = 'clinic'",
    "a number for bytes": "UPDATE audit SET mac = 7",
    "a row without its number": "UPDATE audit SET n = NULL",
    "no table of staff": "DROP TABLE staff",
    "no table of signatures": "DROP TABLE signature",
    "no time": "UPDATE meta SET value = X'' WHERE name = 'backup made at'",
    "an odd time": "UPDATE meta SET value = X'FFFE00' WHERE name = 'backup made at'",
    "an odd format": "UPDATE meta SET value = 2 WHERE name = 'format'",
}
"""What a sound file of SQLite can have in it that no backup has."""


@pytest.mark.parametrize(
    "damage", ["cut off", "not finished", "a page", "text", "a store", "missing", "newer", *DAMAGED_ROWS]
)
def test_what_is_no_whole_backup_is_refused(machine: Machine, tmp_path: Path, damage: str) -> None:
    """One sentence, and the empty store stays empty."""
    path = tmp_path / "copy.db"
    store, _ = in_use(machine)
    back_up(store, path)
    shutil.copyfile(machine.data / "responses.db", tmp_path / "live.db")
    content = path.read_bytes()
    match damage:
        case "cut off":
            path.write_bytes(content[:-8192])
        case "not finished":
            changed(path, "DELETE FROM meta WHERE name = 'backup made at'")
        case "a page":
            path.write_bytes(content[:8192] + bytes(4096) + content[12288:])
        case "text":
            path.write_text("hello\n" * 100)
        case "a store":
            path = tmp_path / "live.db"
        case "missing":
            path.unlink()
        case "newer":
            changed(path, "UPDATE meta SET value = X'33' WHERE name = 'format'")
        case _:
            changed(path, DAMAGED_ROWS[damage])
    empty = machine.store(tmp_path / "empty" / "responses.db")
    before = contents(empty.database)
    with pytest.raises(ScreenerError, match=r"Take another one|cannot be read|Use that one"):
        restore(empty, path)
    assert contents(empty.database) == before


@pytest.mark.parametrize("damage", ["text", "newer", "missing", "folder"])
def test_what_is_refused_leaves_no_store_behind(machine: Machine, tmp_path: Path, damage: str) -> None:
    """The command says one sentence with what to do, and this machine has no empty store of nobody afterwards."""
    store, _ = in_use(machine)
    path = tmp_path / "copy.db"
    back_up(store, path)
    store.database.close()
    shutil.rmtree(machine.data)
    match damage:
        case "text":
            path.write_text("hello\n" * 100)
        case "newer":
            changed(path, "UPDATE meta SET value = X'33' WHERE name = 'format'")
        case _:
            path.unlink()
    if damage == "folder":
        path.mkdir()
    ran = machine.screener("clinic", "restore", "copy.db")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.rstrip().endswith((" one.", "Choose another file."))
    assert not (machine.data / "responses.db").exists()


def test_a_lost_page_is_never_taken_for_what_was_there(machine: Machine, tmp_path: Path) -> None:
    """Whichever page of a backup reads as zeros: it is refused, or restored whole, or staff see that it was changed."""
    store, paper = in_use(machine)
    back_up(store, tmp_path / "copy.db")
    before, content = contents(store.database), (tmp_path / "copy.db").read_bytes()
    refused = noticed = 0
    for page in range(0, len(content), PAGE):
        damaged, folder = tmp_path / "damaged.db", tmp_path / str(page)
        damaged.write_bytes(content[:page] + bytes(PAGE) + content[page + PAGE :])
        restored = machine.store(folder / "responses.db")
        try:
            restore(restored, damaged)
        except ScreenerError as error:
            assert "is not a backup, or it" in str(error)  # noqa: PT017
            refused += 1
            continue
        if contents(restored.database) != before:
            assert is_noticed(machine, restored) or check_with_recovery_key(restored, parse_recovery_key(paper)).closed
            noticed += 1
    assert refused
    assert noticed


def test_somebodys_own_machine_can_be_backed_up_too(machine: Machine, tmp_path: Path) -> None:
    """Without a clinic: the return code still opens the response, on another machine."""
    store = machine.store()
    open_response = store.begin(a_record(store.now()))
    code = open_response.return_code()
    open_response.forget()
    back_up(store, tmp_path / "copy.db")
    second_store = machine.store(tmp_path / "other" / "responses.db")
    assert restore(second_store, tmp_path / "copy.db")[0] == 1
    assert second_store.returned(code)[1] == a_record(store.now())


# What the tests are made with


class Interrupted:
    """A real database, with something that happens after every statement of a reading transaction."""

    def __init__(self, database: Database, then: Callable[[], object]) -> None:
        self._database = database
        self._then = then
        self.writing = database.writing

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        with self._database.reading() as rows:
            yield _Interrupted(rows, self._then)

    def shrink(self) -> bool:
        return self._database.shrink()

    def close(self) -> None:
        self._database.close()


class _Interrupted:
    def __init__(self, rows: Rows, then: Callable[[], object]) -> None:
        self.run = rows.run
        self._rows = rows
        self._then = then

    def all(self, statement: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        rows = self._rows.all(statement, parameters)
        self._then()
        return rows


def is_noticed(machine: Machine, store: Store) -> bool:
    """Whether staff are not let in, or see that something was changed."""
    try:
        machine.staff_store(store).check_audit()
    except ScreenerError:
        return True
    return False


@contextmanager
def room_of(size: int) -> Iterator[None]:
    """No file may become larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)
