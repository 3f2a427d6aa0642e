"""One odd row is one unreadable response: it ends nothing for anybody, however it was made.

Some rows are written by a terminal that somebody tampered with: they are sealed with the right keys.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from screener.errors import ScreenerError
from screener.staff.locked_watch import LockedWatch
from screener.staff.worklist import Worklist
from screener.store import annotation, list_entry, record
from screener.store.alarm_entry import KEY_NAME
from screener.store.content_archive import unpack
from screener.store.crypto import Unreadable, seal, seal_to
from screener.store.key_check import check_with_passphrase, check_with_recovery_key
from screener.store.open_response import OpenResponse
from screener.store.recovery_key import parse_recovery_key
from screener.store.response_row import associated_data
from screener.store.store import Store
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, STAFF, a_clinic, a_record, unlocked

DEEP = b"[" * 100_000 + b"]" * 100_000
BOMB = zlib.compress(b" " * 200_000_000)
LABEL: dict[str, Any] = json.loads(list_entry.pack(list_entry.list_entry_of(a_record(), a_record().started)))
RECORD: dict[str, Any] = json.loads(zlib.decompress(record.pack(a_record())))
LABELS = {
    "deep": DEEP,
    "no text": b"\xff\xfe",
    "a number": b"7",
    "nothing": b"",
    "a list": b"[]",
    "far future": json.dumps(LABEL | {"saved": "9999-12-31T23:59:59-14:00"}).encode(),
    "far past": json.dumps(LABEL | {"started": "0001-01-01T00:00:00+14:00"}).encode(),
    "no zone": json.dumps(LABEL | {"started": "2026-01-01T00:00:00"}).encode(),
    "more fields": json.dumps(LABEL | {"more": 1}).encode(),
    "huge": json.dumps(LABEL | {"name": "x" * 1_000_000}).encode(),
    "a list of lists": json.dumps(LABEL | {"urgent": [[]]}).encode(),
}
SNAPSHOTS = {
    "deep": zlib.compress(DEEP),
    "bomb": BOMB,
    "not compressed": b"{}",
    "nothing": zlib.compress(b""),
    "a list": zlib.compress(b"[]"),
    "far future": zlib.compress(json.dumps(RECORD | {"started": "9999-12-31T23:59:59-14:00"}).encode()),
    "beyond time": zlib.compress(json.dumps(RECORD | {"history": [["a", 1, 1e300, None]]}).encode()),
    "no number": zlib.compress(json.dumps(RECORD | {"history": [["a", {"decimal": "x"}, 1, None]]}).encode()),
    "another kind": zlib.compress(json.dumps(RECORD | {"history": [["a", {"b": 1}, 1, None]]}).encode()),
    "another format": zlib.compress(json.dumps(RECORD | {"format": 99}).encode()),
}


@pytest.fixture
def odd(backend: Backend) -> tuple[Store, str, OpenResponse, OpenResponse]:
    """A clinic with its recovery key, a response that will be odd, and one that is as it should be."""
    store, paper = a_clinic(backend.connect())
    return store, paper, store.begin(a_record(1)), store.begin(a_record(2))


def put(response: OpenResponse, column: str, value: object) -> None:
    with response.store.database.writing() as rows:
        assert rows.run(f"UPDATE response SET {column} = ? WHERE id = ?", (value, response.id))


def is_one_unreadable_response(store: Store, paper: str, bad: OpenResponse, good: OpenResponse) -> None:
    """Whoever lists, watches or checks everything goes past it."""
    staff_store = unlocked(store)
    worklist = Worklist()
    worklist.apply(staff_store.changes({}))
    assert [listed.id for listed in worklist.matching() if listed.entry] == [good.id]
    LockedWatch(staff_store.alarm_key, {}).look(store)
    assert check_with_passphrase(store, STAFF, PASSPHRASE).closed == 1
    assert check_with_recovery_key(store, parse_recovery_key(paper)).count == 2
    assert len(staff_store.read(good.id).history) == 2


@pytest.mark.parametrize("content", LABELS.values(), ids=LABELS)
def test_an_odd_list_entry(odd: tuple[Store, str, OpenResponse, OpenResponse], content: bytes) -> None:
    _, _, bad, _ = odd
    put(bad, "label", seal(content, bad.key, associated_data("label", bad.id, bad.version)))
    is_one_unreadable_response(*odd)


@pytest.mark.parametrize("content", SNAPSHOTS.values(), ids=SNAPSHOTS)
def test_an_odd_response(odd: tuple[Store, str, OpenResponse, OpenResponse], content: bytes) -> None:
    """It is listed, and cannot be read; neither can the terminal that left it go on with it."""
    store, paper, bad, good = odd
    put(bad, "snapshot", seal(content, bad.key, associated_data("snapshot", bad.id, bad.version)))
    for reading in (lambda: unlocked(store).read(bad.id), bad.read):
        with pytest.raises(Unreadable):
            reading()
    checked = check_with_recovery_key(store, parse_recovery_key(paper))
    assert (checked.count, checked.closed) == (2, 1)
    assert len(unlocked(store).read(good.id).history) == 2


@pytest.mark.parametrize("content", [DEEP, b"7", b"[]", b"{}", b'{"kind": "note", "by": 1, "at": "2026-01-01"}'])
def test_an_odd_annotation(odd: tuple[Store, str, OpenResponse, OpenResponse], content: bytes) -> None:
    store, _, bad, _ = odd
    sealed = seal(content, bad.key, annotation.associated_data(bad.id, 1))
    with store.database.writing() as rows:
        rows.run("INSERT INTO remark VALUES (?, ?, ?)", (bad.id, 1, sealed))
    is_one_unreadable_response(*odd)


@pytest.mark.parametrize("content", [DEEP, b"7", b"[]", b'{"kind": "urgent", "terminal": "a", "since": "9999-12-31"}'])
def test_an_odd_alarm_rings(odd: tuple[Store, str, OpenResponse, OpenResponse], content: bytes) -> None:
    store, _, bad, _ = odd
    staff_store = unlocked(store)
    with store.database.writing() as rows:
        (key,) = rows.all("SELECT value FROM meta WHERE name = ?", (KEY_NAME,))[0]
        sealed = seal_to(bytes(key), content, f"screener/1|alarm|{bad.id}".encode())
        rows.run("UPDATE alarm SET sealed = ? WHERE response = ?", (sealed, bad.id))
    (alarm,) = LockedWatch(staff_store.alarm_key, {}).look(store).alarms.values()
    assert alarm.kind == "unreadable"


@pytest.mark.parametrize("column", ["version", "keys", "label"])
@pytest.mark.parametrize("value", [7, 2**62, 1.5, "text", b""], ids=repr)
def test_a_column_that_holds_something_else(sqlite: Backend, column: str, value: object) -> None:
    """SQLite keeps what somebody writes, of whatever type."""
    store, paper = a_clinic(sqlite.connect())
    bad, good = store.begin(a_record(1)), store.begin(a_record(2))
    put(bad, column, value)
    is_one_unreadable_response(store, paper, bad, good)


def _archive(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    return packed.getvalue()


def test_odd_archived_content_is_refused_in_a_sentence(tmp_path: Any) -> None:
    archives = (
        b"",
        b"PK",
        _archive(lambda archive: archive.writestr("questions/a.yaml", b" " * 100_000_000)),
        _archive(lambda archive: archive.writestr("../../a", b"")),
        _archive(lambda archive: archive.writestr("questions/a/questionnaire.yaml", DEEP)),
        _archive(lambda archive: archive.writestr("questions/\0a", b"")),
    )
    for packed in archives:
        with pytest.raises(ScreenerError):
            unpack(packed, "a", "0" * 64, tmp_path / "kept")
