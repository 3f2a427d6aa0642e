"""Two numbers typed as one, and "nothing", on screens and in plain mode."""

from __future__ import annotations

import pytest

from tests.plain.prompts import talk_from
from tests.strategies import shipped
from tests.tui.screens import screens


@pytest.mark.parametrize("typed", ["142/91", "142 over 91"])
async def test_screens_take_two_numbers_as_one(typed: str) -> None:
    """The second number stands on its own page, to be seen and gone on from."""
    async with screens(shipped(), "systolic") as person:
        await person.type(typed)
        assert "142 mmHg" in person.text
        assert "91 mmHg" in person.text
        await person.press("enter")
        assert person.asked == "diastolic"
        assert person.app.interview.state.entries["systolic"] == 142
        assert person.app.interview.entry == 91


async def test_two_numbers_that_are_not_right_are_not_recorded() -> None:
    """Whoever goes back to change them finds neither, on screens and in plain mode."""
    async with screens(shipped(), "systolic") as person:
        await person.type("80/140")
        await person.press("enter")
        assert "right way round" in person.text
        assert not {"systolic", "diastolic"} & set(person.entries)
        await person.press("escape", "ctrl+u")
        await person.type("130")
        await person.press("enter")
        assert (person.asked, person.app.interview.entry) == ("diastolic", None)
    talked = talk_from(shipped(), "systolic", "80/140", "c", "130")
    assert "right way round" in talked.told
    assert (talked.entries["systolic"], "diastolic" in talked.entries) == (130, False)


async def test_screens_still_take_one_after_the_other() -> None:
    async with screens(shipped(), "systolic") as person:
        await person.type("142")
        await person.press("enter")
        assert person.asked == "diastolic"
        await person.type("91")
        await person.press("enter")
        assert person.app.interview.state.entries["diastolic"] == 91


def test_plain_mode_takes_two_numbers_as_one() -> None:
    talked = talk_from(shipped(), "systolic", "142/91")
    assert (talked.entries["systolic"], talked.entries["diastolic"]) == (142, 91)
    assert talked.asked == "diastolic"


def test_plain_mode_refuses_a_second_number_that_cannot_be() -> None:
    talked = talk_from(shipped(), "systolic", "142/910")
    assert "systolic" not in talked.entries
    assert "diastolic" not in talked.entries
    assert talked.asked == "systolic"


async def test_screens_offer_nothing_to_write() -> None:
    async with screens(shipped(), "other_health") as person:
        assert "No other allergies or conditions" in person.text
        await person.type("Penicillin")
        await person.click("No other allergies or conditions")
        await person.press("enter")
        assert person.app.interview.state.entries["other_health"] == ""


def test_plain_mode_offers_nothing_to_write() -> None:
    talked = talk_from(shipped(), "other_health", "n")
    assert "n No other allergies or conditions" in talked.told
    assert talked.entries["other_health"] == ""
