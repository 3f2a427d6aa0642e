"""A store that does not respond for a while: no page waits for it, and what is not saved yet is said to be so."""

from __future__ import annotations

import asyncio
import io
import threading

import pytest

from screener.document.formats import rendered
from screener.page_text.leaving import SAVED_NOW
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from screener.plain.prompter import Prompter
from screener.session import store_worker
from screener.session.session import InterviewSession
from screener.tui import saving
from tests.session.conftest import Terminal
from tests.session.harms import URGENT, Place, locked
from tests.session.test_screens import begin
from tests.session.test_session import answered
from tests.tui.screens import Screens

NOT_SAVED_YET = "Your last answers are not saved yet."


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page waits for the store at all, so that what is seen was there before the store responded."""
    monkeypatch.setattr(store_worker, "PATIENCE", 0)


async def saved(person: Screens) -> None:
    """Wait until the app has seen that all is saved."""
    if follower := person.app._saving.follower:
        await follower
    await person.settle()


def at_the_end(terminal: Terminal) -> InterviewSession:
    session = answered(terminal)
    while session.interview.current:
        session.answer(session.interview.current.id, session.interview.current.absent[0])
        session.interview.next()
    return session


async def test_the_person_goes_on_while_another_program_holds_the_store(terminal: Terminal) -> None:
    """Every page says that the last answers are not saved yet, and no longer once they are."""
    async with terminal.screens() as person:
        await begin(person)
        await saved(person)
        with locked(Place(terminal)):
            for typed in ("1", "47"):
                asked = person.asked
                await person.press(*typed, "enter")
                assert person.asked != asked
                assert NOT_SAVED_YET in person.text
                assert not person.app.session.saved
            await person.press("f8")
            assert person.page == "CrisisHelp"
            await person.press("escape")
        await saved(person)
        assert NOT_SAVED_YET not in person.text
        assert person.app.session.saved
        latest = len(person.app.session.history)
        autosave = person.app.session.autosave
        assert autosave
        assert autosave._open_response
        assert len(autosave._worker.do(autosave._open_response.read).history) == latest


async def test_what_failed_in_the_background_is_tried_again(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person went on meanwhile, and is not asked to do anything."""
    monkeypatch.setattr(saving, "RETRY_AFTER", 0)
    async with terminal.screens() as person:
        await begin(person)
        await saved(person)
        with terminal.failing():
            await person.press("1", "enter")
            assert NOT_SAVED_YET in person.text
        await saved(person)
        assert person.app.session.saved
        assert NOT_SAVED_YET not in person.text


async def test_the_end_waits_for_the_store_and_help_does_not(terminal: Terminal) -> None:
    """Whoever finishes is told that it is being saved, and comes to the last page once it is."""
    async with terminal.screens(at_the_end(terminal)) as person:
        person.app.on_resume_requested()
        await person.settle()
        with locked(Place(terminal)):
            await person.press("f4")
            assert person.page == "SavingDialog"
            await person.press("enter", "escape", "f4", "f8")
            assert person.page == "CrisisHelp"
            await person.press("escape")
            assert not person.app.session.finished
        await person.finish_work()
        assert person.page == "ConfirmationPage"
        assert person.app.session.finished


async def test_the_end_says_where_it_cannot_be_saved(terminal: Terminal) -> None:
    async with terminal.screens(at_the_end(terminal)) as person:
        person.app.on_resume_requested()
        await person.settle()
        with terminal.failing():
            await person.press("f4")
            await person.finish_work()
            assert person.page == "NotSavedDialog"
            await person.press("enter")
            await person.finish_work()
            assert "Tried 2 times" in person.text
        await person.press("enter")
        await person.finish_work()
        assert person.page == "ConfirmationPage"


async def too_late(person: Screens, clinic: Terminal, *keys: str) -> None:
    """Finish, be told that it is not saved, go back, and press these keys before the store responds again."""
    person.app.on_resume_requested()
    await person.settle()
    with locked(Place(clinic)):
        await person.press("f4")
        await person.finish_work()
        assert person.page == "NotSavedDialog"
        await person.press("escape", *keys)
    autosave = person.app.session.autosave
    assert autosave
    autosave._worker.submit(lambda: None).result(60)
    await saved(person)
    await person.finish_work()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_worker, "DEADLINE", 0.1)


@pytest.mark.usefixtures("impatient")
async def test_an_answer_that_is_changed_too_late_is_not_in_the_copy(clinic: Terminal) -> None:
    """The end was saved after all, once the page had given up on it: the person is told, and has what was finished."""
    session = at_the_end(clinic)
    latest = len(session.history)
    async with clinic.screens(session) as person:
        await too_late(person, clinic, "enter", "1", "enter")
        assert person.page == "ConfirmationPage"
        assert "after you had finished. The change is not saved." in " ".join(person.text.split())
        [record] = clinic.records()
        assert record.finished == session.metadata.finished
        assert len(record.history) == latest
        assert session.history == list(record.history)
        assert dict(session.interview.state.entries) == dict(record.entries)


