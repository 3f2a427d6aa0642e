"""Whoever can write the database cannot change what was answered, noted or logged without it being found."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

import pytest

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.audit import Broken, Event
from screener.store.clinic import Clinic as TheClinic
from screener.store.clinic import audit_start
from screener.store.crypto import Unreadable, new_pair
from screener.store.database import Database, Rows
from screener.store.members import Refused, Revoked, secret_of_staff
from screener.store.open_response import OpenResponse
from screener.store.response_row import read_response, remove
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, STAFF, Clock, a_clinic, a_record, a_store, an_urgent_record, unlocked


@dataclass
class Clinic:
    """A clinic with one response that is open and two that are finished, the first of them urgent and noted upon."""

    database: Database
    store: Store
    open: OpenResponse
    finished: tuple[str, str]

    def staff_store(self) -> StaffStore:
        return unlocked(self.another_store())

    def another_store(self) -> Store:
        store = a_store(self.database)
        store.now = self.store.now
        return store

    def later(self, days: int) -> None:
        assert isinstance(self.store.now, Clock)
        self.store.now.now += datetime.timedelta(days=days)

    def check(self, first_key: bytes | None = None) -> None:
        """Check the trail alone, from its first key on, without an entry that somebody unlocked."""
        with self.database.reading() as rows:
            audit.check(rows, first_key or self.first_key(rows))

    def first_key(self, rows: Rows) -> bytes:
        return audit_start(rows, secret_of_staff(rows, STAFF, PASSPHRASE))

    def change(self, statement: str, *parameters: Any) -> None:
        with self.database.writing() as rows:
            assert rows.run(statement, parameters) > 0

    def value(self, statement: str, *parameters: Any) -> Any:
        with self.database.reading() as rows:
            return rows.all(statement, parameters)[0][0]


@pytest.fixture
def clinic(backend: Backend) -> Clinic:
    database = backend.connect()
    store, _ = a_clinic(database)
    first, second, third = store.begin(a_record(1)), store.begin(a_record(1)), store.begin(a_record(2))
    first.finish(an_urgent_record(5))
    second.finish(a_record(6))
    staff_store = unlocked(store)
    staff_store.annotate(first.id, "acknowledged", "in-danger")
    staff_store.annotate(first.id, "note", "was called back")
    clinic = Clinic(database, store, third, (first.id, second.id))
    clinic.staff_store().check_audit()
    return clinic


# Responses


@pytest.mark.parametrize("column", ["version", "keys", "label", "snapshot"])
def test_an_edited_row_is_not_read_as_something_else(clinic: Clinic, column: str) -> None:
    identity = clinic.open.id
    before = bytes(clinic.value(f"SELECT {column} FROM response WHERE id = ?", identity))
    edited = before[:7] + bytes([before[7] ^ 1]) + before[8:]
    clinic.change(f"UPDATE response SET {column} = ? WHERE id = ?", edited, identity)
    staff_store = clinic.staff_store()
    (listed,) = (listed for listed in staff_store.responses() if listed.id == identity)
    assert (listed.entry is None) == (column != "snapshot")
    if column != "label":
        with pytest.raises(Unreadable):
            staff_store.read(identity)


@pytest.mark.parametrize("columns", ["snapshot", "label", "version label snapshot", "keys"])
def test_answers_cannot_be_put_under_another_person(clinic: Clinic, columns: str) -> None:
    """Not even all of what is sealed, with the version that it was sealed for, nor with the key that opens it."""
    first, second = clinic.finished
    for column in columns.split():
        moved = clinic.value(f"SELECT {column} FROM response WHERE id = ?", second)
        clinic.change(f"UPDATE response SET {column} = ? WHERE id = ?", moved, first)
    staff_store = clinic.staff_store()
    if columns != "label":
        with pytest.raises(Unreadable):
            staff_store.read(first)
    if columns != "snapshot":
        assert next(listed for listed in staff_store.responses() if listed.id == first).entry is None
    with pytest.raises(Broken):
        staff_store.check_audit()


def test_a_whole_row_under_another_id_is_nobodys(clinic: Clinic) -> None:
    first, second = clinic.finished
    clinic.change("DELETE FROM response WHERE id = ?", first)
    clinic.change("UPDATE response SET id = ? WHERE id = ?", first, second)
    with pytest.raises(Unreadable):
        clinic.staff_store().read(first)


def test_an_older_row_of_an_open_response_does_not_go_with_its_newer_version(clinic: Clinic) -> None:
    """A snapshot is bound to the version beside it, so that older answers cannot be slipped under newer ones."""
    older = clinic.value("SELECT snapshot FROM response WHERE id = ?", clinic.open.id)
    clinic.open.save(a_record(4))
    clinic.change("UPDATE response SET snapshot = ? WHERE id = ?", older, clinic.open.id)
    with pytest.raises(Unreadable):
        clinic.open.read()


def test_a_finished_response_put_back_to_an_older_row_is_found(clinic: Clinic) -> None:
    with clinic.database.reading() as rows:
        (older,) = rows.all("SELECT * FROM response WHERE id = ?", (clinic.open.id,))
    clinic.open.finish(a_record(9))
    clinic.staff_store().check_audit()
    clinic.change("DELETE FROM response WHERE id = ?", older[0])
    clinic.change("INSERT INTO response VALUES (?, ?, ?, ?, ?, ?, ?)", *older)
    assert len(clinic.staff_store().read(older[0]).history) == 2, "each row for itself is whole"
    with pytest.raises(Broken, match=older[0][:8]):
        clinic.staff_store().check_audit()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM response WHERE id = ?",
        "UPDATE response SET state = 0 WHERE id = ?",
        "UPDATE response SET day = day - 400 WHERE id = ?",
    ],
)
def test_a_finished_response_that_is_removed_opened_or_made_older_is_found(clinic: Clinic, statement: str) -> None:
    clinic.change(statement, clinic.finished[1])
    with pytest.raises(Broken, match=clinic.finished[1][:8]):
        clinic.staff_store().check_audit()


def test_an_open_response_that_is_removed_or_smuggled_in_is_found(clinic: Clinic) -> None:
    with clinic.database.reading() as rows:
        (row,) = rows.all("SELECT * FROM response WHERE id = ?", (clinic.open.id,))
    clinic.change("INSERT INTO response VALUES (?, ?, ?, ?, ?, ?, ?)", "0" * 32, *row[1:])
    with pytest.raises(Broken, match="00000000"):
        clinic.staff_store().check_audit()
    clinic.change("DELETE FROM response WHERE id = ?", "0" * 32)
    clinic.staff_store().check_audit()
    clinic.change("DELETE FROM response WHERE id = ?", clinic.open.id)
    with pytest.raises(Broken, match=clinic.open.id[:8]):
        clinic.staff_store().check_audit()


def test_a_purge_that_was_written_down_is_not_taken_for_tampering(clinic: Clinic) -> None:
    clinic.later(days=31)
    with clinic.database.writing() as rows:
        for identity in (clinic.open.id, *clinic.finished):
            remove(rows, identity)
            clinic.store.log(rows, Event.PURGED, identity)
    assert clinic.staff_store().check_audit()


def test_an_open_response_that_is_said_to_be_finished_is_found(clinic: Clinic) -> None:
    clinic.change("UPDATE response SET state = 1 WHERE id = ?", clinic.open.id)
    staff_store = clinic.staff_store()
    assert next(listed for listed in staff_store.responses() if listed.id == clinic.open.id).entry is None
    with pytest.raises(Broken):
        staff_store.check_audit()


def test_responses_of_another_clinic_are_listed_as_unreadable_and_not_read(clinic: Clinic, backend: Backend) -> None:
    """Somebody else's key opens nothing, and one strange response does not hide the others."""
    foreign = _another_clinics_row(clinic)
    staff_store = clinic.staff_store()
    listed = {listed.id: listed.entry for listed in staff_store.responses()}
    assert listed.pop(foreign) is None
    assert len(listed) == 3
    assert None not in listed.values()
    with pytest.raises(Unreadable):
        staff_store.read(foreign)


