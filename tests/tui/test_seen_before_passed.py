"""A list of answers is seen before it is passed, by keyboard and by mouse, at any size."""

from __future__ import annotations

import asyncio
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.model.questionnaire import Question
from screener.plain import wording
from tests.strategies import shipped
from tests.tui.screens import Screens, screens, sitting_at

BLANK = sitting_at(shipped(), None, {}).interview.state
LISTS = [q for q in shipped().questionnaire if len(q.options) > 1 and BLANK.is_enabled(q.id)]
MEDICINES = "medicines_mind"


def options_on(person: Screens, question: Question) -> set[str]:
    """The options whose last words are on the screen."""
    text = " ".join(person.text.split())
    labels = {option.label for option in question.options}
    return {label for label in labels if re.sub(r"\s+", " ", label)[-24:] in text}


async def test_enter_reads_on_before_it_goes_on() -> None:
    """Nine medicines at 60 by 18: the first Enter shows more of them and says so, and none is passed unseen."""
    question = shipped().questionnaire.question[MEDICINES]
    async with screens(shipped(), MEDICINES, size=(60, 18)) as person:
        await person.press("1")
        seen = options_on(person, question)
        assert len(seen) < len(question.options)
        while person.asked == MEDICINES:
            before = len(seen)
            await person.press("enter")
            if person.asked == MEDICINES:
                assert "There are more answers" in person.text
                seen |= options_on(person, question)
                assert len(seen) > before
        assert len(seen) == len(question.options)
        await person.press("escape", "enter")
        assert person.asked != MEDICINES  # It was read before.


async def test_continue_reads_on_before_it_goes_on() -> None:
    """By mouse too; a list that was scrolled through is passed at once."""
    async with screens(shipped(), MEDICINES, size=(60, 18)) as person:
        await person.press("1")
        await person.click("Continue")
        assert person.asked == MEDICINES
        await person.press("pagedown", "pagedown", "pagedown")
        await person.click("Continue")
        assert person.asked != MEDICINES


async def test_a_held_enter_and_a_double_click_do_not_pass_a_list() -> None:
    """They come within half a second of the scrolling."""
    async with screens(shipped(), MEDICINES, size=(60, 18), step=0.01) as person:
        for _ in range(300):
            person.app._guard._clock()
        await person.press("1", *["enter"] * 8)
        assert person.asked == MEDICINES


@settings(max_examples=12, deadline=None)
@given(question=st.sampled_from(LISTS), columns=st.integers(60, 120), rows=st.integers(18, 40), click=st.booleans())
def test_no_option_is_passed_unseen(question: Question, columns: int, rows: int, click: bool) -> None:
    async def walk() -> None:
        async with screens(shipped(), question.id, size=(columns, rows)) as person:
            await person.press("1")
            seen = options_on(person, question)
            for _ in range(20):
                await (person.click("Continue") if click else person.press("enter"))
                if person.asked != question.id or person.page != "QuestionPage":
                    break
                seen |= options_on(person, question)
            assert seen == {option.label for option in question.options}

    asyncio.run(walk())


@pytest.mark.parametrize("question", LISTS, ids=lambda question: question.id)
def test_plain_mode_says_every_option(question: Question) -> None:
    session = sitting_at(shipped(), question.id, {})
    session.interview.change(question.id)
    said = "\n".join(wording.asked(session.interview))
    assert all(option.label in said for option in question.options)
