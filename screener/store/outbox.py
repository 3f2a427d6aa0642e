"""The outbox of a terminal: the answers that its clinic's server does not have yet, in a file of this machine.

The file is a store with the clinic's public keys. Each response in it is sealed to the clinic as on the server, and
this terminal cannot read it once the session is over. An answer is saved when it is durable here; ``forward`` brings
it to the server, in one transaction a response, as often as it takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.paths import state_folder
from screener.store import audit
from screener.store.audit import Event
from screener.store.base_store import utc_now
from screener.store.clinic import clinic_digest, has_clinic, read_clinic
from screener.store.connect import identity_of, open_database, without_secrets
from screener.store.crypto import new_key
from screener.store.database import Database, NotSaved, one, put_value
from screener.store.door_code import LIST_NAME
from screener.store.open_response import OpenResponse
from screener.store.outbox_rows import (
    COLUMNS,
    FORWARDED_TABLE,
    Forwarded,
    Parcel,
    copy_annotations,
    insert_response,
    last_event,
    note_forwarded,
    note_sealed_before,
    put_parcel,
    read_annotation_rows,
    read_forwarded,
    read_parcel,
    remove_response,
    waiting_responses,
)
from screener.store.response_row import COMPLETED, day, digest_of, remove
from screener.store.session_key import session_key_folder
from screener.store.sqlite import SQLite
from screener.store.store import Store

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
        clinic = read_clinic(rows)
    if clinic is None and not copy_clinic(open_database(location), database):
        database.close()
        return None
    _remove_forwarded(database)
    # The clinic is the one that this terminal knows, or knew while the server could not be reached, or no answer is
    # sealed to it.
    identity = identity_of(location, terminal)
    identity.may_lag = True
    return Store(database, key_folder=session_key_folder(), terminal=terminal, identity=identity)


def copy_clinic(server: Database, outbox: Database) -> bool:
    """Copy what terminals know of their clinic from the server; return ``False`` if it has none.

    The chain of the outbox gets a key of its own: its rows only wait here, and the server chains them again.
    """
    with server.reading() as rows:
        if read_clinic(rows) is None:
            return False
        copied = rows.all("SELECT name, value FROM meta WHERE name <> ?", (audit.KEY_NAME,))
    with outbox.writing() as rows:
        before = clinic_digest(rows)
        for name, value in copied:
            put_value(rows, name, bytes(value))
        if clinic_digest(rows) != before:  # What waits here is sealed to the keys before, perhaps.
            rows.run("INSERT INTO sealed_before (id) SELECT id FROM response WHERE true ON CONFLICT DO NOTHING")
        rows.run("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (audit.KEY_NAME, new_key()))
    return True


def copy_door_codes(server: Database, outbox: Database) -> None:
    """Copy the door codes of the staff, so that a code that was removed opens this terminal no longer."""
    with server.reading() as rows:
        current = one(rows, "SELECT value FROM meta WHERE name = ?", (LIST_NAME,))
    with outbox.reading() as rows:
        before = one(rows, "SELECT value FROM meta WHERE name = ?", (LIST_NAME,))
    if current and (before is None or bytes(before[0]) != bytes(current[0])):
        with outbox.writing() as rows:
            put_value(rows, LIST_NAME, bytes(current[0]))


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


def forward(outbox: Database, server: Store, on_annotations: Callable[[str], None] = lambda response: None) -> None:
    """Bring the server all that it does not have yet; what arrived is not sent twice.

    ``on_annotations`` is called with the id of a response that staff annotated: its alarm must be sealed anew. Raise
    ``NotSaved`` if the server fails, and at the end if a response could not be sent.
    """
    _follow_clinic(outbox, server)
    with outbox.reading() as rows:
        waiting = waiting_responses(rows)
    unsent = 0
    for identity in waiting:
        try:
            annotated = _send(outbox, server, identity)
        except ScreenerError:
            raise
        except Exception:  # One odd row must not hold up the answers of everybody else.
            unsent += 1
        else:
            if annotated:
                on_annotations(identity)
    _forward_copies(outbox, server)
    if unsent:
        raise NotSaved(_("Some answers could not be sent to the clinic. They stay on this terminal."))


def _follow_clinic(outbox: Database, server: Store) -> None:
    """Let the next response be sealed to the keys that the clinic has now.

    Raise ``ScreenerError`` for another clinic.
    """
    with server.database.reading() as rows:
        server.follow_clinic(rows)
    with outbox.reading() as rows:
        is_up_to_date = server.clinic is None or has_clinic(rows, server.clinic)
    if not is_up_to_date:
        copy_clinic(server.database, outbox)


def _forward_copies(outbox: Database, server: Store) -> None:
    """Log on the server which copies people took of responses that the outbox does not hold any more."""
    with outbox.reading() as rows:
        copies = rows.all(
            "SELECT n, subject FROM audit WHERE event = ? AND subject NOT IN (SELECT id FROM response) ORDER BY n",
            (str(Event.COPY_TAKEN),),
        )
    if copies:
        with server.database.writing() as rows:
            for _n, response in copies:
                server.log(rows, Event.COPY_TAKEN, response)
        with outbox.writing() as rows:
            for n, _response in copies:  # The row stays for the numbers, and tells of nobody any more.
                rows.run("UPDATE audit SET event = '', subject = '' WHERE n = ?", (n,))


def _send(outbox: Database, server: Store, identity: str) -> bool:
    """Bring the server one response; return whether staff annotated it meanwhile.

    All is read while this is the one transaction that writes on the server, because another program of this terminal
    may send from the same outbox.
    """
    with server.database.writing() as rows:
        with outbox.reading() as local:
            parcel = read_parcel(local, identity)
        if parcel is None:
            return False
        stored = one(rows, "SELECT version FROM response WHERE id = ?", (identity,))
        version = bytes(stored[0]) if stored else b""
        forwarded = parcel.forwarded.arrived(version)
        if version != forwarded.version:
            _give_up(outbox, parcel, version)
            return False
        attempt = replace(forwarded, attempted=parcel.version, attempted_event=parcel.last_event)
        with outbox.writing() as local:
            note_forwarded(local, identity, attempt)
        put_parcel(rows, parcel, outbox)
        if stored is None and (parcel.sealed_before or parcel.clinic != clinic_digest(rows)):
            note_sealed_before(rows, identity)
        for n, event, actor, digest in parcel.events:
            if n > forwarded.event:
                digest = digest_of(rows, identity) if event == Event.FINISHED else digest
                server.log(rows, Event(event), identity, actor, digest)
        annotations = read_annotation_rows(rows, identity)
    with outbox.writing() as local:
        if parcel.state == COMPLETED:
            remove_response(local, identity)
            return False
        # Another program of this terminal may have sent a later version since.
        if read_forwarded(local, identity) == attempt:
            note_forwarded(local, identity, Forwarded(parcel.version, parcel.last_event, parcel.tag))
        local.run("DELETE FROM remark WHERE response = ?", (identity,))
        copy_annotations(local, annotations)
    return annotations != parcel.annotations


def _give_up(outbox: Database, parcel: Parcel, version: bytes) -> None:
    """Stop forwarding a response that was opened on another terminal, or removed at the clinic (no ``version``).

    The next save on this terminal then says so.
    """
    with outbox.writing() as rows:
        if version:
            rows.run("UPDATE response SET version = ? WHERE id = ?", (version, parcel.id))
            note_forwarded(rows, parcel.id, Forwarded(version, last_event(rows), parcel.tag))
        else:
            remove_response(rows, parcel.id)


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
