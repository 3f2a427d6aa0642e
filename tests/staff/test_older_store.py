"""A store of a version that knew no people and no series: it is as before, and has both from now on."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest

from screener.document.formats import render
from screener.errors import ScreenerError
from screener.i18n.formats import local
from screener.staff.copies import Destinations
from screener.staff.response import ReadingContext
from screener.staff.session import StaffSession
from screener.store.appointments import NewAppointment, enter
from screener.store.linking import link_by_name
from screener.store.person import Person, new_person
from screener.store.sqlite import SQLite
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from screener.store.upgrade import upgrade
from tests.store.freeze import FIXTURES, described
from tests.store.making import a_store
from tests.strategies import flight


def opened(folder: Path, format: str) -> tuple[Store, dict[str, str]]:
    """Return a copy of a frozen store, and what unlocks it."""
    path = folder / "responses.db"
    if not path.exists():
        shutil.copyfile(FIXTURES / f"store-{format}.db", path)
    keys: dict[str, str] = json.loads((FIXTURES / f"store-{format}.json").read_text("utf-8"))["keys"]
    return a_store(SQLite(path)), keys


def expected_person(staff_store: StaffStore) -> Person:
    person = new_person("Ana Lee", "A-1", "1980", "", "", 2026)
    today = local(staff_store.store.now()).date()
    return enter(staff_store, [NewAppointment(person, "before-a-flight", today + datetime.timedelta(days=1))])[0][0]


def has_people(store: Store) -> bool:
    with store.database.reading() as rows:
        return bool(rows.all("SELECT COUNT(*) FROM person")[0][0])


@pytest.mark.parametrize("format", ["1", "2"])
async def test_people_and_series_begin_in_an_older_store(tmp_path: Path, format: str) -> None:
    """Nothing of it changes by being opened. A store of format 1 is carried over first, which the refusal says."""
    store, keys = opened(tmp_path, format)
    staff_store = unlock(store, keys["staff"], keys["passphrase"])
    before = described(staff_store)
    assert not has_people(store)
    if format == "1":
        with pytest.raises(ScreenerError, match="screener clinic upgrade"):
            expected_person(staff_store)
        upgrade(staff_store)
        staff_store = unlock(store, keys["staff"], keys["passphrase"])
    finished = [each for each in staff_store.responses() if each.finished and each.entry]
    person = expected_person(staff_store)
    for each in finished:
        link_by_name(staff_store, each.id, person)
    assert described(staff_store)["records"] == before["records"]
    session = StaffSession(
        lambda: opened(tmp_path, format)[0],
        ReadingContext(flight(), tmp_path / "contents"),
        Destinations(tmp_path),
        store.now,
    )
    await session.unlock(keys["staff"], keys["passphrase"])
    listed = session.listed_person(person.id)
    assert listed
    assert [each.id for each in listed.responses] == [each.id for each in finished]
    await session.read_series(person.id)
    exported = json.loads(render(await session.series_document(person.id, 78), "json"))
    session.close()
    named = [each["reference"] for each in (*exported["responses"], *exported["unread"])]
    assert named == [each.entry.reference for each in finished if each.entry]
    assert exported["person"]["reference"] == "A-1"
    unlock(opened(tmp_path, format)[0], keys["staff"], keys["passphrase"]).check_audit()
