"""The protocol of both databases, and the tables that both have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from screener.errors import ScreenerError

FORMAT = 1
"""The format of the tables. A later version reads this one, or says that it cannot."""

TABLES = (
    "meta (name TEXT PRIMARY KEY, value BYTES NOT NULL)",
    # ``day`` counts days since 1970, ``state`` is 0 while open and 1 when finished: all that retention needs to know.
    # ``version`` is random, because a count of saves tells how many questions somebody was asked.
    "response (id TEXT PRIMARY KEY, day BIGINT NOT NULL, state BIGINT NOT NULL, version BYTES NOT NULL,"
    " keys BYTES NOT NULL, label BYTES NOT NULL, snapshot BYTES NOT NULL)",
    "remark (response TEXT NOT NULL, n BIGINT NOT NULL, sealed BYTES NOT NULL, PRIMARY KEY (response, n))",
    # One row for each response of a clinic, of one size, also where nothing in it is urgent.
    "alarm (response TEXT PRIMARY KEY, sealed BYTES NOT NULL)",
    "return_code (tag BYTES PRIMARY KEY, response TEXT NOT NULL, sealed BYTES NOT NULL)",
    "staff (name TEXT PRIMARY KEY, salt BYTES NOT NULL, cost TEXT NOT NULL, sealed BYTES NOT NULL)",
    "audit (n BIGINT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, terminal TEXT NOT NULL,"
    " event TEXT NOT NULL, subject TEXT NOT NULL, digest BYTES NOT NULL, mac BYTES NOT NULL)",
    "content (hash TEXT PRIMARY KEY, packed BYTES NOT NULL)",
)


class NotSaved(ScreenerError):
    """Something could not be written; what was written before is untouched."""


class Stale(NotSaved):
    """Another terminal wrote this response since it was read here."""


class Rows(Protocol):
    """Inside a transaction. ``?`` stands for each parameter."""

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows were written."""

    def all(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...


class Database(Protocol):
    """One connection. Both transactions raise ``NotSaved`` if the database fails; then nothing was written."""

    def writing(self) -> AbstractContextManager[Rows]:
        """One transaction, the only one that writes; on the disk when it ends without an error."""

    def reading(self) -> AbstractContextManager[Rows]:
        """One transaction that sees the rows as they were at one moment, also while others write."""

    def require_room(self) -> None:
        """Raise ``NotSaved`` if there is too little room for the answers of one more person, as far as can be seen."""

    def shrink(self) -> bool:
        """Wipe deleted rows from the files of the database; return whether nothing of these rows is left."""

    def close(self) -> None: ...


def create_tables(bytes_as: str) -> Iterator[str]:
    """Return the statements that create the tables; ``bytes_as`` is the database's name for bytes."""
    return ("CREATE TABLE IF NOT EXISTS " + table.replace("BYTES", bytes_as) for table in TABLES)


def one(rows: Rows, statement: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """Return the first row, or ``None``."""
    matches = rows.all(statement, parameters)
    return matches[0] if matches else None
