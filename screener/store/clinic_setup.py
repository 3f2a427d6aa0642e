"""Setting a store up for a clinic."""

from __future__ import annotations

from collections.abc import Callable

from screener.store import audit
from screener.store.audit import Event
from screener.store.clinic import create_clinic, read_clinic
from screener.store.members import new_key_slot, put_key_slot
from screener.store.recovery_key import format_recovery_key
from screener.store.signature import clinic_signer
from screener.store.store import Store

PrintKey = Callable[[str], object]
"""Prints a recovery key on paper."""


def set_up_clinic(
    store: Store,
    name: str,
    region: str,
    retention_days: int,
    staff: str,
    passphrase: str,
    print_key: PrintKey = lambda key: None,
) -> str:
    """Set the store up, with its first member of staff; returns the recovery key, once it was printed.

    Nothing is changed where it raises: a passphrase too short, a clinic that is there already, a key not printed.
    """
    before = store.clinic
    try:
        return _set_up(store, name, region, retention_days, staff, passphrase, print_key)
    except BaseException:
        store.clinic = before
        raise


def _set_up(
    store: Store, name: str, region: str, retention_days: int, staff: str, passphrase: str, print_key: PrintKey
) -> str:
    with store.database.writing() as rows:
        secret, paper = create_clinic(rows, name, region, retention_days)
        key_slot = new_key_slot(staff, "administrator", passphrase, secret, store.cost)
        put_key_slot(rows, key_slot)
        clinic = read_clinic(rows)
        assert clinic is not None
        signer = clinic_signer(secret)
        # The first row is the only one that no terminal signs: none is registered before it.
        first = (int(store.now().timestamp()), key_slot.name, store.terminal, Event.FOUNDED)
        audit.append(rows, *first, str(retention_days), clinic.digest, (signer,))
        store.clinic = clinic
        store.log(rows, Event.STAFF_ADDED, key_slot.name, key_slot.name, key_slot.digest, signer)
        key = format_recovery_key(paper)
        print_key(key)
    store.identity.know(clinic, anew=True)
    return key
