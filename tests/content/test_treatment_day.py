"""What staff record of a treatment: the questionnaires monitoring and leaving, beside the check and their cases."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from screener.content.load import LoadedContent
from screener.document.formats import render
from screener.document.model import Table, nested, plain
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.model.occurrences import number_of, question_of
from screener.model.response import AbsentReason, Entry
from screener.model.ruleset import Priority
from screener.proofs.occurrences import MOST, limits
from screener.proofs.prove import PROPERTIES, prove
from screener.summary.build import clinician_summary
from screener.summary.metadata import RecordedEntry
from tests.content.test_follow_up import VERDICTS, content_of, person_text
from tests.engine.test_laws import SESSION
from tests.readings import clock

STAFF = ("monitoring", "leaving")
NOT_RECORDED = AbsentReason.NOT_RECORDED


@pytest.mark.parametrize("name", STAFF)
def test_staff_answer_it(name: str) -> None:
    content = content_of(name)
    assert content.questionnaire.is_for_staff
    assert "recorded by staff" in content.questionnaire.title


@pytest.mark.parametrize("name", STAFF)
def test_every_item_says_where_it_comes_from(name: str) -> None:
    """Check that each item names the source that asks for it, or says that it is for whoever reads it."""
    for question in content_of(name).template:
        assert question.why, question.id
        assert question.short_text, question.id
        own = question.id == "next_date" or question.type in ("text", "yes_no") or question.id.startswith("scale")
        assert re.search(r"\bS\d+\b", question.why) or own, question.id
        for source in re.findall(r"\bS\d+\b", question.why):
            assert source in content_of(name).ruleset.source, f"{question.id}: {source}"


@pytest.mark.parametrize("name", STAFF)
def test_nothing_is_an_alarm(name: str) -> None:
    """Check that no rule interrupts: a number that staff measure is listed, and the clinician looks at the person."""
    for rule in content_of(name).ruleset.rules:
        assert rule.priority is not Priority.URGENT, rule.id
        assert rule.interruption is None, rule.id


@pytest.mark.parametrize("name", STAFF)
def test_nothing_is_called_ready_improved_or_safe(name: str) -> None:
    assert VERDICTS.findall(person_text(content_of(name))) == []


@pytest.mark.parametrize("name", STAFF)
def test_every_number_in_a_condition_is_in_the_text_of_its_rule(name: str) -> None:
    """Check that a limit is one that the rule's text gives with its sources, and none that only the condition knows."""
    for rule in content_of(name).ruleset.rules:
        numbers = re.findall(r"(?<![\w.'])\d+", re.sub(r"'[^']*'", "", rule.when))
        in_text = set(re.findall(r"\d+", rule.clinician))
        assert set(numbers) - {"0"} <= in_text, rule.id


@pytest.mark.parametrize("name", STAFF)
def test_facts_that_are_recalled_are_marked(name: str) -> None:
    for rule in content_of(name).ruleset.rules:
        marks = {citation.mark for citation in rule.sources}
        assert ("recalled" in rule.clinician) == ("to-be-checked" in marks), rule.id


@pytest.mark.parametrize("name", STAFF)
def test_a_blank_is_not_recorded_and_clears_nothing(name: str) -> None:
    """Check that with everything left blank every rule is undetermined, and that the copy says so of each item."""
    content = content_of(name)
    interview = Interview(content.form, content.rules)
    while question := interview.current:
        interview.record(question.id, NOT_RECORDED)
        interview.next()
    assert {*interview.assessment.outcomes.values()} == {Outcome.UNDETERMINED}
    copy = render(clinician_summary(content, interview, SESSION), "text")
    assert "0 of " in copy
    assert copy.count("not recorded") >= 10


def test_instruments_of_unknown_terms_have_no_items() -> None:
    """Check that of a scale that staff rate only which one, its total, the day and the rater are asked."""
    (scales,) = (section for section in content_of("monitoring").template.sections if section.id == "scales")
    assert [question.id for question in scales.questions] == [
        *("scale", "scale_name", "scale_total", "scale_day", "scale_rater", "another_scale")
    ]
    read = {question_of(name) for name in content_of("monitoring").rules.dependents}
    assert not read & {question.id for question in scales.questions}


@pytest.mark.shipped_proofs
@pytest.mark.parametrize("name", STAFF)
def test_everything_is_proved_of_it(name: str) -> None:
    """Check all proofs; those of repeating sections are for as many occurrences as they say."""
    findings = prove(content_of(name), lambda *_: None)
    assert len(findings) == len(PROPERTIES)
    assert [finding for finding in findings if not finding.holds] == []
    assert all(f"up to {MOST}." in sentence for sentence in limits(content_of(name)))


def test_the_key_of_a_step_of_the_scale_is_its_number() -> None:
    """Check that whoever presses 5 for MOAA/S 5 chooses that: keys count rows, and its 0 comes last."""
    options = content_of("monitoring").questionnaire.question["alertness.1"].options
    assert [option.code for option in options] == ["1", "2", "3", "4", "5", "0"]
    assert [option.score for option in options] == [1, 2, 3, 4, 5, 0]