def _another_clinics_row(clinic: Clinic) -> str:
    """A response that is sealed to keys which are not this clinic's."""
    response = Store(clinic.database, terminal="strange", cost=clinic.store.cost).begin(a_record(1))
    _, public = new_pair()
    keys = TheClinic("Other", "england", 30, public, public).sealed(response.key, response.id)
    clinic.change("UPDATE response SET keys = ? WHERE id = ?", keys, response.id)
    return response.id


def test_a_wrong_key_opens_nothing(clinic: Clinic) -> None:
    with clinic.database.reading() as rows, pytest.raises(Unreadable):
        read_response(rows, clinic.open.id, bytes(32))
    with_wrong_key = StaffStore(clinic.store, STAFF, new_pair()[0])
    with clinic.database.reading() as rows:
        ((keys,),) = rows.all("SELECT keys FROM response WHERE id = ?", (clinic.open.id,))
    with pytest.raises(Unreadable):
        with_wrong_key.response_key(clinic.open.id, bytes(keys))
    with pytest.raises(Revoked):
        with_wrong_key.read(clinic.open.id)


# What staff add, and who they are


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM remark WHERE response = (SELECT MAX(id) FROM response)",
        "DELETE FROM remark",
        "UPDATE remark SET n = n + 5",
        "UPDATE remark SET response = 'x' || response WHERE response = (SELECT MAX(id) FROM response)",
        "UPDATE remark SET sealed = (SELECT label FROM response LIMIT 1)",
        "INSERT INTO remark SELECT response, 1, sealed FROM remark WHERE response = (SELECT MAX(id) FROM response)",
    ],
)
def test_a_remark_that_was_removed_edited_or_moved_is_found(clinic: Clinic, statement: str) -> None:
    clinic.change(statement)
    with pytest.raises(Broken):
        clinic.staff_store().check_audit()


