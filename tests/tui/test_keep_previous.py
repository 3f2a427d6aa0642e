"""What a person told last time is shown to be confirmed, where staff started it for them, and kept by a press only."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from screener.document.formats import rendered
from screener.engine.previous import answers_to_confirm
from screener.model.response import AbsentReason
from screener.session.session import InterviewSession
from screener.tui.app import ScreenerApp
from screener.tui.widgets.keep_previous import KeepPrevious
from tests.expressions.previous_content import with_previous
from tests.tui.screens import FOLDER, NOON, REFERENCE, Screens

DAY = datetime.date(2026, 2, 1)
ASK = "On 2026-02-01 you answered: "
HERE = "It is still so"


def session(known: bool = True) -> InterviewSession:
    """A session that came to the question whether the person flies alone, with their answers of last time."""
    content = with_previous()
    entries = {"alone": True, "bag": 10, "items": frozenset({"stick", "inhaler"}), "age": 40, "chest_pain": False}
    previous = answers_to_confirm(content.form, entries, reference="2222-2222", day=DAY, days=28) if known else None
    made = InterviewSession(content, FOLDER, now=lambda: NOON, reference=REFERENCE, previous=previous)
    while made.interview.current and made.interview.current.id != "alone":
        made.record(made.interview.current.id, AbsentReason.DECLINED)
        made.interview.next()
    return made


@asynccontextmanager
async def answering(made: InterviewSession, *, step: float = 60) -> AsyncIterator[Screens]:
    clock = iter(step * number for number in range(10**9))
    app = ScreenerApp(made, clock=lambda: next(clock))
    async with app.run_test(size=(80, 30)) as pilot:
        person = Screens(app, pilot)
        await person.settle()
        app.on_resume_requested()
        await person.settle()
        yield person


async def test_the_answer_of_last_time_is_shown_and_not_chosen() -> None:
    """Nothing is chosen for the person: Enter alone says that an answer is missing."""
    async with answering(session()) as person:
        assert f"{ASK}Yes" in person.text
        assert HERE in person.text
        await person.press("enter")
        assert "There is a problem" in person.text
        assert (person.asked, "alone" in person.entries) == ("alone", False)


async def test_a_press_keeps_it_and_everything_says_so() -> None:
    made = session()
    async with answering(made) as person:
        await person.click(HERE)
        assert person.asked == "first_flight"
        assert HERE not in person.text
        assert ASK not in person.text
        await person.press("escape")
        assert "You kept this answer from last time." in person.text
        assert HERE not in person.text
    assert made.interview.carried_over == {"alone"}
    assert [(past.question, past.carried_over) for past in made.history if past.question == "alone"] == [
        ("alone", True)
    ]
    for audience in ("patient", "clinician"):
        text = " ".join(rendered(made.summary(audience)).decode().split())  # type: ignore[arg-type]
        assert "(carried over)" in text
        assert "Carried over flying alone: as on 2026-02-01 (2222-2222), each confirmed." in text


async def test_another_answer_is_not_marked() -> None:
    """Also where it is the same one again, or where what was kept is changed afterwards."""
    made = session()
    async with answering(made) as person:
        await person.press("1", "enter")
        assert person.entries["alone"] is True
        await person.press("escape")
        assert "You kept" not in person.text
    assert made.interview.carried_over == set()
    made.record("alone", True, carried_over=True)
    made.record("alone", False)
    assert made.interview.carried_over == set()


async def test_a_held_key_keeps_nothing() -> None:
    """However often Enter or space repeats, only the answer whose button was reached is kept."""
    made = session()
    async with answering(made, step=0.02) as person:
        person.app.screen.query_one(KeepPrevious).focus()
        await person.press(*["enter"] * 3, *["space"] * 3)
        await person.press(*["enter", "space"] * 10)
    assert made.interview.carried_over <= {"alone"}


async def test_the_check_of_all_answers_marks_it() -> None:
    made = session()
    made.record("alone", True, carried_over=True)
    while made.interview.current:
        if made.interview.entry is None:
            made.record(made.interview.current.id, AbsentReason.DECLINED)
        made.interview.next()
    async with answering(made) as person:
        assert person.page == "ReviewPage"
        assert "Yes (carried over)" in person.text


async def test_without_a_previous_response_nothing_is_shown() -> None:
    """As at a kiosk with a code, and on somebody's own device."""
    async with answering(session(known=False)) as person:
        assert ASK not in person.text
        assert not person.app.screen.query(KeepPrevious)


@pytest.mark.parametrize("question", ["age", "chest_pain", "nerves_1"])
async def test_only_what_the_content_carries_over_is_shown(question: str) -> None:
    made = session()
    while made.interview.current and made.interview.current.id != question:
        if made.interview.entry is None:
            made.record(made.interview.current.id, AbsentReason.DECLINED)
        made.interview.next()
    if question == "age":
        made.interview.change("age")
    async with answering(made) as person:
        assert person.asked == question
        assert HERE not in person.text
