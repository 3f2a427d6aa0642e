"""The changes that give another outcome: every named change does so, and no smaller one is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.engine.alternatives import alternatives
from screener.engine.previous import written_previous
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.engine.what_if import AnswerChange, smallest_changes
from screener.expressions import tree
from screener.expressions.parse import parse_condition
from screener.model.answers import validate_answer
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from tests.expressions.previous_content import with_previous
from tests.strategies import EVERY_CONTENT, FINITE, Sample, contents, entries, samples, shipped, with_rule


def outcome(content: Content, rule: str, given: Mapping[str, Entry]) -> Outcome:
    """Return the outcome of the rule, computed from no earlier state."""
    return Assessment(content.rules, ResponseState(content.form, given)).outcomes[rule]


def every(question: Question) -> Iterator[Entry]:
    """Yield all entries for a question with few possible answers."""
    yield from question.absent
    match question.type:
        case "yes_no":
            yield from (True, False)
        case "choice":
            yield from question.option
        case "integer":
            assert question.limits
            yield from range(int(question.limits.minimum), int(question.limits.maximum) + 1)
        case "choices":
            plain = [option.code for option in question.options if not option.exclusive]
            yield from (frozenset([option.code]) for option in question.options if option.exclusive)
            for some in product((True, False), repeat=len(plain)):
                if chosen := frozenset(code for code, taken in zip(plain, some, strict=True) if taken):
                    yield chosen


@pytest.mark.parametrize("kind", EVERY_CONTENT)
@given(data=st.data())
def test_every_change_named_leads_where_it_says(kind: str, data: st.DataObject) -> None:
    """Check that the named answers give the named outcome, and that half of a pair does not."""
    content = data.draw(EVERY_CONTENT[kind]).content
    if not content.rules.rules:
        return
    before = data.draw(entries(content.form))
    rule = data.draw(st.sampled_from(sorted(content.rules.rules)))
    for changes in smallest_changes(content.rules, ResponseState(content.form, before), rule):
        assert changes.outcome is not outcome(content, rule, before)
        for change in changes.alternatives:
            assert set(change) <= set(content.form.with_gates(tree.names(content.rules.rules[rule].tree)))
            for name, entry in change.items():
                validate_answer(content.questionnaire.question[name], entry)
            assert outcome(content, rule, {**before, **change}) is changes.outcome
            for left_out in change if len(change) > 1 else ():
                half = {name: entry for name, entry in change.items() if name != left_out}
                assert outcome(content, rule, {**before, **half}) is not changes.outcome


@given(sample=samples(contents(types=FINITE, small=True)), data=st.data())
def test_no_smaller_change_is_passed_over(sample: Sample, data: st.DataObject) -> None:
    """Check that if one answer is enough, every question with such an answer is named."""
    content = sample.content
    if not content.rules.rules:
        return
    before = data.draw(entries(content.form))
    rule = data.draw(st.sampled_from(sorted(content.rules.rules)))
    enough: dict[Outcome, set[str]] = {found: set() for found in Outcome}
    for question in content.questionnaire:
        for entry in every(question):
            enough[outcome(content, rule, {**before, question.id: entry})].add(question.id)
    for changes in smallest_changes(content.rules, ResponseState(content.form, before), rule):
        named = {name for change in changes.alternatives for name in change if len(change) == 1}
        assert named == enough[changes.outcome]
        assert all(len(change) == 1 for change in changes.alternatives) or not named


def changed(content: Content, rule: str, before: dict[str, Entry]) -> dict[Outcome, tuple[AnswerChange, ...]]:
    state = ResponseState(content.form, before)
    return {changes.outcome: changes.alternatives for changes in smallest_changes(content.rules, state, rule)}


def test_the_nearest_number_is_named(flight: Content) -> None:
    """Check that a number is changed only as far as the limit in a condition."""
    assert changed(flight, "child-alone", {"age": 40, "alone": True}) == {
        Outcome.RAISED: ({"age": 15},),
        Outcome.UNDETERMINED: ({"age": AbsentReason.DECLINED},),
    }
    assert changed(flight, "heavy-bag", {"bag": 30, "bag_limit": 20})[Outcome.CLEAR] == ({"bag": 20}, {"bag_limit": 30})


def test_the_previous_response_is_kept_while_answers_change() -> None:
    """Check a rule that compares with it, and that the nearest number is next to its own."""
    content = with_previous()
    then = written_previous(content.form, {"bag": 10}, 13)
    state = ResponseState(content.form, {"bag": 15}, then.facts)
    heavier = {each.outcome: each.alternatives for each in smallest_changes(content.rules, state, "heavier")}
    assert heavier == {Outcome.RAISED: ({"bag": 99},), Outcome.UNDETERMINED: ({"bag": AbsentReason.DECLINED},)}
    soon = smallest_changes(content.rules, state, "soon")
    assert [(each.outcome, each.alternatives) for each in soon] == [(Outcome.CLEAR, ()), (Outcome.UNDETERMINED, ())]
    beside = [parse_condition("bag < previous.bag", content.form.symbols)]
    bag = content.questionnaire.question["bag"]
    assert alternatives(bag, beside, {}, then.facts)[:4] == [9, 10, 11, 12]
    assert 10 not in alternatives(bag, beside, {}, written_previous(content.form, {}, 13).facts)


def test_a_question_behind_a_gate_takes_two_answers(flight: Content) -> None:
    """Check that the change includes the answer that enables a question, because it is not asked without it."""
    assert changed(flight, "chest-pain-now", {"chest_pain": False})[Outcome.RAISED] == (
        {"chest_pain": True, "pain_now": True},
    )


def test_a_refusal_is_told_from_another_blank() -> None:
    """Check that a refusal and "I don't know" have two outcomes if a rule reads refusals, and one otherwise."""
    rule, before = "thing", {"alone": True}
    content = with_rule("declined(alone)")
    assert changed(content, rule, before) == {
        Outcome.RAISED: ({"alone": AbsentReason.DECLINED},),
        Outcome.UNDETERMINED: ({"alone": AbsentReason.UNKNOWN},),
    }
    assert changed(content, rule, {}) == {
        Outcome.RAISED: ({"alone": AbsentReason.DECLINED},),
        Outcome.CLEAR: ({"alone": True},),
    }
    assert changed(content, rule, {"alone": AbsentReason.DECLINED}) == {
        Outcome.CLEAR: ({"alone": True},),
        Outcome.UNDETERMINED: ({"alone": AbsentReason.UNKNOWN},),
    }


def test_changes_of_more_than_two_answers_are_not_named() -> None:
    """Check that nine blanks of a score are not decided by two answers, and that no change is invented."""
    assert changed(shipped(), "low-mood", {}) == {Outcome.RAISED: (), Outcome.CLEAR: ()}
