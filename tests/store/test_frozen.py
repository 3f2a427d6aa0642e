"""What an earlier version kept is read by this one as it was: by staff, with the paper key, with a return code."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from screener.store.backup import restore
from screener.store.content_archive import content_hash, unpack
from screener.store.crypto import SEALED_KEY, opener
from screener.store.database import Database
from screener.store.recovery_key import parse_recovery_key
from screener.store.response_row import read_response
from screener.store.store import Store
from screener.store.stored_interview import interview_of
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.freeze import FIXTURES, described, plain
from tests.store.making import a_record, a_store

FORMATS = sorted(path.stem.removeprefix("store-") for path in FIXTURES.glob("store-*.json"))


@dataclass
class Frozen:
    """A store of an earlier version, its keys, and what must be found in it."""

    database: Database
    keys: dict[str, str]
    told: dict[str, Any]

    @property
    def store(self) -> Store:
        return a_store(self.database)


@pytest.fixture(params=FORMATS)
def frozen(request: pytest.FixtureRequest, sqlite: Backend) -> Frozen:
    shutil.copyfile(FIXTURES / f"store-{request.param}.db", sqlite.file)
    return Frozen(sqlite.connect(), **_expected(request.param))


def _expected(format: str) -> Any:
    return json.loads((FIXTURES / f"store-{format}.json").read_text("utf-8"))


def test_there_is_a_store_of_every_format() -> None:
    from screener.store.database import FORMAT

    assert [str(number) for number in range(1, FORMAT + 1)] == FORMATS


def test_staff_read_everything_in_a_store_of_an_earlier_version(frozen: Frozen) -> None:
    staff_store = unlock(frozen.store, frozen.keys["staff"], frozen.keys["passphrase"])
    assert _holds(described(staff_store), frozen.told)


def test_the_paper_key_opens_everything_in_a_store_of_an_earlier_version(frozen: Frozen) -> None:
    opened = opener(parse_recovery_key(frozen.keys["paper"]))
    records = []
    with frozen.database.reading() as rows:
        for identity, keys in rows.all("SELECT id, keys FROM response ORDER BY id"):
            key = opened(bytes(keys)[SEALED_KEY:], f"screener/1|key|{identity}".encode())
            records.append(plain(read_response(rows, identity, key)))
    assert _holds(records, frozen.told["records"])


def test_a_return_code_of_an_earlier_version_opens_its_response_to_go_on_with(frozen: Frozen) -> None:
    open_response, record = frozen.store.returned(frozen.keys["code"])
    assert open_response.id == frozen.keys["returned"]
    assert _holds([plain(record)], [r for r in frozen.told["records"] if r["reference"] == record.reference])
    open_response.save(a_record(3))
    open_response.finish(a_record(4))
    staff_store = unlock(frozen.store, frozen.keys["staff"], frozen.keys["passphrase"])
    assert len(staff_store.read(open_response.id).history) == 4
    staff_store.check_audit()


def test_a_response_of_an_earlier_version_opens_under_the_questions_it_was_given_under(
    frozen: Frozen, tmp_path: Path
) -> None:
    _, record = frozen.store.returned(frozen.keys["code"])
    packed = frozen.store.content(record.content)
    content = unpack(packed, record.questionnaire, record.content, tmp_path / "kept")
    assert content_hash(content) == record.content
    interview = interview_of(content, record)
    assert interview.current is content.questionnaire.question["bag"]
    assert interview.progress.furthest == 3
    assert interview.response.entries["age"] == 45


@pytest.mark.parametrize("format", FORMATS)
def test_a_backup_of_an_earlier_version_is_restored_and_read(backend: Backend, format: str) -> None:
    store = a_store(backend.connect())
    expected = _expected(format)
    assert restore(store, FIXTURES / f"backup-{format}.db")[0] == len(expected["told"]["responses"])
    staff_store = unlock(store, expected["keys"]["staff"], expected["keys"]["passphrase"])
    assert _holds(described(staff_store), expected["told"])


RENAMED = {
    "paper": ("recovery",),
    "label": ("entry",),
    "remarks": ("annotations",),
    "face": ("mode",),
    "shown": ("was_shown", "acknowledged"),
}
"""Fields as they were called when they were frozen, with their present names."""


def _holds(actual: Any, expected: Any) -> bool:
    """Whether everything that was frozen is there; a later version may know more, and adds to the audit trail."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        present = {
            next((new for new in (name, *RENAMED.get(name, ())) if new in actual), name): value
            for name, value in expected.items()
        }
        return all(name in actual and _holds(actual[name], value) for name, value in present.items())
    if isinstance(expected, list) and isinstance(actual, list):
        return len(actual) >= len(expected) and all(map(_holds, actual, expected))
    return bool(actual == expected)
