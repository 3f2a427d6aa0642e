"""What the recovery key on paper is for besides reading: to come back in, and to be replaced by a new one."""

from __future__ import annotations

from dataclasses import replace

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.audit import Event
from screener.store.clinic import (
    audit_start,
    audit_start_sealed,
    has_signing_key,
    put_clinic,
    secret_of_recovery,
)
from screener.store.crypto import new_pair, public_key_of
from screener.store.database import put_value
from screener.store.members import RECOVERY_KEY, new_key_slot, put_key_slot, role_of
from screener.store.recovery_key import format_recovery_key
from screener.store.sealing_anew import list_everything
from screener.store.signature import clinic_signer
from screener.store.staff_store import StaffStore
from screener.store.store import Store


def admit_with_recovery_key(store: Store, paper: bytes, name: str, passphrase: str) -> None:
    """Let somebody in as an administrator with the key on paper, where nobody else can. Raise ``ScreenerError``."""
    if store.clinic is None or public_key_of(paper) != store.clinic.recovery:
        raise ScreenerError("This is a recovery key, but not that of this clinic, or somebody exchanged it here.")
    with store.database.reading() as rows:
        secret = secret_of_recovery(rows, paper)
    store.clinic.require_secret(secret)
    key_slot = new_key_slot(name, "administrator", passphrase, secret, store.cost)
    with store.database.writing() as rows:
        if not has_signing_key(rows, clinic_signer(secret).public):
            raise ScreenerError("The clinic's key was exchanged in the meantime. Run this once more.")
        event = Event.STAFF_CHANGED if role_of(rows, key_slot.name) else Event.STAFF_ADDED
        put_key_slot(rows, key_slot)
        store.log(rows, event, key_slot.name, RECOVERY_KEY, key_slot.digest, clinic_signer(secret))
    store.identity.know(store.clinic)


def new_recovery_pair() -> tuple[str, bytes]:
    """Return a new recovery key as it is written on paper, and its public key."""
    secret, public = new_pair()
    return format_recovery_key(secret), public


def renew_recovery_key(staff_store: StaffStore, public: bytes) -> None:
    """Let a new recovery key take the place of the one before, from the next response on. Raise ``ScreenerError``.

    ``seal_anew`` then seals what is there already.
    """
    store = staff_store.store
    with store.database.writing() as rows:
        staff_store.require_role(rows, "administrator")
        store.follow_clinic(rows)
        if store.clinic is None or not store.clinic.signs:
            raise ScreenerError("This store is of an older format. Run: screener clinic upgrade")
        clinic = replace(store.clinic, recovery=public, serial=store.clinic.serial + 1).signed(staff_store.secret)
        first = audit_start(rows, staff_store.secret)
        put_clinic(rows, clinic, staff_store.secret)
        put_value(rows, audit.START_NAME, audit_start_sealed(clinic.public, public, first))
        list_everything(rows)
        staff_store.write(rows, Event.CLINIC_CHANGED, str(clinic.retention_days), clinic.digest)
    store.clinic = clinic
    store.identity.know(clinic)
