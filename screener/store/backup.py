"""Backup and restore: the sealed rows of either database in one SQLite file.

It holds no key and opens no response. Whoever has the file has what a thief of the disk would have.
"""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from screener.errors import ScreenerError
from screener.store.audit import Event
from screener.store.backup_check import CheckedRows, OddBackup, require_tables
from screener.store.clinic import read_clinic
from screener.store.database import FORMATS, NotSaved, Rows, create_tables, one
from screener.store.key_exchange import signing_keys
from screener.store.sqlite import SQLite
from screener.store.store import Store

_MARK = "backup made at"
"""Name of the row that is written when all others are on the disk; a file that was cut off has none."""

_AT_ONCE = (
    (
        "SELECT name, value FROM meta WHERE name <> 'backup made at'",
        "INSERT INTO meta (name, value) VALUES (?, ?)",
    ),
    (
        "SELECT response, n, sealed FROM remark",
        "INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)",
    ),
    (
        "SELECT tag, response, sealed FROM return_code",
        "INSERT INTO return_code (tag, response, sealed) VALUES (?, ?, ?)",
    ),
    (
        "SELECT name, salt, cost, sealed FROM staff",
        "INSERT INTO staff (name, salt, cost, sealed) VALUES (?, ?, ?, ?)",
    ),
    (
        "SELECT n, at, actor, terminal, event, subject, digest, mac FROM audit",
        "INSERT INTO audit (n, at, actor, terminal, event, subject, digest, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    (
        "SELECT response, sealed FROM alarm",
        "INSERT INTO alarm (response, sealed) VALUES (?, ?)",
    ),
    (
        "SELECT name, role, public, sealed FROM member",
        "INSERT INTO member (name, role, public, sealed) VALUES (?, ?, ?, ?)",
    ),
    (
        "SELECT n, signer, signed FROM signature",
        "INSERT INTO signature (n, signer, signed) VALUES (?, ?, ?)",
    ),
    (
        "SELECT signer, name, n FROM terminal",
        "INSERT INTO terminal (signer, name, n) VALUES (?, ?, ?)",
    ),
    (
        "SELECT id, day, sealed FROM person",
        "INSERT INTO person (id, day, sealed) VALUES (?, ?, ?)",
    ),
    (
        "SELECT tag, until, sealed FROM appointment_code",
        "INSERT INTO appointment_code (tag, until, sealed) VALUES (?, ?, ?)",
    ),
    ("SELECT id FROM sealed_before", "INSERT INTO sealed_before (id) VALUES (?)"),
    (
        "SELECT hash, packed FROM content",
        "INSERT INTO content (hash, packed) VALUES (?, ?)",
    ),
)
_BY_HUNDREDS = (
    "SELECT id, day, state, version, keys, label, snapshot FROM response WHERE id > ? ORDER BY id LIMIT 500",
    "INSERT INTO response (id, day, state, version, keys, label, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?)",
)


def back_up(store: Store, path: Path) -> int:
    """Write everything as it is at one moment to a new file that only its owner can read; returns the responses in it.

    Others may write meanwhile. Raises ``ScreenerError`` where the file is there already or cannot be written in full;
    then nothing is left of it.
    """
    _create(path)
    try:
        with closing(_File(sqlite3.connect(path, isolation_level=None))) as file:
            # Nothing stands beside the file while it is written; a power cut leaves one without its mark.
            file.run("PRAGMA journal_mode = MEMORY")
            with store.database.reading() as rows, file.writing() as written:
                for statement in create_tables("BLOB"):
                    written.run(statement)
                count = _copy(rows, written, _AT_ONCE)
            with file.writing() as written:
                written.run("INSERT INTO meta (name, value) VALUES (?, ?)", (_MARK, store.now().isoformat().encode()))
        with store.database.writing() as rows:
            store.log(rows, Event.BACKED_UP)
    except NotSaved as error:
        path.unlink(missing_ok=True)
        raise ScreenerError(f"There is no backup. {error}") from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return count


