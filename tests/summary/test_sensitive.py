"""The answers that a sensitive rule keeps out of the person's copy, which somebody else at home may read."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from screener.content.compiled import Content
from screener.document.text import render
from screener.engine.alarm_history import AlarmHistory
from screener.engine.form import ConditionPath
from screener.engine.interview import Interview
from screener.engine.rules import Outcome, compile_rules
from screener.expressions.mistakes import Mistake
from screener.model.response import AbsentReason, Entry
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import ResponseName, SessionMetadata
from screener.summary.taken_back import ReportedAlarms
from tests.strategies import flight, shipped

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)

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


def test_an_answer_of_last_time_to_a_silent_question_is_not_named_either() -> None:
    """Check that the head of the person's copy leaves it out of what was carried over; the clinician's has it."""
    content = flight()
    rules = (replace(content.ruleset.rule["heavy-bag"], silent=True),)
    content = Content(
        content.form, compile_rules(replace(content.ruleset, rules=rules), content.form, refuse), "0" * 64, "1" * 64
    )
    kept: dict[str, Entry] = {"bag": 10, "alone": True}
    interview = Interview(content.form, content.rules, kept, carried_over=kept)
    metadata = SessionMetadata("AAAA-1111", "file", carried_from=ResponseName("BBBB-2222", NOON.date()))
    own, theirs = (read(render(build(content, interview, metadata))) for build in (patient_summary, clinician_summary))
    assert "flying alone: as on 2026-03-01 (BBBB-2222)" in own
    assert "weight of the bag" not in own.lower()
    assert "weight of the bag: as on 2026-03-01" in theirs


def test_a_silent_rule_cannot_interrupt() -> None:
    """Check that a rule that must not be seen cannot have a page that everybody near would see."""
    content = shipped()
    with pytest.raises(ValueError, match="cannot interrupt"):
        replace(content.ruleset.rule["asq-thoughts"], silent=True)


@pytest.mark.parametrize("hides", ["sensitive", "silent"])
def test_an_answer_that_was_taken_back_is_not_told_either(hides: str) -> None:
    """Check that earlier answers to these questions are kept out of the person's copy, and not the clinician's."""
    content = flight()
    rule = replace(content.ruleset.rule["child-alone"], when="age < 16 and pain_now", **{hides: True})
    rules = (rule, content.ruleset.rule["chest-pain-now"])
    ruleset = compile_rules(replace(content.ruleset, rules=rules), content.form, refuse)
    content = Content(content.form, ruleset, "0" * 64, "1" * 64)
    own, theirs = copies_with_alarms(content, ("pain_now", True), ("pain_now", False))
    assert "You changed an answer about this." in own
    assert ("Chest pain now: as you told us" in own) is (hides == "sensitive")
    assert "changed to No" not in own
    assert "changed to No" in theirs


def test_a_sensitive_rule_that_was_taken_back_shows_no_answer() -> None:
    """Check that the person's copy does not show the answer by which its question is asked either."""
    content = flight()
    rule = replace(content.ruleset.rule["chest-pain-now"], sensitive=True)
    ruleset = compile_rules(replace(content.ruleset, rules=(rule,)), content.form, refuse)
    content = Content(content.form, ruleset, "0" * 64, "1" * 64)
    own, theirs = copies_with_alarms(content, ("pain_now", True), ("chest_pain", False))
    assert "Chest pain: as you told us" in own
    assert "changed to No" not in own
    assert "changed to No" in theirs


def copies_with_alarms(content: Content, *history: tuple[str, Entry]) -> tuple[str, str]:
    """Return both copies after these answers, the first of which follows a yes to chest pain."""
    interview, alarms = Interview(content.form, content.rules), AlarmHistory(content.rules)
    for question, entered in (("chest_pain", True), *history):
        interview.record(question, entered)
        alarms.note(interview.assessment, question, NOON)
    metadata, reported = SessionMetadata("AAAA-1111", "screen"), ReportedAlarms(alarms)
    own = patient_summary(content, interview, metadata, reported)
    return read(render(own)), read(render(clinician_summary(content, interview, metadata, reported)))


def refuse(place: ConditionPath, mistake: Mistake) -> None:
    raise AssertionError(f"{place}: {mistake}")
