"""The door that only a clinic's staff can open on a kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.problem import ScreenerError
from screener.store.locate import open_store

if TYPE_CHECKING:
    from screener.tui.profiles import StaffDoor


def staff_door(location: str | None, terminal: str | None) -> StaffDoor:
    """What tells whether a name and a passphrase are staff's. Raises ``ScreenerError`` where there is no clinic."""
    if location is None or open_store(location).clinic is None:
        raise ScreenerError("A kiosk needs a clinic. Run screener clinic init first.")

    def opens(name: str, passphrase: str) -> bool:
        """In a thread of its own, so with a connection of its own."""
        from screener.store.clinic import Refused
        from screener.store.vault import unlock

        try:
            unlock(open_store(location, terminal), name, passphrase)
        except Refused:
            return False
        return True

    return opens
