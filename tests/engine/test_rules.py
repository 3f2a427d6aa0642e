"""The outcomes of rules: raised, clear or undetermined, each with the answers that support it."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.content.load import load
from screener.engine.interview import Interview
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome, compile_rules
from screener.expressions import tree
from screener.expressions.evaluate import truth
from screener.expressions.support import is_missing
from screener.model.response import AbsentReason, Entry
from screener.model.ruleset import Priority
from screener.summary.context import SummaryContext
from screener.summary.metadata import SessionMetadata
from tests.strategies import EVERY_CONTENT, Sample, answers, entries, entry, named, with_rule

DECLINED = AbsentReason.DECLINED
METADATA = SessionMetadata("K7QP-3MXD", "file")
FIXTURES = Path(__file__).parents[1] / "fixtures"


def assess(content: Content, known: dict[str, Entry]) -> Assessment:
    return Assessment(content.rules, ResponseState(content.form, known))


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({"age": 12, "alone": True}, Outcome.RAISED),
        ({"age": 12, "alone": False}, Outcome.CLEAR),
        ({"age": 40}, Outcome.CLEAR),
        ({"age": 12, "alone": DECLINED}, Outcome.UNDETERMINED),
        ({"age": DECLINED, "alone": True}, Outcome.UNDETERMINED),
        ({"alone": True}, Outcome.UNDETERMINED),
        ({}, Outcome.UNDETERMINED),
    ],
)
def test_outcomes(flight: Content, known: dict[str, Entry], outcome: Outcome) -> None:
    """Check that a rule with a blank is undetermined unless known answers decide it; a blank is never a no."""
    assert assess(flight, known).outcomes["child-alone"] is outcome


@pytest.mark.parametrize(
    ("known", "behind"),
    [
        ({"age": 12, "alone": True}, ["age", "alone"]),
        ({"age": 40, "alone": True}, ["age"]),
        ({"nerves_1": "often", "nerves_3": "often"}, []),
    ],
)
def test_supporting_answers(flight: Content, known: dict[str, Entry], behind: list[str]) -> None:
    """Check that the supporting answers are those that decide, in the order in which they are asked."""
    assert assess(flight, known).supporting_answers("child-alone") == behind


@pytest.mark.parametrize(
    ("known", "behind"),
    [
        ({"alone": True}, ["alone"]),
        ({"alone": True, "nerves_1": DECLINED}, ["alone"]),
        ({"alone": True, "nerves_1": "often"}, ["nerves_1"]),
        ({"alone": True, "flown_before": True, "age": 40}, ["alone"]),
    ],
)
def test_the_answer_by_which_a_question_is_asked_is_named(
    tmp_path: Path, known: dict[str, Entry], behind: list[str]
) -> None:
    """Check a rule that every option of a question raises: it rests on the answer for which that is asked at all."""
    copy = Path(shutil.copytree(FIXTURES, tmp_path / "content"))
    for path, old, new in (
        ("questions/instruments/nerves.yaml", "short_text: shaky,", "short_text: shaky, enable_when: alone,"),
        ("rules/before-a-flight/flight.yaml", "when: bag > bag_limit", "when: nerves_1 >= 0"),
    ):
        text = (copy / path).read_text("utf-8")
        assert text.count(old) == 1
        (copy / path).write_text(text.replace(old, new), "utf-8")
    content = load(copy, "before-a-flight")
    assessment = assess(content, known)
    assert assessment.outcomes["heavy-bag"] is Outcome.RAISED
    assert assessment.supporting_answers("heavy-bag") == behind
    interview = Interview(content.form, content.rules, known)
    [topic] = [topic for topic in SummaryContext(content, interview, METADATA).topics if topic.rule.id == "heavy-bag"]
    assert list(topic.questions) == behind


def test_a_score_is_traced_to_its_items(flight: Content) -> None:
    """Check that a score is supported by its answered items, so that a topic names answers and not a number."""
    assert assess(flight, {"nerves_3": "often", "nerves_1": "often"}).supporting_answers("nervous") == [
        "nerves_1",
        "nerves_3",
    ]


@pytest.mark.parametrize(
    ("known", "settling"),
    [
        ({}, ["age", "alone"]),
        ({"alone": True}, ["age"]),
        ({"age": 12, "alone": DECLINED}, ["alone"]),
    ],
)
def test_deciding_questions(flight: Content, known: dict[str, Entry], settling: list[str]) -> None:
    """Check that an undetermined rule names the questions whose answers would decide it, and no others."""
    assert assess(flight, known).deciding_questions("child-alone") == settling


def test_a_refusal_supports_a_rule_that_asks_for_it() -> None:
    """Check that a refusal is named if it raises the rule, and never if the rule only lacks an answer."""
    content = with_rule("age < 18 and declined(alone)")
    assert assess(content, {"age": 12, "alone": DECLINED}).outcomes["thing"] is Outcome.RAISED
    assert assess(content, {"age": 12, "alone": DECLINED}).supporting_answers("thing") == ["age", "alone"]
    assert assess(content, {"age": 40, "alone": DECLINED}).supporting_answers("thing") == ["age"]
    assert assess(content, {"age": 12, "alone": True}).supporting_answers("thing") == ["alone"]
    assert assess(content, {"age": 12}).deciding_questions("thing") == ["alone"]


def test_a_refusal_and_then_an_answer_are_seen_at_once() -> None:
    """Check that updated facts tell a refusal from a question that is not answered yet."""
    content = with_rule("declined(age)")
    state = ResponseState(content.form)
    assessment = Assessment(content.rules, state)
    outcomes = []
    for entered in (AbsentReason.UNKNOWN, DECLINED, 40, None):
        assessment.update(state.record("age", entered))
        outcomes.append(assessment.outcomes["thing"])
    assert outcomes == [Outcome.UNDETERMINED, Outcome.RAISED, Outcome.CLEAR, Outcome.UNDETERMINED]


def test_deciding_questions_can_be_answered(flight: Content) -> None:
    """Check that if it is open whether a question is asked, the question that decides that is named instead."""
    assert assess(flight, {}).deciding_questions("chest-pain-now") == ["chest_pain"]
    assert assess(flight, {"chest_pain": True}).deciding_questions("chest-pain-now") == ["pain_now"]


def test_most_urgent_first(flight: Content) -> None:
    """Check that rules are ordered by priority, and within one priority by the order of their files."""
    known: dict[str, Entry] = {
        "age": 12, "alone": True, "bag": 30, "bag_limit": 20, "chest_pain": True, "pain_now": True,
        "items": frozenset(["oxygen"]), "nerves_1": "often", "nerves_2": "often",
    }  # fmt: skip
    raised = assess(flight, known).with_outcome(Outcome.RAISED)
    assert [rule.id for rule in raised] == [
        "chest-pain", "chest-pain-now", "oxygen", "child-alone", "nervous", "heavy-bag",
    ]  # fmt: skip
    assert [rule.priority for rule in raised] == sorted((r.priority for r in raised), key=list(Priority).index)


def test_mistakes_have_their_rule(flight: Content) -> None:
    """Check that a rule that cannot be read is reported with its id, and the others are compiled."""
    broken = dataclasses.replace(flight.ruleset.rules[0], when="ages < 16")
    ruleset = dataclasses.replace(flight.ruleset, rules=(broken, *flight.ruleset.rules[1:]))
    found = []
    compiled = compile_rules(ruleset, flight.form, lambda where, mistake: found.append((where, mistake.remedy)))
    assert found == [(("child-alone", "when"), 'Did you mean "age"?')]
    assert list(compiled.rules) == [rule.id for rule in flight.ruleset.rules[1:]]


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_updated_outcomes_equal_evaluated_outcomes(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Check that evaluating only the rules that an answer affects gives the same as evaluating every rule."""
    content = data.draw(made).content
    state = ResponseState(content.form)
    assessment = Assessment(content.rules, state)
    questions = list(content.questionnaire)
    for _ in range(10):
        question = data.draw(st.sampled_from(questions))
        assessment.update(state.record(question.id, data.draw(st.none() | entry(question))))
    assert assessment.outcomes == Assessment(content.rules, state).outcomes


