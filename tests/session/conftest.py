"""A terminal that keeps answers, with or without a clinic behind it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.session.open import SessionFactory
from screener.session.session import InterviewSession
from screener.store.clinic_setup import set_up_clinic
from screener.store.connect import open_database
from screener.store.crypto import Cost
from screener.store.record import StoredResponse
from screener.store.store import Store
from screener.store.unlock import unlock
from screener.tui.app import ScreenerApp
from tests.strategies import HERE
from tests.tui.screens import Screens, seconds

QUICK = Cost(64, 1, 1)
STAFF, PASSPHRASE = "Test Nurse", "an invented passphrase"


@dataclass(frozen=True)
class Terminal:
    """One terminal, its store and whoever it receives."""

    session_factory: SessionFactory
    path: Path

    def store(self) -> Store:
        return Store(open_database(str(self.path)), cost=QUICK)

    def found_clinic(self) -> None:
        set_up_clinic(self.store(), "Test Clinic", "england", 365, STAFF, PASSPHRASE)

    def records(self) -> list[StoredResponse]:
        """What a clinic's staff can read."""
        staff_store = unlock(self.store(), STAFF, PASSPHRASE)
        return [staff_store.read(listed.id) for listed in staff_store.responses()]

    def kept(self) -> int:
        """How many responses lie in the store."""
        if not self.path.exists():
            return 0
        with closing(sqlite3.connect(self.path)) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM response").fetchone()[0])

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Nothing can be written, as on a disk that broke."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("ALTER TABLE response RENAME TO away")
            try:
                yield
            finally:
                connection.execute("ALTER TABLE away RENAME TO response")

    def screens(
        self, session: InterviewSession | None = None, *, asks: bool = False
    ) -> AbstractAsyncContextManager[Screens]:
        """The screens as a person meets them here."""
        return _screens(self.session_factory, session or self.session_factory.new(), asks)


@asynccontextmanager
async def _screens(session_factory: SessionFactory, session: InterviewSession, asks: bool) -> AsyncIterator[Screens]:
    clock = seconds(60)
    app = ScreenerApp(session, session_factory=session_factory, asks=asks, clock=lambda: next(clock))
    async with app.run_test(size=(80, 40)) as pilot:
        person = Screens(app, pilot)
        await person.settle()
        yield person


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this login session keeps what a restart forgets."""
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def terminal(tmp_path: Path, flight: Content, runtime: Path) -> Terminal:
    path = tmp_path / "data" / "responses.db"
    session_factory = SessionFactory(
        flight, HERE / "fixtures", tmp_path / "contents", tmp_path / "exports", str(path), "desk"
    )
    (tmp_path / "exports").mkdir()
    return Terminal(session_factory, path)


@pytest.fixture
def clinic(terminal: Terminal) -> Terminal:
    """The same terminal, in a clinic."""
    terminal.found_clinic()
    return terminal


Interrupt = Callable[[InterviewSession], InterviewSession]


@pytest.fixture
def crash(terminal: Terminal) -> Interrupt:
    """The program dies in the middle of a sitting, and is started again."""

    def crashed(session: InterviewSession) -> InterviewSession:
        assert session.autosave
        kept = session.autosave._open_response
        assert kept
        kept.leave()  # What the end of a process does to its locks.
        again = replace(terminal.session_factory).interrupted()
        assert again
        return again

    return crashed
