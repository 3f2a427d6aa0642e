"""What a clinical reader found in the first edition of the shipped content, and what the second one does instead."""

from __future__ import annotations

import datetime
import re
import zipfile
from pathlib import Path

import pytest

from screener.content.answers_file import read_answers
from screener.content.compiled import Content
from screener.content.load import load
from screener.content.yaml_source import read_file
from screener.document.text import render
from screener.engine.form import Form
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.engine.walk_length import walk_minutes
from screener.model.response import AbsentReason, Entry
from screener.model.ruleset import Priority
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.plain.prompts import console
from tests.strategies import shipped

ROOT = Path(__file__).parents[2]
PERSON = Path(__file__).parent / "typical_person"
READ_NUMBERS = {"us": "911", "england": "999", "new-zealand": "111", "ireland": "112", "eu": "112"}
"""The emergency numbers that the stored sources show, by region."""


@pytest.fixture(scope="module")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder = tmp_path_factory.mktemp("first")
    zipfile.ZipFile(ROOT / "tests/frozen/v0_1_0/content.zip").extractall(folder)
    return load(folder, "ketamine-pre-screening")


def walked(content: Content, answers: str) -> list[str]:
    """Return the questions that somebody with these answers is asked, and answers, until the end."""
    entries = read_answers(content.questionnaire, read_file(PERSON / answers), [])
    interview = Interview(content.form, content.rules)
    asked = []
    while interview.current:
        asked.append(interview.current.id)
        interview.record(interview.current.id, entries[interview.current.id])
        for rule in interview.interruptions:
            interview.acknowledge(rule.id, datetime.datetime.now(datetime.UTC))
        interview.next()
    assert set(asked) == set(entries)
    return asked


def read(content: Content, answers: dict[str, Entry], person: bool = False) -> str:
    interview = Interview(content.form, content.rules, answers)
    build = patient_summary if person else clinician_summary
    return " ".join(render(build(content, interview, SessionMetadata("AAAA-1111", "file"))).split())


def test_the_typical_walk_is_shorter(first_edition: Content) -> None:
    """Check that the named typical person answers 75 questions at most, where the first edition asked 81."""
    assert len(walked(first_edition, "first-edition.yaml")) == 81
    assert len(walked(shipped(), "second-edition.yaml")) <= 75


def test_sections_keep_their_order_and_something_calm_follows_safety() -> None:
    """Check that mood and safety come early, a calm part directly after, and hopes and support last."""
    order = [section.id for section in shipped().questionnaire.sections]
    assert order[:5] == ["before-you-begin", "what-brings-you", "phq-9", "asq", "what-you-have-heard"]
    assert order[-1] == "support"


def test_no_number_on_an_urgent_page_is_recalled() -> None:
    """Check that every line was read in a source, and that each emergency number is one that a source shows."""
    for region in shipped().ruleset.crisis_lines.regions:
        assert all(line.mark == "verified" for line in region.lines), region.code
        assert re.findall(r"\d+", region.emergency) == [
            number for code, number in READ_NUMBERS.items() if code == region.code
        ]


def test_nobody_is_said_to_have_called_a_line() -> None:
    """Check that the day on which a line was written down is not told as a call."""
    lines = shipped().ruleset.crisis_lines
    assert all(region.called is None for region in lines.regions)
    assert "England" in lines.uncalled


def test_nothing_asked_is_not_zero_of_five() -> None:
    """Check that a count of questions that nobody was asked is not printed as a number."""
    text = read(shipped(), {"pcptsd5_event": False})
    assert "0 of 5" not in text
    assert "no items were asked, and there is no total (An event of this kind, ever: No)" in text
    assert "between 0 and 5" in read(shipped(), {"pcptsd5_event": AbsentReason.DECLINED})


def test_blood_pressure_medicine_is_asked_of_everybody() -> None:
    """Check that the page with blood pressure medicine has no condition."""
    question = shipped().questionnaire.question["medicines_body"]
    assert question.enable_when is None
    assert "blood-pressure" in question.option


@pytest.mark.parametrize(
    "rule", ["stroke", "brain-injury", "theophylline", "ergometrine", "breastfeeding", "psychosis-lately"]
)
def test_a_named_contraindication_comes_before_anything_is_planned(rule: str) -> None:
    assert shipped().ruleset.rule[rule].priority is Priority.PRIORITY


@pytest.mark.parametrize("rule", ["seizures", "memory-and-consent", "anaesthetic-problem", "eye-pressure", "dialysis"])
def test_what_a_source_warns_of_is_not_only_for_information(rule: str) -> None:
    assert shipped().ruleset.rule[rule].priority is Priority.DISCUSS


def test_a_reading_turned_round_is_remarked() -> None:
    """Check that 80 over 130 is a topic, and that a very high reading asks how the person is now."""
    content = shipped()
    turned = Interview(content.form, content.rules, {"systolic": 80, "diastolic": 130})
    assert turned.assessment.outcomes["blood-pressure-numbers"] is Outcome.RAISED
    assert turned.state.is_enabled("high_reading_now")
    assert turned.state.is_enabled("reading_today")


def test_no_id_of_a_rule_names_a_country_to_the_person() -> None:
    """Check that the person's copy of a very high reading does not speak of a Swiss value."""
    text = read(shipped(), {"systolic": 190, "diastolic": 95}, person=True)
    assert "swiss" not in text.lower()


def test_the_minutes_of_the_first_page_are_computed_from_the_walk() -> None:
    """Check that no author's number stands on the page, and that more questions take longer."""
    content = shipped()
    assert any("{minutes} minutes" in text for text in content.questionnaire.welcome.paragraphs)
    told = console(content, []).told
    assert "It takes about 15 to 25 minutes." in told
    assert "{minutes}" not in told
    assert walk_minutes(content.form) > walk_minutes(flight_form())


def flight_form() -> Form:
    return load(ROOT / "tests" / "fixtures", "before-a-flight").form
