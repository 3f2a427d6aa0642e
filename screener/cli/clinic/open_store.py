"""The store that a command works on, and who may."""

from __future__ import annotations

from screener.cli.prompts import ask
from screener.config import read_configuration
from screener.errors import ScreenerError
from screener.store.clinic import Clinic
from screener.store.connect import default_location, is_there, open_store
from screener.store.staff_store import StaffStore, unlock
from screener.store.store import Store


def location() -> str:
    """Where the store is, or would be."""
    return read_configuration().store or default_location()


def opened_store() -> Store:
    """The store, made where there was none. Raises ``ScreenerError`` where it cannot be opened."""
    return open_store(location(), read_configuration().terminal)


def store_there() -> Store:
    """The store. Raises ``ScreenerError`` where there is none; it is not made for that."""
    if not is_there(location()):
        raise ScreenerError("Nothing was ever kept here, so there is no store. See where it would be: screener paths")
    return opened_store()


def clinic_of(store: Store) -> Clinic:
    """The clinic that a store belongs to. Raises ``ScreenerError`` where it was set up for none."""
    if store.clinic is None:
        raise ScreenerError("No clinic was set up here. Run: screener clinic init")
    return store.clinic


def unlocked(store: Store) -> StaffStore:
    """Ask a member of staff for name and passphrase. Raises ``ScreenerError`` where they do not open the store."""
    clinic_of(store)
    name = ask("Your name, as a member of staff:", str)
    return unlock(store, name, ask("Your passphrase:", str, hidden=True))