BEFORE: dict[str, Entry] = {
    "identity": True,
    "consent": True,
    "prescriber": True,
    "enrolled": "not-needed",
    "tests_done": frozenset({"none"}),
    "top_before": 128,
    "bottom_before": 82,
    "pulse_before": 70,
    "spo2_before": 98,
    "breaths_before": 14,
    "signs_before": True,
    "product": "ketamine",
    "route": "vein",
    "dose_at": clock(23 * 60 + 40),
    "scales_rated": False,
}


def reading(number: int, minute: int, last: bool, **other: Entry) -> dict[str, Entry]:
    """Return a reading so many minutes after the dose, with nothing to tell but what is given."""
    told: dict[str, Entry] = {
        "reading_at": clock(23 * 60 + 40 + minute),
        "top": 130,
        "bottom": 84,
        "pulse": 72,
        "spo2": 98,
        "breaths": 14,
        "alertness": "5",
        "unreal": False,
        "feels_sick": False,
        "distress": False,
        "done": "",
        "another_reading": not last,
    }
    return {f"{name}.{number}": entry for name, entry in (told | other).items()}


def session(content: LoadedContent, *readings: dict[str, Entry]) -> Interview:
    entries = {name: entry for each in (BEFORE, *readings) for name, entry in each.items()}
    return Interview(content.form, content.rules, entries)


def raised(interview: Interview) -> set[str]:
    return {rule for rule, outcome in interview.assessment.outcomes.items() if outcome is Outcome.RAISED}


def test_a_night_of_readings_every_15_minutes() -> None:
    """Check eight readings past midnight: the table, the minutes, and what is listed of them."""
    content = content_of("monitoring")
    readings = [reading(number, 15 * number, number == 8) for number in range(1, 9)]
    readings[2] |= {"top.3": 170, "unreal.3": True, "spo2.3": NOT_RECORDED}
    interview = session(content, *readings)
    assert raised(interview) == {"pressure-rise", "pressure-last-above-before"}
    undetermined = {rule for rule, outcome in interview.assessment.outcomes.items() if outcome is Outcome.UNDETERMINED}
    assert "oxygen-below-before" in undetermined
    assert interview.assessment.deciding_questions("oxygen-below-before") == ["spo2.3"]
    document = clinician_summary(content, interview, SESSION)
    table = next(part for part in nested(document.blocks) if isinstance(part, Table) and "Readings" in part.caption)
    assert [row[:4] for row in table.rows][:3] == [
        ("1", "23:55", "15", "130/84"),
        ("2", "00:10", "30", "130/84"),
        ("3", "00:25", "45", "170/84"),
    ]
    assert len(table.rows) == 8
    assert "not recorded: oxygen" in str(table.rows[2][-1])
    assert all(len(line) <= 80 for line in render(document, "text").splitlines())


def test_the_first_page_has_the_answers_that_raised_a_topic_with_their_reading() -> None:
    """Check each phrase with the reading that it rests on, and that many of them leave a short line."""
    content = content_of("monitoring")
    readings = [reading(number, 15 * number, number == 8) for number in range(1, 9)]
    readings[2] |= {"top.3": 170}
    readings[7] |= {"alertness.8": "4"}
    for number in range(1, 6):
        readings[number] |= {f"spo2.{number + 1}": 90 + number}
    interview = session(content, *readings)
    page = " ".join(render(clinician_summary(content, interview, SESSION)).partition("Page 2")[0].split())
    assert "bottom number, top 170 (Reading 3, 45 min since the dose)" in page
    assert "last reading: lethargic response to the name in a normal tone (Reading 8, 120 min since the dose)" in page
    assert "91 (Reading 2, 30 min since the dose), 92 (Reading 3" in page
    assert "and 2 more; lowest 91, highest 95" in page


def test_what_was_corrected_in_a_reading_stands_below_a_title_of_its_own() -> None:
    """Check that no table of a copy begins without a title, and that each of its rows names its item."""
    content, at = content_of("monitoring"), SESSION.started
    assert at
    corrected = (RecordedEntry(142, "A. Stone", at), RecordedEntry(124, "B. Reed", at, "typed the wrong way round"))
    metadata = replace(SESSION, recorded={"top.1": corrected})
    document = clinician_summary(content, session(content, reading(1, 40, last=True) | {"top.1": 124}), metadata)
    (page,) = (block for block in document.blocks if block.id == "answers")
    tables = [part for part in page.parts if isinstance(part, Table)]
    assert all(table.caption for table in tables)
    (below,) = (table for table in tables if "corrected" in table.caption)
    assert below.caption.startswith("Readings after the dose: ")
    assert plain(below.rows[0][0]) == "Reading 1: top number"
    assert all(plain(row[0]).strip() for table in tables for row in table.rows)


def test_without_a_reading_at_40_minutes_that_is_listed() -> None:
    content = content_of("monitoring")
    early_and_late = session(content, reading(1, 20, last=False), reading(2, 65, last=True))
    assert "no-pressure-at-40-minutes" in raised(early_and_late)


def test_as_many_readings_as_a_long_day_has() -> None:
    """Check that there is room for a reading every 15 minutes of six hours, and no question after the last one."""
    questions = content_of("monitoring").questionnaire.question
    assert max(number_of(name) or 0 for name in questions if question_of(name) == "top") == 24
    assert "another_reading.24" not in questions
