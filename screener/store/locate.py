"""From what is configured to an open store."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path

from screener.store.database import Database
from screener.store.parked import parking_place
from screener.store.store import Store

_SERVER = ("postgresql://", "postgres://")


def default_location() -> str:
    """The file in which responses are kept where nothing else is configured."""
    return str(user_data_path("screener") / "responses.db")


def open_database(location: str) -> Database:
    """A file of SQLite, or a database of PostgreSQL by its address. Raises ``ScreenerError``."""
    if location.startswith(_SERVER):
        from screener.store.postgresql import PostgreSQL

        return PostgreSQL(location)
    from screener.store.sqlite import SQLite

    return SQLite(Path(location).expanduser())


def open_store(location: str | None = None) -> Store:
    """The store that a terminal works with. Raises ``ScreenerError`` where it cannot be opened."""
    return Store(open_database(location or default_location()), place=parking_place())
