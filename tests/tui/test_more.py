"""What a person can read too before they begin."""

from __future__ import annotations

import pytest

from screener.content.compiled import Content
from screener.content.load import load
from screener.paths import shipped_content
from tests.plain.prompts import console
from tests.tui.screens import screens

MORE = "What is known about"


def shipped() -> Content:
    return load(shipped_content(), "ketamine-pre-screening")


async def test_more_is_one_button_away_on_the_first_page() -> None:
    """By keyboard and by mouse, and closing it leads back; the first page itself stays short."""
    content = shipped()
    assert len(content.questionnaire.welcome.paragraphs) <= 3
    async with screens(content, "region", welcome=True) as person:
        assert MORE not in person.text
        await person.press("tab", "enter")
        assert MORE in person.text
        await person.press("escape")
        await person.click("More about this")
        assert MORE in person.text
        await person.click("Close")
        await person.click("Begin")
        assert person.asked == "region"


def test_plain_mode_says_more_when_asked() -> None:
    """Until the first answer is given."""
    content = shipped()
    told = " ".join(console(content, ["m"]).told.split())
    assert "m More about this" in told
    assert MORE in told
    assert MORE not in " ".join(console(content, []).told.split())
    assert MORE not in " ".join(console(content, ["1", "m"]).told.split())


@pytest.mark.parametrize("size", [(60, 18), (80, 24)])
async def test_the_first_page_says_that_nothing_is_decided(size: tuple[int, int]) -> None:
    """Nobody has to scroll or to ask for more to read it; plain mode says it before the first question."""
    sentence = "It does not decide whether a treatment is right for you."
    async with screens(shipped(), "region", size=size, welcome=True) as person:
        assert sentence in " ".join(person.text.split())
    assert sentence in " ".join(console(shipped(), []).told.split())


async def test_a_questionnaire_without_more_offers_none(flight: Content) -> None:
    async with screens(flight, welcome=True) as person:
        assert "More about this" not in person.text
    assert "More about this" not in console(flight, []).told
