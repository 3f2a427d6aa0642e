"""The occurrences of a repeating section are ordinary questions: asked one after the other, for as long as somebody
says so.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.cache import _decoded, _keep
from screener.content.compiled import InLanguage
from screener.content.translate import in_language
from screener.engine.form import compile_form
from screener.engine.interview import Interview
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.engine.walk_length import walk_minutes
from screener.engine.what_if import smallest_changes
from screener.expressions.evaluate import truth
from screener.expressions.mistakes import Mistake
from screener.expressions.parse import parse_condition
from screener.model.occurrences import key_of, number_of, question_of, repeating, unrolled, with_at_most
from screener.model.response import AbsentReason
from tests.readings import EXPECTED, READINGS, START, Day, Reading, clock, content, days, form, limited, questionnaire
from tests.strategies import flight

TWO = Day(600, [Reading(610, 190, 80, True), Reading(640, 130, 80, False)])


def walked(interview: Interview, day: Day, up_to: int = 5) -> list[str]:
    """Answer everything as on this day, and return the questions in the order in which they came."""
    entries = day.entries(up_to) | {"seen": True, "left_at": AbsentReason.UNKNOWN}
    asked = []
    while question := interview.current:
        asked.append(question.id)
        interview.record(question.id, entries[question.id])
        interview.next()
    return asked


def test_readings_are_asked_one_after_the_other() -> None:
    """Check the order, that a condition is about its own reading, and that no third reading is asked."""
    assert walked(Interview(form(), content({}).rules), TWO) == [
        *("start_at", "alone"),
        *("read_at.1", "top.1", "bottom.1", "calm.1", "more.1"),
        *("read_at.2", "top.2", "bottom.2", "calm.2", "why_not.2", "more.2"),
        *("seen", "left_at"),
    ]


def test_the_last_possible_reading_asks_for_no_other() -> None:
    """Check that the walk goes on after as many readings as there may be."""
    interview = Interview(form(2), content({}, 2).rules)
    assert walked(interview, TWO, 2)[-3:] == ["why_not.2", "seen", "left_at"]
    assert interview.complete


@given(days(5))
def test_every_reading_counts_as_an_answer_of_its_own(day: Day) -> None:
    """Check that all of a whole day is kept, and that it is complete."""
    interview = Interview(form(), content({}).rules)
    walked(interview, day)
    assert interview.complete
    assert day.entries(5).items() <= dict(interview.response.entries).items()


def test_readings_that_are_taken_back_come_again() -> None:
    """Check that the second reading is set aside when the first is said to be the last, and comes back as it was."""
    interview = Interview(form(), content({}).rules)
    walked(interview, TWO)
    before = dict(interview.response.entries)
    interview.record("more.1", False)
    assert {name for name in before if number_of(name) == 2} == interview.set_aside.keys()
    interview.record("more.1", True)
    assert dict(interview.response.entries) == before


def test_a_blank_about_another_reading_asks_for_none() -> None:
    """Check that nobody is asked for a reading of which it is not said that there is one."""
    interview = Interview(form(), content({}).rules, {"more.1": AbsentReason.DECLINED})
    assert interview.state.is_enabled("top.2") is None
    assert "top.2" not in {question.id for question in interview.unanswered}


def test_numbers_typed_as_one_stay_in_their_reading() -> None:
    assert form().questionnaire.question["top.3"].written_with == "bottom.3"


def test_a_time_before_the_reading_before_is_to_be_checked() -> None:
    """Check the question at the second time only, and that past midnight is no step back."""
    interview = Interview(form(), content({}).rules, Day(1430, [Reading(1435, 120, 80, True)] * 2).entries(5))
    late, early = (Day(1430, [Reading(at, 120, 80, True)] * 2).entries(5)["read_at.2"] for at in (5, 1434))
    assert interview.please_check("read_at.1", late) == [
        "Reading 2: time of the reading: 23:55. This is before the reading before it."
    ]
    assert interview.please_check("read_at.2", late) == []
    assert interview.please_check("read_at.2", early) == ["This is before the reading before it."]


def test_names_of_readings_are_told_apart() -> None:
    """Check the names that lists and copies show, and that a page shows the question as it was written."""
    question = form().questionnaire.question["top.3"]
    assert question.label == "Reading 3: top number"
    assert question.text == "What was the top number?"
    assert (question_of("top.3"), number_of("top.3"), number_of("start_at")) == ("top", 3, None)
    assert key_of("top", 3) == "top.3"


def test_the_rules_name_the_reading_that_raised_them() -> None:
    """Check that what a rule rests on is the answer of that reading."""
    rested = content({"high": "any(top >= 180)", "late": "none_between(top, 100, 120)"})
    assessment = Assessment(rested.rules, ResponseState(rested.form, TWO.entries(5)))
    assert assessment.supporting_answers("high") == ["top.1"]
    assert assessment.outcomes == {"high": Outcome.RAISED, "late": Outcome.RAISED}


def test_what_would_change_it_looks_at_the_readings_there_are() -> None:
    """Check that no change is in a reading that could not be asked next."""
    rested = content({"high": "any(top >= 180)"}, 24)
    state = ResponseState(rested.form, TWO.entries(24))
    changes = [change for each in smallest_changes(rested.rules, state, "high") for change in each.alternatives]
    assert changes
    assert all((number_of(name) or 0) <= 3 for change in changes for name in change)


def test_what_would_change_it_is_searched_to_the_end_up_to_the_next_reading() -> None:
    """Check that the next reading is one of them, and that those which nobody could be asked cut no search short."""
    one = Day(600, [Reading(610, 190, 80, False)]).entries(24)
    rests = content(
        {
            "rising": "any(before(top) < top)",
            "all": "any(180 <= top <= 220 and 60 <= bottom <= 100 and why_not == 'else' and read_at > '12:00')",
        },
        24,
    )
    changes = {
        rule: {each.outcome: each for each in smallest_changes(rests.rules, ResponseState(rests.form, one), rule)}
        for rule in rests.rules.rules
    }
    assert changes["rising"][Outcome.RAISED].alternatives == ({"more.1": True, "top.2": 191},)
    assert all(each.exhausted for outcomes in changes.values() for each in outcomes.values())


def test_what_does_not_repeat_is_left_as_it_is() -> None:
    """Check that contents without a repeating section pay nothing: the questionnaire is the very same."""
    assert unrolled(flight().questionnaire) is flight().questionnaire
    assert flight().form.template is flight().form.questionnaire


def test_a_walk_is_as_long_as_with_one_reading() -> None:
    """Check that nobody is told to expect the time of as many readings as there may be."""
    assert walk_minutes(form(24)) == walk_minutes(form(2)) == (5, 5)


def test_fewer_occurrences_for_proofs() -> None:
    """Check that a template can be limited, and that the rest of it stays."""
    few = unrolled(with_at_most(questionnaire(24), 2))
    assert [name for name in few.question if question_of(name) == "top"] == ["top.1", "top.2"]
    assert with_at_most(questionnaire(3), 9) == questionnaire(3)


def test_the_cache_keeps_the_template(tmp_path: Path) -> None:
    """Check that what is kept for the next start is what was written, and opens to the same questions."""
    whole = content({"high": "any(top >= 180)"}, 24)
    _keep(tmp_path / "kept.json", whole)
    assert (tmp_path / "kept.json").stat().st_size < 30_000
    opened = _decoded(tmp_path / "kept.json")
    assert opened.questionnaire == whole.questionnaire
    assert opened.form.enable_when == whole.form.enable_when


def test_readings_in_another_language() -> None:
    """Check that a text is translated once, and its occurrences have it."""
    texts = {"questions.top.short_text": "el de arriba", "sections.readings.repeats.title": "Medida"}
    authored = content({"high": "any(top >= 180)"})
    spanish = InLanguage("es-US", texts, {}, {}, {})
    translated = in_language(replace(authored, languages=(spanish,)), "es-US")
    assert translated.questionnaire.question["top.2"].label == "Medida 2: el de arriba"
    assert translated.form.please_check["bottom.2"][0][0] == authored.form.please_check["bottom.2"][0][0]


def mistakes(section: dict[str, Any]) -> list[str]:
    """Return what is wrong with the conditions of a questionnaire with this repeating section."""
    problems: list[str] = []

    def report(where: tuple[str | int, ...], mistake: Mistake) -> None:
        problems.append(f"{where[0]}: {mistake.message}")

    compile_form(questionnaire(5, START, section), report)
    return problems


def test_a_reading_cannot_depend_on_later_ones() -> None:
    """Check that a circle through later readings is named by what the author wrote."""
    questions = [dict(question) for question in READINGS["questions"]]
    questions[3] = questions[3] | {"enable_when": "any(calm)"}
    assert mistakes(READINGS | {"questions": questions}) == [
        "calm: This depends on itself: calm needs calm.",
    ]


def test_a_reading_can_depend_on_the_one_before() -> None:
    """Check that a condition on the reading before is possible, and that the first has none before it."""
    questions = [dict(question) for question in READINGS["questions"]]
    questions[3] = questions[3] | {"enable_when": "before(top) >= 180"}
    compiled = compile_form(questionnaire(5, START, limited(READINGS | {"questions": questions}, 3)), _refuse)
    state = ResponseState(compiled, TWO.entries(3))
    assert [state.is_enabled(f"calm.{number}") for number in (1, 2, 3)] == [False, True, False]


def test_nothing_is_said_of_minutes_since_a_moment_that_is_not_asked_for() -> None:
    """Check that where the start does not apply no reading is missing, and that a start left blank leaves it open."""
    start = START | {"questions": [START["questions"][1], START["questions"][0] | {"enable_when": "alone"}]}
    compiled = compile_form(questionnaire(5, start, READINGS), _refuse)
    late = truth(parse_condition("none_between(top, 30, 60)", compiled.symbols, repeating=repeating(compiled.template)))
    asked = {"alone": True, "top.1": 120, "more.1": False, "read_at.1": clock(700)}
    assert late(ResponseState(compiled, asked | {"start_at": clock(600)}).facts) is True
    assert late(ResponseState(compiled, asked).facts) is None
    assert late(ResponseState(compiled, asked | {"alone": False}).facts) is False


def _refuse(where: object, mistake: Mistake) -> None:
    raise AssertionError((where, mistake))


@pytest.mark.parametrize("when", sorted(EXPECTED))
@given(data=st.data())
def test_law_1_holds_for_readings(when: str, data: st.DataObject) -> None:
    """Check that an answer left out makes a rule undetermined at most, whatever was left out before."""
    rested = content({"rule": when})
    state = ResponseState(rested.form, data.draw(days(3)).entries(5))
    assessment = Assessment(rested.rules, state)
    before = assessment.outcomes["rule"]
    for name in data.draw(st.lists(st.sampled_from(sorted(state.entries)), max_size=8)):
        assessment.update(state.record(name, None))
        assert assessment.outcomes["rule"] in (before, Outcome.UNDETERMINED)
        before = assessment.outcomes["rule"]
        assert Assessment(rested.rules, ResponseState(rested.form, state.entries)).outcomes["rule"] is before
