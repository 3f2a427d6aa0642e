"""Rows in a file of SQLite, for one machine and any number of processes on it.

What the pragmas and ``BEGIN IMMEDIATE`` are for, and what is lost without each of them, is what the tests of the
store show: an answer that was acknowledged survives a kill and a power cut.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.database import NEWER_TABLES, NotSaved, create_tables
from screener.store.private_folder import require_private

PRAGMAS = (
    ("journal_mode", "wal"),
    ("synchronous", 2),
    ("secure_delete", 1),
    ("temp_store", 2),
    ("trusted_schema", 0),
    ("busy_timeout", 10_000),
    ("fullfsync", 1),
)
"""Name and the value that it must read back as."""
_FAULTS = (sqlite3.Error, UnicodeError)
"""In a damaged file, what should be text need not be any."""
ROOM = 16 * 1024 * 1024
"""Bytes that must be free when a response begins: the log beside the file grows to a quarter of it."""


class SQLite:
    """One connection to one file. Raise ``ScreenerError`` if it cannot be opened, or others may read its folder."""

    def __init__(self, path: Path) -> None:
        self._prepare(path)
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._mark()
            for name, value in PRAGMAS:
                self._connection.execute(f"PRAGMA {name}={value}")
                (read,) = self._connection.execute(f"PRAGMA {name}").fetchone()
                if read != value:
                    unsafe = _("Answers cannot be kept safely in {path}: {setting} is {value}. Choose a local disk.")
                    raise ScreenerError(unsafe.format(path=path, setting=name, value=read))
            present = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master")}
            if "meta" not in present or not present >= NEWER_TABLES:
                with self.writing() as rows:
                    for statement in create_tables("BLOB", newer="meta" in present):
                        rows.run(statement)
        except _FAULTS as error:
            closed = _("{path} cannot be opened: {reason}.")
            raise ScreenerError(closed.format(path=path, reason=_reason(error))) from None
        self._folder = path.parent

    def _mark(self) -> None:
        """Mark the file as one whose header says whether a log belongs to it; see ``close``."""
        if self._connection.execute("PRAGMA user_version").fetchone() == (0,):
            with suppress(sqlite3.OperationalError):  # A store that can only be read stays as it is.
                self._connection.execute("PRAGMA user_version=1")

    @staticmethod
    def _prepare(path: Path) -> None:
        """Make the folder and the file, both for this account only."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            require_private(path)
            if not path.exists():
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
            if not path.is_file():
                raise ScreenerError(_("{path} is not a file. Choose another name for the store.").format(path=path))
        except OSError as error:
            refused = _("Answers cannot be kept in {folder}: {reason}. Choose another folder, or ask an administrator.")
            raise ScreenerError(refused.format(folder=path.parent, reason=error.strerror)) from None

    def require_room(self) -> None:
        require_room(self._folder)

    @contextmanager
    def writing(self, *, long: bool = False) -> Iterator[SQLite]:  # noqa: ARG002 - no file ends a transaction.
        with self._transaction("BEGIN IMMEDIATE"):
            yield self

    @contextmanager
    def reading(self) -> Iterator[SQLite]:
        with self._transaction("BEGIN"):
            yield self

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            self._connection.execute(begin)
            try:
                yield
            except BaseException:
                self._roll_back()
                raise
            self._connection.execute("COMMIT")
        except _FAULTS as error:
            self._roll_back()
            raise NotSaved(_("It could not be kept: {reason}.").format(reason=_reason(error))) from None

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> int:
        return self._connection.execute(statement, parameters).rowcount

    def all(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, parameters).fetchall()

    def stamp(self) -> str:
        """Return the changes by others, as SQLite counts them for a connection, and those by this one."""
        (others,) = self._connection.execute("PRAGMA data_version").fetchone()
        return f"{others} {self._connection.total_changes}"

    def shrink(self) -> bool:
        """Move everything from the log into the file, so that nothing of a deleted row is left in either.

        ``False`` where somebody else reads from the log just now.
        """
        try:
            busy: int = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error:
            return False
        return not busy

    def close(self) -> None:
        """Close the connection. The last one puts everything into the file itself, and marks it as complete."""
        with suppress(sqlite3.Error):
            # The header of the file says from now on that no log belongs to it, and a copy without one is whole.
            # Where another connection is open, it is locked and stays as it is.
            self._connection.execute("PRAGMA busy_timeout=0")
            self._connection.execute("PRAGMA journal_mode=delete")
        self._connection.close()


def require_room(folder: Path) -> None:
    """Raise ``NotSaved`` if the disk of a folder has too little room for the answers of one more person."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if os.name == "posix":
        disk = os.statvfs(folder)
        if disk.f_bavail * disk.f_frsize < ROOM:
            full = _("The disk of {folder} is nearly full. Make room, so that answers can be kept.")
            raise NotSaved(full.format(folder=folder))


def _reason(error: Exception) -> str:
    """Return what failed, and what to do where that can be known; without the last full stop."""
    if not isinstance(error, sqlite3.Error):
        return _("the file is damaged")
    code: int = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            remedy = _("Check who owns the file, its folder and the files beside it")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            remedy = _("Check its disk, and the room on it")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            remedy = _("Close other programs that use it, and try again")
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            remedy = _("Choose another file, or restore a backup")
        case _code:
            return str(error)
    return f"{error}. {remedy}"
