"""The protocol of both databases, and the tables that both have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from screener.errors import ScreenerError
from screener.i18n.gettext import _

FORMAT = 2
"""The format of a new store. Format 1 is opened for ever; a later version reads this one, or says that it cannot."""
FORMATS = (b"1", b"2")

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
    # A person whom the clinic expects, with their appointments. ``day`` is the last one that anything of it is about,
    # in days since 1970: all that retention needs to know.
    "person (id TEXT PRIMARY KEY, day BIGINT NOT NULL, sealed BYTES NOT NULL)",
    # ``until`` is in seconds since 1970, so that a purge removes what has expired; what counts is sealed.
    "appointment_code (tag BYTES PRIMARY KEY, until BIGINT NOT NULL, sealed BYTES NOT NULL)",
    "staff (name TEXT PRIMARY KEY, salt BYTES NOT NULL, cost TEXT NOT NULL, sealed BYTES NOT NULL)",
    # What format 2 adds to a member of staff: the clinic's key, sealed to the key that their passphrase opens.
    "member (name TEXT PRIMARY KEY, role TEXT NOT NULL, public BYTES NOT NULL, sealed BYTES NOT NULL)",
    "audit (n BIGINT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, terminal TEXT NOT NULL,"
    " event TEXT NOT NULL, subject TEXT NOT NULL, digest BYTES NOT NULL, mac BYTES NOT NULL)",
    "signature (n BIGINT NOT NULL, signer TEXT NOT NULL, signed BYTES NOT NULL, PRIMARY KEY (n, signer))",
    # Where the audit trail registers the key of a terminal, so that it need not be looked for.
    "terminal (signer TEXT PRIMARY KEY, name TEXT NOT NULL, n BIGINT NOT NULL)",
    "content (hash TEXT PRIMARY KEY, packed BYTES NOT NULL)",
    # The responses and people that are still sealed to a key which the clinic has exchanged.
    "sealed_before (id TEXT PRIMARY KEY)",
)
NEWER_TABLES = {"alarm", "member", "signature", "terminal", "person", "appointment_code", "sealed_before"}
"""Tables that a store of 0.1.0 does not have."""


class NotSaved(ScreenerError):
    """Something could not be written; what was written before is untouched."""


class Stale(NotSaved):
    """Another terminal wrote this response since it was read here."""


class AlreadyFinished(Stale):
    """This terminal finished the response, perhaps unnoticed; what comes after that is not in it."""

    def __init__(self) -> None:
        super().__init__(_("These answers are finished and can no longer be changed. Ask a member of staff."))


class Rows(Protocol):
    """Inside a transaction. ``?`` stands for each parameter."""

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows were written."""

    def all(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...


class Database(Protocol):
    """One connection. Both transactions raise ``NotSaved`` if the database fails; then nothing was written."""

    def writing(self, *, long: bool = False) -> AbstractContextManager[Rows]:
        """One transaction, the only one that writes; on the disk when it ends without an error.

        A server ends it where it waits for the program for ten seconds, but not a ``long`` one.
        """

    def reading(self) -> AbstractContextManager[Rows]:
        """One transaction that sees the rows as they were at one moment, also while others write."""

    def stamp(self) -> str:
        """Return a text that is another one after every change by anybody; it is read in no time."""

    def require_room(self) -> None:
        """Raise ``NotSaved`` if there is too little room for the answers of one more person, as far as can be seen."""

    def shrink(self) -> bool:
        """Wipe deleted rows from the files of the database; return whether nothing of these rows is left."""

    def close(self) -> None: ...


def named_tables(bytes_as: str) -> Iterator[tuple[str, str]]:
    """Return the name of each table, and the statement that creates it; ``bytes_as`` is the database's bytes."""
    return ((table.split()[0], "CREATE TABLE IF NOT EXISTS " + table.replace("BYTES", bytes_as)) for table in TABLES)


def create_tables(bytes_as: str, *, newer: bool = False) -> Iterator[str]:
    """Return the statements that create the tables, or the ``newer`` ones."""
    return (statement for name, statement in named_tables(bytes_as) if not newer or name in NEWER_TABLES)


def one(rows: Rows, statement: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """Return the first row, or ``None``."""
    matches = rows.all(statement, parameters)
    return matches[0] if matches else None


def put_value(rows: Rows, name: str, value: bytes) -> None:
    """Write a value of the store itself, in the place of the one before."""
    rows.run(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def rows_of(rows: Rows, select: str, column: str, identities: set[str], every: bool) -> list[tuple[Any, ...]]:
    """Return the rows of some responses: with a query each if they are few, with one query for all if they are many."""
    if every:
        return [row for row in rows.all(select) if row[0] in identities]
    return [row for identity in identities for row in rows.all(f"{select} WHERE {column} = ?", (identity,))]
