"""What the recovery key on paper is for besides reading: to come back in, and to be replaced by a new one."""

from __future__ import annotations

from dataclasses import replace

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.audit import Event
from screener.store.clinic import (
    audit_start,
    audit_start_sealed,
    for_staff,
    key_associated_data,
    put_clinic,
    secret_of_recovery,
)
from screener.store.crypto import Unreadable, new_pair, public_key_of, seal_to
from screener.store.database import Rows, one
from screener.store.decoding import as_bytes
from screener.store.members import RECOVERY_KEY, new_key_slot, put_key_slot, require_role, role_of
from screener.store.recovery_key import format_recovery_key
from screener.store.response_row import COMPLETED, digest_of
from screener.store.signature import clinic_signer
from screener.store.staff_store import StaffStore
from screener.store.store import Store

_CURSOR = "sealed anew up to"
"""Name of the row that says which response was the last one sealed to a new recovery key, in the order of ids."""
_AT_ONCE = 200


def admit_with_recovery_key(store: Store, paper: bytes, name: str, passphrase: str) -> None:
    """Let somebody in as an administrator with the key on paper, where nobody else can. Raise ``ScreenerError``."""
    if store.clinic is None or public_key_of(paper) != store.clinic.recovery:
        raise ScreenerError("This is a recovery key, but not that of this clinic, or somebody exchanged it here.")
    with store.database.reading() as rows:
        secret = secret_of_recovery(rows, paper)
    store.clinic.require_secret(secret)
    key_slot = new_key_slot(name, "administrator", passphrase, secret, store.cost)
    with store.database.writing() as rows:
        event = Event.STAFF_CHANGED if role_of(rows, key_slot.name) else Event.STAFF_ADDED
        put_key_slot(rows, key_slot)
        store.log(rows, event, key_slot.name, RECOVERY_KEY, key_slot.digest, clinic_signer(secret))
    store.identity.know(store.clinic)


def is_renewing(store: Store) -> bool:
    """Return whether not every response is sealed to the new recovery key yet."""
    with store.database.reading() as rows:
        return one(rows, "SELECT 1 FROM meta WHERE name = ?", (_CURSOR,)) is not None


def new_recovery_pair() -> tuple[str, bytes]:
    """Return a new recovery key as it is written on paper, and its public key."""
    secret, public = new_pair()
    return format_recovery_key(secret), public


def renew_recovery_key(staff_store: StaffStore, public: bytes) -> None:
    """Let a new recovery key take the place of the one before, from the next response on. Raise ``ScreenerError``.

    ``seal_anew`` then seals what is there already.
    """
    store = staff_store.store
    if store.clinic is None or not store.clinic.signs:
        raise ScreenerError("This store is of an older format. Run: screener clinic upgrade")
    clinic = replace(store.clinic, recovery=public, serial=store.clinic.serial + 1).signed(staff_store.secret)
    with store.database.writing() as rows:
        require_role(rows, staff_store.name, "administrator")
        first = audit_start(rows, staff_store.secret)
        put_clinic(rows, clinic, staff_store.secret)
        rows.run(
            "UPDATE meta SET value = ? WHERE name = ?",
            (audit_start_sealed(clinic.public, public, first), audit.START_NAME),
        )
        rows.run("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (_CURSOR, b"-"))
        rows.run("UPDATE meta SET value = ? WHERE name = ?", (b"-", _CURSOR))
        staff_store.write(rows, Event.CLINIC_CHANGED, str(clinic.retention_days), clinic.digest)
    store.clinic = clinic
    store.identity.know(clinic)


def seal_anew(staff_store: StaffStore) -> int:
    """Seal the keys of all responses to the recovery key of now; return how many could not be opened for that.

    It can be interrupted at any time: it goes on after the last response that it had done.
    """
    closed, done = 0, False
    while not done:
        with staff_store.store.database.writing() as rows:
            require_role(rows, staff_store.name, "administrator")
            done, unopened = _seal_some(rows, staff_store)
            closed += unopened
    return closed


def _seal_some(rows: Rows, staff_store: StaffStore) -> tuple[bool, int]:
    cursor = one(rows, "SELECT value FROM meta WHERE name = ?", (_CURSOR,))
    clinic = staff_store.store.clinic
    if cursor is None or clinic is None:
        return True, 0
    after = bytes(cursor[0]).decode()
    responses = rows.all(
        "SELECT id, keys, state FROM response WHERE id > ? AND keys <> ? ORDER BY id LIMIT ?", (after, b"", _AT_ONCE)
    )
    unopened = 0
    for identity, keys, state in responses:
        try:
            key = staff_store.response_key(identity, as_bytes(keys))
        except Unreadable:
            unopened += 1
            continue
        place = key_associated_data(identity)
        sealed = for_staff(as_bytes(keys)) + seal_to(clinic.recovery, key, place)
        rows.run("UPDATE response SET keys = ? WHERE id = ?", (sealed, identity))
        if state == COMPLETED:
            staff_store.write(rows, Event.SEALED_ANEW, identity, digest_of(rows, identity))
    if len(responses) < _AT_ONCE:
        rows.run("DELETE FROM meta WHERE name = ?", (_CURSOR,))
        return True, unopened
    rows.run("UPDATE meta SET value = ? WHERE name = ?", (responses[-1][0].encode(), _CURSOR))
    return False, unopened
