"""A clinic's server that stops or hangs while somebody answers: help comes, answers are saved here and arrive later."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.page_text.last_page import finished
from screener.page_text.paragraph import texts
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from screener.session import store_worker
from screener.session.copies import save_copy
from screener.session.forwarder import forwarder_of
from screener.session.session import InterviewSession
from screener.session.staff_door import Admission, staff_door
from screener.session.terminal_store import local_store
from screener.store.clinic_setup import set_up_clinic
from screener.store.connect import open_store
from screener.store.door_code_change import set_door_code
from screener.store.record import StoredResponse
from screener.store.removal import erase
from screener.store.saved_copies import remove_copies, saved_copies
from screener.store.store import Store
from screener.store.unlock import unlock
from screener.tui.profiles import Kiosk
from screener.tui.screens.confirmation import ConfirmationPage
from screener.tui.screens.urgent import UrgentPage
from screener.tui.screens.welcome import WelcomePage
from tests.session.conftest import PASSPHRASE, QUICK, STAFF, Terminal
from tests.session.test_screens import at_chest_pain
from tests.session.test_session import answered
from tests.store.conftest import Backend, postgresql, server
from tests.store.postgres import Server

__all__ = ("postgresql", "server")


@pytest.fixture
def kiosk(terminal: Terminal, postgresql: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of a clinic with a server."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    forwarder_of.cache_clear()
    store = Store(postgresql.connect(), cost=QUICK)
    set_up_clinic(store, "Test Clinic", "england", 365, STAFF, PASSPHRASE)
    return replace(terminal, session_factory=replace(terminal.session_factory, location=postgresql.location))


CODE = "k2m8w5"
Away = Callable[[Server], AbstractContextManager[None]]


def responses(postgresql: Backend) -> list[StoredResponse]:
    """What the clinic's staff can read."""
    staff_store = unlock(Store(postgresql.connect(), cost=QUICK), STAFF, PASSPHRASE)
    return [staff_store.read(listed.id) for listed in staff_store.responses()]


def deliver(session: InterviewSession) -> None:
    delivery = session.delivery()
    assert delivery
    delivery.result(60)


@pytest.mark.parametrize("away", [Server.stopped, Server.hanging])
async def test_help_comes_and_says_that_the_clinic_does_not_know_yet(
    away: Away, kiosk: Terminal, server: Server, postgresql: Backend
) -> None:
    """Before the page can be left: nobody goes on who was not told."""
    assert store_worker.DELIVERED_WITHIN < UrgentPage.PAUSE
    session = at_chest_pain(kiosk)
    await asyncio.to_thread(deliver, session)
    async with kiosk.screens(session) as person:
        person.app.on_resume_requested()
        await person.settle()
        with away(server):
            await person.press("1", "enter")
            assert person.page == "UrgentPage"
            await person.app.workers.wait_for_complete()
            await person.settle()
            assert "has not reached the clinic yet" in person.text
            assert "tell a member of staff now" in person.text
            assert "postgresql" not in person.text
            assert "connection" not in person.text
            await person.press("enter")
            assert person.page == "QuestionPage", "nobody waits for a server"
    await asyncio.to_thread(deliver, session)
    [response] = responses(postgresql)
    assert response.entries["chest_pain"] is True
    assert response.urgent


async def test_an_urgent_page_says_no_more_that_the_clinic_does_not_know_once_it_does(
    kiosk: Terminal, server: Server
) -> None:
    """Whoever reads it longer than the server is away is not left in fear for nothing."""
    session = at_chest_pain(kiosk)
    await asyncio.to_thread(deliver, session)
    async with kiosk.screens(session) as person:
        person.app.on_resume_requested()
        await person.settle()
        with server.stopped():
            await person.press("1", "enter")
            await person.app.workers.wait_for_complete()
            await person.settle()
            assert "has not reached the clinic yet" in person.text
        await asyncio.to_thread(deliver, session)
        async with asyncio.timeout(60):
            while "has not reached the clinic yet" in person.text:
                await person.settle()
        assert person.page == "UrgentPage"


@pytest.mark.parametrize("away", [Server.stopped, Server.hanging])
def test_in_plain_mode_too(away: Away, kiosk: Terminal, server: Server, postgresql: Backend) -> None:
    session = at_chest_pain(kiosk)
    deliver(session)
    printed = io.StringIO()
    with away(server), pytest.raises(EndOfInput):
        PlainInterview(LineConsole(io.StringIO("1\nread\n"), printed, io.StringIO()), session).run()
    assert "has not reached the clinic yet" in printed.getvalue()
    assert "postgresql" not in printed.getvalue()
    deliver(session)
    [response] = responses(postgresql)
    assert response.entries["chest_pain"] is True


@pytest.mark.parametrize("away", [Server.stopped, Server.hanging])
def test_what_is_on_its_way_is_not_yet_at_the_clinic(away: Away, kiosk: Terminal, server: Server) -> None:
    """A server that hangs has taken the answers, and has not said that it keeps them."""
    session = kiosk.session_factory.new()
    session.answer("departure", "south")
    deliver(session)
    assert session.at_clinic
    with away(server):
        session.answer("departure", "north")
        delivery = session.delivery()
        assert delivery
        with pytest.raises(TimeoutError):
            delivery.result(0.5)
        assert not session.at_clinic
        assert session.autosave
        assert session.autosave.facts.head() is None
    deliver(session)
    assert session.at_clinic


