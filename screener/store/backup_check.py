"""What a backup must be before any of it is restored: every table there, and every value of its kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from typing import Any

from screener.store.database import NEWER_TABLES, Rows, named_tables

_KINDS: dict[str, type] = {"TEXT": str, "BIGINT": int, "BLOB": bytes}
_COLUMNS = "SELECT name, type FROM pragma_table_info(?)"
_OF_FORMAT_2 = {"member", "signature"}


class OddBackup(Exception):
    """A backup holds something that no backup holds."""


class CheckedRows:
    """The rows of a backup. Reading one that has a value of another kind, or none, raises ``OddBackup``."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> int:
        return self._rows.run(statement, parameters)

    def all(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        columns, _, rest = statement.removeprefix("SELECT ").partition(" FROM ")
        kinds = _kinds()[rest.split()[0]]
        column_kinds = [kinds[column] for column in columns.split(", ")]
        rows = self._rows.all(statement, parameters)
        if any(type(value) is not kind for row in rows for value, kind in zip(row, column_kinds, strict=True)):
            raise OddBackup
        return rows


def require_tables(tables: set[str], format: bytes) -> None:
    """Raise ``OddBackup`` if a table is missing that every store of this format has."""
    required = {name for name, _ in named_tables("BLOB")} - NEWER_TABLES
    if format != b"1":
        required |= _OF_FORMAT_2
    if required - tables:
        raise OddBackup


@cache
def _kinds() -> dict[str, dict[str, type]]:
    """Return the kind of each column of each table."""
    with closing(sqlite3.connect(":memory:")) as empty:
        for _, statement in named_tables("BLOB"):
            empty.execute(statement)
        return {
            name: {column: _KINDS[kind] for column, kind in empty.execute(_COLUMNS, (name,))}
            for name, _ in named_tables("BLOB")
        }
