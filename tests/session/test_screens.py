"""Keeping, leaving and coming back, as a person meets them on the screens."""

from __future__ import annotations

import asyncio
import io
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from screener.exit_codes import LEFT, OK
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from screener.plain.resume import begin_or_resume
from screener.session import store_worker
from screener.session.session import InterviewSession
from screener.store.database import NotSaved
from screener.tui import saving
from screener.tui.dialogs.enter_return_code import EnterReturnCode
from screener.tui.dialogs.show_return_code import ShowReturnCode
from screener.tui.widgets.progress_line import ProgressLine
from tests.session.conftest import Interrupt, Terminal
from tests.session.test_session import ANSWERS, answered
from tests.tui.screens import Screens


async def begin(person: Screens) -> None:
    """Past the first page, and one answer."""
    await person.press("enter", "2", "enter")
    assert dict(person.entries) == {"departure": "south"}


async def test_the_first_page_says_what_happens_to_the_answers(terminal: Terminal) -> None:
    """On one's own machine, and in a clinic, by its name."""
    async with terminal.screens() as person:
        assert "saved and locked until you finish" in " ".join(person.text.split())
        assert "I have four words" not in person.text
    terminal.found_clinic()
    async with terminal.screens() as person:
        assert "kept for the staff of Test Clinic" in " ".join(person.text.split())


async def test_the_page_does_not_go_on_past_an_answer_that_is_not_saved(terminal: Terminal) -> None:
    """It says so, tries again as often as it is asked to, and goes on once the answer is kept."""
    async with terminal.screens() as person:
        await begin(person)
        asked = person.asked
        with terminal.failing():
            await person.press("1", "enter")
            assert "Your last answer is not saved" in person.text
            await person.press("enter")
            assert "Tried 2 times" in person.text
            assert person.asked == asked
            await person.press("f8")
            assert "Get help now" in person.text
            await person.press("escape")
        await person.press("enter")
        assert person.page == "QuestionPage"
        assert person.asked != asked
    assert terminal.kept() == 1


async def test_not_saved_can_be_gone_back_from(terminal: Terminal) -> None:
    """To the same page, with the answer on it; Continue tries again."""
    async with terminal.screens() as person:
        await begin(person)
        asked = person.asked
        with terminal.failing():
            await person.press("1", "enter", "escape")
            assert (person.page, person.asked) == ("QuestionPage", asked)
        await person.press("enter")
        assert person.asked != asked


async def test_what_could_not_be_saved_is_not_called_saved(terminal: Terminal) -> None:
    """The page says so from then on, and whoever leaves is told; once it is saved, neither does."""
    async with terminal.screens() as person:
        await begin(person)
        assert "saved" in progress(person)
        with terminal.failing():
            await person.press("1", "enter", "escape")
            assert "Your last answer is not saved." in person.text
            assert "saved" not in progress(person)
            await person.press("ctrl+q")
            assert person.page == "Leave"
            assert "Your last answer is not saved." in person.text
            await person.press("escape")
        await person.press("enter")
        assert "not saved" not in person.text
        assert "saved" in progress(person)
        await person.press("ctrl+q")
        assert "not saved" not in person.text


def progress(person: Screens) -> str:
    return " ".join(person.app.question_page.query_one(ProgressLine).text.notes)


async def test_an_urgent_page_comes_whatever_the_store_does(terminal: Terminal) -> None:
    """Nothing can be saved: the page with help is there all the same, and tells the person to tell staff."""
    session = at_chest_pain(terminal)
    async with terminal.screens(session) as person:
        person.app.on_resume_requested()
        await person.settle()
        with terminal.failing():
            await person.press("1", "enter")
            assert person.page == "UrgentPage"
            await person.app.workers.wait_for_complete()
            await person.settle()
            assert "Your last answer is not saved" in person.text
            assert "tell a member of staff now" in person.text
        await person.press("enter")
        assert person.page == "QuestionPage"
    assert session.interview.state.entries["chest_pain"] is True
    assert session.history[-1].question == "chest_pain"


