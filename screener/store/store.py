"""The store as every terminal uses it: begin a response, save it, finish it. A terminal cannot read one back.

Every method raises ``NotSaved`` if the database fails; what was saved before is then untouched.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Container

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store import return_code
from screener.store.annotation import BLOCK, seal_block
from screener.store.appointment_code import Ticket, take_code
from screener.store.audit import Event
from screener.store.base_store import BaseStore
from screener.store.clinic import days_kept
from screener.store.crypto import Unreadable, new_key
from screener.store.database import NotSaved, Rows, one
from screener.store.decoding import as_bytes
from screener.store.open_response import OpenResponse
from screener.store.record import StoredResponse
from screener.store.response_row import (
    IN_PROGRESS,
    day,
)
from screener.store.session_key import orphaned_keys, release, store_key


def _no_code() -> return_code.NotACode:
    return return_code.NotACode(_("These four words open nothing here. Check spelling and order."))


class AlreadyCompleted(LookupError):
    """The response is completed: no terminal can change it."""


class Store(BaseStore):
    """Responses that are begun on this terminal, and opened again on it by their key or by a return code."""

    def begin(self, response: StoredResponse, content: bytes = b"", by: str = "") -> OpenResponse:
        """Store a new response. ``content`` is its packed questionnaire and rules, stored once for all responses."""
        self.database.require_room()
        with self.database.writing() as rows:
            begun = self.begin_within(rows, response, content, by)
        if self.key_folder:
            begun.session_key = store_key(self.key_folder, begun.id, begun.key, self.seat)
        return begun

    def begin_within(self, rows: Rows, response: StoredResponse, content: bytes, by: str) -> OpenResponse:
        """Store a new response in a transaction that is under way; this terminal keeps no key of it."""
        key, identity = new_key(), os.urandom(16).hex()
        open_response = OpenResponse(self, identity, key, os.urandom(8))
        self.follow_clinic(rows)
        keys = self.clinic.sealed(key, identity) if self.clinic else b""
        rows.run("INSERT INTO content (hash, packed) VALUES (?, ?) ON CONFLICT DO NOTHING", (response.content, content))
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

    def has_return_codes(self) -> bool:
        with self.database.reading() as rows:
            return one(rows, "SELECT 1 FROM return_code LIMIT 1") is not None

    def returned(self, typed: str) -> tuple[OpenResponse, StoredResponse]:
        """Return the response that a return code opens, in about a second. Raise ``NotACode``."""
        code = return_code.normalise_code(typed)
        if opened := self._returned(code, *self._tag_and_key(code)):
            return opened
        with self.database.writing() as rows:
            self.log(rows, Event.CODE_REFUSED)
        raise _no_code()

    def by_code(self, typed: str, questionnaires: Container[str]) -> tuple[OpenResponse, StoredResponse] | Ticket:
        """Return the response that a return code opens, or the ticket of an appointment's code, which is then used up.

        ``questionnaires`` are those that this terminal has. This takes about a second. Raise ``NotACode``.
        """
        code = return_code.normalise_code(typed)
        tag, key = self._tag_and_key(code)
        if opened := self._returned(code, tag, key):
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

    def _tag_and_key(self, code: str) -> tuple[bytes, bytes]:
        return return_code.tag_and_key(code, self.return_code_salt(), self.cost)

    def _returned(self, code: str, tag: bytes, key_of_tag: bytes) -> tuple[OpenResponse, StoredResponse] | None:
        with self.database.reading() as rows:
            row = one(rows, "SELECT response, sealed FROM return_code WHERE tag = ?", (tag,))
        if row is None:
            return None
        identity = str(row[0])
        try:
            key = return_code.unseal_for_code(code, as_bytes(row[1]), identity, self.cost, key_of_tag)
            response = self._in_progress(identity, key)
            opened = response.read()
        except LookupError:
            closed = _("The answers under this code can no longer be changed. Ask the staff.")
            raise return_code.NotACode(closed) from None
        expired = response.saved() + datetime.timedelta(days=days_kept(self.clinic) + 1) < self.now()
        with self.database.writing() as rows:
            self.log(rows, Event.CODE_REFUSED if expired else Event.CODE_USED, identity)
        if expired:
            raise return_code.NotACode(_("These four words no longer work. Ask the staff for new ones."))
        if self.key_folder:
            response.session_key = store_key(self.key_folder, identity, response.key, self.seat)
        return response, opened

    def handed_over(self, identity: str, key: bytes) -> tuple[OpenResponse, StoredResponse]:
        """Return a response that staff resumed for whoever sits here; a crash leaves it. Raise ``ScreenerError``."""
        try:
            response = self._in_progress(identity, key)
            opened = response.read()
        except LookupError:
            closed = _("These answers are finished and can no longer be changed. Ask a member of staff.")
            raise ScreenerError(closed) from None
        if self.key_folder:
            response.session_key = store_key(self.key_folder, identity, key, self.seat)
        return response, opened

    def _in_progress(self, identity: str, key: bytes) -> OpenResponse:
        with self.database.reading() as rows:
            row = one(rows, "SELECT version, state FROM response WHERE id = ?", (identity,))
        if row is None:
            raise LookupError(identity)
        if row[1] != IN_PROGRESS:
            raise AlreadyCompleted(identity)
        return OpenResponse(self, identity, key, bytes(row[0]))

    def log_copy(self, response: str) -> None:
        """Log that the person took a copy of their response."""
        with self.database.writing() as rows:
            self.log(rows, Event.COPY_TAKEN, response)
