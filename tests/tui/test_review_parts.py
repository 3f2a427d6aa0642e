"""The check of many answers: what was left blank first, then the parts, each of which opens."""

from __future__ import annotations

import pytest

from screener.content.compiled import Content
from screener.content.load import load
from screener.page_text.review import left_blank
from screener.paths import shipped_content
from tests.plain.prompts import talk_from
from tests.tui.screens import screens


@pytest.fixture(scope="module")
def weekly() -> Content:
    return load(shipped_content(), "weekly")


@pytest.fixture(scope="module")
def given(weekly: Content) -> dict[str, object]:
    """An answer to every question that asks yes or no, or has options."""
    answers: dict[str, object] = {}
    for question in weekly.questionnaire:
        if question.type == "yes_no":
            answers[question.id] = False
        elif question.type == "choice":
            answers[question.id] = question.options[0].code
    return answers


async def test_a_part_opens_and_its_answer_can_be_changed(weekly: Content, given: dict[str, object]) -> None:
    """What is blank stands first; Enter on a part shows its answers, and one that was changed is seen again."""
    async with screens(weekly, None, size=(80, 40), **given) as person:  # type: ignore[arg-type]
        assert person.text.index("Left blank") < person.text.index(weekly.questionnaire.sections[0].title)
        blank = len(left_blank(person.app.interview))
        shown = person.text.count("Change")
        assert shown >= min(blank, 10)
        await person.press("end", "enter")
        assert "Hide" in person.text
        await person.press("down", "enter")
        assert person.page == "QuestionPage"
        changed = person.asked
        await person.press("escape")
        assert person.page == "ReviewPage"
        label = weekly.questionnaire.question[str(changed)].label
        assert any(line.strip().startswith(">") and label.split()[0] in line for line in person.text.splitlines())
        await person.press("f4")
        assert person.page == "ConfirmationPage"


async def test_a_click_opens_and_closes_a_part(weekly: Content, given: dict[str, object]) -> None:
    """With the mouse alone too."""
    async with screens(weekly, None, size=(80, 60), **given) as person:  # type: ignore[arg-type]
        before = person.text
        title = weekly.questionnaire.sections[0].title
        await person.click(title)
        assert person.text.count("Change") > before.count("Change")
        await person.click(title)
        assert person.text == before or "Hide" not in person.text


async def test_few_answers_are_all_there_at_once(flight: Content) -> None:
    async with screens(flight, None, size=(80, 40)) as person:
        assert "Left blank" not in person.text
        assert "Where you leave from" in person.text or person.text.count("Change") > 5


def test_plain_mode_says_the_parts_first_and_all_answers_when_asked(weekly: Content, given: dict[str, object]) -> None:
    """The numbers are those by which an answer is changed."""
    told = talk_from(weekly, None, **given).told  # type: ignore[arg-type]
    assert "Left blank\n" in told
    assert told.count(": No\n") == 0
    assert talk_from(weekly, None, "l", **given).told.count(": No\n") > 0  # type: ignore[arg-type]