def at_chest_pain(terminal: Terminal) -> InterviewSession:
    """Return a session whose next question is the one that can raise an urgent page."""
    session = answered(terminal)
    while session.interview.current and session.interview.current.id != "chest_pain":
        session.answer(session.interview.current.id, session.interview.current.absent[0])
        session.interview.next()
    return session


async def test_an_urgent_page_and_help_wait_for_no_store(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the store, the page comes, help opens, and the page says that nothing is saved."""
    monkeypatch.setattr(saving, "DELIVERED_WITHIN", 0.2)
    session = at_chest_pain(terminal)
    with closing(sqlite3.connect(terminal.path, isolation_level=None)) as other:
        async with terminal.screens(session) as person:
            person.app.on_resume_requested()
            await person.settle()
            other.execute("BEGIN IMMEDIATE")
            await person.press("1", "enter")
            assert person.page == "UrgentPage"
            await person.press("f8")
            assert person.page == "CrisisHelp"
            await person.press("escape")
            await person.app.workers.wait_for_complete()
            await person.settle()
            assert "Your last answer is not saved" in person.text
            other.execute("ROLLBACK")
            assert session.autosave
            await asyncio.wrap_future(session.autosave._worker.submit(lambda: None))
            await person.press("enter")
            assert person.page == "QuestionPage"
    assert session.history[-1].question == "chest_pain"


def test_a_store_that_hangs_is_given_up_after_the_deadline(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next answer is not made to wait for the same store again; once it responds, everything is saved."""
    monkeypatch.setattr(store_worker, "DEADLINE", 0.2)
    session = answered(terminal)
    with closing(sqlite3.connect(terminal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for age in (15, 16):
            with pytest.raises(NotSaved, match="does not respond"):
                session.answer("age", age)
        other.execute("ROLLBACK")
    monkeypatch.setattr(store_worker, "DEADLINE", 60)
    assert session.autosave
    session.autosave._worker.submit(lambda: None).result(60)
    session.keep()
    assert session.autosave._worker.do(session.autosave._open_response.read).entries["age"] == 16  # type: ignore[union-attr]


def test_work_in_the_background_uses_up_its_own_part_of_the_deadline_only() -> None:
    """Somebody who answers while the last answer is still being saved is not told that nothing can be saved."""
    worker, gate = store_worker.StoreWorker(), threading.Event()
    worker.submit(gate.wait)
    threading.Timer(0.2, gate.set).start()
    assert worker.do(lambda: "saved", 60) == "saved"


def test_a_response_that_was_finished_after_the_page_gave_up_waiting_is_finished_once(
    clinic: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person tries again, or changes an answer first: staff have one response, as it was finished."""
    session = answered(clinic)
    assert session.autosave
    with closing(sqlite3.connect(clinic.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(store_worker, "DEADLINE", 0.2)
        with pytest.raises(NotSaved, match="does not respond"):
            session.finish()
        other.execute("ROLLBACK")
    monkeypatch.setattr(store_worker, "DEADLINE", 60)
    session.autosave._worker.submit(lambda: None).result(60)
    with pytest.raises(NotSaved, match="can no longer be changed"):
        session.answer("age", 15)
    session.finish()
    assert session.finished
    [record] = clinic.records()
    assert record.entries["age"] == 12


def test_in_plain_mode_an_urgent_page_comes_whatever_the_store_does(terminal: Terminal) -> None:
    """The page comes first, then that the answer is not saved; the person can read on and is asked to try again."""
    session, told = at_chest_pain(terminal), io.StringIO()
    console = LineConsole(io.StringIO("1\nread\n"), told, io.StringIO())
    with terminal.failing(), pytest.raises(EndOfInput):
        PlainInterview(console, session).run()
    said = told.getvalue()
    assert (
        said.index("Please tell the crew") < said.index("Your last answer is not saved") < said.index("r to try again")
    )


async def test_an_urgent_page_and_the_end_are_kept_too(terminal: Terminal) -> None:
    """Neither is gone past while it cannot be kept."""
    session = answered(terminal)
    while session.interview.current and session.interview.current.id != "chest_pain":
        session.answer(session.interview.current.id, session.interview.current.absent[0])
        session.interview.next()
    async with terminal.screens(session) as person:
        person.app.on_resume_requested()
        await person.settle()
        await person.press("1", "enter")
        assert person.page == "UrgentPage"
        with terminal.failing():
            await person.press("enter")
            assert "is not saved" in person.text
        await person.press("enter")
        assert person.page == "QuestionPage"
        assert len(session.interview.acknowledgements) == 1


async def test_words_that_are_made_before_their_page_is_there_are_shown_on_it(terminal: Terminal) -> None:
    """With the days for which they open the answers."""
    async with terminal.screens() as person:
        dialog = ShowReturnCode()
        dialog.show_code("one two three four", 30)
        person.app.push_dialog(dialog)
        await person.settle()
        assert "one two three four" in person.text
        assert "at least 30 days" in " ".join(person.text.split())


async def test_come_back_later(terminal: Terminal) -> None:
    """Four words are shown until their button is pressed; with them the next start goes on where the person was."""
    async with terminal.screens() as person:
        await begin(person)
        asked = person.asked
        await person.press("ctrl+q")
        await person.click("Come back later")
        await person.finish_work()
        code = person.app.screen.code  # type: ignore[attr-defined]
        assert code in person.text
        assert "for at least 30 days after the last answer" in " ".join(person.text.split())
        for key in ("escape", "ctrl+q", "ctrl+c"):
            await person.press(key)
            assert code in person.text
            assert "answers are not kept" not in person.text
        await person.press("enter")
    assert person.app.return_code == LEFT

    async with terminal.screens() as person:
        await person.click("I have four words")
        await person.type("no such words here")
        await person.press("enter")
        await person.finish_work()
        assert "Error:" in person.text
        await person.press("ctrl+u")
        await person.type(code)
        await person.press("enter")
        await person.finish_work()
    assert person.app.next_session
    async with terminal.screens(person.app.next_session) as person:
        assert (person.page, person.asked) == ("QuestionPage", asked)


async def test_making_a_return_code_freezes_no_page(terminal: Terminal) -> None:
    """While the store is held by another program the page says so, help opens, and nobody leaves without the words."""
    async with terminal.screens() as person:
        await begin(person)
        with closing(sqlite3.connect(terminal.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await person.press("ctrl+q")
            await person.click("Come back later")
            assert "One moment" in person.text
            assert "written them down" not in person.text
            await person.press("escape", "enter", "ctrl+q")
            assert person.page == "ShowReturnCode"
            await person.press("f8")
            assert person.page == "CrisisHelp"
            other.execute("ROLLBACK")
            await person.finish_work()
        assert person.page == "CrisisHelp"
        await person.press("escape")
        assert person.app.screen.code in person.text  # type: ignore[attr-defined]
        assert "written them down" in person.text
        await person.press("enter")
    assert person.app.return_code == LEFT


async def test_trying_a_return_code_freezes_no_page(terminal: Terminal) -> None:
    """That it is being checked is seen, help opens meanwhile, and what the words open waits until help is closed."""
    session = answered(terminal)
    code, opens = session.return_code(), threading.Event()

    def opened(typed: str) -> InterviewSession:
        opens.wait(20)
        return terminal.session_factory.by_return_code(typed)

    received: list[InterviewSession | None] = []
    async with terminal.screens() as person:
        person.app.push_dialog(EnterReturnCode(opened), received.append)
        await person.settle()
        await person.type(code)
        await person.press("enter", "enter")
        assert "Checking" in person.text
        await person.press("f8")
        assert person.page == "CrisisHelp"
        opens.set()
        await person.finish_work()
        assert (person.page, received) == ("CrisisHelp", [])
        await person.press("escape")
        assert person.page == "WelcomePage"
    assert [came_back and dict(came_back.interview.state.entries) for came_back in received] == [ANSWERS]


async def test_going_back_while_a_return_code_is_tried_leaves_nothing_open(terminal: Terminal, runtime: Path) -> None:
    """The next person at this terminal is not offered what the words opened; the words still open it."""
    session = answered(terminal)
    code, opens = session.return_code(), threading.Event()

    def opened(typed: str) -> InterviewSession:
        opens.wait(20)
        return terminal.session_factory.by_return_code(typed)

    async with terminal.screens() as person:
        person.app.push_dialog(EnterReturnCode(opened))
        await person.settle()
        await person.type(code)
        await person.press("enter", "escape")
        opens.set()
        await person.finish_work()
        assert person.page == "WelcomePage"
        assert not list((runtime / "screener").iterdir())
    assert dict(terminal.session_factory.by_return_code(code).interview.state.entries) == ANSWERS


async def test_leaving_for_good_removes_everything(terminal: Terminal) -> None:
    async with terminal.screens() as person:
        await begin(person)
        await person.press("ctrl+q")
        assert "your answers are deleted" in " ".join(person.text.split())
        await person.click("Leave for good")
    assert person.app.return_code == LEFT
    assert terminal.kept() == 0


async def test_after_a_crash_whoever_comes_is_asked_and_sees_no_answers(terminal: Terminal, crash: Interrupt) -> None:
    """Going on leads to the page where it stopped."""
    again = crash(answered(terminal))
    async with terminal.screens(again, asks=True) as person:
        assert "A questionnaire was interrupted on this terminal" in person.text
        assert "South" not in person.text
        await person.press("enter")
        assert person.page == "QuestionPage"
        assert dict(person.entries) == ANSWERS


async def test_after_a_crash_somebody_else_starts_anew(terminal: Terminal, crash: Interrupt) -> None:
    """It says that all of it is removed for good, and asks first; then the answers are no longer on this terminal."""
    again = crash(answered(terminal))
    async with terminal.screens(again, asks=True) as person:
        assert "Delete them and begin a new questionnaire" in " ".join(person.text.split())
        await person.click("Begin a new one")
        assert "no four words open them again" in " ".join(person.text.split())
        await person.press("enter")
        assert (person.page, terminal.kept()) == ("ResumePage", 1)
        await person.click("Begin a new one")
        await person.click("Delete them")
    assert person.app.next_session
    assert not person.app.next_session.interview.state.entries
    assert terminal.kept() == 0
    assert terminal.session_factory.interrupted() is None


async def test_in_a_clinic_starting_anew_removes_nothing(clinic: Terminal, crash: Interrupt) -> None:
    """The page says that the clinic still keeps the answers, and it does."""
    again = crash(answered(clinic))
    async with clinic.screens(again, asks=True) as person:
        assert "The clinic still keeps them" in " ".join(person.text.split())
        await person.click("Begin a new one")
    assert person.app.next_session
    assert [dict(record.entries) for record in clinic.records()] == [ANSWERS]


def test_in_plain_mode_starting_anew_asks_first(terminal: Terminal, crash: Interrupt) -> None:
    """Going back leads to the question before; only the whole word removes the answers."""
    session_factory = terminal.session_factory
    for lines, kept in (("n\nb\ng\n", 1), ("n\ndelete\n", 0)):
        crash(answered(terminal)).autosave._open_response.leave()  # type: ignore[union-attr]
        told, typed = io.StringIO(), io.StringIO(lines)
        console = LineConsole(typed, told, io.StringIO())
        console._echoed = True
        session = begin_or_resume(console, session_factory, resume=False)
        assert session
        assert dict(session.interview.state.entries) == (ANSWERS if kept else {})
        assert "no four words open them again" in " ".join(told.getvalue().split())
        assert (terminal.kept(), typed.read()) == (kept, "")
        session.discard()


async def test_finish_and_done_leave_nothing_behind_but_the_copy(terminal: Terminal) -> None:
    session = answered(terminal)
    while session.interview.current:
        session.answer(session.interview.current.id, session.interview.current.absent[0])
        session.interview.next()
    async with terminal.screens(session) as person:
        person.app.on_resume_requested()
        await person.settle()
        await person.click("Finish")
        await person.click("Save a copy")
        await person.press("enter")
        await person.click("Close")
        await person.click("Done")
    assert person.app.return_code == OK
    assert terminal.kept() == 0
    assert len(list(terminal.session_factory.exports.iterdir())) == 1