@given(data=st.data())
def test_undetermined_rules_can_be_decided(data: st.DataObject) -> None:
    """Check that an undetermined rule always names an unanswered enabled question, and that all answers decide it."""
    content = data.draw(EVERY_CONTENT["generated"]).content
    state = ResponseState(content.form, data.draw(entries(content.form)))
    assessment = Assessment(content.rules, state)
    for rule in assessment.with_outcome(Outcome.UNDETERMINED):
        while assessment.outcomes[rule.id] is Outcome.UNDETERMINED:
            settling = assessment.deciding_questions(rule.id)
            assert settling
            for name in settling:
                assert state.is_enabled(name) is True
                assert is_missing(name, state.facts)
            for name in settling:
                question = content.questionnaire.question[name]
                assessment.update(state.record(name, data.draw(answers(question))))


@given(data=st.data())
def test_supporting_answers_exist(data: st.DataObject) -> None:
    """Check that a decided rule is supported by questions that are answered, not enabled, or refused as it asks."""
    content = data.draw(EVERY_CONTENT["generated"]).content
    state = ResponseState(content.form, data.draw(entries(content.form)))
    assessment = Assessment(content.rules, state)
    for rule, outcome in assessment.outcomes.items():
        if outcome is Outcome.UNDETERMINED:
            continue
        for name in assessment.supporting_answers(rule):
            entered = state.enabled_entries().get(name, AbsentReason.NOT_ASKED)
            refused = entered is DECLINED and name in tree.refusals(content.rules.rules[rule].tree)
            assert refused or not isinstance(entered, AbsentReason) or state.is_enabled(name) is False
            assert not refused or outcome is Outcome.RAISED


@given(data=st.data())
def test_outcomes_follow_their_conditions(data: st.DataObject) -> None:
    """Check that raised is true, clear is false, and undetermined is unknown."""
    content = data.draw(EVERY_CONTENT["generated"]).content
    state = ResponseState(content.form, data.draw(entries(content.form)))
    outcome = {True: Outcome.RAISED, False: Outcome.CLEAR, None: Outcome.UNDETERMINED}
    assert Assessment(content.rules, state).outcomes == {
        name: outcome[truth(rule.tree)(state.facts)] for name, rule in content.rules.rules.items()
    }
