"""Setting a store up for a clinic."""

from __future__ import annotations

from screener.store.audit import Event
from screener.store.clinic import create_clinic, new_key_slot, put_key_slot, read_clinic
from screener.store.recovery_key import format_recovery_key
from screener.store.store import Store


def set_up_clinic(store: Store, name: str, region: str, retention_days: int, staff: str, passphrase: str) -> str:
    """Set the store up, with its first member of staff; returns the recovery key to be printed on paper.

    Nothing is changed where it raises ``ScreenerError``: a passphrase too short, a clinic that is there already.
    """
    with store.database.writing() as rows:
        secret, paper = create_clinic(rows, name, region, retention_days)
        put_key_slot(rows, new_key_slot(staff, passphrase, secret, store.cost))
        clinic = read_clinic(rows)
        assert clinic is not None
        store.log(rows, Event.FOUNDED, by=staff, digest=clinic.digest)
    store.clinic = clinic
    return format_recovery_key(paper)
