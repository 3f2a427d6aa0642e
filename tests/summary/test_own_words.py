"""What the clinician's copy adds to a topic: the person's own words, and how good its best source is."""

from __future__ import annotations

from screener.document.formats import render
from screener.engine.interview import Interview
from screener.model.response import AbsentReason, Entry
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.strategies import shipped
from tests.summary.reading import block_words, notes, rows

WRITTEN: dict[str, Entry] = {"medicines_mind": frozenset({"none"}), "medicines_list": "Nardil, Xanax"}


def interview(entries: dict[str, Entry]) -> Interview:
    return Interview(shipped().form, shipped().rules, entries)


def test_what_somebody_wrote_about_medicines_is_a_topic_in_their_words() -> None:
    """Check that words written below "none of these" are raised before anything is planned, as the person's words."""
    metadata = SessionMetadata("AAAA-1111", "file")
    document = clinician_summary(shipped(), interview(WRITTEN), metadata)
    note = notes(document)["medicines-in-own-words"]
    assert 'Everything you take, in the person\'s own words: "Nardil, Xanax"' in note
    assert ("Medicines", 'medicines in own words: "Nardil, Xanax" [1]') in rows(document, "Before anything is planned")
    own = block_words(patient_summary(shipped(), interview(WRITTEN), metadata), "topics")
    assert "Medicines in your own words" in own
    assert "Nardil" not in own


def test_a_blank_has_no_words() -> None:
    entries: dict[str, Entry] = {
        "medicines_mind": frozenset({"antidepressant"}),
        "medicines_list": AbsentReason.DECLINED,
    }
    told = notes(clinician_summary(shipped(), interview(entries), SessionMetadata("AAAA-1111", "file")))
    assert "own words" not in told["antidepressant"]


def test_the_grade_of_the_best_source_is_printed_to_the_clinician() -> None:
    """Check that a weak source is told as one, whatever the priority of the topic."""
    entries: dict[str, Entry] = {"heart": frozenset({"pacemaker"}), "medicines_body": frozenset({"ergometrine"})}
    told = notes(clinician_summary(shipped(), interview(entries), SessionMetadata("AAAA-1111", "file")))
    assert told["pacemaker"].endswith("Best source: to be checked.")
    assert told["ergometrine"].endswith("Best source: an official page.")
    own = patient_summary(shipped(), interview(entries), SessionMetadata("AAAA-1111", "file"))
    assert "Best source" not in render(own)


def test_things_that_add_up_are_named_and_no_others() -> None:
    """Check that "any two of" names the answers that hold, and not those that do not."""
    entries: dict[str, Entry] = {
        "breathing": frozenset({"sleep-apnoea"}),
        "medicines_mind": frozenset({"opioids"}),
        "alcohol_or_drug_problem": "no",
    }
    known = interview(entries)
    assert known.assessment.supporting_answers("breathing-together") == ["breathing", "medicines_mind"]
