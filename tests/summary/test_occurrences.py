"""A repeating section in copies: one table in every format, its data, and nothing of what was not asked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from screener.document.formats import render
from screener.document.model import Document, Table, nested
from screener.engine.interview import Interview
from screener.model.response import AbsentReason, Entry
from screener.summary.build import clinician_summary, patient_summary
from tests.engine.test_laws import SESSION
from tests.readings import Day, Reading, content

RULES = {"high": "any(top >= 180)", "low": "any(top < 60)", "late": "none_between(top, 100, 120)"}
UNKNOWN = AbsentReason.UNKNOWN
DAY = Day(600, [Reading(590, 142, 91, True), Reading(645, 190, 95, False)])
BLANK: dict[str, Entry] = {"top.2": UNKNOWN}


def copies(entries: dict[str, Entry], **by: str) -> tuple[Document, Document]:
    """Return the person's and the clinician's copy; ``by``: who entered the answers of a reading, as ``r2``."""
    readings = content(RULES, 24)
    interview = Interview(readings.form, readings.rules, entries)
    at = SESSION.started
    assert at
    entered = {name: (by.get(f"r{name.partition('.')[2]}"), at) for name in entries}
    metadata = replace(SESSION, entered=entered)
    return patient_summary(readings, interview, metadata), clinician_summary(readings, interview, metadata)


def table(document: Document) -> Table:
    (only,) = (part for part in nested(document.blocks) if isinstance(part, Table) and part.caption == "Readings")
    return only


def test_a_repeating_section_is_one_table() -> None:
    """Check the columns and rows: the time, the minutes, two numbers that belong together, and the rest in words."""
    _person, clinician = copies(DAY.entries(24) | BLANK, r1="Sam", r2="Jo Lee")
    shown = table(clinician)
    assert shown.head == ("Reading", "Time", "Min since the start", "Top number / bottom number", "Also")
    assert shown.rows == (
        ("1", "09:50", "-10", "142/91", "yes: calm; entered by Sam 09:30"),
        ("2", "10:45", "45", "-/95", 'no: calm; reason: Noise; "I don\'t know": top number; entered by Jo Lee 09:30'),
    )


def test_the_persons_copy_has_the_same_table() -> None:
    """Check that the person reads their own words for a blank, and nobody's name where they answered themselves."""
    person, _clinician = copies(DAY.entries(24) | BLANK)
    assert table(person).rows[1] == ("2", "10:45", "45", "-/95", "no: calm; reason: Noise; I don't know: top number")


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("text", "1        09:50  -10    142/91  yes: calm"),
        ("markdown", "| 1 | 09:50 | \\-10 | 142/91 | yes: calm |"),
        ("html", '<tr><th scope="row">1</th><td>09:50</td><td>-10</td><td>142/91</td><td>yes: calm</td></tr>'),
    ],
)
def test_every_format_has_the_table(kind: Any, row: str) -> None:
    """Check one row as text, Markdown and HTML, of which a PDF is made."""
    for document in copies(DAY.entries(24)):
        printed = render(document, kind)
        assert row in printed
        assert printed.count("Top number / bottom number") <= 1


def test_an_unfinished_reading_shows_how_far_it_came() -> None:
    """Check that what was not reached is empty, and not a dash, which says that a number is missing."""
    entries = {name: entry for name, entry in DAY.entries(24).items() if not name.startswith(("bottom.2", "calm.2"))}
    entries = {name: entry for name, entry in entries.items() if not name.startswith(("why_not.2", "more.2"))}
    _person, clinician = copies(entries)
    assert table(clinician).rows[1] == ("2", "10:45", "45", "190/", "")


def test_a_copy_without_readings_has_no_table() -> None:
    for document in copies({"alone": True}):
        assert not [part for part in nested(document.blocks) if isinstance(part, Table) and part.caption == "Readings"]


def test_readings_that_nobody_asked_for_are_not_mentioned() -> None:
    """Check that no copy, in no format, says of the 22 other readings that they do not apply or were not reached."""
    for entries in (DAY.entries(24), DAY.entries(24) | {"more.2": UNKNOWN}, {"alone": True}):
        for document in copies(entries):
            for kind in ("text", "markdown", "html", "json"):
                printed = render(document, kind)  # type: ignore[arg-type]
                assert "Reading 3" not in printed
                assert "top.3" not in printed


def test_the_data_says_which_occurrence_an_answer_belongs_to() -> None:
    """Check the JSON: the question without its number, the number, the time, and the minutes since the start."""
    _person, clinician = copies(DAY.entries(24), r2="Jo Lee")
    answers = {answer["question"]: answer for answer in json.loads(render(clinician, "json"))["answers"]}
    assert answers["top.2"]["answer"] == 190
    assert answers["top.2"]["entered"]["by"] == "Jo Lee"
    assert answers["top.2"]["occurrence"] == {"question": "top", "number": 2, "time": "10:45", "minutes": 45}
    assert answers["start_at"]["occurrence"] is None
    assert {name for name in answers if name.startswith("top")} == {"top.1", "top.2"}


def test_what_a_clear_rule_rests_on_names_who_said_that_there_is_no_other() -> None:
    """Check that a rule that no reading raises names the readings there are, and the answer that there is no other."""
    _person, clinician = copies(DAY.entries(24))
    outcomes = {each["rule"]: each for each in json.loads(render(clinician, "json"))["outcomes"]}
    assert outcomes["low"]["questions"] == ["top.1", "top.2", "more.2"]
    assert outcomes["high"]["questions"] == ["top.2"]
    assert set(outcomes["late"]["questions"]) == {"start_at", "read_at.1", "read_at.2", "more.2"}


def test_night_is_told_in_minutes_too() -> None:
    """Check the minutes of a reading after midnight."""
    night = Day(1430, [Reading(10, 120, 80, True)])
    _person, clinician = copies(night.entries(24))
    assert table(clinician).rows[0][:3] == ("1", "00:10", "20")
