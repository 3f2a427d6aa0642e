"""Whole walks on a real terminal: with the mouse alone, and by keyboard in the smallest window that has room."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.document.checksum import check
from screener.engine.interview import Interview
from screener.model.answers import format_answer
from screener.model.questionnaire import Question
from screener.model.response import ABSENT_LABELS, AbsentReason, Entry
from tests.terminal.conftest import Start
from tests.terminal.keys import BACKTAB, FUNCTION
from tests.terminal.keys import click as pressed
from tests.terminal.terminal import Terminal
from tests.terminal.test_full_walk import save
from tests.terminal.walking import calm, walk

CLICKED = {"age": "47", "oxygen_flow": "2.5", "bag": "9", "bag_limit": "20", "first_flight": "2001-05-05"}
"""What is typed on the digits of the screen."""
EARLIER = datetime.date(2001, 5, 5)


def click(terminal: Terminal, words: str) -> None:
    """Click on these words, where they are lowest on the screen."""
    terminal.until(lambda: any(words in line for line in terminal.lines), repr(words))
    row, line = [(number, line) for number, line in enumerate(terminal.lines, 1) if words in line][-1]
    column = line.index(words) + 1
    terminal.keys(pressed(column, row))


def given_by_mouse(terminal: Terminal, question: Question) -> Entry:
    """Click an answer, or where letters would be needed a way of giving none; return what was given."""
    terminal.settles_with()  # The rows may still be those of the page before.
    if question.id in CLICKED:
        typed = ""
        for sign in CLICKED[question.id]:
            click(terminal, f" {sign} ")
            typed += sign
            terminal.settles_with(f"\u2502 {typed} ")
        if question.type == "date":
            return EARLIER
        return Decimal(typed) if question.type == "decimal" else int(typed)
    if question.nothing:
        label, entry = question.nothing, ""
    elif question.type in ("text", "date", "medicines"):
        label, entry = ABSENT_LABELS[AbsentReason.DECLINED], AbsentReason.DECLINED
    elif question.type == "yes_no":
        label, entry = "No", False
    else:
        option = question.options[-1]  # Among boxes "none of these", which stands alone.
        label, entry = option.label, frozenset({option.code}) if question.type == "choices" else option.code
    box = question.type == "choices"
    click(terminal, f"[ ] {label}" if box else f"( ) {label}")
    terminal.settles_with(f"[x] {label}" if box else f"(*) {label}")
    return entry


def test_with_the_mouse_alone(start: Start, flight: Content) -> None:
    """The first answers of the walk below, a number typed on the digits of the screen among them."""
    terminal = start()
    interview, typed = clicked_through(terminal, flight, until="flown_before")
    assert interview.current
    terminal.shows(interview.current.text[:50])
    assert "age" in typed


@pytest.mark.long
def test_with_the_mouse_alone_to_the_end(start: Start, flight: Content) -> None:
    """Typed answers are given too; every answer on the last list is the one that was clicked."""
    terminal = start()
    interview, typed = clicked_through(terminal, flight)
    terminal.shows("Check your answers before you finish")
    shown = format_answer(flight.questionnaire.question["age"], interview.response.entries["age"])
    terminal.shows(shown)
    click(terminal, "Finish  F4")
    terminal.shows("You have finished")
    terminal.read_page()
    click(terminal, "Done")
    terminal.shows("Do you want to leave?")
    terminal.read_page()
    click(terminal, "Leave without saving")
    assert terminal.ends() == 0
    assert typed >= {"age"}


def clicked_through(terminal: Terminal, content: Content, until: str | None = None) -> tuple[Interview, set[str]]:
    """Answer up to a question or to the end; return the interview, and which questions were typed on digits."""
    interview = Interview(content.form, content.rules)
    click(terminal, "Begin")
    typed: set[str] = set()
    while (question := interview.current) is not None and question.id != until:
        terminal.shows(question.text[:50])
        entry = given_by_mouse(terminal, question)
        typed |= {question.id} & CLICKED.keys()
        interview.record(question.id, entry)
        interview.next()
        click(terminal, "Continue  Enter")
        if interview.current:
            terminal.shows_no(question.text[:50])
    return interview, typed


def test_by_keyboard_in_the_smallest_window(start: Start, flight: Content, tmp_path: Path) -> None:
    """At 60 by 18 each page shows its question and its first answer at once, and the copy that is saved holds."""
    terminal = start(size=(60, 18))

    def choose(question: Question, number: int) -> Entry:
        offered = list(question.answer_type.offered(question))
        if offered:
            terminal.shows(offered[0].label)  # No key is pressed before that.
        return AbsentReason.DECLINED if question.type == "date" else calm(question, number)

    walk(terminal, flight, choose)
    terminal.shows("Check your answers before you finish")
    terminal.keys(FUNCTION["f4"])
    terminal.shows("You have finished")
    terminal.read_page()
    terminal.press("Save a copy", after="Done")
    save(terminal, "Save a copy of your answers")
    assert check(next(tmp_path.glob("screener-*-patient.txt")).read_text("utf-8")).holds
    terminal.focuses("Save a copy")
    terminal.keys(BACKTAB)
    terminal.press("Done")
    assert terminal.ends() == 0