def test_the_forwarder_goes_on_after_what_nobody_expected(kiosk: Terminal, postgresql: Backend) -> None:
    """Without its thread nothing would reach the clinic any more, and nobody would know."""
    session = at_chest_pain(kiosk)
    deliver(session)
    staff_store = unlock(Store(postgresql.connect(), cost=QUICK), STAFF, PASSPHRASE)
    [listed] = staff_store.responses()
    staff_store.annotate(listed.id, "note", "Somebody saw it.")
    assert kiosk.session_factory.location
    forwarder = forwarder_of(kiosk.session_factory.location, kiosk.session_factory.terminal)
    annotated: list[str] = []

    def fail(response: str) -> None:
        annotated.append(response)
        raise LookupError(response)

    forwarder.on_annotations = fail
    session.keep()
    deliver(session)
    assert annotated == [listed.id]


def test_somebody_begins_and_finishes_while_the_server_is_away(
    kiosk: Terminal, server: Server, postgresql: Backend
) -> None:
    """This terminal has met its clinic before. The next session on it delivers what the last one could not."""
    assert kiosk.session_factory.new().metadata.region == "england"
    with server.stopped():
        session = kiosk.session_factory.new()
        session.answer("departure", "south")
        assert not session.at_clinic
        session.finish()
        assert session.kept_by_clinic
        assert not session.at_clinic
        assert session.autosave
        assert session.autosave.facts.head() is None
        last_page = ConfirmationPage(session, Kiosk(lambda name, passphrase: Admission.NOTHING))
        said = " ".join(texts(finished(session, last_page._about_the_copy())))
        assert "have not reached the clinic yet" in said
        assert "nothing of it stays" not in " ".join(last_page._about_the_copy()), "it is in the outbox"
    forwarder_of.cache_clear()
    later = kiosk.session_factory.new()
    assert later.metadata.region == "england"
    deliver(later)
    [response] = responses(postgresql)
    assert response.finished
    assert dict(response.entries) == {"departure": "south"}


def test_a_return_code_from_an_hour_without_a_server_opens_the_answers_here(kiosk: Terminal, server: Server) -> None:
    assert kiosk.session_factory.new().metadata.region == "england"
    with server.stopped():
        session = kiosk.session_factory.new()
        session.answer("departure", "south")
        code = session.return_code()
        again = kiosk.session_factory.by_return_code(code)
        assert dict(again.interview.state.entries) == {"departure": "south"}
    deliver(again)
    elsewhere = kiosk.session_factory.by_return_code(again.return_code())
    assert dict(elsewhere.interview.state.entries) == {"departure": "south"}


@pytest.mark.parametrize("away", [Server.stopped, Server.hanging])
def test_a_door_code_opens_a_terminal_while_the_server_is_away(
    away: Away, kiosk: Terminal, server: Server, postgresql: Backend
) -> None:
    """A terminal that reached the clinic once knows the codes; one that was removed is gone with the next delivery."""
    store = Store(postgresql.connect(), cost=QUICK)
    set_door_code(unlock(store, STAFF, PASSPHRASE), CODE)
    deliver(answered(kiosk))
    location = postgresql.location
    opens = staff_door(location, "desk", local_store(location, "desk"))
    with away(server):
        assert opens(STAFF, CODE) is Admission.BY_CODE
        assert opens(STAFF, "000000") is Admission.NOTHING
    unlock(store, STAFF, PASSPHRASE).admit("Sam", "another goose altogether", "administrator")
    unlock(store, "Sam", "another goose altogether").revoke(STAFF)
    deliver(answered(kiosk))
    assert opens(STAFF, CODE) is Admission.NOTHING


@pytest.mark.parametrize("away", [Server.stopped, Server.hanging])
async def test_the_first_page_tells_staff_that_the_server_is_away(
    away: Away, kiosk: Terminal, server: Server, postgresql: Backend
) -> None:
    """The terminal starts all the same, says no server's name, and says no longer so once the server responds."""
    deliver(answered(kiosk))
    forwarder_of.cache_clear()
    with away(server):
        async with kiosk.screens() as person:
            page = person.app.screen
            assert isinstance(page, WelcomePage)
            page.look_at_server()
            await person.settle()
            assert "the clinic's server does not respond" in " ".join(person.text.split())
            assert "postgresql" not in person.text
    async with kiosk.screens() as person:
        page = person.app.screen
        assert isinstance(page, WelcomePage)
        await asyncio.to_thread(deliver, person.app.session)
        page.look_at_server()
        await person.settle()
        assert "does not respond" not in person.text


@pytest.mark.parametrize("where", ["clinic", "kiosk"])
def test_a_copy_that_a_person_saves_in_a_clinic_goes_with_their_response(
    where: str, request: pytest.FixtureRequest
) -> None:
    """It is on the list of the machine, of a store in a file as of a server's, once however often it is tried."""
    terminal: Terminal = request.getfixturevalue(where)
    session = answered(terminal)
    session.finish()
    path = save_copy(session, "")
    with pytest.raises(ScreenerError, match="exists already"):
        save_copy(session, "")
    if delivery := session.delivery():
        delivery.result(60)
    factory = terminal.session_factory
    assert factory.location
    store = open_store(factory.location, factory.terminal)
    assert [copy.path for copy in saved_copies(store)] == [path]
    staff_store = unlock(Store(store.database, cost=QUICK), STAFF, PASSPHRASE)
    erase(staff_store, staff_store.responses()[0].id, "asked")
    assert remove_copies(store).removed == (path,)
    assert not path.exists()
