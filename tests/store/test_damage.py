"""A disk that forgets a bit: what is read is what was written, or it is refused; it is never something else."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from screener.content.compiled import Content
from screener.store.content_archive import content_hash, pack, unpack
from screener.store.open_response import OpenResponse
from screener.store.record import StoredResponse
from screener.store.sqlite import SQLite
from screener.store.store import Store
from tests.store.conftest import Backend
from tests.store.making import a_clinic, a_record, a_store, an_urgent_record, unlocked
from tests.strategies import flight

PAGE = 4096
QUESTIONS = Path(__file__).parents[1] / "fixtures"


def test_a_flipped_bit_in_any_page_is_refused_or_changes_nothing(sqlite: Backend, tmp_path: Path) -> None:
    store, _ = a_clinic(sqlite.connect())
    pinned = content_hash(flight())
    questions = pack(QUESTIONS, "before-a-flight")
    first, second = store.begin(a_record(2, content=pinned), questions), store.begin(a_record(1, content=pinned))
    first.finish(an_urgent_record(6, content=pinned))
    unlocked(store).annotate(first.id, "note", "was called back")
    second.save(a_record(4, content=pinned))
    code = second.return_code()
    store.database.close()
    whole = sqlite.file.read_bytes()
    right = _told(_copy(tmp_path, whole), code)
    assert len(right["responses"]) == 2
    refused = 0
    for offset, flipped in _flipped(whole):
        try:
            reading = _told(_copy(tmp_path, flipped), code)
        except Exception:
            refused += 1
        else:
            assert reading == right, f"byte {offset}"
    assert refused > len(whole) // PAGE


def test_a_damaged_index_hides_no_note(sqlite: Backend, tmp_path: Path) -> None:
    """The list finds notes by the index of the database, the check of the audit trail does not."""
    store, _ = a_clinic(sqlite.connect())
    pinned = content_hash(flight())
    response, other = store.begin(a_record(2, content=pinned)), store.begin(a_record(1, content=pinned))
    unlocked(store).annotate(response.id, "note", "was called back")
    store.database.close()
    with closing(sqlite3.connect(sqlite.file)) as connection:
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_remark_1'")
    whole = sqlite.file.read_bytes()
    place = whole.index(response.id.encode(), (root - 1) * PAGE, root * PAGE)
    damaged = bytearray(whole)
    damaged[place + 20] ^= 1
    copy = SQLite(_copy(tmp_path, bytes(damaged)))
    listed = {item.id: item for item in unlocked(a_store(copy)).responses()}
    copy.close()
    assert listed[response.id].entry is None, "listed as unreadable"
    assert listed[other.id].entry is not None


def test_a_flipped_bit_in_the_log_gives_what_was_saved_before_or_nothing(sqlite: Backend, tmp_path: Path) -> None:
    store = a_store(sqlite.connect())
    open_response = store.begin(a_record(0))
    saved = [a_record(answers) for answers in range(12)]
    for response in saved:
        open_response.save(response)
    log = sqlite.file.with_name(sqlite.file.name + "-wal")
    file, whole = sqlite.file.read_bytes(), log.read_bytes()
    read = set()
    for offset, flipped in _flipped(whole):
        copy = _copy(tmp_path, file)
        copy.with_name(copy.name + "-wal").write_bytes(flipped)
        try:
            reopened = OpenResponse(a_store(SQLite(copy)), open_response.id, open_response.key, b"").read()
        except Exception:
            continue
        assert reopened in saved, f"byte {offset}"
        read.add(len(reopened.history))
    assert len(read) > 5, "hardly any state was read"


def _flipped(whole: bytes) -> Iterator[tuple[int, bytes]]:
    """The file with one wrong bit, at places in each of its pages."""
    chance = random.Random(len(whole))
    for page in range(0, len(whole), PAGE):
        end = min(page + PAGE, len(whole))
        # The head of a page and its end matter most; between them there may be nothing.
        for start, stop in ((page, page + 100), (end - 60, end), (page, end), (page, end)):
            offset = chance.randrange(start, min(stop, end))
            flipped = bytearray(whole)
            flipped[offset] ^= 1 << chance.randrange(8)
            yield offset, bytes(flipped)


def _copy(tmp_path: Path, content: bytes) -> Path:
    folder = tmp_path / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    path = folder / "responses.db"
    path.write_bytes(content)
    return path


def _content(store: Store, response: StoredResponse, path: Path) -> Content:
    packed = store.content(response.content)
    return unpack(packed, response.questionnaire, response.content, path.parents[1] / "kept")


def _told(path: Path, code: str) -> dict[str, Any]:
    """Everything that can be read in a store."""
    database = SQLite(path)
    try:
        store = a_store(database)
        written = int(str(store.head()).partition("/")[0])
        staff_store = unlocked(store)
        listed = sorted(staff_store.responses(), key=lambda response: response.id)
        assert None not in [response.entry for response in listed], "listed as unreadable"
        read = [staff_store.read(response.id) for response in listed]
        open_response, returned = store.returned(code)
        return {
            "responses": listed,
            "records": read,
            "returned": (open_response.id, returned),
            "content": content_hash(_content(store, read[0], path)),
            "clinic": store.clinic,
            # What was written before; a terminal whose registration was damaged registers again.
            "audit": staff_store.check_audit()[:written],
        }
    finally:
        database.close()
