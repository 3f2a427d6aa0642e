"""A response that is open: it is saved at every answer, and finished once."""

from __future__ import annotations

import datetime
import os
from contextlib import suppress
from dataclasses import replace

from screener.i18n.gettext import _
from screener.store import list_entry, record, return_code
from screener.store.alarm_entry import alarm_of, put_alarm
from screener.store.annotation import acknowledged_rules, read_annotations
from screener.store.audit import Event
from screener.store.base_store import BaseStore
from screener.store.crypto import Unreadable, seal
from screener.store.database import AlreadyFinished, Rows, Stale, one
from screener.store.decoding import as_bytes, decoding
from screener.store.record import StoredResponse
from screener.store.response_row import (
    COMPLETED,
    IN_PROGRESS,
    PADDED_TO,
    associated_data,
    day,
    digest_of,
    read_list_entry,
    read_response,
    remove,
)
from screener.store.session_key import SessionKey, release


class OpenResponse:
    """One response that this terminal writes, and its key, for as long as it is open."""

    def __init__(self, store: BaseStore, identity: str, key: bytes, version: bytes) -> None:
        self.store = store
        self.id = identity
        self.key = key
        self.version = version
        self._attempted = version
        """The version of a failed save; it may have reached the disk all the same."""
        self.session_key: SessionKey | None = None

    def save(self, response: StoredResponse) -> None:
        """Save the response; it is on the disk when this returns. Raise ``NotSaved`` if the database fails."""
        with self.store.database.writing() as rows:
            self._write(rows, response, IN_PROGRESS)
        self.version = self._attempted

    def finish(self, response: StoredResponse, by: str = "") -> StoredResponse:
        """Complete the response and return it: nothing changes it any more, and this terminal forgets its key.

        It is completed once. Where an earlier attempt reached the disk unnoticed, the response is that of then.
        """
        if response.finished is None:
            response = replace(response, finished=self.store.now())
        with self.store.database.writing() as rows:
            row = one(rows, "SELECT version, state FROM response WHERE id = ?", (self.id,))
            if row is not None and row[1] == COMPLETED and bytes(row[0]) == self._attempted:
                response = read_response(rows, self.id, self.key)
            else:
                self._write(rows, response, COMPLETED)
                rows.run("DELETE FROM return_code WHERE response = ?", (self.id,))
                self.store.log(rows, Event.FINISHED, self.id, by, digest_of(rows, self.id))
        self.version = self._attempted
        self.forget()
        return response

    def _write(self, rows: Rows, response: StoredResponse, state: int) -> None:
        row = one(rows, "SELECT version, state FROM response WHERE id = ?", (self.id,))
        if row is None:
            raise Stale(_("These answers were removed from where they are kept. Ask a member of staff."))
        if bytes(row[0]) not in (self.version, self._attempted):
            raise Stale(_("These answers were opened on another terminal in the meantime. Go on there."))
        if row[1] == COMPLETED != state:
            raise AlreadyFinished
        # Take over the stored version. If only the last attempt were remembered, an earlier one that reached the disk
        # unnoticed would look like a save of another terminal.
        self.version, self._attempted = bytes(row[0]), os.urandom(8)
        rows.run(
            "UPDATE response SET day = ?, state = ?, version = ?, label = ?, snapshot = ? WHERE id = ?",
            (day(self.store.now()), state, self._attempted, *self.sealed(response, self._attempted), self.id),
        )
        self.put_alarm(rows, response)

    def put_alarm(self, rows: Rows, response: StoredResponse) -> None:
        """Tell locked consoles of a clinic whether anything in it is urgent that nobody has seen to."""
        if self.store.clinic:
            acknowledged: frozenset[str] = frozenset()
            if response.urgent:
                with suppress(Unreadable), decoding():  # What nobody can read acknowledges nothing.
                    acknowledged = acknowledged_rules(read_annotations(rows, self.id, self.key))
            put_alarm(rows, self.id, alarm_of(self._list_entry(response), acknowledged))

    def _list_entry(self, response: StoredResponse) -> list_entry.ListEntry:
        return list_entry.list_entry_of(self._placed(response), self.store.now())

    def _placed(self, response: StoredResponse) -> StoredResponse:
        """Return the response with the terminal that it is saved at: staff go there."""
        return replace(response, terminal=self.store.terminal) if self.store.clinic else response

    def sealed(self, response: StoredResponse, version: bytes) -> tuple[bytes, bytes]:
        """Seal the list entry and the snapshot, bound to this version of the response."""
        entry, packed = list_entry.pack(self._list_entry(response)), record.pack(self._placed(response))
        return (
            seal(entry, self.key, associated_data("label", self.id, version), padded_to=list_entry.PADDED_TO),
            seal(packed, self.key, associated_data("snapshot", self.id, version), padded_to=PADDED_TO),
        )

    def read(self) -> StoredResponse:
        """Return the response as it is stored. Raise ``Unreadable`` if it was changed."""
        with self.store.database.reading() as rows:
            return read_response(rows, self.id, self.key)

    def saved(self) -> datetime.datetime:
        """Return when the response was last saved, as is sealed with it. Raise ``Unreadable`` if it was changed."""
        with self.store.database.reading() as rows:
            row = one(rows, "SELECT version, label FROM response WHERE id = ?", (self.id,))
        if row is None:
            raise LookupError(self.id)
        return read_list_entry(self.id, as_bytes(row[0]), as_bytes(row[1]), self.key).saved

    def return_code(self) -> str:
        """Return a new code that opens this response later; the code before is void. This takes about a second."""
        code = return_code.new_code()
        tag, _key = return_code.tag_and_key(code, self.store.return_code_salt(), self.store.cost)
        sealed = return_code.seal_for_code(code, self.key, self.id, self.store.cost)
        with self.store.database.writing() as rows:
            rows.run("DELETE FROM return_code WHERE response = ?", (self.id,))
            rows.run(
                "INSERT INTO return_code (tag, response, sealed) VALUES (?, ?, ?)",
                (tag, self.id, sealed),
            )
            self.store.log(rows, Event.CODE_MADE, self.id)
        return code

    def forget(self) -> None:
        """Forget the key: from now on only staff or a return code open the response."""
        self.key = b""
        if self.session_key:
            self.session_key.remove()
            self.session_key = None

    def leave(self) -> None:
        """Leave the response to the next start of the program on this terminal."""
        if self.session_key:
            release(self.session_key)
            self.session_key = None

    def discard(self) -> None:
        """Remove the response for good; in a clinic's store, only forget its key."""
        if not self.store.clinic:
            with self.store.database.writing() as rows:
                remove(rows, self.id)
            self.store.database.shrink()
        self.forget()
