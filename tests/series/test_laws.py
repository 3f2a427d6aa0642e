"""The laws over a series: for every questionnaire, any answers and any blanks."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.document.formats import render
from screener.engine.rules import Outcome
from screener.expressions import tree
from screener.model.response import AbsentReason, Entry
from screener.series.document import series_document
from screener.series.points import ScoreSeries
from screener.series.response import SeriesResponse
from screener.series.series import Series, series_of
from screener.series.what_changed import group_of
from screener.staff.previous import in_their_order
from screener.staff.response import ReviewedResponse
from screener.staff.series import reviewed_series
from screener.store.history import HistoryEntry
from screener.store.record import StoredResponse, pack, unpack
from screener.store.stored_interview import alarms_of, interview_of
from tests.expressions.previous_content import with_previous
from tests.series.people import START
from tests.series.stored import from_stored
from tests.strategies import EVERY_CONTENT, Sample, absent, entries, entry, named

CONTENTS = pytest.mark.parametrize("made", **named(EVERY_CONTENT))
SMALL = pytest.mark.parametrize(
    "made", **named({name: EVERY_CONTENT[name] for name in EVERY_CONTENT if name != "shipped"})
)
"""Without the shipped content, whose 150 rules take long where the series is drawn twice."""
Made = st.SearchStrategy[Sample]


def answered(content: Content, number: int, answers: list[tuple[str, Entry]]) -> SeriesResponse:
    """Return a response of a fortnight, with its history."""
    begun = START + datetime.timedelta(days=14 * number)
    history = tuple(HistoryEntry(question, each, begun) for question, each in answers)
    record = StoredResponse(
        f"R{number}", content.questionnaire.id, "0" * 64, "en-GB", "screen", begun, begun, history=history
    )
    return from_stored(record, content, content, ())


def drawn_series(data: st.DataObject, content: Content, most: int = 4) -> list[list[tuple[str, Entry]]]:
    """Draw the answers of some responses; some questions are answered twice, so that answers are taken back."""
    visits = []
    for _number in range(data.draw(st.integers(1, most))):
        answers = list(data.draw(entries(content.form)).items())
        for question in data.draw(st.lists(st.sampled_from(list(content.questionnaire)), max_size=3)):
            answers.append((question.id, data.draw(entry(question))))
        visits.append(answers)
    return visits


def series(content: Content, visits: list[list[tuple[str, Entry]]]) -> Series:
    return series_of(answered(content, number, answers) for number, answers in enumerate(visits))


def by_score(made: Series) -> dict[str, ScoreSeries]:
    return {scores.score.id: scores for scores in made.scores}


@SMALL
@given(data=st.data())
def test_another_response_changes_nothing_of_the_earlier_ones(made: Made, data: st.DataObject) -> None:
    """Check law 2 over a series: whatever is answered later, every figure, step and alarm before it stays as it was."""
    content = data.draw(made).content
    visits = drawn_series(data, content)
    longer = series(content, [*visits, drawn_series(data, content, most=1)[0]])
    shorter = series(content, visits)
    for before, after in zip(shorter.scores, longer.scores, strict=True):
        assert [_figures(point) for point in before.points] == [_figures(point) for point in after.points[:-1]]
    for earlier, later in zip(shorter.topics, longer.topics, strict=True):
        assert [_told(step) for step in earlier.steps] == [_told(step) for step in later.steps[:-1]]
    assert _alarms(shorter) == _alarms(longer)[: len(shorter.alarms)]


def _figures(point: object) -> object:
    return replace(point, response=None)  # type: ignore[type-var]


def _told(step: object) -> object:
    return replace(step, response=None, alarms=tuple(map(_figures, step.alarms)))  # type: ignore[type-var, attr-defined]


def _alarms(made: Series) -> list[object]:
    return list(map(_figures, made.alarms))


@SMALL
@given(data=st.data())
def test_a_blank_never_counts_as_no(made: Made, data: st.DataObject) -> None:
    """Check law 1 over a series: with an answer left out, nothing is raised or gone that was not before.

    A step is the same or open, a figure keeps every number that it could have had, and no topic goes away.
    """
    content = data.draw(made).content
    visits = drawn_series(data, content)
    blank = data.draw(st.sampled_from(list(content.questionnaire)))
    reason = data.draw(st.none() | absent(blank))
    last = [(name, each) for name, each in visits[-1] if name != blank.id]
    fewer = [*visits[:-1], last if reason is None else [*last, (blank.id, reason)]]
    whole, left_out = series(content, visits), series(content, fewer)
    for before, after in zip(whole.topics, left_out.topics, strict=True):
        refused = reason is AbsentReason.DECLINED and blank.id in tree.refusals(content.rules.rules[before.rule].tree)
        same = after.latest.outcome in (before.latest.outcome, Outcome.UNDETERMINED)
        assert same or (refused and after.latest.outcome is Outcome.RAISED)
        if after.latest.outcome is Outcome.UNDETERMINED:
            assert after.latest.change == "open"
            assert group_of(after) in ("open", "alarm")
    for name, scores in by_score(left_out).items():
        point, wider = by_score(whole)[name].points[-1], scores.points[-1]
        if point.low is not None and wider.low is not None:
            assert point.high is not None
            assert wider.high is not None
            assert wider.low <= point.low <= point.high <= wider.high
            assert wider.state == "range" or wider.blank == point.blank


@CONTENTS
@given(data=st.data())
def test_an_alarm_stays_until_staff_close_it(made: Made, data: st.DataObject) -> None:
    """Check law 10 over a series: every alarm of any response stands in the last step of its topic."""
    content = data.draw(made).content
    person = series(content, drawn_series(data, content))
    expected = [
        (number, alarm.rule)
        for number, response in enumerate(person.responses)
        if response.context.alarms
        for alarm in response.context.alarms.alarms.current
    ]
    alarms = [(person.responses.index(alarm.response), alarm.rule.id) for alarm in person.alarms]
    assert [alarm for alarm in alarms if alarm in expected] == expected
    for number, rule in {*alarms} - {*expected}:  # Some conditions are true before anything is answered.
        assert person.responses[number].outcomes[rule] is Outcome.RAISED
    for history in person.topics:
        of_rule = tuple(alarm for alarm in person.alarms if alarm.rule.id == history.rule)
        assert history.latest.alarms == of_rule
        if of_rule and history.latest.outcome is not Outcome.RAISED:
            assert group_of(history) == "alarm"


@CONTENTS
@given(data=st.data())
def test_the_order_of_answering_changes_no_figure(made: Made, data: st.DataObject) -> None:
    """Check law 2 over a series: the same answers in another order give the same outcomes and figures."""
    content = data.draw(made).content
    answers = data.draw(entries(content.form))
    turned = list(answers.items())
    data.draw(st.randoms()).shuffle(turned)
    first, second = series(content, [list(answers.items())]), series(content, [turned])
    for before, after in zip(first.scores, second.scores, strict=True):
        assert list(map(_figures, before.points)) == list(map(_figures, after.points))
    assert [history.latest.outcome for history in first.topics] == [history.latest.outcome for history in second.topics]


def record_of(content: Content, number: int, answers: list[tuple[str, Entry]]) -> StoredResponse:
    """Return a finished response of a fortnight as it is stored."""
    begun = START + datetime.timedelta(days=14 * number)
    history = tuple(HistoryEntry(question, each, begun) for question, each in answers)
    end = begun + datetime.timedelta(minutes=5)
    questionnaire = content.questionnaire.id
    return StoredResponse(f"R{number}", questionnaire, "0" * 64, "en-GB", "screen", begun, end, history=history)


def document_of(records: list[StoredResponse], content: Content) -> str:
    """Return the document that staff read of these responses of one person."""
    responses = [
        ReviewedResponse(
            record.reference, record, content, content, interview_of(content, record), alarms_of(content, record)
        )
        for record in records
    ]
    return render(series_document(reviewed_series(in_their_order(responses), {})), "json")


@SMALL
@given(data=st.data())
def test_saving_and_opening_again_changes_nothing_of_a_series(made: Made, data: st.DataObject) -> None:
    """Check law 7 over a series: packed, sealed away and read again, in whatever order, it is the same document."""
    content = data.draw(made).content
    visits = drawn_series(data, content, most=3)
    records = [record_of(content, number, answers) for number, answers in enumerate(visits)]
    again = data.draw(st.permutations([unpack(pack(record)) for record in records]))
    assert document_of(again, content) == document_of(records, content)


@given(data=st.data())
def test_rules_that_read_the_previous_response_keep_the_laws(data: st.DataObject) -> None:
    """Check laws 2 and 7 where a response is read with the one before it: a later one changes nothing, nor does a save.

    And a response that is not this person's any more decides nothing.
    """
    content = with_previous()
    visits = drawn_series(data, content, most=3)
    records = [record_of(content, number, answers) for number, answers in enumerate(visits)]
    assert document_of([unpack(pack(record)) for record in records], content) == document_of(records, content)
    steps = [_outcomes_of(json.loads(document_of(records[:count], content))) for count in range(1, len(records) + 1)]
    for shorter, longer in pairwise(steps):
        assert shorter == {key: outcome for key, outcome in longer.items() if key in shorter}
    without = json.loads(document_of(records[1:] or records, content))
    first = without["responses"][0]["reference"]
    outcomes = _outcomes_of(without)
    assert outcomes[first, "soon"] == "undetermined"
    assert outcomes.get((first, "heavier"), "clear") in ("undetermined", "clear")


def _outcomes_of(exported: Any) -> dict[tuple[str, str], str]:
    return {
        (step["reference"], topic["rule"]): step["outcome"] for topic in exported["topics"] for step in topic["steps"]
    }
