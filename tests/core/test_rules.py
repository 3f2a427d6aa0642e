"""What follows from answers: raised, clear or undetermined, each with the answers behind it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.form import Standing
from screener.language.evaluate import truth
from screener.language.grounds import is_missing
from screener.response import AbsentReason, Entry
from screener.rules import Assessment, Outcome, compile_rules
from screener.ruleset import Priority
from tests.strategies import EVERY_CONTENT, Sample, answers, entries, entry, named

DECLINED = AbsentReason.DECLINED


def assess(content: Content, known: dict[str, Entry]) -> Assessment:
    return Assessment(content.rules, Standing(content.form, known))


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
    """A rule with a blank in it is undetermined unless what is known decides it; a blank is never a no."""
    assert assess(flight, known).outcomes["child-alone"] is outcome


@pytest.mark.parametrize(
    ("known", "behind"),
    [
        ({"age": 12, "alone": True}, ["age", "alone"]),
        ({"age": 40, "alone": True}, ["age"]),
        ({"nerves_1": "often", "nerves_3": "often"}, []),
    ],
)
def test_answers_behind(flight: Content, known: dict[str, Entry], behind: list[str]) -> None:
    """The answers behind an outcome are those that decide it, in the order in which they are asked."""
    assert assess(flight, known).answers_behind("child-alone") == behind


def test_a_score_is_traced_to_its_items(flight: Content) -> None:
    """Behind a score stand its answered items, so that a topic names answers and not a number."""
    assert assess(flight, {"nerves_3": "often", "nerves_1": "often"}).answers_behind("nervous") == [
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
def test_would_settle(flight: Content, known: dict[str, Entry], settling: list[str]) -> None:
    """An undetermined rule names the questions whose answers would settle it, and no others."""
    assert assess(flight, known).would_settle("child-alone") == settling


def test_would_settle_names_what_can_be_answered(flight: Content) -> None:
    """Where it is open whether a question is asked, the question that decides that is named in its place."""
    assert assess(flight, {}).would_settle("chest-pain-now") == ["chest_pain"]
    assert assess(flight, {"chest_pain": True}).would_settle("chest-pain-now") == ["pain_now"]


def test_most_pressing_first(flight: Content) -> None:
    """Rules come by priority, and within one by the order of their files."""
    known: dict[str, Entry] = {
        "age": 12, "alone": True, "bag": 30, "bag_limit": 20, "chest_pain": True, "pain_now": True,
        "items": frozenset(["oxygen"]), "nerves_1": "often", "nerves_2": "often",
    }  # fmt: skip
    raised = assess(flight, known).having(Outcome.RAISED)
    assert [rule.id for rule in raised] == [
        "chest-pain", "chest-pain-now", "oxygen", "child-alone", "nervous", "heavy-bag",
    ]  # fmt: skip
    assert [rule.priority for rule in raised] == sorted((r.priority for r in raised), key=list(Priority).index)


def test_mistakes_have_their_rule(flight: Content) -> None:
    """A rule that cannot be read is reported with its id, and the others are compiled."""
    broken = dataclasses.replace(flight.ruleset.rules[0], when="ages < 16")
    ruleset = dataclasses.replace(flight.ruleset, rules=(broken, *flight.ruleset.rules[1:]))
    found = []
    compiled = compile_rules(ruleset, flight.form, lambda where, mistake: found.append((where, mistake.remedy)))
    assert found == [(("child-alone", "when"), 'Did you mean "age"?')]
    assert list(compiled.rules) == [rule.id for rule in flight.ruleset.rules[1:]]


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_kept_up_as_from_the_beginning(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Evaluating only what an answer touches comes to the same as evaluating every rule."""
    content = data.draw(made).content
    standing = Standing(content.form)
    assessment = Assessment(content.rules, standing)
    questions = list(content.questionnaire)
    for _ in range(10):
        question = data.draw(st.sampled_from(questions))
        assessment.update(standing.record(question.id, data.draw(st.none() | entry(question))))
    assert assessment.outcomes == Assessment(content.rules, standing).outcomes


@given(data=st.data())
def test_undetermined_can_be_settled(data: st.DataObject) -> None:
    """An undetermined rule always names a question that applies and has no answer, and answering all settles it."""
    content = data.draw(EVERY_CONTENT["generated"]).content
    standing = Standing(content.form, data.draw(entries(content.form)))
    assessment = Assessment(content.rules, standing)
    for rule in assessment.having(Outcome.UNDETERMINED):
        while assessment.outcomes[rule.id] is Outcome.UNDETERMINED:
            settling = assessment.would_settle(rule.id)
            assert settling
            for name in settling:
                assert standing.applies(name) is True
                assert is_missing(name, standing.facts)
            for name in settling:
                question = content.questionnaire.question[name]
                assessment.update(standing.record(name, data.draw(answers(question))))


@given(data=st.data())
def test_answers_behind_are_there(data: st.DataObject) -> None:
    """Behind a decided rule stand only questions that were answered, or that do not apply."""
    content = data.draw(EVERY_CONTENT["generated"]).content
    standing = Standing(content.form, data.draw(entries(content.form)))
    assessment = Assessment(content.rules, standing)
    for rule, outcome in assessment.outcomes.items():
        if outcome is Outcome.UNDETERMINED:
            continue
        for name in assessment.answers_behind(rule):
            answered = name in standing.counted() and not isinstance(standing.entries[name], AbsentReason)
            assert answered or standing.applies(name) is False


@given(data=st.data())
def test_outcomes_say_what_conditions_are(data: st.DataObject) -> None:
    """Raised is true, clear is false, undetermined is unknown."""
    content = data.draw(EVERY_CONTENT["generated"]).content
    standing = Standing(content.form, data.draw(entries(content.form)))
    outcome = {True: Outcome.RAISED, False: Outcome.CLEAR, None: Outcome.UNDETERMINED}
    assert Assessment(content.rules, standing).outcomes == {
        name: outcome[truth(rule.tree)(standing.facts)] for name, rule in content.rules.rules.items()
    }
