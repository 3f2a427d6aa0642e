"""The rows of an outbox: what waits on this terminal, and what the server has of it."""

from __future__ import annotations

from dataclasses import dataclass

from screener.store import audit
from screener.store.clinic import clinic_digest
from screener.store.database import Database, Rows, one
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
    """What the server has of one response, as far as it is known here."""

    version: bytes = b""
    event: int = 0
    code: bytes = b""
    attempted: bytes = b""
    attempted_event: int = 0

    def arrived(self, version: bytes) -> Forwarded:
        """Return what the server has if ``version`` stands there: the last attempt may have arrived unnoticed."""
        if version and version == self.attempted:
            return Forwarded(self.attempted, self.attempted_event, self.code)
        return self


@dataclass(frozen=True)
class Parcel:
    """What the outbox holds of one response."""

    row: tuple[object, ...]
    version: bytes
    state: int
    contents: list[str]
    alarm: bytes | None
    code: tuple[bytes, bytes] | None
    events: list[tuple[int, str, str, bytes]]
    annotations: list[tuple[str, int, bytes]]
    forwarded: Forwarded
    clinic: bytes
    """The hash of the clinic that the outbox knew."""
    sealed_before: bool
    """Whether it was sealed to keys that the clinic has exchanged since, as far as the outbox knows."""

    @property
    def id(self) -> str:
        return str(self.row[0])

    @property
    def tag(self) -> bytes:
        """The tag of the return code; empty if there is no code."""
        return self.code[0] if self.code else b""

    @property
    def last_event(self) -> int:
        """The number of the last event of the audit trail of this terminal that belongs to the response."""
        return max([self.forwarded.event, *(n for n, _, _, _ in self.events)])


def read_parcel(rows: Rows, identity: str) -> Parcel | None:
    """Return what the outbox holds of a response; ``None`` if another program of this terminal has sent all of it."""
    row = one(rows, f"SELECT {COLUMNS} FROM response WHERE id = ?", (identity,))  # noqa: S608
    if row is None:
        return None
    alarm = one(rows, "SELECT sealed FROM alarm WHERE response = ?", (identity,))
    code = one(rows, "SELECT tag, sealed FROM return_code WHERE response = ?", (identity,))
    events = rows.all("SELECT n, event, actor, digest FROM audit WHERE subject = ? ORDER BY n", (identity,))
    return Parcel(
        row=row,
        version=row[3],
        state=row[2],
        contents=[hash for (hash,) in rows.all("SELECT hash FROM content")],
        alarm=alarm[0] if alarm else None,
        code=(code[0], code[1]) if code else None,
        events=[(n, event, actor, digest) for n, event, actor, digest in events],
        annotations=read_annotation_rows(rows, identity),
        forwarded=read_forwarded(rows, identity),
        clinic=clinic_digest(rows),
        sealed_before=one(rows, "SELECT 1 FROM sealed_before WHERE id = ?", (identity,)) is not None,
    )


def put_parcel(rows: Rows, parcel: Parcel, outbox: Database) -> None:
    """Write a response on the server, with its content, its alarm and its return code."""
    for hash in parcel.contents:
        if one(rows, "SELECT 1 FROM content WHERE hash = ?", (hash,)) is None:
            with outbox.reading() as local:
                packed = local.all("SELECT packed FROM content WHERE hash = ?", (hash,))[0][0]
            rows.run("INSERT INTO content (hash, packed) VALUES (?, ?) ON CONFLICT DO NOTHING", (hash, packed))
    _, day, state, version, _, label, snapshot = parcel.row
    if not rows.run(
        "UPDATE response SET day = ?, state = ?, version = ?, label = ?, snapshot = ? WHERE id = ?",
        (day, state, version, label, snapshot, parcel.id),
    ):
        insert_response(rows, parcel.row)
        copy_annotations(rows, parcel.annotations)
    if parcel.alarm is not None:
        rows.run(
            "INSERT INTO alarm (response, sealed) VALUES (?, ?)"
            " ON CONFLICT (response) DO UPDATE SET sealed = excluded.sealed",
            (parcel.id, parcel.alarm),
        )
    rows.run("DELETE FROM return_code WHERE response = ?", (parcel.id,))
    if parcel.code:
        tag, sealed = parcel.code
        rows.run("INSERT INTO return_code (tag, response, sealed) VALUES (?, ?, ?)", (tag, parcel.id, sealed))


def note_sealed_before(rows: Rows, identity: str) -> None:
    """Put a response on the list of those that staff seal anew to the keys of now."""
    rows.run("INSERT INTO sealed_before (id) VALUES (?) ON CONFLICT DO NOTHING", (identity,))


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
