"""Alarms follow the history of answers: what was raised once stands, whatever is answered afterwards."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.engine.alarm_history import AlarmHistory, rule_of
from screener.engine.interview import Interview
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.expressions import tree
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from tests.strategies import EVERY_CONTENT, Sample, entry, flight, named, shipped

START = datetime.datetime(2026, 3, 1, 10, tzinfo=datetime.UTC)


@dataclass
class History:
    """One person's answers, one a minute, with their alarms."""

    content: Content
    minutes: int = 0
    known: dict[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.interview = Interview(self.content.form, self.content.rules)
        self.alarms = AlarmHistory(self.content.rules)

    def answer(self, question: str, entered: Entry) -> None:
        self.minutes += 1
        self.known[question] = entered
        self.interview.record(question, entered)
        at = START + datetime.timedelta(minutes=self.minutes)
        self.alarms.note(self.interview.assessment, question, at)

    def raised(self) -> set[str]:
        """Return the urgent rules that the answers raise now, computed from nothing but the answers."""
        outcomes = Assessment(self.content.rules, ResponseState(self.content.form, self.known)).outcomes
        return {each.rule.id for each in self.content.rules.urgent if outcomes[each.rule.id] is Outcome.RAISED}

    def current(self) -> list[str]:
        return [alarm.id for alarm in self.alarms.current]


@st.composite
def changes(draw: st.DrawFn, content: Content) -> list[Question]:
    """Draw the questions that somebody answers one after the other: few, so that answers change often."""
    urgent = content.form.source_questions(name for each in content.rules.urgent for name in tree.names(each.tree))
    questions = [question for question in content.questionnaire if question.id in urgent]
    few = draw(st.lists(st.sampled_from(questions or list(content.questionnaire)), min_size=1, max_size=3))
    return draw(st.lists(st.sampled_from(few), max_size=15))


@pytest.mark.parametrize("samples", **named(EVERY_CONTENT))
@given(data=st.data())
def test_what_a_persisting_rule_raised_stands_and_the_rest_follows_the_answers(
    samples: st.SearchStrategy[Sample], data: st.DataObject
) -> None:
    """Check law 10: after every answer of any history, each raising counts as one alarm, with its time."""
    content = data.draw(samples).content
    history = History(content)
    times: dict[str, int] = {}
    before: set[str] = set()
    for question in data.draw(changes(content)):
        history.answer(question.id, data.draw(entry(question)))
        now = history.raised()
        for rule in now - before:
            times[rule] = times.get(rule, 0) + 1
        before = now
        persisting = {rule for rule in times if content.ruleset.rule[rule].persists}
        numbered = {rule: f"{rule}#{count}" if count > 1 else rule for rule, count in times.items()}
        assert set(history.current()) == {numbered[rule] for rule in now | persisting}
        assert [rule_of(each) for each in history.current()] == [
            each.rule.id for each in content.rules.urgent if each.rule.id in now | persisting
        ]
        assert {alarm.rule for alarm in history.alarms.taken_back} == persisting - now


@given(data=st.data())
def test_what_was_taken_back_changes_no_outcome(data: st.DataObject) -> None:
    """Check laws 2 and 10: outcomes are those of the answers alone, and so are the pages that interrupt."""
    content = data.draw(EVERY_CONTENT["generated"]).content
    history = History(content)
    for question in data.draw(changes(content)):
        history.answer(question.id, data.draw(entry(question)))
    fresh = Interview(content.form, content.rules, history.known)
    assert history.interview.assessment.outcomes == fresh.assessment.outcomes
    assert history.interview.interruptions == fresh.interruptions


def test_an_alarm_tells_when_it_was_raised_and_ended_and_by_which_answers() -> None:
    history = History(flight())
    history.answer("chest_pain", True)
    history.answer("pain_now", False)
    history.answer("pain_now", True)
    history.answer("pain_now", True)
    history.answer("age", 40)
    history.answer("pain_now", AbsentReason.DECLINED)
    history.answer("chest_pain", False)
    [alarm] = history.alarms.current
    minute = datetime.timedelta(minutes=1)
    assert (alarm.id, alarm.raised, alarm.ended) == ("chest-pain-now", START + 3 * minute, START + 6 * minute)
    assert alarm.questions == {"pain_now"}
    entered = [(dated.entry, dated.at) for dated in history.alarms.entries["pain_now"]]
    assert entered[-1] == (AbsentReason.DECLINED, START + 6 * minute)
    assert len(entered) == 4


def test_the_answer_that_ends_an_alarm_is_named_also_if_it_is_to_another_question() -> None:
    """A question that no longer applies does not count, so the answer that decides whether it applies ends it."""
    history = History(shipped())
    for name in ("asq_1", "asq_5"):
        history.answer(name, True)
    history.answer("asq_1", False)
    taken_back = {alarm.rule: alarm for alarm in history.alarms.taken_back}
    assert set(taken_back) == {"asq-thoughts", "asq-thoughts-now"}
    assert taken_back["asq-thoughts-now"].questions == {"asq_1", "asq_5"}


def test_the_shipped_safety_rules_persist() -> None:
    """A blood pressure may have been mistyped, so the urgent rule about it does not."""
    assert {each.rule.id: each.rule.persists for each in shipped().rules.urgent} == {
        "asq-thoughts-now": True,
        "asq-thoughts": True,
        "phq9-item-9": True,
        "asq-declined-under-18": True,
        "high-reading-and-unwell": False,
    }
