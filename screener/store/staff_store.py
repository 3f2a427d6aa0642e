"""The store after staff unlocked it: list, read, annotate, resume, check the audit trail."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from functools import partial

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store import audit
from screener.store.alarm_renewal import renew_alarm
from screener.store.annotation import Annotation, AnnotationKind, put_block, put_single, read_block, seal_block
from screener.store.audit import AuditRow, Event
from screener.store.audit_check import check_whole_trail
from screener.store.audit_entry import open_entries, seal_entry
from screener.store.audit_rules import DOOR_CODE_EVENTS, CheckedTrail
from screener.store.clinic import audit_start, for_staff, has_signing_key, key_associated_data
from screener.store.clinic_keys import ClinicKeys
from screener.store.database import Rows, one
from screener.store.decoding import as_bytes
from screener.store.door_code import DoorCode, DoorCodes, list_digest, put_door_codes, read_door_codes
from screener.store.listing import listed_items, states_of
from screener.store.members import (
    Revoked,
    Role,
    new_key_slot,
    normalise_name,
    put_key_slot,
    remove_staff,
    require_own,
    require_role,
    role_of,
    staff_names,
)
from screener.store.open_response import OpenResponse
from screener.store.record import StoredResponse
from screener.store.response_list import Changed, ResponseListItem
from screener.store.response_row import IN_PROGRESS, read_response
from screener.store.session_key import store_key
from screener.store.signed_rows import last_signed
from screener.store.store import Store
from screener.store.written_digests import ReadTrail, WrittenDigests

_EVENTS: dict[AnnotationKind, Event] = {
    "acknowledged": Event.SEEN_TO,
    "read": Event.MARKED_READ,
    "note": Event.NOTED,
    "name": Event.NAMED,
    "linked": Event.LINKED,
    "unlinked": Event.UNLINKED,
}


class StaffStore:
    """A store that a member of staff, ``name``, unlocked."""

    def __init__(
        self, store: Store, name: str, secret: bytes, role: Role = "administrator", keys: ClinicKeys | None = None
    ) -> None:
        self.store = store
        self.name = name
        self.role = role
        self.secret = secret
        self.keys = keys or ClinicKeys(secret)
        self.signer = self.keys.signer
        self._response_keys: dict[str, bytes] = {}
        self._trail = ReadTrail(partial(audit_start, secret=secret), self.keys.unseal)

    @property
    def alarm_key(self) -> bytes:
        return self.keys.alarm_keys[0]

    def require_role(self, rows: Rows, least: Role) -> None:
        """Raise ``NotAllowed`` for a lower role, ``Revoked`` for whoever has to unlock the store once more, or may not.

        The key that unlocked it must be the clinic's key of now: it can be exchanged in the meantime.
        """
        require_role(rows, self.name, least)
        self._require_key(rows)

    # The list

    def stamp(self) -> str:
        """Return a text that is another one after every change of the store. Raise ``Revoked``."""
        with self.store.database.reading() as rows:
            self.require_role(rows, "reception")
        return self.store.database.stamp()

    def responses(self) -> list[ResponseListItem]:
        """Return every response, in no order."""
        return list(self.changes({}).written)

    def changes(self, versions: dict[str, tuple[bytes, int]]) -> Changed:
        """Return what changed since ``versions`` (version and annotations by response), and update it."""
        with self.store.database.reading() as rows:
            self.require_role(rows, "reception")
            now = states_of(rows)
            new = [identity for identity, state in now.items() if versions.get(identity) != state]
            marks = {identity: now[identity][1] for identity in new}
            written = tuple(self.listed_within(rows, new, marks))
        removed = frozenset(versions.keys() - now.keys())
        versions.clear()
        versions.update(now)
        return Changed(written, removed)

    def listed_within(
        self, rows: Rows, identities: list[str], marks: Mapping[str, int] | None = None
    ) -> Iterable[ResponseListItem]:
        """Yield the lines of the list of these responses, in a transaction that is under way.

        ``marks`` sums the notes of each response in the whole table: a damaged index must not hide one.
        """
        return listed_items(rows, set(identities), self.response_key, self.keys.open_ticket, marks)

    def response_key(self, identity: str, keys: bytes) -> bytes:
        """Return the key of a response, from its sealed keys. Raise ``Unreadable``."""
        if identity not in self._response_keys:
            self._response_keys[identity] = self.keys.unseal(for_staff(keys), key_associated_data(identity))
        return self._response_keys[identity]

    # One response

    def read(self, identity: str) -> StoredResponse:
        """Return a response, and log that it was viewed. Raise ``Unreadable`` if it was changed."""
        with self.store.database.writing() as rows:
            self.require_role(rows, "clinician")
            response = read_response(rows, identity, self._key(rows, identity))
            self.write_sealed(rows, Event.VIEWED, identity)
        return response

    def annotate(self, identity: str, kind: AnnotationKind, text: str = "") -> Annotation:
        """Annotate a response, under the name of the member of staff who unlocked the store."""
        with self.store.database.writing() as rows:
            return self.annotate_within(rows, identity, kind, text)

    def annotate_within(self, rows: Rows, identity: str, kind: AnnotationKind, text: str = "") -> Annotation:
        """Annotate a response in a transaction that is under way."""
        added = Annotation(kind, self.name, self.store.now(), text)
        self.require_role(rows, "clinician" if kind in ("read", "note") else "reception")
        key = self._key(rows, identity)
        if self.signs:
            sealed = seal_block(identity, key, (*read_block(rows, identity, key), added))
            put_block(rows, identity, sealed)
            self.write_sealed(rows, _EVENTS[kind], identity, hashlib.sha256(sealed).digest())
        else:
            self.write(rows, Event.REMARKED, identity, put_single(rows, identity, key, added))
        if kind == "acknowledged":
            renew_alarm(rows, identity, key)
        return added

    def resume(self, identity: str) -> tuple[OpenResponse, StoredResponse]:
        """Resume an open response on this terminal. Raise ``ScreenerError`` for one that is finished."""
        with self.store.database.writing() as rows:
            self.require_role(rows, "reception")
            response, opened = self.resume_within(rows, identity)
        if self.store.key_folder:
            response.session_key = store_key(self.store.key_folder, identity, response.key, self.store.seat)
        return response, opened

    def resume_within(self, rows: Rows, identity: str) -> tuple[OpenResponse, StoredResponse]:
        """Resume an open response in a transaction that is under way; this terminal keeps no key of it."""
        key = self._key(rows, identity)
        row = one(rows, "SELECT version, state FROM response WHERE id = ?", (identity,))
        if row is None or row[1] != IN_PROGRESS:
            raise ScreenerError(_("This response is finished. It can be read, and no longer changed."))
        self.write(rows, Event.RESUMED, identity)
        return OpenResponse(self.store, identity, key, bytes(row[0])), read_response(rows, identity, key)

    def _key(self, rows: Rows, identity: str) -> bytes:
        row = one(rows, "SELECT keys FROM response WHERE id = ?", (identity,))
        if row is None:
            raise LookupError(identity)
        return self.response_key(identity, as_bytes(row[0]))

    # The clinic

    def log(self, event: Event, response: str = "") -> None:
        """Log an event outside the store, e.g. an export."""
        with self.store.database.writing() as rows:
            self.require_role(rows, "reception" if event == Event.ALARM else "clinician")
            self.write_sealed(rows, event, response)

    @property
    def signs(self) -> bool:
        """Return whether the store is of format 2."""
        return self.store.clinic is not None and self.store.clinic.signs

    def write_sealed(self, rows: Rows, event: Event, response: str, digest: bytes = b"") -> None:
        """Log what was done with a response, so that only the clinic's key tells what and whose."""
        if self.store.clinic and self.signs:
            entry = seal_entry(self.store.clinic.public, event, response, digest)
            self.write(rows, Event.SEALED, digest=entry)
        else:
            self.write(rows, event, response, digest)

    def audit_rows(self) -> list[AuditRow]:
        """Return the rows of the audit trail as they are, with what is sealed in them, and check nothing."""
        with self.store.database.reading() as rows:
            self.require_role(rows, "clinician")
            return open_entries(audit.all_rows(rows), self.keys.unseal)

    def write(self, rows: Rows, event: Event, subject: str = "", digest: bytes = b"") -> None:
        """Log an event in its own transaction, signed by the clinic and by this terminal. Raise ``Revoked``."""
        self._require_key(rows)
        self.store.log(rows, event, subject, self.name, digest, self.signer)

    def _require_key(self, rows: Rows) -> None:
        """Raise ``Revoked`` where the clinic's key was exchanged since this member of staff unlocked the store."""
        if not has_signing_key(rows, self.signer.public):
            raise Revoked(_("The clinic's key was exchanged. Unlock once more."))

    def admit(self, name: str, passphrase: str, role: Role | None = None) -> None:
        """Add a member of staff, or change the own passphrase. Raise ``ScreenerError`` if it is too weak.

        Nobody changes that of another, under whose name they could then do things.
        """
        with self.store.database.reading() as rows:
            existing = role_of(rows, normalise_name(name))
            self._require_admission(rows, normalise_name(name), existing, role)
        key_slot = new_key_slot(name, role or existing or "administrator", passphrase, self.secret, self.store.cost)
        with self.store.database.writing() as rows:
            self._require_admission(rows, key_slot.name, role_of(rows, key_slot.name), role)
            put_key_slot(rows, key_slot)
            event = Event.STAFF_CHANGED if existing else Event.STAFF_ADDED
            self.write(rows, event, key_slot.name, key_slot.digest)

    def _require_admission(self, rows: Rows, name: str, existing: Role | None, role: Role | None) -> None:
        if existing is None or role not in (None, existing):
            self.require_role(rows, "administrator")
        elif name == self.name:
            self.require_role(rows, "reception")
        if existing is not None:
            require_own(name, self.name)

    def revoke(self, name: str) -> None:
        """Remove a member of staff. Raise ``ScreenerError`` for the last one, or an unknown name."""
        with self.store.database.writing() as rows:
            self.require_role(rows, "administrator")
            remove_staff(rows, name)
            name = normalise_name(name)
            self.write(rows, Event.STAFF_REVOKED, name)
            if read_door_codes(rows, self.signer.public).of(name):
                self.write_door_codes(rows, Event.DOOR_CODE_REMOVED, name, None)

    def door_codes(self, rows: Rows) -> DoorCodes | None:
        """Return the door codes of the staff; ``None`` where the list is not the one that staff set last."""
        digest = list_digest(rows)
        with contextlib.suppress(audit.Broken):
            if digest == self.written_digests(rows).door_codes == (self._last_signed_list(rows) or b""):
                return read_door_codes(rows, self.signer.public).only_of(staff_names(rows))
        return None

    def _last_signed_list(self, rows: Rows) -> bytes | None:
        return last_signed(rows, DOOR_CODE_EVENTS, None, self.signer.public, True)

    def write_door_codes(self, rows: Rows, event: Event, name: str, code: DoorCode | None) -> None:
        """Write the list with the code of a member of staff, or without one.

        Where somebody put another list there, the codes of all others are left out: they set theirs anew.
        """
        codes = (self.door_codes(rows) or DoorCodes()).with_code(name, code)
        self.write(rows, event, name, put_door_codes(rows, codes, self.signer, int(self.store.now().timestamp())))

    def written_digests(self, rows: Rows) -> WrittenDigests:
        """Return what the audit trail says was written last. Raise ``audit.Broken`` where its chain does not hold.

        Who signed its rows is left to the audit check: what is signed on top of a forged row keeps that row there.
        """
        return self._trail.read_on(rows)

    def read_trail(self) -> None:
        """Read the audit trail before a transaction that writes needs it, because all others wait for that one.

        Raise ``Revoked`` where the key is not that of the clinic any more, and ``audit.Broken`` where its chain does
        not hold.
        """
        with self.store.database.reading() as rows:
            self._require_key(rows)
            self.written_digests(rows)

    def check_audit(self) -> list[AuditRow]:
        """Check the audit trail, and the store against it; return its rows.

        Raise ``audit.Broken`` with the first fault.
        """
        return self.check_trail().rows

    def check_trail(self, within: Rows | None = None) -> CheckedTrail:
        """Check the audit trail, and the store against it; return all that it is believed for.

        ``within`` is a transaction that is under way.
        """
        with contextlib.nullcontext(within) if within else self.store.database.reading() as rows:
            start, now = audit_start(rows, self.secret), int(self.store.now().timestamp())
            return check_whole_trail(rows, start, self.store.clinic, self.keys, now)
