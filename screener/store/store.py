"""The store as every terminal uses it: begin a response, save it, finish it. A terminal cannot read one back.

Every method raises ``NotSaved`` if the database fails; what was saved before is then untouched.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import platform
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store import audit, list_entry, record, return_code
from screener.store.alarm_entry import alarm_of, put_alarm
from screener.store.annotation import BLOCK, acknowledged_rules, read_annotations, seal_block
from screener.store.appointment_code import Ticket, take_code
from screener.store.audit import Event
from screener.store.clinic import Clinic, read_clinic
from screener.store.crypto import Cost, Unreadable, new_key, seal, unseal
from screener.store.database import FORMAT, FORMATS, Database, NotSaved, Rows, Stale, one
from screener.store.decoding import as_bytes, decoding
from screener.store.record import StoredResponse
from screener.store.response_row import (
    COMPLETED,
    IN_PROGRESS,
    PADDED_TO,
    associated_data,
    day,
    digest_of,
    read_response,
    remove,
    version_of,
)
from screener.store.session_key import SessionKey, orphaned_keys, release, seat, store_key
from screener.store.signature import Signer
from screener.store.terminal_identity import TerminalIdentity

_SALT_NAME = "return code salt"
_MOST_TERMINAL = 60


def utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Store:
    """``now`` returns the time; ``place`` is the folder for the keys of open responses, if there is one.

    ``identity`` is that of this terminal; without one it signs with a key that nobody sees a second time. With
    ``any_clinic``, another clinic than the one that this terminal knows is no error.
    """

    def __init__(
        self,
        database: Database,
        *,
        now: Callable[[], datetime.datetime] = utc_now,
        place: Path | None = None,
        terminal: str | None = None,
        cost: Cost | None = None,
        identity: TerminalIdentity | None = None,
        any_clinic: bool = False,
    ) -> None:
        self.database = database
        self.now = now
        self.key_folder = place
        self.terminal = " ".join((terminal or platform.node()).split())[:_MOST_TERMINAL]
        self.cost = cost or Cost()
        self.identity = identity or TerminalIdentity()
        self.clinic = self._opened()
        if not any_clinic:
            self.identity.recognise(self.clinic)

    @property
    def seat(self) -> bytes:
        """Return where the person of an interrupted response sat, in a clinic; on their own device it is theirs."""
        return seat(self.terminal) if self.clinic else b""

    def _opened(self) -> Clinic | None:
        with self.database.reading() as rows:
            format = one(rows, "SELECT value FROM meta WHERE name = ?", ("format",))
        if format is None:
            self._prepare()
        elif bytes(format[0]) not in FORMATS:
            raise ScreenerError(_("This store was made by another version of screener. Use that one."))
        with self.database.reading() as rows:
            return read_clinic(rows)

    def _prepare(self) -> None:
        with self.database.writing() as rows:
            for name, value in ((_SALT_NAME, os.urandom(16)), ("format", str(FORMAT).encode())):
                rows.run("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, value))

    def begin(self, response: StoredResponse, content: bytes = b"", by: str = "") -> OpenResponse:
        """Store a new response. ``content`` is its packed questionnaire and rules, stored once for all responses."""
        self.database.require_room()
        key, identity = new_key(), os.urandom(16).hex()
        keys = self.clinic.sealed(key, identity) if self.clinic else b""
        open_response = OpenResponse(self, identity, key, os.urandom(8))
        with self.database.writing() as rows:
            rows.run(
                "INSERT INTO content (hash, packed) VALUES (?, ?) ON CONFLICT DO NOTHING", (response.content, content)
            )
            rows.run(
                "INSERT INTO response (id, day, state, version, keys, label, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    identity,
                    day(self.now()),
                    IN_PROGRESS,
                    open_response.version,
                    keys,
                    *open_response.sealed(response, open_response.version),
                ),
            )
            open_response.put_alarm(rows, response)
            digest = b""
            if self.clinic and self.clinic.signs:
                block = seal_block(identity, key, ())
                rows.run("INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)", (identity, BLOCK, block))
                digest = hashlib.sha256(block).digest()
            self.log(rows, Event.OPENED, identity, by, digest)
        if self.key_folder:
            open_response.session_key = store_key(self.key_folder, identity, key, self.seat)
        return open_response

    def interrupted(self) -> tuple[OpenResponse, StoredResponse] | None:
        """Return the open response that a crash left on this terminal, the newest of several."""
        for session_key in orphaned_keys(self.key_folder, self.seat) if self.key_folder else ():
            try:
                response = self._in_progress(session_key.response, session_key.key)
                opened = response.read()
            except (AlreadyCompleted, Unreadable):
                session_key.remove()
            except LookupError:
                release(session_key)  # It may open a response of another store.
            except NotSaved:
                release(session_key)
                raise
            else:
                response.session_key = session_key
                return response, opened
        return None

    def versions(self) -> dict[str, bytes]:
        """Return the version of each response, by its id: all that can be read without a key."""
        with self.database.reading() as rows:
            return {
                identity: version_of(version)
                for identity, version in rows.all("SELECT id, version FROM response")
                if isinstance(identity, str)
            }

    def has_return_codes(self) -> bool:
        with self.database.reading() as rows:
            return one(rows, "SELECT 1 FROM return_code LIMIT 1") is not None

    def returned(self, typed: str) -> tuple[OpenResponse, StoredResponse]:
        """Return the response that a return code opens, in about half a second. Raise ``NotACode``."""
        if opened := self._returned(*self._tag_and_key(typed)):
            return opened
        with self.database.writing() as rows:
            self.log(rows, Event.CODE_REFUSED)
        raise _no_code()

    def by_code(self, typed: str, questionnaires: Container[str]) -> tuple[OpenResponse, StoredResponse] | Ticket:
        """Return the response that a return code opens, or the ticket of an appointment's code, which is then used up.

        ``questionnaires`` are those that this terminal has. This takes about half a second. Raise ``NotACode``.
        """
        tag, key = self._tag_and_key(typed)
        if opened := self._returned(tag, key):
            return opened
        ticket, refusal = None, _no_code()
        with self.database.writing() as rows:
            try:
                ticket = take_code(rows, tag, key, self.now(), questionnaires)
            except return_code.NotACode as error:
                refusal = error
            self.log(rows, Event.APPOINTMENT_CODE_USED if ticket else Event.CODE_REFUSED)
        if ticket is None:
            raise refusal
        return ticket

    def _tag_and_key(self, typed: str) -> tuple[bytes, bytes]:
        code = return_code.normalise_code(typed)
        with self.database.reading() as rows:
            salt = return_code_salt(rows)
        return return_code.tag_and_key(code, salt, self.cost)

    def _returned(self, tag: bytes, key: bytes) -> tuple[OpenResponse, StoredResponse] | None:
        with self.database.reading() as rows:
            row = one(rows, "SELECT response, sealed FROM return_code WHERE tag = ?", (tag,))
        if row is None:
            return None
        identity = str(row[0])
        try:
            response = self._in_progress(identity, unseal(as_bytes(row[1]), key, associated_data("return", identity)))
            opened = response.read()
        except LookupError:
            closed = _("The answers under this code can no longer be changed. Ask the staff.")
            raise return_code.NotACode(closed) from None
        with self.database.writing() as rows:
            self.log(rows, Event.CODE_USED, identity)
        if self.key_folder:
            response.session_key = store_key(self.key_folder, identity, response.key, self.seat)
        return response, opened

    def _in_progress(self, identity: str, key: bytes) -> OpenResponse:
        with self.database.reading() as rows:
            row = one(rows, "SELECT version, state FROM response WHERE id = ?", (identity,))
        if row is None:
            raise LookupError(identity)
        if row[1] != IN_PROGRESS:
            raise AlreadyCompleted(identity)
        return OpenResponse(self, identity, key, bytes(row[0]))

    def content(self, hash: str) -> bytes:
        """Return the packed content of a hash. Raise ``ScreenerError`` if it is not stored."""
        with self.database.reading() as rows:
            row = one(rows, "SELECT packed FROM content WHERE hash = ?", (hash,))
        if row is None:
            raise ScreenerError(_("The questions that these answers were given to are not kept here."))
        return bytes(row[0])

    def head(self) -> str | None:
        """Return the head of the audit trail, for an export; ``None`` if there is no trail."""
        with self.database.reading() as rows:
            row = audit.last(rows)
        return row.head if row else None

    def log_copy(self, response: str) -> None:
        """Log that the person took a copy of their response."""
        with self.database.writing() as rows:
            self.log(rows, Event.COPY_TAKEN, response)

    def log(
        self,
        rows: Rows,
        event: Event,
        subject: str = "",
        by: str = "",
        digest: bytes = b"",
        staff: Signer | None = None,
    ) -> None:
        """Add the event of this transaction to the audit trail, signed by this terminal and by ``staff``.

        In a clinic of format 1 nothing is signed.
        """
        signers: list[Signer] = []
        if self.clinic and self.clinic.signs:
            self._register(rows)
            signers = [self.identity.signer, *([staff] if staff else [])]
        audit.append(rows, self._at(), by, self.terminal, event, subject, digest, signers)

    def _register(self, rows: Rows) -> None:
        """Let the audit trail know the key of this terminal, and the name that it has now."""
        signer = self.identity.signer
        row = one(rows, "SELECT name FROM terminal WHERE signer = ?", (signer.id,))
        if row is None or row[0] != self.terminal:
            rows.run("DELETE FROM terminal WHERE signer = ?", (signer.id,))
            n = audit.append(rows, self._at(), "", self.terminal, Event.TERMINAL, signer.id, signer.public, (signer,))
            rows.run("INSERT INTO terminal (signer, name, n) VALUES (?, ?, ?)", (signer.id, self.terminal, n))

    def _at(self) -> int:
        return int(self.now().timestamp())


def _no_code() -> return_code.NotACode:
    return return_code.NotACode(_("These four words open nothing here. Check spelling and order."))


class AlreadyCompleted(LookupError):
    """The response is completed: no terminal can change it."""


class OpenResponse:
    """One response that this terminal writes, and its key, for as long as it is open."""

    def __init__(self, store: Store, identity: str, key: bytes, version: bytes) -> None:
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

    def finish(self, response: StoredResponse, by: str = "") -> None:
        """Complete the response: nothing changes it any more, and this terminal forgets its key."""
        if response.finished is None:
            response = replace(response, finished=self.store.now())
        with self.store.database.writing() as rows:
            row = one(rows, "SELECT version, state FROM response WHERE id = ?", (self.id,))
            # An earlier attempt may have reached the disk unnoticed; a response is finished once.
            if row is None or row[1] != COMPLETED or bytes(row[0]) != self._attempted:
                self._write(rows, response, COMPLETED)
                rows.run("DELETE FROM return_code WHERE response = ?", (self.id,))
                self.store.log(rows, Event.FINISHED, self.id, by, digest_of(rows, self.id))
        self.version = self._attempted
        self.forget()

    def _write(self, rows: Rows, response: StoredResponse, state: int) -> None:
        row = one(rows, "SELECT version, state FROM response WHERE id = ?", (self.id,))
        if row is None:
            raise Stale(_("These answers were removed from where they are kept. Ask a member of staff."))
        if bytes(row[0]) not in (self.version, self._attempted):
            raise Stale(_("These answers were opened on another terminal in the meantime. Go on there."))
        if row[1] == COMPLETED != state:
            raise Stale(_("These answers are finished and can no longer be changed. Ask a member of staff."))
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

    def return_code(self) -> str:
        """Return a new code that opens this response later; the code before is void. This takes about half a second."""
        code = return_code.new_code()
        with self.store.database.reading() as rows:
            salt = return_code_salt(rows)
        tag, key = return_code.tag_and_key(code, salt, self.store.cost)
        with self.store.database.writing() as rows:
            rows.run("DELETE FROM return_code WHERE response = ?", (self.id,))
            rows.run(
                "INSERT INTO return_code (tag, response, sealed) VALUES (?, ?, ?)",
                (tag, self.id, seal(self.key, key, associated_data("return", self.id))),
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


def return_code_salt(rows: Rows) -> bytes:
    """Return the salt of all codes of four words. Raise ``ScreenerError`` for a store without one."""
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (_SALT_NAME,))
    if row is None:
        raise ScreenerError(_("This store is damaged. Restore a backup."))
    return bytes(row[0])
