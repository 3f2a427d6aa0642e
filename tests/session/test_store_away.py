"""The store stops, hangs, fills, is locked or disconnected at any answer: help comes at once, and nothing is lost.

The questionnaire is short, and has an urgent answer. Each harm begins at one answer and lasts until the page with help
was read; where the terminal's own disk is full, until the person was told.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from screener.session import store_worker
from screener.session.forwarder import forwarder_of
from screener.session.session import InterviewSession
from screener.store.clinic_setup import set_up_clinic
from screener.store.store import Store
from tests.session import harms
from tests.session.conftest import PASSPHRASE, QUICK, STAFF, Terminal
from tests.session.harms import BEFORE_URGENT, HELP_WITHIN, Harm, Place
from tests.store.conftest import Backend, postgresql, server
from tests.store.postgres import Server

__all__ = ("postgresql", "server")

OF_A_FILE = (harms.locked, harms.hung, harms.full, harms.moved)
OF_A_SERVER = (harms.stopped, harms.hanging, harms.server_full, harms.server_locked, harms.disconnected, harms.full)
ALWAYS = {
    (harms.locked, 0, "screens"),
    (harms.hung, 4, "plain"),
    (harms.full, 4, "screens"),
    (harms.full, 7, "plain"),
    (harms.moved, 0, "plain"),
}
ALWAYS_WITH_SERVER = {
    (harms.stopped, 2, "screens"),
    (harms.hanging, 2, "plain"),
    (harms.server_full, 6, "plain"),
    (harms.server_locked, 4, "screens"),
    (harms.disconnected, 7, "screens"),
    (harms.full, 12, "plain"),
}


def at_every_answer(kinds: tuple[Harm, ...], always: set[tuple[Harm, int, str]]) -> pytest.MarkDecorator:
    """Each harm at each answer in both faces; only a sample where no long tests are run."""
    cells = [
        (harm, count, face) for harm in kinds for count in range(BEFORE_URGENT + 1) for face in ("screens", "plain")
    ]
    return pytest.mark.parametrize(
        ("harm", "count", "face"),
        [
            pytest.param(
                *cell,
                marks=() if cell in always else pytest.mark.long,
                id=f"{cell[0].__name__}-{cell[1]}-{cell[2]}",
            )
            for cell in cells
        ],
    )


@pytest.fixture(autouse=True)
def as_for_a_person(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page waits for the store as long as it does for a person, and no longer.

    What other tests left in memory is set aside, as the program does with its modules before the first page: to go
    through all of it would take longer than anything here.
    """
    monkeypatch.setattr(store_worker, "PATIENCE", 0.3)
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def with_server(
    terminal: Terminal, server: Server, postgresql: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """A terminal of a clinic with a server."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    forwarder_of.cache_clear()
    set_up_clinic(Store(postgresql.connect(), cost=QUICK), "Test Clinic", "england", 365, STAFF, PASSPHRASE)
    factory = replace(terminal.session_factory, location=postgresql.location)
    yield Place(replace(terminal, session_factory=factory), server)
    forwarder_of.cache_clear()


async def help_comes_and_nothing_is_lost(place: Place, harm: Harm, count: int, face: str) -> None:
    session = harms.answered_until(place.terminal, count)
    assert session.interview.current
    assert (session.interview.current.id == harms.URGENT) is (count == BEFORE_URGENT)
    await asyncio.to_thread(arrived, session)
    if face == "screens":
        seen = await harms.help_comes_on_screens(place, session, harm)
    else:
        seen = await asyncio.to_thread(harms.help_comes_in_plain_mode, place, session, harm)
    print(f"help after {max(seen.seconds):.3f} s, {seen.saved} answers shown as saved")
    assert len(seen.seconds) >= 2
    assert max(seen.seconds) < HELP_WITHIN
    await asyncio.to_thread(arrived, session)
    assert sum(len(response.history) for response in place.responses()) >= seen.saved
    await asyncio.to_thread(session.keep)
    await asyncio.to_thread(arrived, session)
    [response] = place.responses()
    assert list(response.history) == session.history
    assert response.entries[harms.URGENT] is True
    assert response.urgent


def arrived(session: InterviewSession) -> None:
    """Wait until the clinic's server has what is in the outbox of its terminal; a file has it."""
    if delivery := session.delivery():
        delivery.result(60)


@at_every_answer(OF_A_FILE, ALWAYS)
async def test_a_file_that_goes_away(clinic: Terminal, harm: Harm, count: int, face: str) -> None:
    await help_comes_and_nothing_is_lost(Place(clinic), harm, count, face)


@at_every_answer(OF_A_SERVER, ALWAYS_WITH_SERVER)
async def test_a_server_that_goes_away(with_server: Place, harm: Harm, count: int, face: str) -> None:
    await help_comes_and_nothing_is_lost(with_server, harm, count, face)
