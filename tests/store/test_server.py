"""A server that stops and comes back, and terminals on several machines that see what the others do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store.connect import open_database
from screener.store.database import NotSaved, Stale
from screener.store.postgresql import guarded
from tests.store.conftest import Backend
from tests.store.making import a_clinic, a_record, a_store, an_urgent_record, unlocked
from tests.store.postgres import Server
from tests.store.programs import started


@contextmanager
def _stopped(server: Server) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


def test_a_server_that_stops_is_told_of_in_one_sentence_and_the_same_terminal_goes_on_after_it(
    server: Server, postgresql: Backend, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing else is said anywhere, as it would be written across the screen."""
    store, _ = a_clinic(postgresql.connect())
    open_response = store.begin(a_record(1))
    open_response.save(a_record(2))
    with _stopped(server):
        for answers in (3, 4):
            with pytest.raises(NotSaved) as failure:
                open_response.save(a_record(answers))
            assert str(failure.value) == "The clinic's server does not respond."
    open_response.save(a_record(5))
    open_response.finish(a_record(6))
    staff_store = unlocked(store)
    assert len(staff_store.read(open_response.id).history) == 6
    staff_store.check_audit()
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_server_that_was_away_while_nobody_wrote_is_not_even_noticed(server: Server, postgresql: Backend) -> None:
    open_response = a_store(postgresql.connect()).begin(a_record(1))
    with _stopped(server):
        pass
    open_response.save(a_record(2))
    assert len(open_response.read().history) == 2


def test_a_server_that_stops_in_the_middle_of_a_write_undoes_it(
    server: Server, postgresql: Backend, caplog: pytest.LogCaptureFixture
) -> None:
    database = postgresql.connect()
    open_response = a_store(database).begin(a_record(1))

    def write(go_on: bool) -> None:
        with database.writing() as rows:
            rows.run("DELETE FROM response")
            with _stopped(server):
                pass
            if not go_on:
                raise Stale("Somebody else has it.")
            rows.run("DELETE FROM return_code")

    for go_on in (True, False):
        with pytest.raises(NotSaved):
            write(go_on)
    assert caplog.records == [], "it would be written across the screen"
    assert len(open_response.read().history) == 1


def test_what_was_acknowledged_is_there_after_the_server_died(server: Server, postgresql: Backend) -> None:
    """Its own settings let it wait for ten seconds before it writes anything to the disk."""
    open_response = a_store(postgresql.connect()).begin(a_record(1))
    open_response.save(a_record(2))
    with _stopped(server):
        pass
    assert len(open_response.read().history) == 2


def test_a_server_that_is_not_there_is_told_of_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ScreenerError, match=r"The database cannot be reached: .*\.$") as failure:
        open_database(f"postgresql://somebody@/clinic?host={tmp_path}")
    assert "\n" not in str(failure.value)


def test_what_another_terminal_saved_is_seen_at_the_next_look(backend: Backend, place: Path) -> None:
    """An urgent answer too, from another process, while that person still has the page of it open."""
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    versions: dict[str, tuple[bytes, int]] = {}
    assert staff_store.changes(versions).written == ()
    with started("holds", backend.location, place, "urgent") as terminal:
        assert terminal.stdout
        identity = terminal.stdout.readline().strip()
        (listed,) = staff_store.changes(versions).written
        assert (listed.id, listed.urgent, listed.finished) == (identity, True, False)
        assert staff_store.changes(versions).written == ()
        terminal.kill()
    second = unlocked(a_store(backend.connect()))
    second.annotate(identity, "acknowledged", "in-danger")
    (listed,) = staff_store.changes(versions).written
    assert not listed.urgent
    assert listed.annotations[0].by == "Alex"


def test_what_another_terminal_removed_is_no_longer_there_at_the_next_look(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    first, second = store.begin(a_record(1)), store.begin(an_urgent_record(1))
    staff_store = unlocked(store)
    versions: dict[str, tuple[bytes, int]] = {}
    assert {listed.id for listed in staff_store.changes(versions).written} == {first.id, second.id}
    with backend.connect().writing() as rows:
        rows.run("DELETE FROM response WHERE id = ?", (first.id,))
    changed = staff_store.changes(versions)
    assert (changed.written, changed.removed) == ((), {first.id})


def test_the_stamp_of_a_store_changes_with_everything_that_anybody_writes_and_with_nothing_else(
    backend: Backend,
) -> None:
    """So a console that is idle reads one small thing, however many responses there are."""
    store, _ = a_clinic(backend.connect())
    watching = unlocked(a_store(backend.connect()))
    stamp = watching.stamp()
    assert watching.stamp() == stamp
    response = store.begin(a_record(1))
    for change in (
        lambda: response.save(a_record(2)),
        lambda: watching.annotate(response.id, "note", "x"),
        lambda: response.finish(a_record(3)),
        lambda: _removed(backend, response.id),
    ):
        stamp = watching.stamp()
        change()
        assert watching.stamp() != stamp
        stamp = watching.stamp()
        assert watching.stamp() == stamp


def _removed(backend: Backend, identity: str) -> None:
    with backend.connect().writing() as rows:
        rows.run("DELETE FROM response WHERE id = ?", (identity,))


def test_a_server_elsewhere_has_to_prove_who_it_is_unless_the_address_says_otherwise() -> None:
    """Its name by a certificate, and that it knows the password, over the connection that it is used on."""
    asked = {"sslmode": "verify-full", "require_auth": "scram-sha-256", "channel_binding": "require"}
    assert guarded("postgresql://clinic@db.example/screener") == asked
    assert guarded("postgresql://clinic@/screener?host=/tmp,db.example") == asked
    assert (
        guarded("postgresql://clinic@db.example/screener?sslmode=require&require_auth=none&channel_binding=prefer")
        == {}
    )
    assert guarded("postgresql://clinic@/screener?host=/run/postgresql") == {}


def test_a_server_without_a_certificate_is_refused() -> None:
    """Such as one that somebody put in its place: it gets no password."""
    with socket.create_server(("127.0.0.1", 0)) as impostor:
        heard: list[bytes] = []

        def answer() -> None:
            connection, _ = impostor.accept()
            with connection:
                heard.append(connection.recv(1024))
                connection.sendall(b"N")
                heard.append(connection.recv(1024))

        thread = threading.Thread(target=answer)
        thread.start()
        address = f"postgresql://clinic:a-secret@127.0.0.1:{impostor.getsockname()[1]}/screener"
        with pytest.raises(ScreenerError, match="cannot be reached") as failure:
            open_database(address)
        thread.join()
    assert "a-secret" not in str(failure.value)
    assert b"clinic" not in b"".join(heard)


def test_an_address_with_a_mistake_is_not_repeated_as_there_may_be_a_password_in_it() -> None:
    with pytest.raises(ScreenerError, match="has a mistake") as failure:
        open_database("postgresql://clinic:pa%ss-word@db.example/screener")
    assert "ss-word" not in str(failure.value)