@pytest.mark.usefixtures("impatient")
async def test_an_urgent_answer_that_comes_too_late_is_read_first(clinic: Terminal) -> None:
    """Its page says that it is not saved, so that the person tells staff themselves."""
    session = at_the_end(clinic)
    async with clinic.screens(session) as person:
        await too_late(person, clinic)
        session.interview.change(URGENT)
        person.app._show_current()
        await person.press("1", "enter")
        await person.finish_work()
        await saved(person)
        assert person.page == "UrgentPage"
        assert "Your last answer is not saved" in person.text
        await person.press("enter")
        await person.finish_work()
        assert person.page == "ConfirmationPage"
        assert "The change is not saved" in " ".join(person.text.split())


@pytest.mark.usefixtures("impatient")
async def test_who_changes_nothing_meanwhile_finishes_as_usual(clinic: Terminal) -> None:
    session = at_the_end(clinic)
    async with clinic.screens(session) as person:
        await too_late(person, clinic)
        await person.press("f4")
        await person.finish_work()
        assert person.page == "ConfirmationPage"
        assert "The change is not saved" not in person.text
        [record] = clinic.records()
        assert record.finished == session.metadata.finished


@pytest.mark.parametrize("place", [pytest.param("terminal", marks=pytest.mark.long), "clinic"])
async def test_who_finishes_while_answers_wait_comes_to_the_end(place: str, request: pytest.FixtureRequest) -> None:
    """The answers that waited and the end are saved in one go: nothing says afterwards that something is not saved."""
    terminal: Terminal = request.getfixturevalue(place)
    async with terminal.screens(at_the_end(terminal)) as person:
        person.app.on_resume_requested()
        await person.settle()
        with locked(Place(terminal)):
            for _again in range(2):
                await person.press("enter", "1", "enter")
            assert NOT_SAVED_YET in person.text
            await person.press("f4")
            assert person.page == "SavingDialog"
        await person.finish_work()
        assert person.page == "ConfirmationPage"
        await saved(person)
        assert NOT_SAVED_YET not in person.text
        autosave = person.app.session.autosave
        assert autosave
        assert autosave.saved
        assert autosave.saved.finished


async def test_back_to_the_first_page_needs_no_store(terminal: Terminal) -> None:
    """Also where nobody knows whether four words can be typed there."""
    await asyncio.to_thread(answered, terminal)  # There is a store.
    session, goes_on = terminal.session_factory.new(), threading.Event()
    async with terminal.screens(session) as person:
        await begin(person)
        await saved(person)
        assert session.autosave
        session.autosave._worker.submit(lambda: goes_on.wait(60))
        await person.press("escape", "escape")
        assert person.page == "WelcomePage"
        goes_on.set()


async def test_four_words_can_be_typed_once_the_store_says_that_it_has_some(terminal: Terminal) -> None:
    """Where it says nothing in time, it is asked again at the next page."""
    await asyncio.to_thread(lambda: answered(terminal).return_code())
    session, goes_on = terminal.session_factory.new(), threading.Event()
    assert session.autosave
    session.autosave._worker.submit(lambda: goes_on.wait(60))
    assert not session.can_return
    goes_on.set()
    session.autosave._worker.submit(lambda: None).result(60)
    assert session.can_return


async def test_the_last_page_and_its_copy_come_without_the_store(clinic: Terminal) -> None:
    """The copy then names no head of the audit trail; the answers are finished and kept."""
    session, goes_on = at_the_end(clinic), threading.Event()
    session.finish()
    assert session.autosave
    session.autosave._worker.submit(lambda: goes_on.wait(60))
    async with clinic.screens(session) as person:
        person.app.on_resume_requested()
        await person.settle()
        assert person.page == "ConfirmationPage"
        assert session.metadata.reference in person.text
    assert "Audit trail" not in rendered(session.summary("clinician")).decode()
    goes_on.set()
    session.autosave._worker.submit(lambda: None).result(60)
    assert "Audit trail" in rendered(session.summary("clinician")).decode()


def test_in_plain_mode_the_person_goes_on_too(terminal: Terminal) -> None:
    """That it is not saved yet is said once; at the end the person is asked to try again."""
    session, said = answered(terminal), io.StringIO()
    asked = session.interview.current
    with locked(Place(terminal)), pytest.raises(EndOfInput):
        PlainInterview(LineConsole(io.StringIO("s\n1\ns\n1\n"), said, io.StringIO()), session).run()
    assert said.getvalue().count(NOT_SAVED_YET) == 1
    assert session.interview.current is not asked
    assert session.autosave
    session.autosave._worker.submit(lambda: None).result(60)
    assert session.saved


def test_in_plain_mode_the_person_hears_when_all_is_saved(terminal: Terminal) -> None:
    """At the next answer: the store need not be quicker with that one than with those before."""
    session, said = answered(terminal), io.StringIO()
    prompter = Prompter(LineConsole(io.StringIO(), said, io.StringIO()), session)
    assert session.autosave
    with locked(Place(terminal)):
        for answer in ("north", "south"):
            session.record("departure", answer)
            prompter.keep_answer()
        assert SAVED_NOW not in said.getvalue()
    session.autosave._worker.submit(lambda: None).result(60)
    session.record("departure", "north")
    prompter.keep_answer()
    assert said.getvalue().index(SAVED_NOW) > said.getvalue().index(NOT_SAVED_YET)
