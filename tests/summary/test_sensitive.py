"""The answers that a sensitive rule keeps out of the person's copy, which somebody else at home may read."""

from __future__ import annotations

from screener.content.compiled import Content
from screener.document.text import render
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.model.response import Entry
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.strategies import shipped

KNOWN: dict[str, Entry] = {"living_situation": frozenset({"not-safe", "no-phone"}), "safe_place": True}


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
    assert [rule.id for rule in content.ruleset if rule.sensitive] == ["not-safe-at-home"]
    own, theirs = copies(content, {"living_situation": frozenset({"not-safe"})})
    told = label(content, "living_situation", "not-safe")
    assert content.ruleset.rule["not-safe-at-home"].topic in own
    assert told not in own
    assert told in theirs


def test_another_topic_does_not_tell_it_either() -> None:
    """Check that a rule that is not sensitive and reads the same question does not show its answer."""
    content = shipped()
    interview = Interview(content.form, content.rules, KNOWN)
    assert interview.assessment.outcomes["after-the-treatment"] is Outcome.RAISED
    own, theirs = copies(content, KNOWN)
    for code in ("not-safe", "no-phone"):
        assert label(content, "living_situation", code) not in own
        assert label(content, "living_situation", code) in theirs
