"""What a person may rely on while they answer: every answer is kept before the page goes on, and found again."""

from __future__ import annotations

import pytest

from screener.document import text
from screener.model.response import AbsentReason, Entry
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


def test_a_save_that_fails_says_so_and_works_when_it_is_tried_again(terminal: Terminal) -> None:
    session = answered(terminal)
    with terminal.failing(), pytest.raises(NotSaved):
        session.answer("age", 15)
    session.keep()
    assert session.autosave
    kept = session.autosave._kept
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
