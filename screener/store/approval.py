"""The clinical sign-off of content: a named clinician of the clinic signed questions and rules by their hash.

It lies beside the clinic's data and is signed like them, so that every terminal can tell, also without its server.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.audit import Event
from screener.store.clinic import Clinic
from screener.store.crypto import Unreadable
from screener.store.database import Rows, one, put_value
from screener.store.decoding import as_bytes, decoding, is_moment, small_json
from screener.store.signature import Signer, holds
from screener.store.staff_store import StaffStore
from screener.store.store import Store

_SIGNED = b"screener/2|content|"
_NAME = "content signed "
MOST_LINES = 200
"""Characters of the note about the crisis lines."""


@dataclass(frozen=True)
class Approval:
    """Who signed a content and when, and who called the region's crisis lines before and when."""

    by: str
    at: datetime.datetime
    lines: str


def approve(staff_store: StaffStore, hash: str, lines: str) -> None:
    """Sign the content of a hash. Raise ``ScreenerError`` for anybody but clinicians, and without ``lines``."""
    store, lines = staff_store.store, " ".join(lines.split())
    if not 0 < len(lines) <= MOST_LINES:
        raise ScreenerError(f"Write who called the crisis lines and when, in up to {MOST_LINES} characters.")
    if store.clinic is None or not store.clinic.signs:
        raise ScreenerError("This store is of an older format. Run: screener clinic upgrade")
    described = {"content": hash, "by": staff_store.name, "at": store.now().isoformat(), "lines": lines}
    statement = json.dumps(described)
    signed = staff_store.signer.sign(_SIGNED + statement.encode()).hex()
    with store.database.writing() as rows:
        staff_store.require_role(rows, "clinician")
        put_value(rows, _NAME + hash, json.dumps([statement, signed]).encode())
        staff_store.write(rows, Event.CONTENT_SIGNED, hash, hashlib.sha256(statement.encode()).digest())


def read_approval(rows: Rows, clinic: Clinic, hash: str) -> Approval | None:
    """Return the sign-off of a content; ``None`` where nobody of the clinic signed it."""
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (_NAME + hash,))
    if row is None or not clinic.signs:
        return None
    try:
        with decoding():
            statement, signed = small_json(as_bytes(row[0]))
            described = json.loads(statement)
            at = datetime.datetime.fromisoformat(described["at"])
            signature = bytes.fromhex(signed)
            if holds(clinic.signing, _SIGNED + statement.encode(), signature) and described["content"] == hash:
                return Approval(str(described["by"]), at, str(described["lines"])) if is_moment(at) else None
    except Unreadable:
        pass
    return None


def sign_approvals_anew(rows: Rows, clinic: Clinic, signer: Signer) -> None:
    """Sign what clinicians signed with the clinic's key of now with the one that takes its place."""
    for name, value in rows.all("SELECT name, value FROM meta"):
        hash = name.removeprefix(_NAME)
        if hash != name and read_approval(rows, clinic, hash):
            statement = small_json(as_bytes(value))[0]
            signed = signer.sign(_SIGNED + statement.encode()).hex()
            put_value(rows, name, json.dumps([statement, signed]).encode())


def signed_by(store: Store, hash: str) -> str | None:
    """Return who signed a content for the clinic, as copies say it; ``None`` without a clinic."""
    if store.clinic is None:
        return None
    with store.database.reading() as rows:
        approval = read_approval(rows, store.clinic, hash)
    if approval is None:
        return _("nobody here")
    return f"{approval.by}, {approval.at.astimezone():%Y-%m-%d}"