def restore(store: Store, path: Path) -> tuple[int, str]:
    """Copy everything from a backup into an empty store.

    Return the number of responses, and when the backup was made, in UTC. Raise ``ScreenerError`` if the store is not
    empty, or the file is no complete backup; then nothing is changed.
    """
    with closing(_opened(path)) as file:
        format, backup = _format_and_date(file, path)
        with store.database.writing() as rows, file.reading() as saved:
            if _in_use(rows):
                raise ScreenerError("There is something in this store already. Restore into an empty one.")
            try:
                count = _restored(saved, rows, format)
                store.clinic = read_clinic(rows)
            except (OddBackup, sqlite3.Error, TypeError, ValueError, LookupError):
                raise _damaged(path) from None
            store.identity.recognise(store.clinic, signing_keys(rows, store.clinic) if store.clinic else ())
            store.log(rows, Event.RESTORED)
    return count, backup


def require_backup(path: Path) -> None:
    """Raise ``ScreenerError`` if a file is no complete backup, before there is a store to restore it into."""
    with closing(_opened(path)) as file:
        _format_and_date(file, path)


def _restored(saved: Rows, rows: Rows, format: bytes) -> int:
    """Copy everything from a backup, and return the number of responses. Raise ``OddBackup``."""
    rows.run("DELETE FROM meta")
    rows.run("DELETE FROM content")
    tables = {name for (name,) in saved.all("SELECT name FROM sqlite_master")}
    require_tables(tables, format)
    # A backup of an older version has fewer tables.
    at_once = (each for each in _AT_ONCE if each[0].split(" FROM ")[1].split()[0] in tables)
    return _copy(CheckedRows(saved), rows, at_once)


class _File(SQLite):
    """A backup: an SQLite file that may be in any folder."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection


def _copy(source: Rows, target: Rows, at_once: Iterable[tuple[str, str]]) -> int:
    """Return how many responses were copied, with everything else; never many of them in memory at a time."""
    for select, insert in at_once:
        for row in source.all(select):
            target.run(insert, row)
    select, insert = _BY_HUNDREDS
    count, batch = 0, source.all(select, ("",))
    while batch:
        for row in batch:
            target.run(insert, row)
        count += len(batch)
        batch = source.all(select, (batch[-1][0],))
    return count


def _in_use(rows: Rows) -> bool:
    return any(
        rows.all(statement)
        for statement in (
            "SELECT 1 FROM response LIMIT 1",
            "SELECT 1 FROM audit LIMIT 1",
            "SELECT 1 FROM staff LIMIT 1",
        )
    )


def _create(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except FileExistsError:
        raise ScreenerError(f"{path} exists already, and nothing is overwritten. Choose another name.") from None
    except OSError as error:
        raise ScreenerError(f"{path} cannot be written: {error.strerror}. Choose another folder.") from None


def _opened(path: Path) -> _File:
    if not path.is_file():
        why = "it is not a file" if path.exists() else "there is no such file"
        raise ScreenerError(f"{path} cannot be read: {why}. Choose another file.")
    try:
        return _File(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None))
    except sqlite3.Error as error:
        raise ScreenerError(f"{path} cannot be read: {error}. Choose another file.") from None


def _damaged(path: Path) -> ScreenerError:
    return ScreenerError(f"{path} is not a backup, or it is damaged. Take another one.")


def _format_and_date(file: _File, path: Path) -> tuple[bytes, str]:
    """Return the format of a backup, and when it was made. Raise ``ScreenerError`` if it is none, or incomplete."""
    try:
        if file.all("PRAGMA quick_check") != [("ok",)]:
            raise sqlite3.DatabaseError
        mark, format = (
            _bytes(one(file, "SELECT value FROM meta WHERE name = ?", (name,))) for name in (_MARK, "format")
        )
        at = datetime.datetime.fromisoformat(mark.decode()) if mark is not None else None
    except (OddBackup, sqlite3.Error, ValueError):
        raise _damaged(path) from None
    if at is None:
        raise ScreenerError(f"{path} is not a backup, or it was cut off while it was made. Take another one.")
    if format is None or format not in FORMATS:
        raise ScreenerError(f"{path} was made by another version of screener. Use that one.")
    return format, at.isoformat()


def _bytes(row: tuple[Any, ...] | None) -> bytes | None:
    """Return the value of a row. Raise ``OddBackup`` if it is no bytes."""
    if row is not None and not isinstance(row[0], bytes):
        raise OddBackup
    return row[0] if row else None
