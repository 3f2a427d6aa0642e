"""From format 1 of a clinic's store to format 2: from then on staff and terminals sign what they do."""

from __future__ import annotations

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.audit import Event
from screener.store.clinic import put_clinic, read_clinic
from screener.store.members import read_key_slot, staff_names
from screener.store.rehearsal import Rehearsed
from screener.store.staff_store import StaffStore


def upgrade(staff_store: StaffStore, *, rehearse: bool = False) -> int:
    """Carry the store over; return the number of rows of the audit trail that stay as they are, signed by nobody.

    All or nothing: where the trail does not hold, or it is a rehearsal, nothing is changed. Raise ``ScreenerError``.
    """
    store = staff_store.store
    if store.clinic is None or store.clinic.signs:
        raise ScreenerError("This store is of the newest format already.")
    unsigned = len(staff_store.check_audit())
    before = store.clinic
    try:
        with store.database.writing(long=True) as rows:
            clinic = before.signed(staff_store.secret)
            put_clinic(rows, clinic, staff_store.secret)
            store.clinic = read_clinic(rows)
            # No terminal signs this row: none is registered before it.
            first = (int(store.now().timestamp()), staff_store.name, store.terminal, Event.UPGRADED)
            audit.append(rows, *first, str(clinic.retention_days), clinic.digest, (staff_store.signer,))
            for name in staff_names(rows):
                key_slot = read_key_slot(rows, name)
                if key_slot is None:
                    raise ScreenerError(f"The passphrase of {name} is damaged. Revoke {name} first.")
                staff_store.write(rows, Event.STAFF_CARRIED, name, key_slot.digest)
            staff_store.write(rows, Event.UNLOCKED)
            staff_store.check_trail(rows)
            if rehearse:
                raise Rehearsed
    except Rehearsed:
        store.clinic = before
    except BaseException:
        store.clinic = before
        raise
    else:
        store.identity.know(clinic)
    return unsigned
