"""What a person may rely on while they answer: every answer is kept before the page goes on, and found again."""

from __future__ import annotations

import datetime
import io
import re
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from typing import get_args

import pytest

from screener.document import text
from screener.document.formats import TEXT_FORMATS, render
from screener.document.notice import Audience
from screener.model.response import AbsentReason, Entry
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from screener.plain.resume import begin_or_resume
from screener.session.interrupted import InterruptedUnreadable
from screener.session.open import SessionFactory
from screener.session.session import InterviewSession
from screener.store.database import NotSaved
from screener.store.return_code import NotACode
from tests.session.conftest import Interrupt, Terminal

ANSWERS: dict[str, Entry] = {"departure": "south", "typed_by": "self", "age": 12}


def answered(terminal: Terminal) -> InterviewSession:
    session = terminal.session_factory.new()
    for question, entry in ANSWERS.items():
        session.answer(question, entry)
        session.interview.next()
    return session


def test_nothing_is_kept_before_the_first_answer_and_every_answer_from_then_on(clinic: Terminal) -> None:
    session = clinic.session_factory.new()
    assert clinic.kept() == 0
    for count, (question, entry) in enumerate(ANSWERS.items(), 1):
        session.answer(question, entry)
        [record] = clinic.records()
        assert list(record.entries) == list(ANSWERS)[:count]
        session.interview.next()


def test_after_a_crash_the_person_goes_on_at_the_next_question(terminal: Terminal, crash: Interrupt) -> None:
    again = crash(answered(terminal))
    assert dict(again.interview.state.entries) == ANSWERS
    assert again.interview.current
    assert again.interview.current.id not in ANSWERS


def test_four_words_open_the_answers_and_nothing_else_does(terminal: Terminal) -> None:
    """Without them, not even this terminal; a word that is wrong opens nothing; capitals do not matter."""
    session = answered(terminal)
    code = session.return_code()
    assert terminal.session_factory.interrupted() is None
    with pytest.raises(NotACode):
        terminal.session_factory.by_return_code("abandon abandon abandon zoo")
    again = terminal.session_factory.by_return_code(f"  {code.upper()} ")
    assert dict(again.interview.state.entries) == ANSWERS
    assert again.metadata.reference == session.metadata.reference


def test_on_a_machine_without_a_clinic_nothing_is_left_once_the_person_is_done(terminal: Terminal) -> None:
    """Neither a response nor a key."""
    session = answered(terminal)
    session.finish()
    assert terminal.kept() == 1
    session.discard()
    assert terminal.kept() == 0
    assert terminal.session_factory.interrupted() is None


def test_a_finished_person_who_has_no_copy_yet_finds_it_after_a_crash(terminal: Terminal, crash: Interrupt) -> None:
    session = answered(terminal)
    session.finish()
    again = crash(session)
    assert again.finished
    assert text.render(again.summary()) == text.render(session.summary())


def test_a_clinic_keeps_what_a_person_leaves_behind(clinic: Terminal) -> None:
    """Whether they leave, are wiped off the terminal, or finish; the terminal itself can no longer read any of it."""
    answered(clinic).discard()
    answered(clinic).forget()
    done = answered(clinic)
    done.finish()
    done.discard()
    assert len(clinic.records()) == 3
    assert clinic.session_factory.interrupted() is None


def test_an_answer_that_was_changed_stays_in_the_history_with_who_gave_it(clinic: Terminal) -> None:
    session = answered(clinic)
    session.answer("age", 13)
    session.by = "Jo"
    session.answer("age", 14)
    session.answer("age", 14)
    [record] = clinic.records()
    assert [(given.entry, given.by) for given in record.history if given.question == "age"] == [
        (12, None),
        (13, None),
        (14, "Jo"),
    ]
    assert "the person, Jo" in text.render(session.summary("clinician"))


def test_an_urgent_answer_is_marked_for_staff_at_once(clinic: Terminal) -> None:
    """Before its page is read, and whether or not the person goes on."""
    session = answered(clinic)
    session.answer("chest_pain", True)
    [record] = clinic.records()
    assert record.urgent == ("chest-pain",)


NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


def after(session: InterviewSession, minutes: int) -> datetime.datetime:
    """Let the clock of a session show so many minutes after noon."""
    session.now = lambda: NOON + datetime.timedelta(minutes=minutes)
    return session.now()


def test_staff_are_told_at_which_terminal_somebody_waits_and_since_when(clinic: Terminal) -> None:
    """The time is that at which it became urgent, however often it is saved after that; a new rule is a new time."""
    session = answered(clinic)
    [record] = clinic.records()
    assert (record.terminal, record.urgent_since, record.emergency_since) == ("desk", None, None)
    since = after(session, 1)
    session.answer("chest_pain", True)
    after(session, 2)
    session.acknowledge("chest-pain")
    [record] = clinic.records()
    assert (record.urgent_since, record.emergency_since) == (since, None)
    session.answer("chest_pain", False)
    assert clinic.records()[0].urgent_since is None
    session.answer("chest_pain", True)
    session.acknowledge("chest-pain")
    emergency = after(session, 3)
    session.answer("pain_now", True)
    after(session, 4)
    session.keep()
    [record] = clinic.records()
    assert (record.urgent_since, record.emergency_since) == (emergency, emergency)
    after(session, 5)
    session.acknowledge("chest-pain-now", "Jo")
    [record] = clinic.records()
    assert (record.urgent_since, record.emergency_since) == (emergency, None)
    session.answer("chest_pain", False)
    [record] = clinic.records()
    assert (record.urgent, record.taken_back) == (("chest-pain-now",), ("chest-pain-now",))
    assert record.urgent_since == emergency


def at_emergency_page(clinic: Terminal) -> tuple[InterviewSession, datetime.datetime]:
    session = answered(clinic)
    since = after(session, 1)
    session.answer("chest_pain", True)
    session.answer("pain_now", True)
    [record] = clinic.records()
    assert record.emergency_since == since
    return session, since


@pytest.mark.parametrize("how", ["forget", "discard", "return_code"])
def test_whoever_left_the_emergency_page_is_not_said_to_be_there(clinic: Terminal, how: str) -> None:
    """Staff gave the terminal to the next person, or the person left: it stays urgent, since when it was."""
    session, since = at_emergency_page(clinic)
    getattr(session, how)()
    [record] = clinic.records()
    assert (record.urgent_since, record.emergency_since) == (since, None)
    assert record.urgent == ("chest-pain", "chest-pain-now")


def test_after_a_crash_somebody_is_at_the_emergency_page_since_before_it(clinic: Terminal, crash: Interrupt) -> None:
    session, since = at_emergency_page(clinic)
    again = crash(session)
    after(again, 9)
    again.keep()
    [record] = clinic.records()
    assert (record.urgent_since, record.emergency_since) == (since, since)


def test_somebody_who_goes_on_elsewhere_is_at_that_terminal(clinic: Terminal) -> None:
    code = answered(clinic).return_code()
    elsewhere = replace(clinic.session_factory, terminal="Blue room").by_return_code(code)
    assert elsewhere.metadata.terminal == "Blue room"
    elsewhere.keep()
    [record] = clinic.records()
    assert record.terminal == "Blue room"


def test_every_copy_names_terminal_and_reference(clinic: Terminal) -> None:
    session = answered(clinic)
    for audience in get_args(Audience):
        for format in TEXT_FORMATS:
            written = render(session.summary(audience), format).replace("\\", "")
            assert re.search(r"terminal\W+desk\b", written), (audience, format)
            assert session.metadata.reference in written


def test_a_copy_from_a_persons_own_device_names_no_terminal(terminal: Terminal) -> None:
    assert "terminal:" not in text.render(answered(terminal).summary("clinician"))


