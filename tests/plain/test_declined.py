"""A refusal is heard: at once for a young person, and in both copies for everybody."""

from __future__ import annotations

import pytest

from screener.engine.rules import Outcome
from screener.model.response import AbsentReason
from screener.summary.blocks import Topic
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.document import Document
from screener.summary.metadata import SessionMetadata
from tests.plain.prompts import NOON, REFERENCE, talk_from
from tests.strategies import shipped

PAGE = "You told us you would rather not answer a question about your safety. You do not have to say why."


def test_a_young_person_who_declines_is_asked_to_talk_to_staff() -> None:
    """Check that the page comes right after the refusal, before the next question, and that the questions go on."""
    talked = talk_from(shipped(), "asq_1", "s", "1", "read", age=17)
    assert talked.entries["asq_1"] is AbsentReason.DECLINED
    assert PAGE in read(talked.told)
    assert "Please talk to a member of staff now" in talked.told
    assert [page.rule for page in talked.session.interview.acknowledgements] == ["asq-declined-under-18"]


@pytest.mark.parametrize("age", [18, AbsentReason.DECLINED])
def test_nobody_else_is_interrupted_by_their_own_refusal(age: int | AbsentReason) -> None:
    talked = talk_from(shipped(), "asq_1", "s", "1", age=age)
    assert PAGE not in read(talked.told)
    assert talked.asked == "asq_2"


def test_staff_are_told_to_ask_in_person_before_the_person_leaves() -> None:
    """Check that the clinician's copy names what was declined, and the person's copy gives no reason and no verdict."""
    interview = talk_from(shipped(), "asq_2", age=40, phq9_9="not-at-all").session.interview
    assert interview.assessment.outcomes["safety-question-declined"] is Outcome.RAISED
    metadata = SessionMetadata(REFERENCE, "plain", NOON, NOON)
    clinician = clinician_summary(shipped(), interview, metadata)
    (topic,) = topics(clinician, "priority", "safety-question-declined")
    assert "Ask in person before the person leaves." in topic.text
    assert [(pair.label, pair.value) for pair in topic.because] == [
        ("Wishing to be dead, in the past few weeks", "Prefer not to say")
    ]
    (own,) = topics(patient_summary(shipped(), interview, metadata), "topics", "safety-question-declined")
    assert own.text.endswith("Someone at the clinic will want to ask you in person, before you leave today.")


def read(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


def topics(document: Document, block: str, rule: str) -> list[Topic]:
    """Return the topics of a rule in one block of a summary."""
    parts = (part for each in document.body if each.id == block for part in each.parts)
    return [part for part in parts if isinstance(part, Topic) and part.rule == rule]
