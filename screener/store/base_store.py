"""An open store: which clinic it belongs to, which terminal uses it, and the audit trail that it writes."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Callable
from pathlib import Path

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store import audit
from screener.store.audit import Event
from screener.store.clinic import Clinic, has_clinic, key_exchanged_message, read_clinic
from screener.store.crypto import Cost
from screener.store.database import FORMAT, FORMATS, Database, Rows, one
from screener.store.key_exchange import signing_keys
from screener.store.response_row import version_of
from screener.store.session_key import seat
from screener.store.signature import Signer
from screener.store.terminal_identity import TerminalIdentity

USUAL_COST = Cost()
"""The cost of a guess at a passphrase or a code in a new store."""
_SALT_NAME = "return code salt"
_MOST_TERMINAL = 60


def utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class NoContent(ScreenerError):
    """The content of a hash is not stored."""


class BaseStore:
    """``now`` returns the time; ``key_folder`` is the folder for the keys of open responses, if there is one.

    ``identity`` is that of this terminal; without one it signs with a key that nobody sees a second time. With
    ``any_clinic``, another clinic than the one that this terminal knows is no error.
    """

    def __init__(
        self,
        database: Database,
        *,
        now: Callable[[], datetime.datetime] = utc_now,
        key_folder: Path | None = None,
        terminal: str | None = None,
        cost: Cost | None = None,
        identity: TerminalIdentity | None = None,
        any_clinic: bool = False,
    ) -> None:
        self.database = database
        self.now = now
        self.key_folder = key_folder
        self.terminal = " ".join((terminal or platform.node()).split())[:_MOST_TERMINAL]
        self.cost = cost or USUAL_COST
        self.identity = identity or TerminalIdentity()
        self.any_clinic = any_clinic
        self.clinic = self._opened()
        if not any_clinic:
            with self.database.reading() as rows:
                self.identity.recognise(self.clinic, signing_keys(rows, self.clinic) if self.clinic else ())

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

    def follow_clinic(self, rows: Rows) -> None:
        """Take over what the clinic signed since the store was opened. Raise ``ScreenerError`` for another clinic."""
        before = self.clinic
        if before is None or has_clinic(rows, before):
            return
        clinic = read_clinic(rows)
        keys = signing_keys(rows, clinic) if clinic else ()
        if clinic is None or (before.signs and (before.signing not in keys or clinic.serial <= before.serial)):
            raise ScreenerError(key_exchanged_message())
        self.identity.recognise(clinic, keys)
        self.clinic = clinic

    def _prepare(self) -> None:
        with self.database.writing() as rows:
            for name, value in ((_SALT_NAME, os.urandom(16)), ("format", str(FORMAT).encode())):
                rows.run("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, value))

    def versions(self) -> dict[str, bytes]:
        """Return the version of each response, by its id: all that can be read without a key."""
        with self.database.reading() as rows:
            return {
                identity: version_of(version)
                for identity, version in rows.all("SELECT id, version FROM response")
                if isinstance(identity, str)
            }

    def content(self, hash: str) -> bytes:
        """Return the packed content of a hash. Raise ``NoContent`` if it is not stored."""
        with self.database.reading() as rows:
            row = one(rows, "SELECT packed FROM content WHERE hash = ?", (hash,))
        if row is None:
            raise NoContent(_("The questions that these answers were given to are not kept here."))
        return bytes(row[0])

    def head(self) -> str | None:
        """Return the head of the audit trail, for an export; ``None`` if there is no trail."""
        with self.database.reading() as rows:
            row = audit.last(rows)
        return row.head if row else None

    def log(
        self,
        rows: Rows,
        event: Event,
        subject: str = "",
        by: str = "",
        digest: bytes = b"",
        staff: Signer | None = None,
        before: Signer | None = None,
    ) -> None:
        """Add the event of this transaction to the audit trail, signed by this terminal and by ``staff``.

        An exchange of the clinic's key is also signed with the key ``before``.

        In a clinic of format 1 nothing is signed.
        """
        signers: list[Signer] = []
        if self.clinic and self.clinic.signs:
            self._register(rows)
            signers = [self.identity.signer, *(signer for signer in (before, staff) if signer)]
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

    def return_code_salt(self) -> bytes:
        """Return the salt of the return codes. Raise ``ScreenerError`` if it is not there."""
        with self.database.reading() as rows:
            row = one(rows, "SELECT value FROM meta WHERE name = ?", (_SALT_NAME,))
        if row is None:
            raise ScreenerError(_("This store is damaged. Restore a backup."))
        return bytes(row[0])