def test_what_staff_noted_cannot_be_put_back_nor_exchanged_for_that_of_another_response(clinic: Clinic) -> None:
    """The response is then listed as unreadable, and not as one that nobody said anything about."""
    first, second = clinic.finished
    now = clinic.value("SELECT sealed FROM remark WHERE response = ?", first)
    clinic.staff_store().annotate(first, "note", "one more")
    clinic.change("UPDATE remark SET sealed = ? WHERE response = ?", now, first)
    with pytest.raises(Broken):
        clinic.staff_store().check_audit()
    other = clinic.value("SELECT sealed FROM remark WHERE response = ?", second)
    clinic.change("UPDATE remark SET sealed = ? WHERE response = ?", other, first)
    staff_store = clinic.staff_store()
    (listed,) = (listed for listed in staff_store.responses() if listed.id == clinic.finished[0])
    assert (listed.entry, listed.annotations) == (None, ())
    with pytest.raises(Broken):
        staff_store.check_audit()


def test_the_door_of_one_member_of_staff_does_not_open_under_another_name(clinic: Clinic) -> None:
    clinic.change("UPDATE staff SET name = ?", "Sam")
    with pytest.raises(Refused):
        unlock(clinic.store, "Sam", PASSPHRASE)


def test_that_somebody_tried_to_get_in_is_written_down(clinic: Clinic) -> None:
    for name, passphrase in ((STAFF, "wrong horse and no battery"), ("Nobody", PASSPHRASE)):
        with pytest.raises(Refused):
            unlock(clinic.store, name, passphrase)
    assert [row.event for row in clinic.staff_store().check_audit()][-3:-1] == [Event.REFUSED] * 2


# The clinic


@pytest.mark.parametrize("name", ["clinic", "clinic public key", "paper public key", "clinic digest", "audit key"])
def test_a_store_whose_clinic_is_damaged_keeps_nothing_that_nobody_could_open(clinic: Clinic, name: str) -> None:
    """Neither a missing row nor one wrong bit."""
    before = bytes(clinic.value("SELECT value FROM meta WHERE name = ?", name))
    clinic.change("DELETE FROM meta WHERE name = ?", name)
    with pytest.raises(ScreenerError, match="damaged"):
        a_store(clinic.database)
    clinic.change("INSERT INTO meta VALUES (?, ?)", name, bytes([before[0] ^ 1]) + before[1:])
    if name != "audit key":  # It has no digest, as it is another one at every entry.
        with pytest.raises(ScreenerError, match="damaged"):
            a_store(clinic.database)


