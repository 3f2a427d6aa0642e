"""A question about a time of day: both faces, copies, files of answers, conditions, the rule book and proofs."""

from __future__ import annotations

import datetime
import json
import shutil

import pytest
import yaml

from screener.check.folder import check_folder
from screener.content.answers_file import read_answers
from screener.content.answers_format import written
from screener.content.load import LoadedContent, load
from screener.content.yaml_source import read_text
from screener.document import text
from screener.document.formats import rendered
from screener.engine.alternatives import alternatives
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.expressions.in_words import in_words
from screener.expressions.parse import parse_condition
from screener.model.response import AbsentReason, Entry
from screener.proofs.prove import prove
from screener.proofs.result import Verdict
from screener.summary.build import clinician_summary
from screener.summary.metadata import SessionMetadata
from screener.summary.read_data import read_entries
from tests.plain.prompts import talk_from
from tests.strategies import HERE
from tests.tui.screens import screens

FIXTURES = HERE / "fixtures"
NINE_FIVE = datetime.time(9, 5)
QUESTIONS = """
  - id: boarding
    type: time
    text: When do you board?
    short_text: time of boarding
  - id: landing
    type: time
    text: When do you land?
    short_text: time of landing
    enable_when: boarding >= '06:00'
"""
RULES = """
  - id: early
    topic: An early flight
    priority: discuss
    when: boarding < '09:05'
    phrase: boards at {boarding}
    patient: You told us that you board early. The crew will want to talk about it.
    clinician: Boarding before 9:05 by own report.
    sources: [{source: T1, section: page 3, mark: verified}]
  - id: lands-before
    topic: Landing on another day
    priority: inform
    when: landing < boarding
    patient: You told us that you land on another day.
    clinician: Landing is on another day by own report.
    sources: [{source: T1, section: page 3, mark: verified}]
"""
CASES = """
  - name: boarding a minute before is early
    answers: {boarding: 9.04}
    raised: [early]
  - name: boarding on the minute is not early
    answers: {boarding: "0905"}
    clear: [early]
  - name: without a time it stays open
    answers: {boarding: {absent: asked-declined}}
    undetermined: [early, lands-before]
  - name: landing after midnight
    answers: {boarding: 21:05, landing: 0:15}
    raised: [lands-before]
  - name: landing on the same day
    answers: {boarding: 9:05, landing: 21:05}
    clear: [lands-before]
"""

