"""What a person may rely on while they answer: every answer is kept before the page goes on, and found again."""

from __future__ import annotations

import pytest

from screener.export import text
from screener.response import AbsentReason, Entry
from screener.sitting import Sitting
from screener.store.database import NotKept
from screener.store.return_code import NotACode
from tests.keeping.conftest import Interrupt, Terminal

ANSWERS: dict[str, Entry] = {"departure": "south", "typed_by": "self", "age": 12}


def answered(terminal: Terminal) -> Sitting:
    sitting = terminal.reception.anew()
    for question, entry in ANSWERS.items():
        sitting.answer(question, entry)
        sitting.interview.next()
    return sitting


def test_nothing_is_kept_before_the_first_answer_and_every_answer_from_then_on(clinic: Terminal) -> None:
    sitting = clinic.reception.anew()
    assert clinic.kept() == 0
    for count, (question, entry) in enumerate(ANSWERS.items(), 1):
        sitting.answer(question, entry)
        [record] = clinic.records()
        assert list(record.entries) == list(ANSWERS)[:count]
        sitting.interview.next()


def test_after_a_crash_the_person_goes_on_at_the_next_question(terminal: Terminal, crash: Interrupt) -> None:
    again = crash(answered(terminal))
    assert dict(again.interview.standing.entries) == ANSWERS
    assert again.interview.current
    assert again.interview.current.id not in ANSWERS


def test_four_words_open_the_answers_and_nothing_else_does(terminal: Terminal) -> None:
    """Without them, not even this terminal; a word that is wrong opens nothing; capitals do not matter."""
    sitting = answered(terminal)
    code = sitting.return_code()
    assert terminal.reception.interrupted() is None
    with pytest.raises(NotACode):
        terminal.reception.returned("abandon abandon abandon zoo")
    again = terminal.reception.returned(f"  {code.upper()} ")
    assert dict(again.interview.standing.entries) == ANSWERS
    assert again.session.reference == sitting.session.reference


def test_on_a_machine_without_a_clinic_nothing_is_left_once_the_person_is_done(terminal: Terminal) -> None:
    """Neither a response nor a key."""
    sitting = answered(terminal)
    sitting.finish()
    assert terminal.kept() == 1
    sitting.end()
    assert terminal.kept() == 0
    assert terminal.reception.interrupted() is None


def test_a_finished_person_who_has_no_copy_yet_finds_it_after_a_crash(terminal: Terminal, crash: Interrupt) -> None:
    sitting = answered(terminal)
    sitting.finish()
    again = crash(sitting)
    assert again.finished
    assert text.render(again.summary()) == text.render(sitting.summary())


def test_a_clinic_keeps_what_a_person_leaves_behind(clinic: Terminal) -> None:
    """Whether they leave, are wiped off the terminal, or finish; the terminal itself can no longer read any of it."""
    answered(clinic).end()
    answered(clinic).wipe()
    done = answered(clinic)
    done.finish()
    done.end()
    assert len(clinic.records()) == 3
    assert clinic.reception.interrupted() is None


def test_an_answer_that_was_changed_stays_in_the_history_with_who_gave_it(clinic: Terminal) -> None:
    sitting = answered(clinic)
    sitting.answer("age", 13)
    sitting.by = "Jo"
    sitting.answer("age", 14)
    sitting.answer("age", 14)
    [record] = clinic.records()
    assert [(given.entry, given.by) for given in record.history if given.question == "age"] == [
        (12, None),
        (13, None),
        (14, "Jo"),
    ]
    assert "the person, Jo" in text.render(sitting.summary("clinician"))


def test_an_urgent_answer_is_marked_for_staff_at_once(clinic: Terminal) -> None:
    """Before its page is read, and whether or not the person goes on."""
    sitting = answered(clinic)
    sitting.answer("chest_pain", True)
    [record] = clinic.records()
    assert record.urgent == ("chest-pain",)


def test_a_save_that_fails_says_so_and_works_when_it_is_tried_again(terminal: Terminal) -> None:
    sitting = answered(terminal)
    with terminal.failing(), pytest.raises(NotKept):
        sitting.answer("age", 15)
    sitting.keep()
    assert sitting.keeping
    kept = sitting.keeping._kept
    assert kept
    assert kept.read().entries["age"] == 15


def test_the_audit_trail_is_in_every_copy(clinic: Terminal) -> None:
    sitting = answered(clinic)
    sitting.finish()
    head = clinic.store().head()
    assert head
    for copy in ("patient", "clinician"):
        assert head in text.render(sitting.summary(copy))  # type: ignore[arg-type]


def test_two_people_on_one_machine_do_not_get_each_others_answers(terminal: Terminal) -> None:
    """While one program is alive, another started beside it does not find its answers."""
    first = answered(terminal)
    assert terminal.reception.interrupted() is None
    first.end()


def test_pressing_continue_again_on_the_same_answer_is_no_new_answer(terminal: Terminal) -> None:
    sitting = terminal.reception.anew()
    for entry in (12, 12, 13, 12, AbsentReason.DECLINED, AbsentReason.DECLINED):
        sitting.answer("age", entry)
    assert [given.entry for given in sitting.history] == [12, 13, 12, AbsentReason.DECLINED]
