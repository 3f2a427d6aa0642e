"""What the clinician's copy adds to a topic: the person's own words, and how good its best source is."""

from __future__ import annotations

from screener.engine.interview import Interview
from screener.model.response import AbsentReason, Entry
from screener.summary.blocks import Topic
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.document import Document
from screener.summary.metadata import SessionMetadata
from screener.summary.phrases import traced
from tests.strategies import shipped

WRITTEN: dict[str, Entry] = {"medicines_mind": frozenset({"none"}), "medicines_list": "Nardil, Xanax"}


def topics(document: Document) -> dict[str, Topic]:
    return {part.rule: part for block in document.body for part in block.parts if isinstance(part, Topic)}


def interview(entries: dict[str, Entry]) -> Interview:
    return Interview(shipped().form, shipped().rules, entries)


def test_what_somebody_wrote_about_medicines_is_a_topic_in_their_words() -> None:
    """Check that words written below "none of these" are raised before anything is planned, as the person's words."""
    metadata = SessionMetadata("AAAA-1111", "file")
    topic = topics(clinician_summary(shipped(), interview(WRITTEN), metadata))["medicines-in-own-words"]
    assert topic.priority == "priority"
    assert [pair.value for pair in topic.because if pair.label.endswith("in the person's own words")] == [
        '"Nardil, Xanax"'
    ]
    own = topics(patient_summary(shipped(), interview(WRITTEN), metadata))["medicines-in-own-words"]
    assert not any("own words" in pair.label for pair in own.because)


def test_a_blank_has_no_words() -> None:
    entries: dict[str, Entry] = {
        "medicines_mind": frozenset({"antidepressant"}),
        "medicines_list": AbsentReason.DECLINED,
    }
    topic = topics(clinician_summary(shipped(), interview(entries), SessionMetadata("AAAA-1111", "file")))
    assert not any("own words" in pair.label for pair in topic["antidepressant"].because)


def test_the_grade_of_the_best_source_is_printed_to_the_clinician() -> None:
    """Check that a weak source is told as one, whatever the priority of the topic."""
    entries: dict[str, Entry] = {"heart": frozenset({"pacemaker"}), "medicines_body": frozenset({"ergometrine"})}
    told = topics(clinician_summary(shipped(), interview(entries), SessionMetadata("AAAA-1111", "file")))
    assert told["pacemaker"].grade == "to-be-checked"
    assert traced(told["pacemaker"]).endswith("Best source: to be checked.")
    assert told["ergometrine"].grade == "primary"
    own = topics(patient_summary(shipped(), interview(entries), SessionMetadata("AAAA-1111", "file")))
    assert own["ergometrine"].grade is None
    assert "Best source" not in traced(own["ergometrine"])


def test_things_that_add_up_are_named_and_no_others() -> None:
    """Check that "any two of" names the answers that hold, and not those that do not."""
    entries: dict[str, Entry] = {
        "breathing": frozenset({"sleep-apnoea"}),
        "medicines_mind": frozenset({"opioids"}),
        "alcohol_or_drug_problem": "no",
    }
    known = interview(entries)
    assert known.assessment.supporting_answers("breathing-together") == ["breathing", "medicines_mind"]