QUESTIONS_IN_SPANISH = """
  questions.boarding.text: ¿A qué hora embarca?
  questions.boarding.short_text: hora de embarque
  questions.landing.text: ¿A qué hora aterriza?
  questions.landing.short_text: hora de aterrizaje
"""
RULES_IN_SPANISH = """
  rules.early.topic: Un vuelo temprano
  rules.early.phrase: embarca a las {boarding}
  rules.early.patient: Nos dijo que embarca temprano. La tripulación querrá hablar de ello.
  rules.early.clinician: Embarque antes de las 9:05, según la propia persona.
  rules.lands-before.topic: Aterrizaje en otro día
  rules.lands-before.patient: Nos dijo que aterriza en otro día.
  rules.lands-before.clinician: Aterrizaje en otro día, según la propia persona.
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> LoadedContent:
    """The questionnaire before a flight with two times, rules and cases; ``check_folder`` tries the cases."""
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(FIXTURES, folder, dirs_exist_ok=True)
    for file, more in (
        ("questions/before-a-flight/journey.yaml", QUESTIONS),
        ("rules/before-a-flight/flight.yaml", RULES),
        ("rules/before-a-flight/cases/flight.yaml", CASES),
        ("questions/before-a-flight/languages/es-US.yaml", QUESTIONS_IN_SPANISH),
        ("rules/before-a-flight/languages/es-US.yaml", RULES_IN_SPANISH),
    ):
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(more[1:])
    check_folder(folder)
    return load(folder, "before-a-flight")


def test_plain_mode_says_how_to_write_a_time_and_how_it_was_read(content: LoadedContent) -> None:
    talked = talk_from(content, "boarding", "nine", "9.05")
    assert talked.entries["boarding"] == NINE_FIVE
    before, read, _after = talked.told.partition("Read as 09:05\n")
    assert read
    assert before.count("Write the hours and minutes, such as 9:05 or 2105.") == 2


async def test_screens_read_a_time_and_show_it_again(content: LoadedContent) -> None:
    """Check the field by keyboard, and that a time which is none is said beside the question."""
    async with screens(content, "boarding") as person:
        await person.type("24:00")
        await person.press("enter")
        assert "Hours go from 0 to 23, and minutes from 0 to 59. Check the" in person.text
        await person.click("Clear")
        await person.type("0905")
        assert "Read as 09:05" in person.text
        await person.press("enter")
        assert person.entries["boarding"] == NINE_FIVE
        assert person.asked == "landing"
        await person.press("escape")
        assert person.asked == "boarding"
        assert person.app.screen.field.value == "09:05"


@pytest.mark.parametrize(
    ("boarding", "outcome", "lands_asked"),
    [
        (datetime.time(0, 0), Outcome.RAISED, False),
        (datetime.time(9, 4), Outcome.RAISED, True),
        (NINE_FIVE, Outcome.CLEAR, True),
        (datetime.time(23, 59), Outcome.CLEAR, True),
        (AbsentReason.DECLINED, Outcome.UNDETERMINED, None),
    ],
)
def test_conditions_compare_times(
    content: LoadedContent, boarding: Entry, outcome: Outcome, lands_asked: bool | None
) -> None:
    interview = Interview(content.form, content.rules, {"boarding": boarding})
    assert interview.assessment.outcomes["early"] is outcome
    assert interview.state.is_enabled("landing") is lands_asked


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("boarding < '09:05'", "the time of boarding is before 09:05"),
        ("'21:05' <= boarding", "the time of boarding is 21:05 or later"),
        ("'06:00' <= boarding < '09:05'", "the time of boarding is 06:00 or later and before 09:05"),
        ("landing < boarding", "the time of landing is before the time of boarding"),
    ],
)
def test_a_time_is_said_in_the_rule_book(content: LoadedContent, condition: str, words: str) -> None:
    assert in_words(parse_condition(condition, content.form.symbols), content.form.symbols) == words


def test_the_time_by_which_an_outcome_changes_is_the_next_minute(content: LoadedContent) -> None:
    interview = Interview(content.form, content.rules, {"boarding": NINE_FIVE})
    question = content.questionnaire.question["boarding"]
    others = alternatives(question, [content.rules.rules["early"].tree], interview.state.entries)
    assert others[:2] == [datetime.time(9, 4), datetime.time(9, 6)]
    midnight = alternatives(question, [parse_condition("boarding < '00:00'", content.form.symbols)], {})
    assert midnight == [datetime.time(0, 0), datetime.time(0, 1), datetime.time(0, 2)]


def test_copies_show_the_time_and_their_data_are_read_again(content: LoadedContent) -> None:
    interview = Interview(content.form, content.rules, {"boarding": datetime.time(7, 30)})
    document = clinician_summary(content, interview, SessionMetadata("AAAA-1111", "file"))
    assert "boards at 07:30" in " ".join(text.render(document).split())
    data = json.loads(rendered(document, "json"))
    assert {"boarding": "07:30"}.items() <= {each["question"]: each["answer"] for each in data["answers"]}.items()
    assert read_entries(data) == {"boarding": datetime.time(7, 30)}


def test_a_file_of_answers_is_read_as_it_was_written(content: LoadedContent) -> None:
    """Check that a time is in quotes, because other readers of YAML take ``21:05`` for a number of minutes."""
    assert written({"boarding": datetime.time(21, 5)}) == 'boarding: "21:05"\n'
    assert yaml.safe_load(written({"boarding": datetime.time(21, 5)})) == {"boarding": "21:05"}
    source = read_text(written({"boarding": datetime.time(21, 5)}).encode(), "answers")
    assert read_answers(content.questionnaire, source, []) == {"boarding": datetime.time(21, 5)}


def test_proofs_cover_every_minute(content: LoadedContent) -> None:
    """Check that no answer makes a rule about times go wrong, and that the longest interview asks both of them."""
    findings = prove(content, only=["asked", "raised", "clear", "blanks", "unsure", "overlap"])
    assert [result for finding in findings for result in finding.results if result.verdict is Verdict.REFUTED] == []
    [lengths] = prove(content, only=["length"])
    shortest, longest = (result.examples[0].entries for result in lengths.results)
    assert "landing" not in shortest
    assert "landing" in longest
    [matters] = prove(content, only=["matters"])
    assert not [result for result in matters.results if result.subject in ("boarding", "landing") and result.says]
