"""The outbox of a terminal: while the clinic's server is away nothing saved is lost, and nothing arrives twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store.audit import Event
from screener.store.crypto import Unreadable
from screener.store.database import Database, NotSaved, Rows, Stale
from screener.store.outbox import adopt, forward, open_outbox, outbox_path
from screener.store.response_row import read_response
from screener.store.sqlite import SQLite
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from tests.store.conftest import Backend
from tests.store.making import QUICK, Clock, a_clinic, a_record, a_store, an_urgent_record, is_empty, unlocked
from tests.store.postgres import Server
from tests.store.programs import told


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this machine's own files."""
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return folder


@pytest.fixture
def clinic(postgresql: Backend) -> Store:
    """The clinic's store on its server."""
    return a_clinic(postgresql.connect())[0]


@pytest.fixture
def outbox(clinic: Store, postgresql: Backend) -> Store:
    store = open_outbox(postgresql.location, "kiosk")
    assert store
    store.now, store.cost = Clock(), QUICK
    return store


class Fault(BaseException):
    """The process ends here."""


class Breaking:
    """The server's database, from which the answer to the n-th writing transaction never comes."""

    def __init__(self, database: Database, *, committed: bool) -> None:
        self._database = database
        self._committed = committed

    @contextmanager
    def writing(self, *, long: bool = False) -> Iterator[Rows]:
        with self._database.writing() as rows:
            yield rows
            if not self._committed:
                raise Fault
        raise Fault

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)


class Overtaken:
    """The server's database; after the first writing transaction another program is quicker than this one."""

    def __init__(self, database: Database, then: Callable[[], None]) -> None:
        self._database = database
        self._then = [then]

    @contextmanager
    def writing(self, *, long: bool = False) -> Iterator[Rows]:
        with self._database.writing() as rows:
            yield rows
        if self._then:
            self._then.pop()()

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)


def events(staff_store: StaffStore, identity: str) -> list[str]:
    """The events of a response, without those of reading it."""
    rows = staff_store.check_audit()
    return [row.event for row in rows if row.subject == identity and row.event != Event.VIEWED]


def test_an_answer_is_durable_here_and_then_at_the_clinic(clinic: Store, outbox: Store) -> None:
    response = outbox.begin(a_record(1), b"packed", "Alex")
    response.save(a_record(3))
    assert not is_empty(outbox.database)
    assert clinic.versions() == {}
    forward(outbox.database, clinic)
    assert is_empty(outbox.database)
    staff_store = unlocked(clinic)
    assert len(staff_store.read(response.id).history) == 3
    response.finish(a_record(4))
    forward(outbox.database, clinic)
    assert len(staff_store.read(response.id).history) == 4
    assert events(staff_store, response.id) == [Event.OPENED, Event.FINISHED]
    assert outbox.versions() == {}, "nothing stays on the terminal"


def test_the_terminal_cannot_read_its_outbox_afterwards(outbox: Store) -> None:
    response = outbox.begin(a_record(2))
    response.forget()
    with pytest.raises(Unreadable), outbox.database.reading() as rows:
        read_response(rows, response.id, b"\0" * 32)


def test_a_terminal_begins_and_finishes_while_the_server_is_away(
    server: Server, postgresql: Backend, clinic: Store, outbox: Store
) -> None:
    server.stop()
    try:
        again = open_outbox(postgresql.location, "kiosk")
        assert again
        response = again.begin(a_record(1))
        response.finish(an_urgent_record(5))
        with pytest.raises(NotSaved):
            forward(again.database, clinic)
    finally:
        server.start()
    forward(again.database, clinic)
    (listed,) = unlocked(clinic).responses()
    assert (listed.id, listed.urgent, listed.finished) == (response.id, True, True)


def test_a_terminal_that_never_met_its_server_says_so(server: Server, postgresql: Backend) -> None:
    server.stop()
    try:
        with pytest.raises(ScreenerError, match="cannot be reached"):
            open_outbox(postgresql.location, "kiosk")
    finally:
        server.start()


