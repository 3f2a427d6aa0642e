"""Setting a store up for a clinic."""

from __future__ import annotations

from screener.store.audit import Event
from screener.store.clinic import found_clinic, new_door, put_staff, read_clinic
from screener.store.paper_key import on_paper
from screener.store.store import Store


def found(store: Store, name: str, region: str, retention_days: int, staff: str, passphrase: str) -> str:
    """Set the store up, with its first member of staff; returns the recovery key to be printed on paper.

    Nothing is changed where it raises ``ScreenerError``: a passphrase too short, a clinic that is there already.
    """
    with store.database.writing() as rows:
        secret, paper = found_clinic(rows, name, region, retention_days)
        put_staff(rows, new_door(staff, passphrase, secret, store.cost))
        clinic = read_clinic(rows)
        assert clinic is not None
        store.log(rows, Event.FOUNDED, by=staff, digest=clinic.digest)
    store.clinic = clinic
    return on_paper(paper)
