"""From what is configured to an open store."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING

from screener.config import SERVERS
from screener.errors import ScreenerError
from screener.machine import refusal
from screener.paths import data_folder, state_folder, without_tilde

if TYPE_CHECKING:
    from screener.store.database import Database
    from screener.store.store import Store
    from screener.store.terminal_identity import TerminalIdentity


def default_location() -> str:
    """Return the file in which responses are stored if nothing else is configured. Raise ``NoHome``."""
    return str(data_folder() / "responses.db")


def is_server(location: str) -> bool:
    """Return whether the location is the address of a server, and not a file."""
    return location.startswith(SERVERS)


def is_there(location: str) -> bool:
    """Return whether there is a store already, as far as can be seen without opening it.

    Raise ``ScreenerError`` if this account may not look there: a store that cannot be seen may be there.
    """
    try:
        return is_server(location) or without_tilde(Path(location)).exists()
    except OSError as error:
        raise ScreenerError(refusal(error)) from None


def require_room(location: str) -> None:
    """Raise ``NotSaved`` if the disk of a file has too little room to begin a response; a server does not say."""
    if not is_server(location):
        from screener.store import sqlite

        sqlite.require_room(without_tilde(Path(location)).parent)


def without_secrets(location: str) -> str:
    """Return the location without a password, so that it may be shown."""
    if not is_server(location):
        return location
    from urllib.parse import urlsplit

    server = urlsplit(location)
    return f"postgresql://{server.netloc.rpartition('@')[2]}{server.path}"


def open_database(location: str) -> Database:
    """Open an SQLite file, or a PostgreSQL database by its address. Raise ``ScreenerError`` if that fails."""
    if is_server(location):
        from screener.store.postgresql import PostgreSQL

        return PostgreSQL(location)
    from screener.store.sqlite import SQLite

    return SQLite(without_tilde(Path(location)))


def forget_clinic(location: str) -> None:
    """Forget the clinic that this terminal knows by the store at a location; another one may be there from now on."""
    identity_of(location, None).forget()


def open_store(location: str | None = None, terminal: str | None = None, *, any_clinic: bool = False) -> Store:
    """Open the store of a terminal; ``terminal`` is its name in the audit trail.

    Raise ``ScreenerError`` if the store cannot be opened, or is of another clinic than the one that this terminal knows
    and it may not be of ``any_clinic``.
    """
    from screener.store.session_key import session_key_folder
    from screener.store.store import Store

    where = location or default_location()
    return Store(
        open_database(where),
        key_folder=session_key_folder(),
        terminal=terminal,
        identity=identity_of(where, terminal),
        any_clinic=any_clinic,
    )


def identity_of(location: str, terminal: str | None) -> TerminalIdentity:
    """Return the identity of this terminal for the store at a location."""
    from screener.store.terminal_identity import identity_in

    absolute = without_secrets(location) if is_server(location) else str(Path(location).expanduser().absolute())
    return identity_in(state_folder(), absolute, terminal or platform.node())
