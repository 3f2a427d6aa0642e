"""What an open console does by itself, when it sees that terminals saved something."""

from __future__ import annotations

from screener.store.linking import keep_people_of
from screener.store.response_list import Changed
from screener.store.sealing_anew import seal_listed
from screener.store.staff_store import StaffStore


def keep_up(staff_store: StaffStore, changed: Changed) -> None:
    """Keep people as long as their responses, and seal anew what arrived sealed to an earlier key."""
    keep_people_of(staff_store, changed.written)
    if changed.written:
        seal_listed(staff_store)