def test_a_save_that_fails_says_so_and_works_when_it_is_tried_again(terminal: Terminal) -> None:
    session = answered(terminal)
    with terminal.failing(), pytest.raises(NotSaved):
        session.answer("age", 15)
    session.keep()
    assert session.autosave
    kept = session.autosave._open_response
    assert kept
    assert session.autosave._worker.do(kept.read).entries["age"] == 15


def test_the_audit_trail_is_in_every_copy(clinic: Terminal) -> None:
    session = answered(clinic)
    session.finish()
    head = clinic.store().head()
    assert head
    for copy in ("patient", "clinician"):
        assert head in text.render(session.summary(copy))  # type: ignore[arg-type]


def test_two_people_on_one_machine_do_not_get_each_others_answers(terminal: Terminal) -> None:
    """While one program is alive, another started beside it does not find its answers."""
    first = answered(terminal)
    assert terminal.session_factory.interrupted() is None
    first.discard()


def test_pressing_continue_again_on_the_same_answer_is_no_new_answer(terminal: Terminal) -> None:
    session = terminal.session_factory.new()
    for entry in (12, 12, 13, 12, AbsentReason.DECLINED, AbsentReason.DECLINED):
        session.answer("age", entry)
    assert [given.entry for given in session.history] == [12, 13, 12, AbsentReason.DECLINED]


def test_whoever_leaves_while_a_save_is_under_way_loses_nothing_and_leaves_one_response(clinic: Terminal) -> None:
    """An urgent page waits for no store. Leaving does: else the answer was lost, or a second response began with it."""
    session = clinic.session_factory.new()
    session.answer("departure", "south")
    assert session.autosave
    goes_on, worker = threading.Event(), session.autosave._worker
    worker.submit(goes_on.wait)
    session.record("typed_by", "self")
    session.keep_in_background()
    leaving = threading.Thread(target=session.forget)
    leaving.start()
    leaving.join(0.1)
    goes_on.set()
    leaving.join()
    worker.do(lambda: None)
    (record,) = clinic.records()
    assert record.entries["typed_by"] == "self"


def interrupted_unreadably(terminal: Terminal) -> SessionFactory:
    """A crash left answers here, under questions that cannot be read any more."""
    session = answered(terminal)
    assert session.autosave
    assert session.autosave._open_response
    session.autosave._open_response.leave()
    with closing(sqlite3.connect(terminal.path)) as connection, connection:
        connection.execute("UPDATE content SET packed = ?", (b"damaged",))
    session_factory = terminal.session_factory
    return replace(session_factory, content=replace(session_factory.content, ruleset_hash="0" * 64))  # type: ignore[type-var]


async def test_interrupted_answers_that_cannot_be_opened_stop_no_start(terminal: Terminal) -> None:
    """The first page says so, with their reference, and the person begins."""
    session_factory = interrupted_unreadably(terminal)
    interrupted, notice = session_factory.interrupted_or_notice()
    assert interrupted is None
    async with replace(terminal, session_factory=session_factory).screens(session_factory.new(notice)) as person:
        assert re.search(r"reference [0-9A-Z]{4}-[0-9A-Z]{4}", " ".join(person.text.split()))
        assert "tell a member of staff" in " ".join(person.text.split())
        await person.press("enter")
        assert person.page == "QuestionPage"


def test_nor_do_they_in_plain_mode(terminal: Terminal) -> None:
    session_factory, said = interrupted_unreadably(terminal), io.StringIO()
    console = LineConsole(io.StringIO(), said, io.StringIO())
    begun = begin_or_resume(console, session_factory, resume=True)
    assert begun
    with pytest.raises(EndOfInput):
        PlainInterview(console, begun).run()
    assert "cannot be opened here" in " ".join(said.getvalue().split())


def test_in_a_clinic_the_staff_still_have_them_and_the_next_person_is_told_nothing(clinic: Terminal) -> None:
    session_factory = interrupted_unreadably(clinic)
    with pytest.raises(InterruptedUnreadable):
        session_factory.interrupted()
    assert session_factory.interrupted_or_notice() == (None, "")
    assert [dict(record.entries) for record in clinic.records()] == [ANSWERS]
