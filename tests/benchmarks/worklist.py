"""The staff's list: every label opened, beside the same columns in a plain table; and a look where nothing is new."""

from __future__ import annotations

import datetime
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from screener.store.clinic_setup import set_up_clinic
from screener.store.crypto import Cost
from screener.store.list_entry import ListEntry
from screener.store.record import StoredResponse
from screener.store.sqlite import SQLite
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.terminal_identity import TerminalIdentity
from screener.store.unlock import unlock
from tests.benchmarks.measure import Aim, Row, in_turn

START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
STAFF, PASSPHRASE = "Alex", "four quiet grey geese"
FEW, MANY = 100, 1000


def worklist(folder: Path, rounds: int) -> list[Row]:
    """The list of staff after they unlocked the store, and what an idle console does every second."""
    with tempfile.TemporaryDirectory(dir=folder) as few_folder, tempfile.TemporaryDirectory(dir=folder) as many_folder:
        few, many = filled(Path(few_folder), FEW), filled(Path(many_folder), MANY)
        plain = plain_table(Path(many_folder) / "plain.db", many.responses())
        opened = in_turn([lambda: opened_list(many)], [plain], rounds)
        idle = in_turn([looked(many)] * 20, [looked(few)] * 20, rounds)
    note = "each label has a key of its own, sealed to the clinic"
    return [
        Row(f"a list of {MANY:,} responses, opened", "the same columns of a plain table", *opened, note=note),
        Row(f"a look at {MANY:,} responses, nothing new", f"ours, {FEW} responses", *idle, aim=Aim(1.5)),
    ]


def filled(folder: Path, count: int) -> StaffStore:
    """A clinic with so many responses, unlocked."""
    folder.chmod(0o700)
    identity = TerminalIdentity()
    store = Store(SQLite(folder / "responses.db"), terminal="desk", cost=Cost(64, 1, 1), identity=identity)
    set_up_clinic(store, "North Clinic", "england", 365, STAFF, PASSPHRASE)
    for number in range(count):
        reference = f"{number:04}-0000"
        store.begin(StoredResponse(reference, "before-a-flight", "0" * 64, "en-GB", "screen", START))
    return unlock(store, STAFF, PASSPHRASE)


def opened_list(staff_store: StaffStore) -> list[ListEntry]:
    """Open every label anew, as after an unlock."""
    fresh = StaffStore(staff_store.store, staff_store.name, staff_store.secret, keys=staff_store.keys)
    return [listed.entry for listed in fresh.responses() if listed.entry]


def plain_table(path: Path, responses: object) -> Callable[[], list[ListEntry]]:
    """Return what reads the same list from a table in which nothing is sealed."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE label (reference, questionnaire, name, started, saved, finished, terminal)")
    assert isinstance(responses, list)
    for listed in responses:
        entry = listed.entry
        values = (entry.reference, entry.questionnaire, entry.name, entry.started.isoformat(), entry.saved.isoformat())
        connection.execute("INSERT INTO label VALUES (?, ?, ?, ?, ?, ?, ?)", (*values, None, entry.terminal))

    def read() -> list[ListEntry]:
        moment = datetime.datetime.fromisoformat
        return [
            ListEntry(reference, questionnaire, name, moment(started), moment(saved), finished, (), terminal)
            for reference, questionnaire, name, started, saved, finished, terminal in connection.execute(
                "SELECT * FROM label"
            )
        ]

    return read


def looked(staff_store: StaffStore) -> Callable[[], object]:
    return staff_store.stamp
