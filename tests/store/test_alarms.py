"""What a locked console can know: that somebody waits, at which terminal, since when; and nobody else knows that."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import replace
from typing import Any

import pytest

from screener.store.alarm_entry import KEY_NAME, UNREADABLE, AlarmEntry, alarm_key_of, read_alarms
from screener.store.audit import Event
from screener.store.clinic import for_recovery, for_staff, key_associated_data
from screener.store.crypto import Unreadable, new_pair, opener, seal_to
from screener.store.database import Database
from screener.store.open_response import OpenResponse
from screener.store.response_list import ReviewStatus
from screener.store.retention import purge
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.freeze import FIXTURES
from tests.store.making import START, a_clinic, a_record, a_store, an_urgent_record, unlocked
from tests.store.test_frozen import _expected

SINCE = START + datetime.timedelta(minutes=3)
URGENT: dict[str, Any] = {"urgent_since": SINCE}
EMERGENCY: dict[str, Any] = {"urgent_since": SINCE, "emergency_since": SINCE + datetime.timedelta(minutes=1)}


def alarms(staff_store: StaffStore, *responses: OpenResponse) -> list[AlarmEntry | None]:
    """What the key that a console keeps opens of these responses."""
    opened = read(staff_store.store.database, staff_store.alarm_key)
    return [opened[response.id] for response in responses]


def read(database: Database, alarm_key: bytes) -> dict[str, AlarmEntry | None]:
    with database.reading() as rows:
        responses = [identity for (identity,) in rows.all("SELECT id FROM response")]
        return read_alarms(rows, responses, opener(alarm_key))


def value(database: Database, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with database.reading() as rows:
        return rows.all(statement, parameters)


def test_a_locked_console_knows_the_terminal_and_since_when(backend: Backend) -> None:
    """From the save that raised it on; where the person is at an emergency page it knows that; finished or not."""
    store, _ = a_clinic(backend.connect())
    calm, urgent = store.begin(a_record(1)), store.begin(a_record(1))
    kiosk = a_store(backend.connect(), terminal="Front desk").begin(an_urgent_record(2, **EMERGENCY))
    staff_store = unlocked(store)
    assert alarms(staff_store, calm, urgent) == [None, None]
    urgent.save(an_urgent_record(2, **URGENT))
    assert alarms(staff_store, calm, urgent, kiosk) == [
        None,
        AlarmEntry("urgent", "desk", SINCE),
        AlarmEntry("emergency", "Front desk", SINCE),
    ]
    for response in (calm, urgent, kiosk):
        record = a_record(3) if response is calm else an_urgent_record(3, **URGENT)
        response.finish(record)
    assert alarms(staff_store, calm, urgent, kiosk) == [
        None,
        AlarmEntry("urgent", "desk", SINCE),
        AlarmEntry("urgent", "Front desk", SINCE),
    ]
    staff_store.check_audit()


def test_an_alarm_ends_when_somebody_sees_to_it_and_stays_ended(backend: Backend) -> None:
    """Also when the terminal saves again, which has no key of staff; a new urgent rule raises it again."""
    store, _ = a_clinic(backend.connect())
    response = store.begin(an_urgent_record(1, **URGENT))
    staff_store = unlocked(a_store(backend.connect()))
    staff_store.annotate(response.id, "note", "calls back")
    assert alarms(staff_store, response) == [AlarmEntry("urgent", "desk", SINCE)]
    staff_store.annotate(response.id, "acknowledged", "in-danger")
    assert alarms(staff_store, response) == [None]
    response.save(an_urgent_record(2, **URGENT))
    assert alarms(staff_store, response) == [None]
    again = replace(an_urgent_record(3, **EMERGENCY), urgent=("in-danger", "in-pain"))
    response.save(again)
    assert alarms(staff_store, response) == [AlarmEntry("emergency", "desk", SINCE)]
    staff_store.annotate(response.id, "acknowledged", "in-danger in-pain")
    response.finish(again)
    assert alarms(staff_store, response) == [None]
    (listed,) = staff_store.responses()
    assert listed.status is ReviewStatus.SEEN_TO
    staff_store.check_audit()


def test_nobody_without_the_key_can_tell_which_responses_are_urgent(backend: Backend) -> None:
    """Each has one row of one size, whatever its terminal is called, and each save writes another one."""
    store, _ = a_clinic(backend.connect())
    responses = [store.begin(a_record(1)), store.begin(an_urgent_record(1, **EMERGENCY))]
    long = a_store(backend.connect(), terminal="\x1b\U0001f600 desk" * 40)
    responses.append(long.begin(an_urgent_record(1, **URGENT)))

    def rows() -> dict[str, bytes]:
        return {
            identity: bytes(sealed) for identity, sealed in value(store.database, "SELECT response, sealed FROM alarm")
        }

    before = rows()
    assert before.keys() == {response.id for response in responses}
    for response in responses:
        response.save(a_record(2))
    assert not set(before.values()) & set(rows().values())
    assert len({len(sealed) for sealed in (*before.values(), *rows().values())}) == 1


def test_the_key_that_a_locked_console_keeps_opens_alarms_and_nothing_else(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    response = store.begin(an_urgent_record(1, **URGENT))
    staff_store = unlocked(store)
    staff_store.annotate(response.id, "note", "a note")
    unseal = opener(staff_store.alarm_key)
    ((keys,),) = value(store.database, "SELECT keys FROM response")
    for sealed in (for_staff(bytes(keys)), for_recovery(bytes(keys))):
        with pytest.raises(Unreadable):
            unseal(sealed, key_associated_data(response.id))
    for statement in ("SELECT label FROM response", "SELECT snapshot FROM response", "SELECT sealed FROM remark"):
        ((sealed,),) = value(store.database, statement)
        with pytest.raises(Unreadable):
            unseal(bytes(sealed), f"screener/1|alarm|{response.id}".encode())
    ((start,),) = value(store.database, "SELECT value FROM meta WHERE name = ?", "audit start")
    with pytest.raises(Unreadable):
        unseal(for_staff(bytes(start)), b"screener/1|audit")
    with pytest.raises(Unreadable):
        StaffStore(store, "Alex", staff_store.alarm_key).response_key(response.id, bytes(keys))


def test_an_alarm_of_another_response_does_not_open(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    calm, urgent = store.begin(a_record(1)), store.begin(an_urgent_record(1, **URGENT))
    with store.database.writing() as rows:
        moved = rows.all("SELECT sealed FROM alarm WHERE response = ?", (calm.id,))[0][0]
        rows.run("UPDATE alarm SET sealed = ? WHERE response = ?", (moved, urgent.id))
    assert alarms(unlocked(store), calm, urgent) == [None, UNREADABLE]


@pytest.mark.parametrize(
    "forged",
    [
        b"{}",
        b"[" * 100_000,
        b"null",
        b'{"kind": "calm", "terminal": "x", "since": "2026-01-05T09:00:00+00:00"}',
        b'{"kind": "urgent", "terminal": 5, "since": "2026-01-05T09:00:00+00:00"}',
        b'{"kind": "urgent", "terminal": "x", "since": "2026-01-05T09:00:00"}',
        b'{"kind": "urgent", "terminal": "x", "since": null}',
        b"\xff\xfe",
    ],
)
def test_what_somebody_forged_rings_rather_than_is_silent(sqlite: Backend, forged: bytes) -> None:
    """Whoever can write the store can seal anything for the key of the alarms."""
    store, _ = a_clinic(sqlite.connect())
    response = store.begin(a_record(1))
    staff_store = unlocked(store)
    ((public,),) = value(store.database, "SELECT value FROM meta WHERE name = ?", KEY_NAME)
    with store.database.writing() as rows:
        sealed = seal_to(bytes(public), forged, f"screener/1|alarm|{response.id}".encode())
        rows.run("UPDATE alarm SET sealed = ?", (sealed,))
    assert alarms(staff_store, response) == [UNREADABLE]


@pytest.mark.parametrize("strange", ["text", 10**12, 1.5, b""])
def test_a_row_of_another_kind_rings_rather_than_ends_the_console(sqlite: Backend, strange: object) -> None:
    """A file of SQLite holds what somebody writes into it, whatever the column is."""
    store, _ = a_clinic(sqlite.connect())
    response = store.begin(a_record(1))
    with store.database.writing() as rows:
        rows.run("UPDATE alarm SET sealed = ?", (strange,))
    assert alarms(unlocked(store), response) == [UNREADABLE]


def test_a_forged_remark_acknowledges_nothing(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    response = store.begin(an_urgent_record(1, **URGENT))
    with store.database.writing() as rows:
        rows.run("INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)", (response.id, 1, b"acknowledged"))
    response.save(an_urgent_record(2, **URGENT))
    assert alarms(unlocked(store), response) == [AlarmEntry("urgent", "desk", SINCE)]


def test_where_there_is_no_clinic_there_are_no_alarms(backend: Backend) -> None:
    store = a_store(backend.connect())
    response = store.begin(an_urgent_record(1, **URGENT))
    response.save(an_urgent_record(2, **URGENT))
    assert value(store.database, "SELECT * FROM alarm") == []
    assert response.read().terminal is None


def test_a_purge_removes_alarms(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    store.begin(an_urgent_record(1, **URGENT))
    store.now = lambda: START + datetime.timedelta(days=40)
    purge(store, clock_is_right=True)
    assert value(store.database, "SELECT * FROM alarm") == []


# Stores that have none yet


def as_in_0_1_0(store: Store) -> None:
    """Take out what a store of 0.1.0 does not have."""
    with store.database.writing() as rows:
        rows.run("DROP TABLE alarm")
        rows.run("DELETE FROM meta WHERE name = ?", (KEY_NAME,))


def test_a_store_of_0_1_0_gets_alarms_once_somebody_unlocked_it(backend: Backend) -> None:
    """Until then its terminals save as before; a terminal that is open already seals alarms from then on."""
    store, _ = a_clinic(backend.connect())
    as_in_0_1_0(store)
    terminal = a_store(backend.connect())
    response = terminal.begin(an_urgent_record(1, **URGENT))
    response.save(an_urgent_record(2, **URGENT))
    assert value(store.database, "SELECT * FROM alarm") == []
    staff_store = unlocked(a_store(backend.connect()))
    response.save(an_urgent_record(3, **URGENT))
    assert alarms(staff_store, response) == [AlarmEntry("urgent", "desk", SINCE)]
    staff_store.check_audit()


def test_the_frozen_store_of_0_1_0_tells_who_was_urgent_without_a_terminal(sqlite: Backend) -> None:
    """Its entries are read as they are; the table is made when the file is opened."""
    shutil.copyfile(FIXTURES / "store-1.db", sqlite.file)
    keys = _expected("1")["keys"]
    staff_store = unlock(a_store(sqlite.connect()), keys["staff"], keys["passphrase"])
    entries = [listed.entry for listed in staff_store.responses() if listed.entry]
    assert entries
    assert {(entry.terminal, entry.urgent_since, entry.emergency_since) for entry in entries} == {(None, None, None)}
    assert read(staff_store.store.database, staff_store.alarm_key) == {}
    assert all(entry.waiting_since == (entry.finished or entry.started) for entry in entries)


# Whoever can write the store


def test_an_exchanged_key_of_the_alarms_is_put_right_and_written_down(backend: Backend) -> None:
    """Terminals would seal alarms for somebody else, and a locked console would not be able to read them."""
    store, _ = a_clinic(backend.connect())
    secret, stranger = new_pair()
    with store.database.writing() as rows:
        rows.run("UPDATE meta SET value = ? WHERE name = ?", (stranger, KEY_NAME))
    response = store.begin(an_urgent_record(1, **URGENT))
    assert read(store.database, secret)[response.id] is not None
    staff_store = unlocked(store)
    assert alarms(staff_store, response) == [UNREADABLE]
    response.save(an_urgent_record(2, **URGENT))
    assert alarms(staff_store, response) == [AlarmEntry("urgent", "desk", SINCE)]
    assert [row.event for row in staff_store.check_audit()].count(Event.ALARM_KEY_RESTORED) == 1
    assert [row.event for row in unlocked(store).check_audit()].count(Event.ALARM_KEY_RESTORED) == 1


@pytest.mark.parametrize("key", [b"short", b"", bytes(32), b"x" * 33])
def test_a_damaged_key_of_the_alarms_keeps_nobody_from_answering(backend: Backend, key: bytes) -> None:
    store, _ = a_clinic(backend.connect())
    with store.database.writing() as rows:
        rows.run("UPDATE meta SET value = ? WHERE name = ?", (key, KEY_NAME))
    response = store.begin(an_urgent_record(1, **URGENT))
    response.save(an_urgent_record(2, **URGENT))
    assert len(unlocked(store).read(response.id).history) == 2
    response.save(an_urgent_record(3, **URGENT))
    assert alarms(unlocked(store), response) == [AlarmEntry("urgent", "desk", SINCE)]


def test_the_key_of_the_alarms_does_not_lead_back_to_the_clinics() -> None:
    """It is a hash, under a label of its own, and another one for another clinic."""
    first, second = new_pair()[0], new_pair()[0]
    assert alarm_key_of(first) == alarm_key_of(first)
    assert len({first, second, alarm_key_of(first), alarm_key_of(second), alarm_key_of(alarm_key_of(first))}) == 5


def test_an_alarm_is_written_in_the_transaction_of_its_save(backend: Backend) -> None:
    """Where the alarm cannot be written, nothing of the save is there."""
    store, _ = a_clinic(backend.connect())
    response = store.begin(a_record(1))
    with store.database.writing() as rows:
        rows.run("ALTER TABLE alarm RENAME TO away")
    with pytest.raises(Exception, match="could not be kept"):
        response.save(an_urgent_record(2, **URGENT))
    with store.database.writing() as rows:
        rows.run("ALTER TABLE away RENAME TO alarm")
    assert response.read().urgent == ()
