"""A store of format 1 is carried over to format 2: all or nothing, and everything in it opens as before."""

from __future__ import annotations

import json
import shutil

import pytest

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.audit import Event
from screener.store.audit_account import believed
from screener.store.backup import restore
from screener.store.database import Database
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from screener.store.upgrade import upgrade
from tests.store.conftest import Backend
from tests.store.freeze import FIXTURES
from tests.store.making import Clock, a_record, a_store

KEYS = json.loads((FIXTURES / "store-1.json").read_text("utf-8"))["keys"]


def of_format_1(database: Database) -> Store:
    store = a_store(database)
    restore(store, FIXTURES / "backup-1.db")
    assert isinstance(store.now, Clock)
    return store


def by_alex(store: Store) -> StaffStore:
    return unlock(store, KEYS["staff"], KEYS["passphrase"])


def read(staff_store: StaffStore) -> dict[str, object]:
    return {
        listed.id: (listed.entry, listed.annotations, staff_store.read(listed.id)) for listed in staff_store.responses()
    }


def test_everything_opens_as_before_and_from_then_on_everything_is_signed(backend: Backend) -> None:
    """By everybody who could come in before, who get a key of their own at their next unlock."""
    store = of_format_1(backend.connect())
    staff_store = by_alex(store)
    before = read(staff_store)
    unsigned = upgrade(staff_store)
    assert read(by_alex(store)) == before
    another = unlock(a_store(backend.connect()), "Sam", "another goose altogether")
    assert read(another) == before
    response = store.begin(a_record(1))
    response.finish(a_record(2))
    checked = by_alex(store).check_trail()
    assert (checked.unsigned, checked.rows[unsigned].event) == (unsigned, Event.UPGRADED)
    assert [row.subject for row in checked.rows if row.event == Event.STAFF_CHANGED][-2:] == ["Alex", "Sam"]
    assert next(believed(checked)).startswith(f"Rows 1 to {unsigned} are of format 1 and signed by nobody")
    with store.database.writing() as rows:
        audit.append(rows, 0, "Alex", "desk", Event.VIEWED, response.id)
    with pytest.raises(audit.Broken, match="forged"):
        by_alex(store).check_audit()


def test_a_rehearsal_changes_nothing(backend: Backend) -> None:
    store = of_format_1(backend.connect())
    staff_store = by_alex(store)
    head, clinic = store.head(), store.clinic
    upgrade(staff_store, rehearse=True)
    assert (store.head(), store.clinic, a_store(backend.connect()).clinic) == (head, clinic, clinic)
    staff_store.check_audit()
    upgrade(staff_store)
    with pytest.raises(ScreenerError, match="newest format"):
        upgrade(staff_store)


def test_a_trail_that_does_not_hold_is_not_carried_over(sqlite: Backend) -> None:
    shutil.copyfile(FIXTURES / "store-1.db", sqlite.file)
    store = a_store(sqlite.connect())
    with store.database.writing() as rows:
        rows.run("UPDATE audit SET actor = 'Sam' WHERE n = 3")
    with pytest.raises(audit.Broken, match="row 3"):
        upgrade(by_alex(store))
    assert store.clinic is not None
    assert not store.clinic.signs
