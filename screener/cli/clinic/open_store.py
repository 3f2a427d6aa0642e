"""The store that a command works on, and its access."""

from __future__ import annotations

from screener.cli.clinic_terminal import mark_terminal, store_location
from screener.cli.prompts import ask
from screener.config import read_configuration
from screener.errors import ScreenerError
from screener.store.clinic import Clinic
from screener.store.connect import is_there, open_store
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock


def location() -> str:
    """Return where the store is, or would be. Raise ``ScreenerError`` where nothing is to be kept."""
    where = store_location(read_configuration())
    if where is None:
        raise ScreenerError('Nothing is kept here, because store is "none" in the configuration. Name the store there.')
    return where


def opened_store(*, any_clinic: bool = False) -> Store:
    """Return the store; create it if there is none. Raise ``ScreenerError`` if it cannot be opened.

    ``any_clinic``: it may be of another clinic than the one that this terminal knows.
    """
    return open_store(location(), read_configuration().terminal, any_clinic=any_clinic)


def existing_store(*, any_clinic: bool = False) -> Store:
    """Return the store. Raise ``ScreenerError`` if there is none, without creating one."""
    if not is_there(location()):
        raise ScreenerError("There is no store here yet. See where it would be: screener paths")
    return opened_store(any_clinic=any_clinic)


def clinic_of(store: Store) -> Clinic:
    """Return the clinic of a store. Raise ``ScreenerError`` if it was set up for none."""
    if store.clinic is None:
        raise ScreenerError("No clinic was set up here. Run: screener clinic init")
    mark_terminal(store.clinic.name, location())
    return store.clinic


def unlocked(store: Store) -> StaffStore:
    """Ask a member of staff for name and passphrase. Raise ``ScreenerError`` if they do not open the store."""
    clinic_of(store)
    name = ask("Your name, as a member of staff:", str)
    return unlock(store, name, ask("Your passphrase:", str, hidden=True))
