"""Conditions on a repeating section: what they mean of whole responses, and that a blank never decides them."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.engine.response_state import ResponseState
from screener.expressions import tree
from screener.expressions.evaluate import truth
from screener.expressions.in_words import in_words
from screener.expressions.mistakes import Mistake
from screener.expressions.parse import parse_condition
from screener.expressions.support import support
from screener.model.occurrences import repeating
from screener.model.response import AbsentReason, Entry
from tests.readings import EXPECTED, Day, Reading, days, form

MOST = 24


@cache
def parsed(condition: str, up_to: int) -> tree.Truth:
    asked = form(up_to)
    return parse_condition(condition, asked.symbols, repeating=repeating(asked.template))


def value(condition: str, entries: dict[str, Entry], up_to: int = 5) -> bool | None:
    return truth(parsed(condition, up_to))(ResponseState(form(up_to), entries).facts)


@pytest.mark.parametrize("up_to", [2, 5, MOST])
@given(data=st.data())
def test_a_whole_response_means_what_its_readings_say(up_to: int, data: st.DataObject) -> None:
    """Check every function against the plain list of readings, with any number of them up to the most."""
    day = data.draw(days(up_to))
    entries = day.entries(up_to)
    for condition, expected in EXPECTED.items():
        assert value(condition, entries, up_to) is expected(day), condition


@pytest.mark.parametrize("up_to", [3, MOST])
@given(data=st.data())
def test_a_blank_leaves_it_open_and_never_turns_it(up_to: int, data: st.DataObject) -> None:
    """Check that leaving out any answers makes a condition unknown at most: neither true nor false by a blank."""
    day = data.draw(days(up_to))
    entries = day.entries(up_to)
    left_out = data.draw(st.sets(st.sampled_from(sorted(entries))))
    fewer = {name: entry for name, entry in entries.items() if name not in left_out}
    refused = {name: AbsentReason.DECLINED if name in left_out else entry for name, entry in entries.items()}
    for condition, expected in EXPECTED.items():
        assert value(condition, fewer, up_to) in (None, expected(day)), condition
        assert value(condition, refused, up_to) == value(condition, fewer, up_to), condition


@given(day=days(4), reading=st.sampled_from(sorted(EXPECTED)))
def test_while_another_reading_may_come_nothing_is_said_of_the_last(day: Day, reading: str) -> None:
    """Check that the last reading is not known before somebody says that there is no other one."""
    entries = day.entries(5)
    del entries[f"more.{len(day.readings)}"]
    if "last(" in reading and "count" not in reading and "alone" not in reading:
        assert value(reading, entries) is None
    assert value("none_between(top, 30, 60)", entries) in (False, None)


def test_a_reading_that_is_missing_is_not_a_normal_one() -> None:
    """Check that one blank number among normal ones leaves open whether any was high."""
    day = Day(600, [Reading(590, 120, 80, True), Reading(640, 130, 80, True), Reading(700, 125, 80, True)])
    entries = day.entries(5)
    assert value("any(top >= 180)", entries) is False
    assert value("any(top >= 180)", entries | {"top.2": AbsentReason.UNKNOWN}) is None
    assert value("any(declined(top))", entries | {"top.2": AbsentReason.DECLINED}) is True


def test_a_reading_without_its_number_does_not_count_as_one() -> None:
    """Check that a reading at 40 minutes whose number is blank neither satisfies nor raises what asks for one."""
    entries = Day(600, [Reading(590, 120, 80, True), Reading(640, 130, 80, True)]).entries(5)
    assert value("none_between(top, 30, 60)", entries) is False
    assert value("none_between(top, 30, 60)", entries | {"top.2": AbsentReason.DECLINED}) is None
    assert value("none_between(top, 30, 60)", entries | {"read_at.2": AbsentReason.DECLINED}) is None
    assert value("none_between(top, 61, 90)", entries) is True
    assert value("none_between(top, 61, 90)", entries | {"start_at": AbsentReason.UNKNOWN}) is None


def test_midnight_needs_no_date() -> None:
    """Check that a reading at 0:10 is 40 minutes after 23:30, and one at 23:20 ten minutes before it."""
    night = Day(23 * 60 + 30, [Reading(23 * 60 + 20, 120, 80, True), Reading(10, 130, 80, True)]).entries(5)
    assert value("none_between(top, 40, 40)", night) is False
    assert value("none_between(top, -10, -10)", night) is False
    assert value("any(minutes(before(read_at), read_at) < 0)", night) is False


def test_times_that_go_backwards_are_seen() -> None:
    """Check that a reading before the one that was entered before it makes the condition true, also past midnight."""
    backwards = [Reading(650, 120, 80, True), Reading(640, 130, 80, True)]
    assert value("any(minutes(before(read_at), read_at) < 0)", Day(600, backwards).entries(5)) is True
    past = [Reading(5, 120, 80, True), Reading(1439, 130, 80, True)]
    assert value("any(minutes(before(read_at), read_at) < 0)", Day(1430, past).entries(5)) is True


def test_readings_set_aside_count_for_nothing() -> None:
    """Check that readings after the one that is said to be the last count no more, and come back with the answer."""
    day = Day(600, [Reading(610, 120, 80, True), Reading(640, 190, 80, False)])
    entries = day.entries(5)
    assert value("any(top >= 180)", entries) is True
    assert value("any(top >= 180)", entries | {"more.1": False}) is False
    assert value("last(calm)", entries | {"more.1": False}) is True
    assert value("any(top >= 180)", entries | {"more.1": AbsentReason.DECLINED}) is None


def test_support_is_the_reading_that_decides() -> None:
    """Check that a true condition rests on the reading that makes it so, and not on all of them."""
    day = Day(600, [Reading(610, 120, 80, True), Reading(640, 190, 80, True), Reading(650, 120, 80, True)])
    facts = ResponseState(form(5), day.entries(5)).facts
    assert support(parsed("any(top >= 180)", 5), facts) == {"top.2"}
    assert support(parsed("first(top) < 140", 5), facts) == {"top.1"}
    assert support(parsed("last(top) < 140", 5), facts) == {"more.2", "more.3", "top.3"}
    assert support(parsed("none_between(top, 61, 90)", 5), facts) >= {"start_at", "read_at.2"}


def test_support_of_an_open_condition_is_what_would_settle_it() -> None:
    """Check that an undecided condition names what is missing: a number, or whether there is another reading."""
    day = Day(600, [Reading(610, 120, 80, True), Reading(640, 130, 80, True)])
    entries = day.entries(5)
    del entries["more.2"]
    facts = ResponseState(form(5), entries).facts
    assert "more.2" in support(parsed("last(top) > first(top)", 5), facts)
    facts = ResponseState(form(5), day.entries(5) | {"top.2": AbsentReason.UNKNOWN}).facts
    assert support(parsed("any(top >= 180)", 5), facts) == {"top.2"}


IN_WORDS = {
    "any(top >= 180)": "in any Reading, the top number is 180 or more",
    "any(not calm and why_not == 'noise')": (
        'in any Reading, both the answer to "calm" is no, and the answer to "reason" is "Noise"'
    ),
    "first(top) >= 140": "the top number of Reading 1 is 140 or more",
    "last(top) > first(top)": "the top number of the last Reading is more than the top number of Reading 1",
    "last(calm)": 'in the last Reading, the answer to "calm" is yes',
    "change(top) > 0": "the top number of the last Reading minus the top number of Reading 1 is more than 0",
    "none_between(top, 30, 60)": (
        'in no Reading, the answer to "top number" is given, and the number of minutes from the start to the '
        "time of the reading is 30 or more and 60 or less"
    ),
    "any(minutes(before(read_at), read_at) < 0)": (
        "in any Reading, the number of minutes from the time of the reading of the one before to the time of the "
        "reading is less than 0"
    ),
    "any(read_at < '09:05')": "in any Reading, the time of the reading is before 09:05",
}


@pytest.mark.parametrize("condition", IN_WORDS)
def test_in_words(condition: str) -> None:
    """Check the words for the rule book."""
    assert in_words(parsed(condition, 5), form(5).symbols) == IN_WORDS[condition]


MISTAKES = {
    "top >= 180": '"top" can be answered several times. Write first(top), last(top), or any(...) around the condition.',
    "calm": '"calm" can be answered several times. Write first(calm), last(calm), or any(...) around the condition.',
    "any(alone)": (
        "any(...) takes one condition on the questions of one repeating section. Write such as any(a_question >= 180)."
    ),
    "any()": (
        "any(...) takes one condition on the questions of one repeating section. Write such as any(a_question >= 180)."
    ),
    "first(alone)": (
        "first(...) takes one condition on the questions of one repeating section. Write such as "
        "first(a_question >= 180)."
    ),
    "last(left_at) > '10:00'": '"left_at" is answered once. Name it by itself.',
    "last(read_at) > 3": "\"read_at\" is a time, not a number. Write last(read_at) >= '09:05'.",
    "change(read_at) > 3": '"read_at" is a time, not a number. Use minutes(...).',
    "change(calm) > 3": '"calm" is a yes/no question, not a number. Write calm, or not calm.',
    "change(top)": "change(...) is a number here. Compare it, such as change(...) >= 2.",
    "before(top) > 3": "before(...) is about one occurrence. Put any(...) around the condition.",
    "none_between(top, 30)": (
        "none_between(...) takes a question of a repeating section and two numbers of minutes. Write "
        "none_between(a_question, 30, 60)."
    ),
    "none_between(top, 60, 30)": (
        "These are no minutes of -720 to 719, the smaller one first. Write such as none_between(a_question, 30, 60)."
    ),
    "none_between(top, 0.5, 30)": "This is not a whole number of minutes. Write a number such as 30.",
    "minutes(start_at) > 3": "minutes(...) takes two times. Write minutes(a_time, another_time).",
    "minutes(start_at, alone) > 3": '"alone" is a yes/no question, not a time. Name a time question.',
    "minutes(start_at, read_at) > 3": (
        '"read_at" can be answered several times. Write first(read_at), last(read_at), or any(...) around the '
        "condition."
    ),
    "not any(declined(top))": (
        'declined(...) cannot stand under "not". A rule can follow from a refusal, never from its absence: remove the '
        "not."
    ),
}


@pytest.mark.parametrize("condition", MISTAKES)
def test_mistakes_have_a_remedy(condition: str) -> None:
    """Check that each wrong use of these functions is a sentence with what to write instead."""
    with pytest.raises(Mistake) as caught:
        parsed(condition, 5)
    assert f"{caught.value.message} {caught.value.remedy}" == MISTAKES[condition]


def test_a_whole_condition_names_no_template() -> None:
    """Check that what is evaluated has only keys of occurrences, so that no reading looks for an id of the template."""
    keys = {*form(5).questionnaire.question, *form(5).scores}
    for condition in EXPECTED:
        assert tree.names(parsed(condition, 5)) <= keys
