"""A member of staff sets a door code of their own; whoever is revoked has none any more."""

from __future__ import annotations

import os

from screener.errors import ScreenerError
from screener.store.audit import Event
from screener.store.crypto import derive_key
from screener.store.door_code import SALT, DoorCode, validate_door_code
from screener.store.staff_store import StaffStore


def set_door_code(staff_store: StaffStore, typed: str) -> None:
    """Give whoever unlocked the store a door code, in about half a second. Raise ``ScreenerError``."""
    store, name = staff_store.store, staff_store.name
    if not staff_store.signs:
        raise ScreenerError("Door codes need a store of format 2. An administrator runs: screener clinic upgrade")
    salt = os.urandom(SALT)
    code = DoorCode(name, salt, store.cost, derive_key(validate_door_code(typed), salt, store.cost))
    with store.database.writing() as rows:
        staff_store.require_role(rows, "reception")
        staff_store.write_door_codes(rows, Event.DOOR_CODE_SET, name, code)
