"""What staff recorded stays in every copy, whatever an earlier entry is corrected to."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from screener.content.compiled import Content
from screener.content.load import load
from screener.document.formats import rendered
from screener.document.model import Document
from screener.document.text import render
from screener.engine.interview import Interview
from screener.model.response import AbsentReason, Entry
from screener.page_text.elapsed import elapsed
from screener.store.history import HistoryEntry, entered_as, recorded_in
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.check.copies import change
from tests.respond.ward import Ward, ward
from tests.strategies import flight

ROOT = Path(__file__).parents[2]
START = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
TREATMENT: dict[str, Entry] = {
    "product": "ketamine",
    "route": "vein",
    "dose": Decimal(40),
    "lot": "LOT-7",
    "dose_at": datetime.time(10, 0),
    "top.1": 131,
    "another_reading.1": True,
    "top.2": 152,
    "another_reading.2": False,
}


@cache
def monitoring() -> Content:
    return load(ROOT, "monitoring")


def history(entries: Mapping[str, Entry], corrections: Mapping[str, Entry], by: str | None) -> list[HistoryEntry]:
    """Return entries at one minute each, and then what corrects them."""
    written = [*((*each, None) for each in entries.items()), *((*each, "a slip") for each in corrections.items())]
    return [
        HistoryEntry(name, entry, START + datetime.timedelta(minutes=number), by, reason=reason)
        for number, (name, entry, reason) in enumerate(written)
    ]


def copies(content: Content, past: list[HistoryEntry]) -> tuple[Document, Document]:
    """Return the person's and the clinician's copy of a response."""
    interview = Interview(content.form, content.rules)
    for each in past:
        interview.record(each.question, each.entry)
    metadata = SessionMetadata(
        "AAAA-BBBB", "screen", START, START, entered=entered_as(past), recorded=recorded_in(past)
    )
    return patient_summary(content, interview, metadata), clinician_summary(content, interview, metadata)


def answers(document: Document) -> dict[str, Any]:
    return {each["question"]: each for each in json.loads(rendered(document, "json"))["answers"]}


@pytest.mark.parametrize(
    ("corrections", "items"),
    [
        ({"product": "nothing"}, {"route": "Into a vein", "dose": "40", "lot": "LOT-7", "dose_at": "10:00"}),
        ({"another_reading.1": False}, {"top.2": "152"}),
        ({"product": AbsentReason.NOT_RECORDED}, {"route": "Into a vein", "lot": "LOT-7"}),
    ],
)
def test_what_no_longer_applies_stays_in_every_copy(corrections: dict[str, Entry], items: dict[str, str]) -> None:
    """With who recorded it, and in words that it does not apply now; a blank leaves that open."""
    _person, clinician = copies(monitoring(), history(TREATMENT, corrections, "A. Stone"))
    text, data = " ".join(render(clinician).split()), answers(clinician)
    for name, words in items.items():
        (earlier,) = data[name]["earlier"]
        assert data[name]["answer"] is data[name]["entered"] is data[name]["reason"] is None
        assert earlier["by"] == "A. Stone"
        assert earlier["answer"] is not None
        line = text.partition(f"{monitoring().questionnaire.question[name].label} {words}")[2]
        assert "by A. Stone" in line[:40]
        is_blank = AbsentReason.NOT_RECORDED in corrections.values()
        assert ("whether it applies is not recorded" if is_blank else "does not apply now") in line[:80]


def test_what_applies_is_said_as_before() -> None:
    """A correction has what stood there before; what was never recorded does not apply in no copy's words."""
    _person, clinician = copies(monitoring(), history(TREATMENT, {"top.1": 113}, "A. Stone"))
    data = answers(clinician)
    assert [each["answer"] for each in data["top.1"]["earlier"]] == [131]
    assert data["top.1"]["reason"] == "a slip"
    assert data["dose"]["earlier"] == []
    assert "does not apply now" not in render(clinician)
    assert "top.3" not in data


def test_what_was_corrected_and_then_removed_has_both_entries_and_why() -> None:
    """The reason is that of the entry which stands among the earlier ones, and none of what is there now."""
    corrections: dict[str, Entry] = {"dose": Decimal(50), "product": "nothing"}
    _person, clinician = copies(monitoring(), history(TREATMENT, corrections, "A. Stone"))
    dose = answers(clinician)["dose"]
    assert [(each["answer"], each["reason"]) for each in dose["earlier"]] == [(40.0, None), (50.0, "a slip")]
    assert dose["answer"] is dose["reason"] is None
    assert "a slip; does not apply now" in " ".join(render(clinician).split())


def test_of_what_a_person_changed_no_earlier_answer_is_told() -> None:
    """A person may change an answer without anybody reading the one before, in both copies."""
    bag: dict[str, Entry] = {"alone": True, "bag": 11}
    for document in copies(flight(), history(bag, {"bag": 16}, None)):
        data = answers(document)
        assert all(each["earlier"] == [] and each["reason"] is None for each in data.values())
        assert "11" not in json.dumps([data["bag"]["answer"], data["bag"]["earlier"]])


def test_a_blank_that_was_filled_in_was_no_entry() -> None:
    """Blanks before the first entry are no earlier entries; one after it is."""
    past = [
        *history({"top_before": AbsentReason.NOT_RECORDED}, {}, "A. Stone"),
        *history({"top_before": 120}, {}, "B. Reed"),
        *history({"top_before": AbsentReason.NOT_RECORDED}, {"top_before": 121}, "B. Reed"),
    ]
    _person, clinician = copies(monitoring(), past)
    earlier = answers(clinician)["top_before"]["earlier"]
    assert [(each["answer"], each["absent"], each["by"]) for each in earlier] == [
        (120, None, "B. Reed"),
        (None, "unknown", "B. Reed"),
    ]
    text = " ".join(render(clinician).split())
    assert f"{monitoring().questionnaire.question['top_before'].label} 120 mmHg at" in text


def test_no_minutes_are_counted_since_what_was_removed(tmp_path: Path) -> None:
    home = ward(tmp_path / "content")
    first = "questions:\n  - id: jumped\n    type: yes_no\n    text: Did they jump?\n    short_text: jumped\n"
    gated = "short_text: landing\n    enable_when: jumped\n"
    change(home, ("questions/watch/landing.yaml", "questions:\n", first))
    change(home, ("questions/watch/landing.yaml", "short_text: landing\n", gated))
    session = Ward(tmp_path / "clinic", content=home).begins()
    session.answer("jumped", True)
    session.answer("landed", datetime.time(10, 0))
    assert list(elapsed(session))
    session.record("jumped", False, reason="a slip")
    assert list(elapsed(session)) == []
