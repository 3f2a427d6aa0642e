"""What can be told from outside: who may look at the files, how the databases are set, how large a row is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from screener.content.compiled import Content
from screener.errors import ScreenerError
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.store.history import HistoryEntry
from screener.store.record import StoredResponse
from screener.store.session_key import store_key
from screener.store.sqlite import PRAGMAS, SQLite
from screener.store.store import Store
from tests.store.conftest import Backend
from tests.store.making import START, a_clinic, a_record, a_store, unlocked
from tests.strategies import shipped


@pytest.fixture
def careless() -> Iterator[None]:
    """Somebody set the machine up so that new files are for everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
def test_no_file_is_for_anybody_else_however_the_machine_is_set_up(tmp_path: Path, place: Path) -> None:
    folder = tmp_path / "new" / "responses"
    store = a_store(SQLite(folder / "responses.db"), place)
    store.begin(a_record(1)).save(a_record(2))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (*folder.iterdir(), *place.iterdir())}
    assert len(modes) == 4, "the store, its log, its index, and the parked key"
    assert {mode & 0o077 for mode in modes.values()} == {0}, modes
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    store.database.close()


def test_a_folder_into_which_others_can_look_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(ScreenerError, match="chmod 700"):
        SQLite(tmp_path / "responses.db")


def test_a_key_is_not_parked_in_a_file_that_others_can_read_or_that_leads_elsewhere(place: Path) -> None:
    readable, elsewhere = place / ("0" * 32), place / ("1" * 32)
    readable.write_bytes(b"")
    readable.chmod(0o644)
    assert store_key(place, readable.name, bytes(32)) is not None
    assert stat.S_IMODE(readable.stat().st_mode) == 0o600
    elsewhere.symlink_to(place / "target")
    assert store_key(place, elsewhere.name, bytes(32)) is None
    assert not (place / "target").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("busy_timeout", 10_000),
        ("fullfsync", 1),
    ],
)
def test_sqlite_is_set_for_safety(sqlite: Backend, monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
    """Read back from a new connection to a store that was there before."""
    monkeypatch.setattr("screener.store.sqlite.PRAGMAS", PRAGMAS)
    sqlite.connect().close()
    with sqlite.connect().reading() as rows:
        assert rows.all(f"PRAGMA {name}") == [(value,)]


def test_a_place_in_which_sqlite_cannot_keep_safely_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite goes on in another way there and says nothing: some disks in a network, or a name that means memory."""
    tmp_path.chmod(0o700)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScreenerError, match="journal_mode is memory"):
        SQLite(Path(":memory:"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous_commit", "on"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "10s"),
        ("client_min_messages", "error"),
    ],
)
def test_postgresql_is_set_for_safety(postgresql: Backend, name: str, value: str) -> None:
    """Whatever the server's own settings are."""
    with postgresql.connect().writing() as rows:
        assert rows.all(f"SHOW {name}") == [(value,)]


@pytest.mark.parametrize("kind", ["reading", "long writing"])
def test_a_server_waits_for_whoever_opens_many_rows(kind: str, postgresql: Backend) -> None:
    """Of a hundred thousand responses the list alone takes longer to open than a writer may be idle."""
    database = postgresql.connect()
    with database.reading() if kind == "reading" else database.writing(long=True) as rows:
        assert rows.all("SHOW idle_in_transaction_session_timeout") == [("0",)]
    with database.writing() as rows:
        assert rows.all("SHOW idle_in_transaction_session_timeout") == [("10s",)]


# What the size of a row tells


def test_a_row_is_as_large_for_twenty_answers_as_for_all(backend: Backend) -> None:
    """The number of questions that somebody was asked tells what they answered."""
    content, store = shipped(), a_clinic(backend.connect())[0]
    few, all_of_them = _answered(content, 20), _answered(content, 86)
    assert len(all_of_them.history) == 86
    changed = _answered(content, 86, times=2)
    urgent = tuple(compiled.rule.id for compiled in content.rules.urgent)
    sizes = {
        _sizes(store, few),
        _sizes(store, all_of_them),
        _sizes(store, changed),
        _sizes(store, _answered(content, 30, name="Bartholomew Featherstonehaugh", urgent=urgent)),
    }
    assert len(sizes) == 1, sizes


def test_neither_a_short_remark_nor_a_longer_one_tells_by_its_size(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    open_response = store.begin(a_record(1))
    staff_store = unlocked(store)
    staff_store.annotate(open_response.id, "read")
    staff_store.annotate(open_response.id, "acknowledged", "in-danger")
    staff_store.annotate(open_response.id, "note", "Was called back, and will come with her sister on Tuesday at ten.")
    with store.database.reading() as rows:
        assert len({len(sealed) for (sealed,) in rows.all("SELECT sealed FROM remark")}) == 1


def _sizes(store: Store, response: StoredResponse) -> tuple[int, ...]:
    open_response = store.begin(response)
    open_response.save(response)
    with store.database.reading() as rows:
        (row,) = rows.all("SELECT id, version, keys, label, snapshot FROM response WHERE id = ?", (open_response.id,))
    return tuple(map(len, row))


def _answered(content: Content, most: int, *, times: int = 1, **changes: Any) -> StoredResponse:
    """A response to the first questions, whether they apply or not, each of them answered so many times."""
    questions = [*content.questionnaire][:most]
    history = tuple(
        HistoryEntry(question.id, _answer(question), START + timedelta(seconds=7 * number + time))
        for time in range(times)
        for number, question in enumerate(questions)
    )
    return replace(a_record(0), questionnaire=content.questionnaire.id, history=history, **changes)


def _answer(question: Question) -> Entry:
    match question.type:
        case "yes_no":
            return True
        case "choice":
            return question.options[-1].code
        case "choices":
            return frozenset(option.code for option in question.options if not option.exclusive)
        case "date":
            return START.date()
        case "text" | "medicines":
            return "since about two years ago"
    assert question.limits
    return int(question.limits.maximum)
