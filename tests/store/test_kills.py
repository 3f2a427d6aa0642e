"""A terminal that is killed loses at most the answer that was being typed; terminals that write at once lose none."""

from __future__ import annotations

import pytest

from screener.store.audit import Event
from screener.store.database import NotSaved
from tests.store.conftest import Backend
from tests.store.making import a_clinic, a_record, a_store, unlocked
from tests.store.programs import told
from tests.store.programs.writers import ANSWERS, RESPONSES

TERMINALS = 8


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.long)])
def test_kills_lose_nothing_that_was_acknowledged(backend: Backend, kills: int) -> None:
    """Each at any moment of a write: what was told to be kept is there, and the audit trail holds."""
    store, _ = a_clinic(backend.connect())
    report = told("kills", backend.location, kills)
    assert report["faults"] == []
    assert report["kills"] == kills
    assert report["acknowledged"] > 2 * kills
    staff_store = unlocked(store)
    finished = [row for row in staff_store.check_audit() if row.event == Event.FINISHED]
    assert len(finished) == sum(listed.finished for listed in staff_store.responses()) > 0


def test_eight_terminals_that_write_at_once_are_all_served(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    assert told("writers", backend.location, TERMINALS) == {"refused": []}
    staff_store = unlocked(store)
    rows = staff_store.check_audit()
    opened = [row.terminal for row in rows if row.event == Event.OPENED]
    assert sorted(opened) == sorted(f"terminal {number}" for number in range(TERMINALS) for _ in range(RESPONSES))
    assert [len(staff_store.read(listed.id).history) for listed in staff_store.responses()] == [
        ANSWERS
    ] * TERMINALS * RESPONSES


def test_a_write_begins_only_when_no_other_one_goes_on(backend: Backend) -> None:
    """One that has only read so far counts: else it would be refused when it comes to writing, and lose the answer."""
    mine, second = backend.connect(), backend.connect()
    open_response = a_store(mine).begin(a_record(1))
    with second.writing() as rows:
        rows.all("SELECT version FROM response")
        _give_up_at_once(mine, backend)
        with pytest.raises(NotSaved):
            open_response.save(a_record(2))
        rows.run("UPDATE response SET day = day")
    open_response.save(a_record(3))
    assert len(open_response.read().history) == 3


def test_a_reader_sees_one_moment_and_stops_nobody_from_writing(backend: Backend) -> None:
    mine, second = backend.connect(), backend.connect()
    open_response = a_store(mine).begin(a_record(1))
    with second.reading() as rows:
        before = rows.all("SELECT version FROM response")
        open_response.save(a_record(2))
        assert rows.all("SELECT version FROM response") == before
    with second.reading() as rows:
        assert rows.all("SELECT version FROM response") != before


def _give_up_at_once(database: object, backend: Backend) -> None:
    """Let a connection wait for no other one."""
    setting = "PRAGMA busy_timeout=1" if backend.is_file else "SET lock_timeout = '1ms'"
    database._connection.execute(setting)  # type: ignore[attr-defined]
