"""The answers that a sensitive rule keeps out of the person's copy, which somebody else at home may read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener.content.compiled import Content
from screener.document.text import render
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.model.response import AbsentReason, Entry
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.strategies import shipped

UNSAFE: dict[str, Entry] = {"safe_at_home": False, "living_situation": frozenset({"no-phone"})}
HEARD = {"harm-others": "thoughts-of-hurting-others", "dissociation": "dissociation"}
"""The rules that hear these options."""
HARMING: dict[str, Entry] = {"mental_health": frozenset({"harm-others", "dissociation"})}


def read(text: str) -> str:
    return " ".join(text.split())


def copies(content: Content, known: dict[str, Entry]) -> tuple[str, str]:
    interview = Interview(content.form, content.rules, known)
    made = (
        build(content, interview, SessionMetadata("AAAA-1111", "file"))
        for build in (patient_summary, clinician_summary)
    )
    own, theirs = (read(render(document)) for document in made)
    return own, theirs


def label(content: Content, question: str, code: str) -> str:
    return read(content.questionnaire.question[question].option[code].label)


def test_the_persons_copy_names_the_question_and_not_the_answer() -> None:
    """Check that only the clinician's copy has the answers to a sensitive rule; both copies have its topic."""
    content = shipped()
    assert [rule.id for rule in content.ruleset if rule.sensitive] == ["thoughts-of-hurting-others"]
    own, theirs = copies(content, {"mental_health": frozenset({"harm-others"})})
    told = label(content, "mental_health", "harm-others")
    assert content.questionnaire.question["mental_health"].label in own
    assert told not in own
    assert told.lower() in theirs.lower()


def test_another_topic_does_not_tell_it_either() -> None:
    """Check that a rule that is not sensitive and reads the same question does not show its answer."""
    content = shipped()
    interview = Interview(content.form, content.rules, HARMING)
    assert interview.assessment.outcomes["dissociation"] is Outcome.RAISED
    own, theirs = copies(content, HARMING)
    assert content.ruleset.rule["dissociation"].topic in own
    for code in ("harm-others", "dissociation"):
        assert f"{label(content, 'mental_health', code)};" not in own
        assert content.ruleset.rule[HEARD[code]].topic in theirs


def test_the_persons_copy_says_nothing_of_a_silent_topic() -> None:
    """Check that neither the topic nor its question is in the person's copy; the clinician's copy has both."""
    content = shipped()
    assert [rule.id for rule in content.ruleset if rule.silent] == ["not-safe-at-home"]
    own, theirs = copies(content, UNSAFE)
    rule = content.ruleset.rule["not-safe-at-home"]
    asked = content.questionnaire.question["safe_at_home"].label
    assert content.ruleset.rule["after-the-treatment"].topic in own
    for told in (rule.topic, rule.patient, rule.id, asked):
        assert read(told).lower() not in own.lower()
    assert rule.topic in theirs
    assert asked in theirs


def test_a_silent_question_that_was_left_blank_is_not_named_either() -> None:
    """Check that the person's list of blanks leaves out the question of a silent rule."""
    content = shipped()
    own, theirs = copies(content, {"safe_at_home": AbsentReason.DECLINED, "age": AbsentReason.DECLINED})
    asked = content.questionnaire.question["safe_at_home"].label
    assert content.questionnaire.question["age"].label in own
    assert asked not in own
    assert asked in theirs


def test_a_silent_rule_cannot_interrupt() -> None:
    """Check that a rule that must not be seen cannot have a page that everybody near would see."""
    content = shipped()
    with pytest.raises(ValueError, match="cannot interrupt"):
        replace(content.ruleset.rule["asq-thoughts"], silent=True)
