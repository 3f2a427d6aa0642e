"""The outbox of a terminal: the answers that its clinic's server does not have yet, in a file of this machine.

The file is a store with the clinic's public keys. Each response in it is sealed to the clinic as on the server, and
this terminal cannot read it once the session is over. An answer is saved when it is durable here; ``forward`` brings
it to the server, in one transaction a response, as often as it takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from screener.paths import state_folder
from screener.store import audit
from screener.store.audit import Event
from screener.store.clinic import read_clinic
from screener.store.connect import identity_of, open_database, without_secrets
from screener.store.crypto import new_key
from screener.store.database import Database, Rows, one
from screener.store.outbox_rows import (
    COLUMNS,
    FORWARDED_TABLE,
    Forwarded,
    copy_annotations,
    insert_response,
    last_event,
    note_forwarded,
    read_annotation_rows,
    read_forwarded,
    remove_response,
    waiting_responses,
)
from screener.store.response_row import COMPLETED, day, digest_of, remove
from screener.store.session_key import session_key_folder
from screener.store.sqlite import SQLite
from screener.store.store import OpenResponse, Store, utc_now

_DAYS_WITHOUT_SESSION_KEYS = 1


def outbox_path(location: str) -> Path:
    """Return the file of the outbox for a server; the name tells nothing, and no password changes it."""
    name = hashlib.sha256(without_secrets(location).encode()).hexdigest()[:16]
    return state_folder() / "outbox" / f"{name}.db"


def open_outbox(location: str, terminal: str | None = None) -> Store | None:
    """Return the outbox for a clinic's server as a store; ``None`` if the server has no clinic.

    The server is asked only the first time. Raise ``ScreenerError`` if it does not respond then.
    """
    path = outbox_path(location)
    database = SQLite(path)
    with database.writing() as rows:
        rows.run(FORWARDED_TABLE)
        known = read_clinic(rows)
    if known is None and not copy_clinic(open_database(location), database):
        database.close()
        return None
    _remove_forwarded(database)
    # The clinic is the one that this terminal knows, or no answer is sealed to it.
    identity = identity_of(location, terminal)
    return Store(database, place=session_key_folder(), terminal=terminal, identity=identity)


def copy_clinic(server: Database, outbox: Database) -> bool:
    """Copy what terminals know of their clinic from the server; return ``False`` if it has none.

    The chain of the outbox gets a key of its own: its rows only wait here, and the server chains them again.
    """
    with server.reading() as rows:
        if read_clinic(rows) is None:
            return False
        copied = rows.all("SELECT name, value FROM meta WHERE name <> ?", (audit.KEY_NAME,))
    with outbox.writing() as rows:
        for name, value in copied:
            rows.run(
                "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, bytes(value)),
            )
        rows.run("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (audit.KEY_NAME, new_key()))
    return True


def adopt(outbox: Store, server: Store, response: OpenResponse, content: str) -> None:
    """Go on in the outbox with a response that was opened on the server; ``content`` is the hash of its content."""
    with server.database.reading() as rows:
        row = rows.all(f"SELECT {COLUMNS} FROM response WHERE id = ?", (response.id,))[0]  # noqa: S608
        annotations = read_annotation_rows(rows, response.id)
    packed = server.content(content)
    with outbox.database.writing() as rows:
        remove(rows, response.id)
        rows.run("INSERT INTO content (hash, packed) VALUES (?, ?) ON CONFLICT DO NOTHING", (content, packed))
        insert_response(rows, row)
        copy_annotations(rows, annotations)
        event = last_event(rows)
        note_forwarded(rows, response.id, Forwarded(bytes(row[3]), event))
    response.store = outbox


def is_empty(outbox: Database) -> bool:
    """Return whether the server has all that the outbox holds."""
    with outbox.reading() as rows:
        return not waiting_responses(rows)


def forward(outbox: Database, server: Store, on_annotations: Callable[[str], None] = lambda response: None) -> None:
    """Bring the server all that it does not have yet. Raise ``NotSaved`` if it fails; what arrived is not sent twice.

    ``on_annotations`` is called with the id of a response that staff annotated: its alarm must be sealed anew.
    """
    with outbox.reading() as rows:
        waiting = waiting_responses(rows)
    for identity in waiting:
        if _Parcel.packed(outbox, identity).send(outbox, server):
            on_annotations(identity)
    _forward_copies(outbox, server)


def _forward_copies(outbox: Database, server: Store) -> None:
    """Log on the server which copies people took of responses that the outbox does not hold any more."""
    with outbox.reading() as rows:
        taken = rows.all(
            "SELECT n, subject FROM audit WHERE event = ? AND subject NOT IN (SELECT id FROM response) ORDER BY n",
            (str(Event.COPY_TAKEN),),
        )
    if taken:
        with server.database.writing() as rows:
            for _, response in taken:
                server.log(rows, Event.COPY_TAKEN, response)
        with outbox.writing() as rows:
            for n, _ in taken:  # The row stays for the numbers, and tells of nobody any more.
                rows.run("UPDATE audit SET event = '', subject = '' WHERE n = ?", (n,))


@dataclass(frozen=True)
class _Parcel:
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

    @classmethod
    def packed(cls, outbox: Database, identity: str) -> _Parcel:
        with outbox.reading() as rows:
            row = rows.all(f"SELECT {COLUMNS} FROM response WHERE id = ?", (identity,))[0]  # noqa: S608
            alarm = one(rows, "SELECT sealed FROM alarm WHERE response = ?", (identity,))
            code = one(rows, "SELECT tag, sealed FROM return_code WHERE response = ?", (identity,))
            return cls(
                row=row,
                version=row[3],
                state=row[2],
                contents=[hash for (hash,) in rows.all("SELECT hash FROM content")],
                alarm=alarm[0] if alarm else None,
                code=(code[0], code[1]) if code else None,
                events=[
                    (n, event, actor, digest)
                    for n, event, actor, digest in rows.all(
                        "SELECT n, event, actor, digest FROM audit WHERE subject = ? ORDER BY n", (identity,)
                    )
                ],
                annotations=read_annotation_rows(rows, identity),
                forwarded=read_forwarded(rows, identity),
            )

    @property
    def id(self) -> str:
        return str(self.row[0])

    @property
    def tag(self) -> bytes:
        """The tag of the return code; empty if there is no code."""
        return self.code[0] if self.code else b""

    def send(self, outbox: Database, server: Store) -> bool:
        """Write the response on the server; return whether staff added annotations meanwhile."""
        forwarded = self.forwarded
        with server.database.writing() as rows:
            there = one(rows, "SELECT version FROM response WHERE id = ?", (self.id,))
            if there is not None and bytes(there[0]) == forwarded.attempted:
                forwarded = Forwarded(forwarded.attempted, forwarded.attempted_event, forwarded.code)
            if bytes(there[0] if there else b"") != forwarded.version:
                self._give_up(outbox, bytes(there[0]) if there else None)
                return False
            latest = max([forwarded.event, *(n for n, _, _, _ in self.events)])
            with outbox.writing() as local:
                note_forwarded(
                    local,
                    self.id,
                    Forwarded(forwarded.version, forwarded.event, forwarded.code, self.version, latest),
                )
            self._write(rows, outbox, there is None)
            for n, event, actor, digest in self.events:
                if n > forwarded.event:
                    digest = digest_of(rows, self.id) if event == Event.FINISHED else digest
                    server.log(rows, Event(event), self.id, actor, digest)
            annotations = read_annotation_rows(rows, self.id)
        with outbox.writing() as local:
            if self.state == COMPLETED:
                remove_response(local, self.id)
                return False
            note_forwarded(local, self.id, Forwarded(self.version, latest, self.tag))
            local.run("DELETE FROM remark WHERE response = ?", (self.id,))
            copy_annotations(local, annotations)
        return annotations != self.annotations

    def _write(self, rows: Rows, outbox: Database, new: bool) -> None:
        for hash in self.contents:
            if one(rows, "SELECT 1 FROM content WHERE hash = ?", (hash,)) is None:
                with outbox.reading() as local:
                    packed = local.all("SELECT packed FROM content WHERE hash = ?", (hash,))[0][0]
                rows.run("INSERT INTO content (hash, packed) VALUES (?, ?) ON CONFLICT DO NOTHING", (hash, packed))
        if new:
            insert_response(rows, self.row)
            copy_annotations(rows, self.annotations)
        else:
            rows.run(
                "UPDATE response SET day = ?, state = ?, version = ?, label = ?, snapshot = ? WHERE id = ?",
                (self.row[1], self.state, self.version, self.row[5], self.row[6], self.id),
            )
        if self.alarm is not None:
            rows.run(
                "INSERT INTO alarm (response, sealed) VALUES (?, ?)"
                " ON CONFLICT (response) DO UPDATE SET sealed = excluded.sealed",
                (self.id, self.alarm),
            )
        rows.run("DELETE FROM return_code WHERE response = ?", (self.id,))
        if self.code:
            rows.run(
                "INSERT INTO return_code (tag, response, sealed) VALUES (?, ?, ?)",
                (self.code[0], self.id, self.code[1]),
            )

    def _give_up(self, outbox: Database, version: bytes | None) -> None:
        """Stop forwarding a response that was opened on another terminal, or removed at the clinic.

        The next save on this terminal then says so.
        """
        with outbox.writing() as rows:
            if version is None:
                remove_response(rows, self.id)
            else:
                rows.run("UPDATE response SET version = ? WHERE id = ?", (version, self.id))
                note_forwarded(rows, self.id, Forwarded(version, last_event(rows), self.code[0] if self.code else b""))


def _remove_forwarded(outbox: Database) -> None:
    """Remove what the server has and no program of this machine writes any more."""
    folder, today = session_key_folder(), day(utc_now())
    with outbox.writing() as rows:
        waiting = waiting_responses(rows)
        for identity, saved in rows.all("SELECT id, day FROM response"):
            written = folder and (folder / identity).exists()
            if identity not in waiting and not written and (folder or saved < today - _DAYS_WITHOUT_SESSION_KEYS):
                remove_response(rows, identity)
    outbox.shrink()
