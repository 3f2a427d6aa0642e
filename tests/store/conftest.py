"""Both databases, empty and open, one after the other: what a store promises it promises on each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from screener.store.connect import open_database
from screener.store.database import Database
from tests.store.postgres import Server, programs

SAME_IN_BOTH = ("test_forgery.py", "test_forgery_of_people_and_keys.py", "test_odd_rows.py", "test_tampering.py")
"""What is sealed and signed is the same bytes in either database: each of these tests runs on SQLite always, and every
fourth on PostgreSQL too; the others there are long."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as long what of ``SAME_IN_BOTH`` does not always run."""
    on_postgresql = [
        item
        for item in items
        if item.path.name in SAME_IN_BOTH
        and isinstance(item, pytest.Function)
        and hasattr(item, "callspec")
        and item.callspec.params.get("backend") == "postgresql"
    ]
    for number, item in enumerate(on_postgresql):
        if number % 4:
            item.add_marker(pytest.mark.long)


@dataclass
class Backend:
    """One kind of database. ``folder`` is where all of its files lie."""

    location: str
    folder: Path
    opened: list[Database] = field(default_factory=list)

    @property
    def is_file(self) -> bool:
        return not self.location.startswith("postgresql:")

    @property
    def file(self) -> Path:
        return Path(self.location)

    def connect(self) -> Database:
        """One more connection, as another terminal would have it."""
        self.opened.append(open_database(self.location))
        return self.opened[-1]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server of this process alone, so that a test may stop it."""
    programs_found = programs()
    if programs_found is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and in CI its tests must run.")
        pytest.skip("PostgreSQL is not installed.")
    server = Server(programs_found)
    yield server
    server.remove()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Backend]:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    yield from _closed(Backend(str(folder / "responses.db"), folder))


@pytest.fixture
def postgresql(server: Server) -> Iterator[Backend]:
    address = server.new_database()
    yield from _closed(Backend(address, server.data))
    server.drop(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each database in turn."""
    chosen: Backend = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def database(backend: Backend) -> Database:
    return backend.connect()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where keys are parked."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


def _closed(backend: Backend) -> Iterator[Backend]:
    yield backend
    for database in backend.opened:
        database.close()
