"""Answering by keyboard and by mouse."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from screener.content.compiled import Content
from screener.content.load import load
from screener.model.response import AbsentReason
from screener.page_text.review import listed
from screener.paths import shipped_content
from tests.strategies import shipped
from tests.tui.screens import DECLINED, screens


async def test_begin_leads_to_the_first_question(flight: Content) -> None:
    """Enter on the welcome page shows the first question, with nothing chosen."""
    async with screens(flight, welcome=True) as person:
        assert "Before you fly" in person.text
        await person.press("enter")
        assert "Where do you leave from?" in person.text
        assert "(*)" not in person.text


async def test_enter_with_nothing_chosen_is_an_error_and_not_the_first_answer(flight: Content) -> None:
    """A stray Enter records nothing and says beside the question what to do."""
    async with screens(flight) as person:
        await person.press("enter", "enter")
        assert person.asked == "departure"
        assert not person.entries
        assert "There is a problem" in person.text
        assert 'Error: Choose an answer, or choose "Prefer not to say".' in person.text


async def test_a_digit_chooses_and_does_not_go_on(flight: Content) -> None:
    """Pressing a digit many times never answers the next question, nor takes the answer back."""
    async with screens(flight) as person:
        await person.press("1", "1", "1")
        assert person.asked == "departure"
        assert "> 1  (*) The north" in person.text
        await person.press("enter")
        assert person.entries == {"departure": "north"}
        assert "Who types the answers?" in person.text
        assert "(*)" not in person.text


async def test_arrows_and_space(flight: Content) -> None:
    """The arrows move without choosing, the space bar chooses."""
    async with screens(flight) as person:
        await person.press("down", "down")
        assert "(*)" not in person.text
        assert person.line(">").split()[1] == "3"
        await person.press("up", "space", "enter")
        assert person.entries == {"departure": "south"}


@pytest.mark.parametrize("key", ["c", "backspace", "u"])
async def test_a_choice_can_be_let_go(flight: Content, key: str) -> None:
    """C, Backspace and undo take a choice back."""
    async with screens(flight) as person:
        await person.press("1", key)
        assert "(*)" not in person.text
        await person.press("enter")
        assert "There is a problem" in person.text


async def test_none_of_these_stands_alone(flight: Content) -> None:
    """An exclusive answer un-chooses the others, and they un-choose it; so do the ways of giving no answer."""
    async with screens(flight, "items") as person:
        await person.press("1", "2", "4")
        assert "[ ] An inhaler" in person.text
        assert "[x] None of these" in person.text
        await person.press("2")
        assert "[ ] None of these" in person.text
        await person.press("6")
        assert person.text.count("[x]") == 0
        assert f"(*) {DECLINED}" in person.text
        await person.press("2", "3", "enter")
        assert person.entries["items"] == frozenset({"stick", "oxygen"})


async def test_prefer_not_to_say_is_an_answer_of_its_own(flight: Content) -> None:
    """Leaving a question out is explicit and recorded as declined, which is never a no."""
    async with screens(flight, "alone") as person:
        await person.press("4", "enter")
        assert person.entries["alone"] is AbsentReason.DECLINED


async def test_yes_and_no(flight: Content) -> None:
    """A yes/no question uses the same list."""
    async with screens(flight, "alone") as person:
        await person.press("2", "enter")
        assert person.entries["alone"] is False


async def test_only_the_offered_ways_of_leaving_out_are_shown(flight: Content) -> None:
    """An instrument that has no "I don't know" shows none."""
    async with screens(flight, "nerves_1") as person:
        assert "I don't know" not in person.text
        assert DECLINED in person.text
        assert "How often today have you felt" in person.text
        assert "Invented for the tests of this program." in person.text


async def test_a_comma_in_a_number_is_understood(flight: Content) -> None:
    """70,5 kilograms never become 705: what was understood is shown while typing and recorded so."""
    async with screens(flight, "oxygen_flow", items=frozenset({"oxygen"})) as person:
        await person.type("2,5")
        assert "Read as 2.5 l/min" in person.text
        await person.press("enter")
        assert person.entries["oxygen_flow"] == Decimal("2.5")


async def test_a_wrong_number_is_kept_and_explained(flight: Content) -> None:
    """An error says what to write, the text stays as typed and the caret stays in the field."""
    async with screens(flight, "age") as person:
        await person.type("abc")
        await person.press("enter")
        assert "Error: Type a whole number in digits, such as 12." in person.text
        assert "abc" in person.text
        assert person.app.focused is person.app.question_page.field
        await person.type("d")
        assert "abcd" in person.text
        assert "There is a problem" not in person.text


async def test_a_date_is_read_back_in_words(flight: Content) -> None:
    """A date is shown with the month as a word before it counts."""
    async with screens(flight, "first_flight") as person:
        await person.type("2019-3-5")
        assert "Read as 5 March 2019" in person.text


async def test_an_unusual_number_is_asked_about_and_may_stand(flight: Content) -> None:
    """A number outside the usual range brings a page; going back keeps it, confirming records it."""
    async with screens(flight, "age") as person:
        await person.type("103")
        await person.press("enter")
        assert person.page == "ConfirmAnswer"
        assert "You typed 103 years. Is that right?" in person.text
        await person.press("enter")
        assert person.asked == "age"
        assert "103" in person.text
        await person.press("enter")
        await person.click("It is right")
        assert person.entries["age"] == 103
        assert person.asked == "alone"


async def test_no_answer_instead_of_a_typed_one(flight: Content) -> None:
    """Choosing "Prefer not to say" empties the field, and letting it go brings back what was typed."""
    async with screens(flight, "age") as person:
        await person.type("41")
        await person.press("down", "down", "space")
        assert f"(*) {DECLINED}" in person.text
        assert "41" not in person.text
        await person.press("u")
        assert "Read as 41 years" in person.text
        await person.press("space", "enter")
        assert person.entries["age"] is AbsentReason.DECLINED


async def test_typing_lets_go_of_no_answer(flight: Content) -> None:
    """What is done last counts, and it is what the screen shows."""
    async with screens(flight, "age") as person:
        await person.press("down", "space", "up")
        await person.type("41")
        assert "(*)" not in person.text
        await person.press("enter")
        assert person.entries["age"] == 41


async def test_text_goes_on_with_enter(flight: Content) -> None:
    """In a long text Enter continues, as on every page."""
    async with screens(flight, "remarks") as person:
        await person.press("enter")
        assert "Error: Type your answer" in person.text
        await person.type("I like windows")
        await person.press("enter")
        assert person.entries["remarks"] == "I like windows"


async def test_by_mouse_alone(flight: Content) -> None:
    """Every step can be done without the keyboard, and every key at the bottom can be clicked."""
    async with screens(flight, welcome=True) as person:
        await person.click("Begin")
        await person.click("The south")
        assert "(*) The south" in person.text
        await person.click("Clear")
        assert "(*)" not in person.text
        await person.click("The north")
        await person.click("Continue")
        assert person.entries == {"departure": "north"}
        await person.click("Back")
        assert "(*) The north" in person.text
        await person.click("Why we ask")
        assert "It decides whom to call in an emergency." in person.text
        await person.click("Close")
        await person.click("Get help now")
        assert person.page == "CrisisHelp"
        await person.click("close")
        await person.click("leave")
        assert person.page == "Leave"
        await person.click("Leave without saving")
    assert person.app.return_code == 3


async def test_each_way_to_give_no_answer_is_one_key_from_the_field() -> None:
    """The keys stand beside the rows below the field, and the field itself has another use for two of them."""
    async with screens(shipped(), "other_health") as person:
        rows = [line for line in person.text.splitlines() if re.search(r"F[567]  \( \)", line)]
        assert len(rows) == 3
        for number, key in enumerate(("f5", "f6", "f7")):
            await person.type("x")
            await person.press(key)
            marked = [line for line in person.text.splitlines() if "(*)" in line]
            assert [line.split()[line.split().index("(*)") - 1] for line in marked] == [f"F{5 + number}"]


async def test_a_time_can_be_typed_by_mouse() -> None:
    """The digits on the screen have what stands between those of an answer: a colon for a time."""
    content = load(shipped_content(), "session-day")
    asked = next(question for question in content.questionnaire if question.type == "time")
    async with screens(content, next(iter(content.questionnaire)).id) as person:
        person.app.interview.current = asked
        person.app.question_page.update_question()
        await person.settle()
        for sign in "9:05":
            await person.click(f" {sign} ")
        assert "Read as 09:05" in person.text
    content = load(shipped_content(), "ketamine-pre-screening")
    async with screens(content, "age") as person:
        assert "0  \u2190" in person.text, "a whole number needs no sign"


async def test_one_of_a_unit_is_called_so(flight: Content) -> None:
    """An age of one is read back as one year."""
    async with screens(flight, "age") as person:
        await person.type("1")
        assert "Read as 1 year" in person.text
        assert "years" not in person.line("Read as")


async def test_keys_stand_on_the_buttons_where_they_have_room(flight: Content) -> None:
    """All four keys of a question at 80 columns; below a field C is a letter, and stands on no button."""
    async with screens(flight) as person:
        assert "Continue  Enter" in person.text
        assert "Clear  C" in person.text
        assert "Why we ask  ?" in person.text
    async with screens(flight, "remarks") as person:
        assert "Clear  C" not in person.text
        assert "Why we ask  F1" in person.text


@pytest.mark.parametrize("columns", [120, 200])
async def test_the_parts_stand_beside_the_question_where_there_is_room(flight: Content, columns: int) -> None:
    """From 120 columns on, however many more there are."""
    async with screens(flight, "chest_pain", size=(columns, 40)) as person:
        assert "\u2713 Your journey" in person.text


async def test_back_shows_what_was_given(flight: Content) -> None:
    """Esc goes back, the answer is still there, and what was begun is kept too."""
    async with screens(flight) as person:
        await person.press("1", "enter", "2", "escape")
        assert person.asked == "departure"
        assert "(*) The north" in person.text
        await person.press("enter")
        assert "(*) Somebody for me" in person.text
        assert "typed_by" not in person.entries


async def test_back_from_the_first_question_is_the_welcome(flight: Content) -> None:
    """There is no dead end at the start."""
    async with screens(flight) as person:
        await person.press("escape")
        assert person.page == "WelcomePage"
        await person.press("enter")
        assert person.asked == "departure"


async def test_the_question_page_is_updated_in_place(flight: Content) -> None:
    """From question to question the same widgets show the next one; nothing is mounted again."""
    async with screens(flight) as person:
        page = person.app.screen
        before = list(page.query("*"))
        await person.press("1", "enter", "1", "enter", "4", "1", "enter")
        assert person.asked == "alone"
        assert person.app.screen is page
        assert list(page.query("*")) == before


async def test_progress(flight: Content) -> None:
    """Parts are counted always, questions only where the count is exact, and neither falls on going back."""
    async with screens(flight, "nerves_1") as person:
        assert "Part 2 of 3, question 1 of 3" in person.text
        await person.press("escape")
        assert "\u25cf\u25d0\u25cb" in person.line("Your journey")
        assert "Part 1 of 3 (changing an earlier answer)" in person.line("Your journey")


async def test_the_introduction_is_shown_once(flight: Content) -> None:
    """A section introduces itself above its first question only."""
    async with screens(flight, "items") as person:
        assert "These are about today." in person.text
        await person.press("6", "enter")
        assert "These are about today." not in person.text


async def test_a_change_from_the_list_is_checked_against_other_answers(flight: Content) -> None:
    """What does not fit any more is asked about at once, and stands on the page that checks all answers."""
    async with screens(flight, None, size=(80, 60), bag=10, bag_limit=20) as person:
        assert person.page == "ReviewPage"
        assert "may not fit together" not in person.text
        await person.press("home", *["down"] * listed(person.app.interview).index("bag"), "enter")
        assert person.asked == "bag"
        await person.click("Clear")
        await person.type("30")
        await person.press("enter")
        assert person.page == "ConfirmAnswer"
        assert "Allowed weight: 20 kg. That is less than your bag weighs." in " ".join(person.text.split())
        await person.click("It is right")
        assert person.page == "ReviewPage"
        shown = " ".join(person.text.split())
        assert "These answers may not fit together Allowed weight: 20 kg. That is less than your bag weighs." in shown


async def test_a_field_for_many_words_grows_with_what_is_typed() -> None:
    """At 80 by 24 it leaves room for the other answers, and only what is long scrolls in it."""
    async with screens(shipped(), "other_health", size=(80, 24)) as person:
        field = person.app.question_page.query_one("#long-field")
        assert field.size.height == 3
        assert "I don't know" in person.text
        assert DECLINED in person.text
        await person.press(*"a", *["ctrl+j"] * 4)
        assert field.size.height == 5
        await person.press(*["ctrl+j"] * 9)
        assert field.size.height == 7
