"""The rows of an outbox: what waits on this terminal, and what the server has of it."""

from __future__ import annotations

from dataclasses import dataclass

from screener.store import audit
from screener.store.database import Rows, one
from screener.store.response_row import remove

FORWARDED_TABLE = (
    "CREATE TABLE IF NOT EXISTS forwarded (response TEXT PRIMARY KEY, version BLOB NOT NULL, event INTEGER NOT NULL,"
    " code BLOB NOT NULL, attempted BLOB NOT NULL, attempted_event INTEGER NOT NULL)"
)
"""What the server has of each response: its version, the last audit event and the return code. ``attempted`` is what
was sent last; it may have arrived although the connection broke before the server said so."""
COLUMNS = "id, day, state, version, keys, label, snapshot"


@dataclass(frozen=True)
class Forwarded:
    """What the server has of one response."""

    version: bytes = b""
    event: int = 0
    code: bytes = b""
    attempted: bytes = b""
    attempted_event: int = 0


def waiting_responses(rows: Rows) -> list[str]:
    """Return the ids of the responses that the server does not have as they are here, the oldest first."""
    return [
        identity
        for (identity,) in rows.all(
            "SELECT response.id FROM response LEFT JOIN forwarded ON forwarded.response = response.id"
            " LEFT JOIN return_code ON return_code.response = response.id"
            " WHERE forwarded.version IS NULL OR forwarded.version <> response.version"
            " OR forwarded.code <> COALESCE(return_code.tag, x'') ORDER BY response.rowid"
        )
    ]


def read_forwarded(rows: Rows, identity: str) -> Forwarded:
    row = one(
        rows, "SELECT version, event, code, attempted, attempted_event FROM forwarded WHERE response = ?", (identity,)
    )
    return Forwarded(*row) if row else Forwarded()


def note_forwarded(rows: Rows, identity: str, forwarded: Forwarded) -> None:
    rows.run(
        "INSERT OR REPLACE INTO forwarded (response, version, event, code, attempted, attempted_event)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            identity,
            forwarded.version,
            forwarded.event,
            forwarded.code,
            forwarded.attempted,
            forwarded.attempted_event,
        ),
    )


def last_event(rows: Rows) -> int:
    row = audit.last(rows)
    return row.n if row else 0


def insert_response(rows: Rows, row: tuple[object, ...]) -> None:
    rows.run(
        f"INSERT INTO response ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [bytes(value) if isinstance(value, memoryview) else value for value in row],
    )


def read_annotation_rows(rows: Rows, response: str) -> list[tuple[str, int, bytes]]:
    annotations = rows.all("SELECT response, n, sealed FROM remark WHERE response = ? ORDER BY n", (response,))
    return [(identity, n, bytes(sealed)) for identity, n, sealed in annotations]


def copy_annotations(rows: Rows, annotations: list[tuple[str, int, bytes]]) -> None:
    for annotation in annotations:
        rows.run("INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)", annotation)


def remove_response(rows: Rows, identity: str) -> None:
    remove(rows, identity)
    rows.run("DELETE FROM forwarded WHERE response = ?", (identity,))
    # The last row stays, so that numbers go on where they were.
    rows.run("DELETE FROM audit WHERE subject = ? AND n < (SELECT MAX(n) FROM audit)", (identity,))
    rows.run("DELETE FROM signature WHERE n NOT IN (SELECT n FROM audit)")
