"""Keeping an answer: everything sealed anew, beside one plain row that is as safe on the disk."""

from __future__ import annotations

import datetime
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from screener.content.compiled import Content
from screener.store.content_archive import content_hash
from screener.store.history import HistoryEntry
from screener.store.record import StoredResponse
from screener.store.sqlite import SQLite
from screener.store.store import Store
from tests.benchmarks.measure import Row, in_turn
from tests.benchmarks.responses import complete_response

START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)


def autosave(content: Content, folder: Path, rounds: int) -> Row:
    """One answer more in a response that is complete already, until it is on the disk; both on the same disk."""
    with tempfile.TemporaryDirectory(dir=folder) as kept, tempfile.TemporaryDirectory(dir=folder) as plain:
        times = in_turn([_ours(content, Path(kept))], [_plain(Path(plain))], rounds)
    note = "both wait until the disk has it, which is most of the time of the plain row"
    return Row("an answer kept, sealed", "plain SQLite row, as durable", *times, note=note)


def _ours(content: Content, folder: Path) -> Callable[[], object]:
    store = Store(SQLite(folder / "responses.db"))
    answers = complete_response(content.form, 1)
    history = tuple(HistoryEntry(question, entry, START) for question, entry in answers.items())
    record = StoredResponse(
        "K7QP-3MXD", content.questionnaire.id, content_hash(content), "en-GB", "screen", START, history=history
    )
    kept = store.begin(record)
    return lambda: kept.save(record)


def _plain(folder: Path) -> Callable[[], object]:
    connection = sqlite3.connect(folder / "answers.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=wal")
    connection.execute("PRAGMA synchronous=full")
    connection.execute("CREATE TABLE answer (response TEXT, question TEXT, answer TEXT, at TEXT)")
    row = ("K7QP-3MXD", "phq9_9", "several-days", START.isoformat())
    return lambda: connection.execute("INSERT INTO answer VALUES (?, ?, ?, ?)", row)