@pytest.mark.parametrize("change", ["name", "region", "retention_days", "public", "recovery"])
def test_a_clinic_that_somebody_made_another_one_is_found(clinic: Clinic, change: str) -> None:
    """Such as one whose new answers are sealed for a stranger, or whose days are so many that nothing is purged."""
    current = clinic.store.clinic
    assert current is not None
    _, stranger = new_pair()
    changes = {
        "name": "South Clinic",
        "region": "wales",
        "retention_days": 9999,
        "public": stranger,
        "recovery": stranger,
    }
    _put_clinic(clinic, replace(current, **{change: changes[change]}))
    with pytest.raises(ScreenerError, match="exchanged"):
        clinic.staff_store()


def _put_clinic(clinic: Clinic, replacement: TheClinic) -> None:
    described = {"name": replacement.name, "region": replacement.region, "retention_days": replacement.retention_days}
    for name, value in (
        ("clinic", json.dumps(described).encode()),
        ("clinic public key", replacement.public),
        ("paper public key", replacement.recovery),
        ("clinic digest", replacement.digest),
    ):
        clinic.change("UPDATE meta SET value = ? WHERE name = ?", value, name)


# The audit trail


@pytest.mark.parametrize("column", ["at", "actor", "terminal", "event", "subject", "digest", "mac"])
def test_no_column_of_the_trail_can_be_edited(clinic: Clinic, column: str) -> None:
    edited: Any = {"at": 1, "digest": b"x", "mac": bytes(32)}.get(column, "something else")
    clinic.change(f"UPDATE audit SET {column} = ? WHERE n = 6", edited)
    with pytest.raises(Broken, match="row 6"):
        clinic.staff_store().check_audit()


@pytest.mark.parametrize(
    ("statements", "complaint"),
    [
        (["DELETE FROM audit WHERE n = 1"], "row 1 is missing"),
        (["DELETE FROM audit WHERE n = 3"], "row 3 is missing"),
        (
            [
                "DELETE FROM audit WHERE n = 3",
                "UPDATE audit SET n = -n WHERE n > 3",
                "UPDATE audit SET n = -n - 1 WHERE n < 0",
            ],
            "row 3 was changed",
        ),
        (
            ["DELETE FROM audit WHERE n < 3", "UPDATE audit SET n = -n", "UPDATE audit SET n = -n - 2"],
            "row 1 was changed",
        ),
        (["DELETE FROM audit WHERE n > 5"], "at its end"),
        (["DELETE FROM audit WHERE n = (SELECT MAX(n) FROM audit)"], "at its end"),
        (["DELETE FROM audit"], "at its end"),
        (
            ["UPDATE audit SET n = -n WHERE n IN (3, 4)", "UPDATE audit SET n = 7 + n WHERE n < 0"],
            "row 3 was changed",
        ),
    ],
    ids=["first", "one", "one, closed up", "beginning, closed up", "end", "last", "all", "two exchanged"],
)
def test_no_row_of_the_trail_can_be_removed_or_moved(clinic: Clinic, statements: list[str], complaint: str) -> None:
    for statement in statements:
        clinic.change(statement)
    with pytest.raises(Broken, match=complaint):
        clinic.check()


def test_the_trail_cannot_be_written_anew_with_the_key_in_use(clinic: Clinic) -> None:
    """The key of the next row does not lead back to those of the rows before it."""
    with clinic.database.writing() as rows:
        _write_anew(rows, [*audit.all_rows(rows)][1:])
    with pytest.raises(ScreenerError):
        clinic.staff_store().check_audit()


