"""The JSON export: data of the response and the outcomes, which other programs read without a display string."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.check.schema import SCHEMAS, schema
from screener.content.compiled import Content
from screener.display_text import unseen_named
from screener.document.formats import render
from screener.document.json import render as as_json
from screener.document.model import Document
from screener.engine.interview import Interview
from screener.errors import ScreenerError
from screener.model.response import AbsentReason, Entry
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.data import FORMAT, VERSION
from screener.summary.metadata import SessionMetadata
from screener.summary.read_data import read_entries
from tests.document.test_text import answered
from tests.strategies import EVERY_CONTENT, Sample, entries, hostile, named, shipped

SUMMARY = jsonschema.Draft202012Validator(schema(SCHEMAS["summary"]))
START = datetime.datetime(2026, 1, 2, 9, 30, tzinfo=datetime.UTC)
SESSION = SessionMetadata("K7QP-3MXD", "file", START, START + datetime.timedelta(minutes=5))


def exported(document: Document) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render(document, "json"))
    return data


def seen(entry: Entry) -> Entry:
    """Return an entry with marks for the characters of a text that nobody sees, which no file tells a program."""
    return unseen_named(entry) if isinstance(entry, str) and not isinstance(entry, AbsentReason) else entry


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_read_back_it_gives_an_equal_response_and_equal_outcomes(
    made: st.SearchStrategy[Sample], data: st.DataObject
) -> None:
    """Check that the data alone is enough to have the same response, and the same outcome of every rule."""
    content = data.draw(made).content
    interview = Interview(content.form, content.rules, data.draw(entries(content.form)))
    found = exported(clinician_summary(content, interview, SESSION))
    again = Interview(content.form, content.rules, read_entries(found))
    assert again.response.entries == {name: seen(entry) for name, entry in interview.response.entries.items()}
    assert again.assessment.outcomes == interview.assessment.outcomes
    assert {each["rule"]: each["outcome"] for each in found["outcomes"]} == interview.assessment.outcomes


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_keeps_to_its_schema(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Check both copies of every response against the published schema."""
    content = data.draw(made).content
    interview = Interview(content.form, content.rules, data.draw(entries(content.form)))
    for build in (patient_summary, clinician_summary):
        found = exported(build(content, interview, SESSION))
        assert list(SUMMARY.iter_errors(found)) == []
        assert (found["format"], found["version"]) == (FORMAT, VERSION)


@given(text=hostile)
def test_ascii(flight: Content, text: str) -> None:
    """Check that the file is ASCII without control characters, and gives back exactly the typed text."""
    typed = text.strip() or "x"
    rendered = render(answered(flight, typed), "json")
    assert rendered.isascii()
    assert all(sign == "\n" or sign.isprintable() for sign in rendered)
    assert read_entries(json.loads(rendered)) == {"remarks": unseen_named(typed)}


def test_answers_are_codes_numbers_and_iso_dates(flight: Content) -> None:
    """Check each type of question: no program has to read an answer out of a display string."""
    known: dict[str, Entry] = {
        "departure": "north", "age": 43, "flown_before": True, "first_flight": datetime.date(2001, 5, 5),
        "items": frozenset({"oxygen", "stick"}), "oxygen_flow": Decimal("2.5"), "bag": AbsentReason.DECLINED,
    }  # fmt: skip
    found = exported(clinician_summary(flight, Interview(flight.form, flight.rules, known), SESSION))
    answers = {each["question"]: each for each in found["answers"]}
    told = {name: answers[name]["answer"] for name in known}
    assert told == {
        "departure": "north", "age": 43, "flown_before": True, "first_flight": "2001-05-05",
        "items": ["stick", "oxygen"], "oxygen_flow": 2.5, "bag": None,
    }  # fmt: skip
    assert answers["bag"]["absent"] == "asked-declined"
    assert answers["alone"]["absent"] == "not-asked"
    assert answers["oxygen_flow"]["unit"] == flight.questionnaire.question["oxygen_flow"].unit
    assert answers["age"]["labels"] == {"question": "Age in years", "answer": "43 years"}


def test_scores_are_numbers_with_what_is_missing(flight: Content) -> None:
    known: dict[str, Entry] = {"nerves_1": "often", "nerves_2": "never"}
    (score,) = exported(clinician_summary(flight, Interview(flight.form, flight.rules, known), SESSION))["scores"]
    assert (score["low"], score["high"], score["maximum"], score["missing"]) == (2, 4, 6, 1)


def test_a_score_of_which_nothing_was_asked_has_no_figure() -> None:
    """Check that other programs read no 0 where the first answer decided that no item was asked."""
    content = shipped()
    interview = Interview(content.form, content.rules, {"pcptsd5_event": False})
    scores = exported(clinician_summary(content, interview, SESSION))["scores"]
    (score,) = (score for score in scores if score["score"] == "pcptsd5_count")
    assert (score["low"], score["high"]) == (None, None)


def test_loinc_codes_stand_beside_the_answers() -> None:
    content = shipped()
    known: dict[str, Entry] = {"phq9_1": "nearly-every-day"}
    found = exported(clinician_summary(content, Interview(content.form, content.rules, known), SESSION))
    (answer,) = (each for each in found["answers"] if each["question"] == "phq9_1")
    assert (answer["loinc"], answer["answer"], answer["answer_loinc"]) == ("44250-9", "nearly-every-day", ["LA6571-9"])


def test_who_entered_an_answer_and_when(flight: Content) -> None:
    """Check that an answer names its last author: the person, or a member of staff."""
    entered = {"age": (None, START), "alone": ("A nurse", START)}
    session = SessionMetadata("K7QP-3MXD", "screen", START, entered=entered)
    interview = Interview(flight.form, flight.rules, {"age": 12, "alone": True})
    answers = {each["question"]: each for each in exported(clinician_summary(flight, interview, session))["answers"]}
    assert answers["age"]["entered"] == {"by": None, "at": "2026-01-02T09:30:00+00:00"}
    assert answers["alone"]["entered"] == {"by": "A nurse", "at": "2026-01-02T09:30:00+00:00"}
    assert answers["bag"]["entered"] is None


def test_the_persons_data_withholds_sensitive_answers_scores_and_outcomes() -> None:
    content = shipped()
    known: dict[str, Entry] = {"mental_health": frozenset({"harm-others"}), "phq9_1": "nearly-every-day"}
    printed = render(patient_summary(content, Interview(content.form, content.rules, known), SESSION), "json")
    assert "harm-others" not in printed
    found = json.loads(printed)
    (answer,) = (each for each in found["answers"] if each["question"] == "mental_health")
    assert (answer["answer"], answer["withheld"], answer["labels"]["answer"]) == (None, True, "")
    assert (found["scores"], found["outcomes"]) == ([], [])


def test_the_schema_refuses_other_data(flight: Content) -> None:
    """Check that the published schema refuses other data."""
    data = exported(answered(flight, "text"))
    assert not list(SUMMARY.iter_errors(data))
    assert list(SUMMARY.iter_errors(data | {"answers": [{"question": "x"}]}))
    assert list(SUMMARY.iter_errors(data | {"version": 1}))
    assert list(SUMMARY.iter_errors({name: value for name, value in data.items() if name != "answers"}))


def test_a_document_without_data_has_no_json() -> None:
    with pytest.raises(ScreenerError, match="Choose another format"):
        as_json(Document("lead", "Rule book", "en-GB", ()))