def test_a_server_without_a_clinic_has_no_outbox(postgresql: Backend) -> None:
    a_store(postgresql.connect())
    assert open_outbox(postgresql.location) is None


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("finished", [False, True])
def test_what_arrived_without_a_word_is_not_sent_twice(
    clinic: Store, outbox: Store, committed: bool, finished: bool
) -> None:
    """The connection breaks before or after the server wrote a response; the person answers on meanwhile."""
    response = outbox.begin(a_record(1))
    breaking = Breaking(clinic.database, committed=committed)
    clinic.database, whole = breaking, clinic.database  # type: ignore[assignment]
    for answers in (2, 3):
        with pytest.raises(Fault):
            forward(outbox.database, clinic)
        response.save(a_record(answers))
    if finished:
        response.finish(a_record(4))
        with pytest.raises(Fault):
            forward(outbox.database, clinic)
    clinic.database = whole
    forward(outbox.database, clinic)
    staff_store = unlocked(clinic)
    assert len(staff_store.read(response.id).history) == (4 if finished else 3)
    assert events(staff_store, response.id) == [Event.OPENED, Event.FINISHED] if finished else [Event.OPENED]


def test_a_response_that_goes_on_elsewhere_is_not_overwritten(clinic: Store, outbox: Store) -> None:
    response = outbox.begin(a_record(1))
    forward(outbox.database, clinic)
    other = replace_store(clinic, response.id, response.key)
    other.save(a_record(5))
    response.save(a_record(2))
    forward(outbox.database, clinic)
    assert len(unlocked(clinic).read(response.id).history) == 5
    with pytest.raises(Stale, match="another terminal"):
        response.save(a_record(3))
    assert is_empty(outbox.database)


def replace_store(clinic: Store, identity: str, key: bytes):  # type: ignore[no-untyped-def]
    """The response as another terminal opens it."""
    return clinic._in_progress(identity, key)


def test_a_response_that_was_removed_at_the_clinic_does_not_come_back(clinic: Store, outbox: Store) -> None:
    response = outbox.begin(a_record(1))
    forward(outbox.database, clinic)
    with clinic.database.writing() as rows:
        rows.run("DELETE FROM response")
    response.save(a_record(2))
    forward(outbox.database, clinic)
    assert clinic.versions() == {}
    with pytest.raises(Stale, match="removed"):
        response.save(a_record(3))


def test_a_return_code_made_while_the_server_is_away_opens_the_response_there(clinic: Store, outbox: Store) -> None:
    response = outbox.begin(a_record(2))
    forward(outbox.database, clinic)
    code = response.return_code()
    assert not is_empty(outbox.database)
    forward(outbox.database, clinic)
    _, returned = clinic.returned(code)
    assert len(returned.history) == 2


def test_a_response_that_was_opened_on_the_server_goes_on_in_the_outbox(clinic: Store, outbox: Store) -> None:
    begun = clinic.begin(a_record(2), b"packed")
    adopt(outbox, clinic, begun, a_record(2).content)
    assert is_empty(outbox.database)
    begun.save(a_record(4))
    forward(outbox.database, clinic)
    assert len(unlocked(clinic).read(begun.id).history) == 4


def test_what_staff_saw_to_is_told_to_the_terminal(clinic: Store, outbox: Store) -> None:
    """Its next save then seals an alarm that knows of it."""
    remarked: list[str] = []
    response = outbox.begin(an_urgent_record(1))
    forward(outbox.database, clinic, remarked.append)
    unlocked(clinic).annotate(response.id, "acknowledged", "in-danger")
    response.save(an_urgent_record(2))
    forward(outbox.database, clinic, remarked.append)
    assert remarked == [response.id]
    response.save(an_urgent_record(3))
    forward(outbox.database, clinic, remarked.append)
    assert remarked == [response.id]
    assert not unlocked(clinic).responses()[0].urgent