def test_the_trail_cannot_be_written_anew_without_changing_what_it_tells(clinic: Clinic) -> None:
    with clinic.database.writing() as rows:
        _write_anew(rows, [*audit.all_rows(rows)])
    with pytest.raises(ScreenerError):
        clinic.staff_store().check_audit()


def test_the_end_of_the_trail_cannot_be_dropped_and_the_rest_gone_on_with(clinic: Clinic) -> None:
    """A key in use that is too new for the row that it is used on is found as well."""
    clinic.change("DELETE FROM audit WHERE n > (SELECT MAX(n) - 2 FROM audit)")
    clinic.store.begin(a_record(1))
    clinic.store.begin(a_record(1))
    with pytest.raises(ScreenerError):
        clinic.staff_store().check_audit()


def test_a_trail_is_checked_from_its_very_first_key(clinic: Clinic) -> None:
    """One that begins later with a later key is not taken for the whole."""
    with clinic.database.reading() as rows:
        first = clinic.first_key(rows)
    clinic.check(first)
    clinic.change("DELETE FROM audit WHERE n = 1")
    clinic.change("UPDATE audit SET n = -n")
    clinic.change("UPDATE audit SET n = -n - 1")
    with pytest.raises(Broken):
        clinic.check(hashlib.sha256(b"screener audit, next key" + first).digest())


def test_the_key_in_use_cannot_be_exchanged(clinic: Clinic) -> None:
    clinic.change("UPDATE meta SET value = ? WHERE name = 'audit key'", bytes(32))
    with pytest.raises(Broken, match="end"):
        clinic.check()


def test_the_trail_tells_nothing_of_what_was_answered_nor_how_often_something_was_saved(clinic: Clinic) -> None:
    clinic.open.save(a_record(3))
    clinic.open.save(a_record(4))
    events = [row.event for row in clinic.staff_store().check_audit()]
    assert events.count(Event.OPENED) == 3
    assert events.count(Event.FINISHED) == 2
    own = {Event.FOUNDED, Event.TERMINAL, Event.STAFF_ADDED}
    assert set(events) <= own | {Event.OPENED, Event.FINISHED, Event.UNLOCKED, Event.SEEN_TO, Event.NOTED}


def test_nobody_without_the_key_can_tell_who_was_urgent_from_what_staff_did(clinic: Clinic) -> None:
    """Not who was seen to between the first answer and the last: every entry of staff and all notes look the same."""
    with clinic.database.reading() as rows:
        entries = rows.all("SELECT subject, digest FROM audit WHERE actor = ? AND event = ?", (STAFF, "entry of staff"))
        notes = rows.all("SELECT response, n, sealed FROM remark")
    assert {subject for subject, _ in entries} == {""}
    assert len({len(digest) for _, digest in entries}) == 1
    assert {response for response, _, _ in notes} == {clinic.open.id, *clinic.finished}
    assert {(n, len(sealed)) for _, n, sealed in notes} == {(0, len(notes[0][2]))}


def test_the_head_for_an_export_is_the_last_row(clinic: Clinic) -> None:
    rows = clinic.staff_store().check_audit()
    assert clinic.store.head() == rows[-1].head == f"{len(rows)}/{rows[-1].mac.hex()[:8]}"


def test_the_head_in_an_export_vouches_for_every_row_before_it(clinic: Clinic) -> None:
    """Whoever has a copy of the disk from the very beginning can write a trail that holds, but not with that head."""
    before = clinic.store.head()
    with clinic.database.writing() as rows:
        first_key, trail = clinic.first_key(rows), [*audit.all_rows(rows)]
        rows.run("UPDATE meta SET value = ? WHERE name = 'audit key'", (first_key,))
        _write_anew(rows, [replace(trail[0], actor="Sam"), *trail[1:]])
    clinic.check(first_key)
    assert clinic.store.head() != before


def _write_anew(rows: Rows, trail: list[audit.AuditRow]) -> None:
    """What somebody could do who has the machine, and with it the key of the next row: replace the whole trail."""
    rows.run("DELETE FROM audit")
    for row in trail:
        audit.append(rows, row.at, row.actor, row.terminal, Event(row.event), row.subject, row.digest)
