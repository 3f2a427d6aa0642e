"""A repeating section on both faces: which occurrence it is, how long after the moment, and the list of all answers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from screener.model.response import AbsentReason
from tests.plain.prompts import console
from tests.plain.test_parity import copies, prompts_agree
from tests.plain.walks import (
    Action,
    Change,
    Finish,
    Give,
    at_screens,
    script,
    through_interview,
    through_screens,
    walks,
)
from tests.readings import clock, content, every_condition

UNKNOWN = AbsentReason.UNKNOWN
TWO_READINGS: list[Action] = [
    *(Give(clock(600)), Give(False)),
    *(Give(clock(590)), Give(142), Give(91), Give(True), Give(True)),
    *(Give(clock(645)), Give(190), Give(95), Give(False), Give("noise"), Give(False)),
    *(Give(True), Give(UNKNOWN)),
]


def test_the_prompts_say_which_reading_and_how_long_after() -> None:
    """Check the line above each question: the number, and the minutes once the time of the reading is known."""
    readings = content({})
    told = console(readings, script(readings, TWO_READINGS)).told
    before, _, after = told.partition("Reading 2\nWhen was this reading?")
    assert "Reading 1, 10 min before the start\nWhat was the top number?" in before
    assert "Reading 2" not in before
    assert "Reading 2, 45 min since the start\nWhat was the top number?" in after
    assert told.count("Fill this in at each reading.") == 1


def test_the_list_at_the_prompts_groups_the_readings() -> None:
    """Check that each reading has one line of its own, and its answers short names."""
    readings = content({})
    told = console(readings, script(readings, TWO_READINGS)).told
    listed = told.partition("Check your answers before you finish")[2]
    assert listed.count("Reading 1, 10 min before the start\n") == 1
    assert "Reading 2, 45 min since the start\n8 Time of the reading: 10:45\n9 Top number: 190\n" in listed


def test_two_numbers_typed_as_one_stay_in_their_reading() -> None:
    """Check that 142/91 in the second reading is its top and its bottom number."""
    readings = content({})
    entered = console(readings, [*script(readings, TWO_READINGS[:8]), "142/91"]).entries
    assert (entered["top.2"], entered["bottom.2"], entered["top.1"]) == (142, 91, 142)
    assert "top.3" not in entered


async def test_the_screens_say_which_reading_and_how_long_after() -> None:
    """Check the line above the question, and the list of all answers."""
    readings = content({})
    async with at_screens(readings) as person:
        await through_screens(person, TWO_READINGS[:8])
        assert "Part 2 of 3, Reading 2, 45 min since the start" in person.text
    async with at_screens(readings) as person:
        await through_screens(person, TWO_READINGS)
        assert person.page == "ReviewPage"
        assert person.text.count("Reading 1, 10 min before the start") == 1
        assert "Reading 1: " not in person.text
        assert person.line("Top number").split() == ["Top", "number", "142", "Change"]


async def test_a_walk_with_readings_agrees_on_every_face() -> None:
    """Check law 6 with readings, of which one is taken back and given again."""
    readings = every_condition()
    walk: list[Action] = [
        *TWO_READINGS[:-1],
        Give(UNKNOWN),
        Change("more.1"),
        Give(False),
        Change("more.1"),
        Give(True),
        Change("calm.2"),
        Give(True),
        Finish(),
    ]
    prompts_agree(readings, walk)
    async with at_screens(readings) as person:
        session = await through_screens(person, walk)
        assert copies(session) == copies(through_interview(readings, walk))


@settings(max_examples=10)
@given(st.data())
def test_any_walk_with_readings_agrees(data: st.DataObject) -> None:
    """Check law 6 whatever is answered, left out, gone back to and changed."""
    prompts_agree(every_condition(), data.draw(walks(every_condition())))
