"""What is typed in one burst, or while the machine is busy, goes where the person meant it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key

from screener.content.compiled import Content
from screener.model.response import AbsentReason
from screener.tui.input import queue
from screener.tui.input.paste_guard import RUSH
from screener.tui.messages import Acknowledged, AnswerSubmitted
from tests.tui.screens import Screens, screens

CHARACTERS = {"space": " ", "tab": "\t", "enter": "\r"}


def burst(person: Screens, *keys: str) -> None:
    """Type without looking: every key is there before the first of them is read."""
    for key in keys:
        name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
        event = events.Key(name, key if len(key) == 1 else CHARACTERS.get(key))
        event.set_sender(person.app)
        person.app.post_message(event)


async def test_tab_and_space_press_the_button_and_type_nothing(flight: Content, tmp_path: Path) -> None:
    """The key after a Tab is for what the Tab went to: no space is written into the folder."""
    async with screens(flight, None) as person:
        person.app.session.export_folder = tmp_path
        await person.click("Finish")
        await person.click("Save a copy")
        burst(person, "shift+tab", "tab", "space")
        await person.settle()
        assert "The copy is saved in this file" in person.text
    assert len(list(tmp_path.iterdir())) == 1


async def test_a_walk_can_be_typed_ahead(flight: Content) -> None:
    """Several questions answered in one burst, numbers among them, end with these answers and at the next question."""
    async with screens(flight, "departure") as person:
        burst(person, "2", "enter", "1", "enter", "4", "7", "enter", "2", "enter")
        await person.settle()
        given = {name: person.entries.get(name) for name in ("departure", "typed_by", "age", "alone")}
        assert given == {"departure": "south", "typed_by": "self", "age": 47, "alone": False}


async def test_letters_stay_before_the_tab_and_after_it(flight: Content) -> None:
    """What is typed before a Tab is in the field, what is typed after it is for the answers below."""
    async with screens(flight, "age") as person:
        burst(person, "4", "7", "tab", "space", "enter")
        await person.settle()
        assert isinstance(person.entries["age"], AbsentReason)
    async with screens(flight, "age") as person:
        burst(person, "tab", "space", "shift+tab", "4", "7", "enter")
        await person.settle()
        assert person.entries["age"] == 47


async def test_a_click_between_keys_keeps_its_place(flight: Content) -> None:
    """The key before it is for the page that it goes on from, the key after it for the next."""
    async with screens(flight, "departure") as person:
        row = next(y for y, line in enumerate(person.text.splitlines()) if "Continue" in line)
        column = person.line("Continue").index("Continue")
        burst(person, "2")
        for kind in (events.MouseDown, events.MouseUp):
            person.app.post_message(kind(None, column, row, 0, 0, 1, False, False, False, column, row))
        burst(person, "1", "enter")
        await person.settle()
        assert (person.entries.get("departure"), person.entries.get("typed_by")) == ("south", "self")


async def test_keys_wait_for_a_page_that_is_still_being_made(flight: Content) -> None:
    """In one burst, each key acts on the page that the one before it has opened."""
    async with screens(flight, "remarks") as person:
        burst(person, "a", "f8", "escape", "b")
        await person.settle()
        assert person.page == "QuestionPage"
        assert person.app.question_page.typed == "ab"


async def test_keys_typed_before_the_page_of_leaving_was_seen_do_not_leave(flight: Content) -> None:
    """Nobody leaves by keys that were meant for the page before."""
    async with screens(flight, "remarks") as person:
        burst(person, "a", "ctrl+q", "tab", "tab", "enter", "space")
        await person.settle()
        assert person.page == "Leave"
        assert person.app.return_code is None


@pytest.mark.parametrize("step", [0.01, 1])
async def test_a_held_enter_is_one_enter(flight: Content, step: float) -> None:
    """An Enter that repeats while the next page is being made does not act on it, however long that takes."""
    async with screens(flight, welcome=True, step=step) as person:
        burst(person, *["enter"] * 8)
        await person.settle()
        assert person.asked == "departure"
        assert "problem" not in person.text


async def test_a_page_that_never_rests_does_not_lock_the_keyboard(
    flight: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Help comes even while something on the page is never done."""
    monkeypatch.setattr(queue, "_NAPS", 5)
    async with screens(flight, "remarks") as person:
        done = asyncio.Event()
        person.app.screen.query_one("#asked").call_later(done.wait)
        burst(person, "f8")
        while person.page != "CrisisHelp":
            await asyncio.sleep(0.001)
        done.set()


@pytest.mark.parametrize("after", [0.0, RUSH * 0.9])
async def test_a_paste_presses_no_keys(flight: Content, after: float) -> None:
    """A paste that holds the mark of its own end, and then keys, is not typed by a person: the keys are dropped."""
    async with screens(flight, "remarks", step=after) as person:
        person.app.post_message(events.Paste("words"))
        burst(person, "ctrl+q", "tab", "tab", "enter", "x")
        await person.settle()
        assert (person.page, person.app.return_code) == ("QuestionPage", None)
        assert person.app.question_page.typed == "words"


async def test_keys_after_a_paste_are_keys_again(flight: Content) -> None:
    """After a pause as short as a person's, the keyboard acts as always."""
    async with screens(flight, "remarks", step=RUSH) as person:
        person.app.post_message(events.Paste("words"))
        burst(person, "x", "ctrl+q")
        await person.settle()
        assert person.page == "Leave"
        assert person.app.question_page.typed == "wordsx"


async def test_a_page_that_is_gone_answers_and_dismisses_nothing(flight: Content) -> None:
    """What it sent twice, or too late, is not taken for the next question nor for the next urgent page."""
    async with screens(flight, "departure") as person:
        for _twice in range(2):
            person.app.post_message(AnswerSubmitted("departure", AbsentReason.DECLINED))
        await person.settle()
        assert (person.asked, dict(person.entries)) == ("typed_by", {"departure": AbsentReason.DECLINED})
    async with screens(flight, "chest_pain") as person:
        await person.press("1", "enter")
        assert person.page == "UrgentPage"
        for _twice in range(2):
            person.app.post_message(Acknowledged("chest-pain"))
        await person.settle()
        assert (person.page, person.asked) == ("QuestionPage", "pain_now")
