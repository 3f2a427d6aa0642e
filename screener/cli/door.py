"""The door that only a clinic's staff can open on a kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.problem import ScreenerError

if TYPE_CHECKING:
    from screener.tui.profiles import StaffDoor


def staff_door() -> StaffDoor:
    """What tells whether a name and a passphrase are staff's. Raises ``ScreenerError`` where there is no clinic."""
    raise ScreenerError("A kiosk needs a clinic. Run screener clinic init first.")
