"""A series says of each response what its summary says, and what changed; it never guesses."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from screener.errors import ScreenerError
from screener.expressions.evaluate import Range
from screener.series.points import ScorePoint
from screener.series.recall import Days
from screener.series.series import Series, series_of
from screener.series.what_changed import group_of
from tests.series.people import (
    EVERYBODY,
    Person,
    blanks,
    changed,
    day,
    even,
    missed,
    nerves,
    taken_back,
    treated,
    unspellable,
)
from tests.strategies import named, shipped, with_rule


def points(series: Series, score: str = "nerves_total") -> list[ScorePoint]:
    (scores, *_others) = [scores for scores in series.scores if scores.score.id == score]
    return list(scores.points)


def figures(series: Series, score: str = "nerves_total") -> list[str]:
    return [point.figure for point in points(series, score)]


def changes(series: Series, rule: str) -> list[str]:
    (history,) = [history for history in series.topics if history.rule == rule]
    return [step.change for step in history.steps]


def group(series: Series, rule: str) -> str:
    (history,) = [history for history in series.topics if history.rule == rule]
    return group_of(history)


@pytest.mark.parametrize("make", **named(EVERYBODY))
def test_outcomes_and_figures_are_those_of_the_summary(make: Callable[[], Person]) -> None:
    """Check every response of everybody against an interview of its own: the same outcomes, no figure but its range."""
    for response in make().series.responses:
        assert response.outcomes == response.context.interview.assessment.outcomes
    for scores in make().series.scores:
        for point in scores.points:
            fact = point.response.context.interview.state.facts.get(scores.score.id)
            if point.low is not None:
                assert isinstance(fact, Range)
                assert (point.low, point.high) == (fact.low, fact.high)


def test_whole_scores_are_totals() -> None:
    assert figures(even().series) == ["6", "4", "0"]


def test_blanks_give_ranges_or_nothing() -> None:
    """Check that an item left out widens the figure, and that with none answered there is no figure at all."""
    series = blanks().series
    assert figures(series) == ["4", "2 to 4", "not known", "0"]
    assert [point.state for point in points(series)] == ["total", "range", "none-answered", "total"]
    assert [point.blank for point in points(series)] == [0, 1, 3, 0]


def test_a_blank_is_no_change_and_hides_none() -> None:
    """Check that what was raised, then not answered, then not raised is told so, with the blank between."""
    series = blanks().series
    assert changes(series, "child-alone") == ["raised", "open", "open", "no-longer-raised"]
    assert changes(series, "nervous") == ["raised", "open", "open", "no-longer-raised"]


def test_what_was_never_answered_is_not_told_as_no() -> None:
    assert set(changes(even().series, "heavy-bag")) == {"open"}


def test_a_yes_that_was_taken_back_stays_an_alarm() -> None:
    """Check law 10: two later responses that say no do not take the alarm away; only its closing by staff does."""
    series = taken_back().series
    (alarm,) = [alarm for alarm in series.alarms if alarm.rule.id == "chest-pain-now"]
    assert alarm.stands
    assert alarm.ended is not None
    assert "chest pain now: Yes" in alarm.changes[0].replace("Chest", "chest")
    assert group(series, "chest-pain-now") == "alarm"
    (history,) = [history for history in series.topics if history.rule == "chest-pain-now"]
    assert all(step.alarms == (alarm,) for step in history.steps)


def test_an_alarm_that_staff_closed_is_told_with_their_name() -> None:
    series = unspellable().series
    assert [(alarm.rule.id, alarm.stands, alarm.closing and alarm.closing.by) for alarm in series.alarms] == [
        ("chest-pain", False, "Kim Lee"),
        ("chest-pain-now", False, "Kim Lee"),
    ]
    assert group(series, "chest-pain") == "no-longer-raised"


def test_changed_questions_are_not_compared() -> None:
    """Check that another condition or wording makes a topic incomparable, and another way of writing it does not."""
    series = changed().series
    assert changes(series, "heavy-bag") == ["clear", "not-compared", "not-compared", "no-longer-raised"]
    assert changes(series, "nervous") == ["raised", "not-compared", "not-compared", "clear"]
    assert changes(series, "child-alone") == ["raised", "raised-again", "no-longer-raised", "raised"]
    assert group(series, "child-alone") == "raised-again", "it was raised before, with a time between"
    assert group(series, "nervous") == "not-compared"
    assert group(series, "heavy-bag") == "no-longer-raised"


def test_a_rule_that_a_version_lacks_is_said_to_be_missing() -> None:
    person = even()
    person.answer(56, [("age", 40)], with_rule("age > 30"))
    assert changes(person.series, "nervous")[-1] == "not-in-questions"
    assert changes(person.series, "thing") == ["not-in-questions"] * 3 + ["raised"]


def test_another_form_of_a_score_has_a_chart_of_its_own() -> None:
    """Check that figures under changed wording are not drawn in one chart; a content without the score has none."""
    first, second = changed().series.scores
    assert [point.state for point in first.points] == ["total", "in-another-form", *["not-in-questions"] * 2]
    assert [point.state for point in second.points] == ["in-another-form", "total", *["not-in-questions"] * 2]
    assert (first.form, second.form) == ("before-a-flight 2.1.0", "before-a-flight 3.0.0")
    assert first.other_forms
    assert [point.figure for point in first.points] == ["6", *["not known"] * 3]


def test_an_item_that_nobody_was_asked_is_no_zero() -> None:
    """Check that five questions that were not asked give no figure, where a count of them would be 0."""
    person = Person("nobody")
    person.answer(0, [("pcptsd5_event", False)], shipped())
    (point,) = points(person.series, "pcptsd5_count")
    assert (point.state, point.low, point.figure) == ("not-asked", None, "not known")


def test_each_figure_says_which_days_it_covers() -> None:
    covered = [point.covers for point in points(treated().series, "phq9_total")]
    assert covered[0] == Days(day(-13), day(0))
    assert covered[2] is None
    assert covered[3] == Days(day(43), day(56))


def test_answers_of_two_days_cover_both() -> None:
    """Check that somebody who came back the next day is not said to have answered all of it on the first."""
    person = Person("late")
    person.answer(0, nerves("often", "often", "often"))
    (record,) = person.visits
    *first, last = record.history
    late = replace(last, at=last.at + datetime.timedelta(days=1))
    person.visits = [replace(record, history=(*first, late))]
    assert points(person.series)[0].covers == Days(day(0), day(1))


def test_responses_come_in_any_order() -> None:
    person = blanks()
    assert [each.reference for each in series_of(reversed(person.responses)).responses] == [
        visit.reference for visit in person.visits
    ]


def test_a_series_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ScreenerError, match="no response"):
        series_of([])


def test_days_that_nobody_named_are_not_none() -> None:
    assert missed().series.course.treatment_days is None
    assert even().series.course.missed == ()


def test_a_content_is_read_once_for_all_its_responses() -> None:
    """Check that a long series looks once at what each content depends on, also where it was answered in Spanish."""
    person = unspellable()
    person.answer(14, [("chest_pain", False)])
    assert len({id(response.definitions) for response in person.series.responses}) == 1
    assert len({id(response.definitions) for response in changed().series.responses}) == 3


def test_two_responses_with_one_reference_hide_no_other() -> None:
    """Check that a terminal that makes a reference twice keeps nobody from reading the rest of a series."""
    person = taken_back()
    again = replace(person.visits[1], reference=person.visits[0].reference)
    person.visits[1] = replace(again, started=again.started + datetime.timedelta(minutes=1))
    assert len(series_of(person.responses).responses) == 3
