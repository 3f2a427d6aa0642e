"""``screener staff`` where it cannot run: one sentence says why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import CONTENT, Server, serving
from tests.staff.clinic import Clinic


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.mark.parametrize("store", ["none", "missing.db", "personal.db"])
def test_without_a_clinic_there_is_no_staff(server: Server, tmp_path: Path, store: str) -> None:
    """No store is made by looking for one, and one that belongs to no clinic has no door."""
    if store == "personal.db":
        from screener.store.sqlite import SQLite
        from screener.store.store import Store

        Store(SQLite(tmp_path / "data" / store))
    where = store if store == "none" else tmp_path / "data" / store
    ran = server.run("--content", CONTENT, "staff", folder=tmp_path, SCREENER_STORE=where)
    assert ran.returncode == 2
    assert ran.stderr == "screener: The staff screens need a clinic. Run screener clinic init first.\n"
    assert (tmp_path / "data").exists() == (store == "personal.db")


def test_without_a_terminal_it_says_so(server: Server, tmp_path: Path) -> None:
    clinic = Clinic(tmp_path / "clinic")
    ran = server.run("--content", CONTENT, "staff", folder=tmp_path, SCREENER_STORE=clinic.folder / "responses.db")
    assert ran.returncode == 2
    assert ran.stderr.startswith("screener: The staff screens cannot be shown here because")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("seconds", ["soon", "0", "-5"])
def test_a_mistake_in_the_time_of_the_lock_is_named(server: Server, tmp_path: Path, seconds: str) -> None:
    ran = server.run("--content", CONTENT, "staff", folder=tmp_path, SCREENER_STAFF_LOCK_AFTER=seconds)
    assert ran.returncode == 2
    assert f'"staff_lock_after" cannot be "{seconds}". Write whole seconds from 1 to 9999999.' in ran.stderr


def test_a_command_for_urgent_answers_that_cannot_be_run_is_named_at_the_start(server: Server, tmp_path: Path) -> None:
    """Whoever sets it up learns of it then, and not when somebody waits."""
    clinic = Clinic(tmp_path / "clinic")
    for on_urgent, said in (("gone-for-good -n", 'The program "gone-for-good"'), ("''", '"on_urgent" is no command')):
        ran = server.run(
            *("--content", CONTENT, "staff"),
            folder=tmp_path,
            SCREENER_STORE=clinic.folder / "responses.db",
            SCREENER_ON_URGENT=on_urgent,
            SCREENER_URGENT_AFTER="60",
        )
        assert ran.returncode == 2
        assert ran.stderr.startswith(f"screener: {said}")
