"""What an administrator may change of a clinic: its name, its region, and how long responses are kept."""

from __future__ import annotations

from dataclasses import replace

from screener.errors import ScreenerError
from screener.store.audit import Event
from screener.store.clinic import Clinic, put_clinic
from screener.store.staff_store import StaffStore


def change_clinic(
    staff_store: StaffStore, *, name: str | None = None, region: str | None = None, retention_days: int | None = None
) -> Clinic:
    """Change what is given, signed as everything that staff sign of their clinic. Raise ``ScreenerError``."""
    store = staff_store.store
    with store.database.writing() as rows:
        staff_store.require_role(rows, "administrator")
        store.follow_clinic(rows)
        before = store.clinic
        if before is None or not before.signs:
            raise ScreenerError("This store is of an older format. Run: screener clinic upgrade")
        changed = replace(
            before,
            name=before.name if name is None else name,
            region=before.region if region is None else region,
            retention_days=before.retention_days if retention_days is None else retention_days,
        )
        if changed == before:
            raise ScreenerError("Nothing would be changed.")
        clinic = replace(changed, serial=before.serial + 1).signed(staff_store.secret)
        put_clinic(rows, clinic, staff_store.secret)
        staff_store.write(rows, Event.CLINIC_CHANGED, str(clinic.retention_days), clinic.digest)
    store.clinic = clinic
    store.identity.know(clinic)
    return clinic
