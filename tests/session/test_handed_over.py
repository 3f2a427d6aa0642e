"""What staff handed over of the previous response is known until the end, also after an interruption."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from screener.engine.previous import answers_to_confirm
from screener.engine.rules import Outcome
from screener.i18n.formats import local
from screener.page_text.question import to_confirm
from screener.session.session import InterviewSession
from tests.expressions.previous_content import previous_folder, with_previous
from tests.session.conftest import Interrupt, Terminal

DAYS = 7


@pytest.fixture
def terminal(terminal: Terminal, tmp_path: Path) -> Terminal:
    """The terminal, with questions of which some are carried over."""
    folder = previous_folder(tmp_path / "previous")
    return replace(terminal, session_factory=replace(terminal.session_factory, content=with_previous(), folder=folder))


def begun(terminal: Terminal) -> InterviewSession:
    """Staff started it for somebody whose bag was lighter a week ago."""
    day = local(datetime.datetime.now(datetime.UTC)).date() - datetime.timedelta(DAYS)
    entries = {"bag": 10, "alone": True}
    content = terminal.session_factory.content
    previous = answers_to_confirm(content.form, entries, reference="2222-2222", day=day, days=DAYS)
    session = terminal.session_factory.for_person("sealed", previous)
    session.answer("departure", "north")
    session.interview.next()
    return session


def outcomes(session: InterviewSession) -> tuple[Outcome, Outcome]:
    now = session.interview.assessment.outcomes
    return now["heavier"], now["soon"]


def test_rules_know_it_after_a_crash(terminal: Terminal, crash: Interrupt) -> None:
    session = crash(begun(terminal))
    session.answer("bag", 16)
    assert outcomes(session) == (Outcome.RAISED, Outcome.RAISED)
    again = crash(session)
    assert outcomes(again) == (Outcome.RAISED, Outcome.RAISED)
    assert again.metadata.carried_from == session.metadata.carried_from


def test_whoever_goes_on_is_not_shown_what_was_not_confirmed(terminal: Terminal, crash: Interrupt) -> None:
    """Staff made sure who it was before they started it, and not of whoever comes afterwards."""
    session = begun(terminal)
    shown = 0
    while question := session.interview.current:
        shown += to_confirm(session.interview) is not None
        session.record(question.id, question.absent[0])
        session.interview.next()
    assert shown == 2
    again = crash(begun(terminal))
    while question := again.interview.current:
        assert to_confirm(again.interview) is None
        again.record(question.id, question.absent[0])
        again.interview.next()


def test_it_is_kept_no_longer_than_that(clinic: Terminal) -> None:
    """What is finished holds none of it: who reads it finds the previous response by its link, or not at all."""
    session = begun(clinic)
    (record,) = clinic.records()
    assert record.handed_over == {"bag": 10, "alone": True}
    session.finish()
    (record,) = clinic.records()
    assert not record.handed_over