def test_what_the_server_has_is_removed_from_the_terminal_at_the_next_start(
    clinic: Store, outbox: Store, postgresql: Backend
) -> None:
    left, waiting = outbox.begin(a_record(1)), outbox.begin(a_record(1))
    forward(outbox.database, clinic)
    waiting.save(a_record(2))
    left.forget()
    waiting.forget()
    again = open_outbox(postgresql.location)
    assert again
    assert list(again.versions()) == [waiting.id]


def test_two_programs_of_one_terminal_send_from_the_same_outbox(
    clinic: Store, outbox: Store, postgresql: Backend
) -> None:
    """Whoever sends what first, nobody is told that the answers went on elsewhere, and the last save arrives."""
    response, ended = outbox.begin(a_record(1)), threading.Event()
    problems: list[Exception] = []

    def send() -> None:
        own, server = SQLite(outbox_path(postgresql.location)), a_store(postgresql.connect())
        try:
            while not ended.is_set():
                forward(own, server)
        except NotSaved as error:
            problems.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for answers in range(2, 60):
            response.save(a_record(answers))
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    forward(outbox.database, clinic)
    staff_store = unlocked(clinic)
    assert problems == []
    assert len(staff_store.read(response.id).history) == 59
    assert events(staff_store, response.id) == [Event.OPENED]


def test_a_program_that_is_overtaken_does_not_forget_what_the_other_one_sent(
    clinic: Store, outbox: Store, postgresql: Backend
) -> None:
    response = outbox.begin(a_record(1))

    def go_on() -> None:
        response.save(a_record(2))
        forward(SQLite(outbox_path(postgresql.location)), a_store(postgresql.connect()))

    clinic.database = Overtaken(clinic.database, go_on)  # type: ignore[assignment]
    forward(outbox.database, clinic)
    response.save(a_record(3))
    forward(outbox.database, clinic)
    response.save(a_record(4))
    assert len(unlocked(clinic).read(response.id).history) == 3


def test_one_odd_row_holds_up_nobody_else(clinic: Store, outbox: Store) -> None:
    """It stays here, and is tried again; the others arrive."""
    odd, other = outbox.begin(a_record(1)), outbox.begin(a_record(2))
    with outbox.database.writing() as rows:
        rows.run("UPDATE audit SET event = 'of a later version' WHERE subject = ?", (odd.id,))
    with pytest.raises(NotSaved, match="stay on this terminal"):
        forward(outbox.database, clinic)
    assert list(clinic.versions()) == [other.id]
    assert not is_empty(outbox.database)


def test_the_file_of_the_outbox_is_private_and_no_password_changes_it(outbox: Store, postgresql: Backend) -> None:
    path = outbox_path(postgresql.location)
    assert path.stat().st_mode & 0o077 == 0
    assert outbox_path("postgresql://a:one@host/clinic") == outbox_path("postgresql://a:two@host/clinic")
    assert isinstance(outbox.database, SQLite)


def test_the_outbox_has_no_key_of_the_clinics_audit_trail(clinic: Store, outbox: Store) -> None:
    keys = []
    for store in (clinic, outbox):
        with store.database.reading() as rows:
            keys.append(bytes(rows.all("SELECT value FROM meta WHERE name = 'audit key'")[0][0]))
    assert keys[0] != keys[1]


@pytest.mark.parametrize("kills", [20, pytest.param(400, marks=pytest.mark.long)])
def test_kills_lose_nothing_that_was_shown_as_saved(clinic: Store, postgresql: Backend, kills: int) -> None:
    """Each at any moment of a save or a delivery; in the end the server has everything once."""
    report = told("outbox_kills", postgresql.location, kills)
    assert clinic.clinic
    assert report.pop("saved") > kills / 2
    assert report == {"kills": kills, "lost": [], "twice": 0, "empty": True}
