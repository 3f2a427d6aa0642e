"""The rule book is complete: all questions, all rules, and everything that nobody has checked yet."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from screener.document import markdown
from screener.document.html import render
from screener.document.model import opening_notice
from screener.errors import Place
from screener.proofs.result import Finding, Result, Verdict
from screener.rulebook.book import rule_book
from screener.rulebook.context import BookContext
from screener.rulebook.flowchart import WIDTH, Gate, draw
from tests.expressions.previous_content import previous_folder
from tests.rulebook.conftest import setting_of
from tests.rulebook.page import Element, read


@pytest.fixture(scope="module", params=["html", "markdown"])
def said(request: pytest.FixtureRequest, setting: BookContext, page: Element) -> str:
    """Return all words of the book on one line, as a reader sees them."""
    if request.param == "html":
        return page.said
    book = rule_book(setting)
    return " ".join(re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", markdown.render(book).replace("**", "")).split())


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_question_is_there_with_all_that_belongs_to_it(setting: BookContext, said: str) -> None:
    for question in setting.content.questionnaire:
        assert f"{setting.numbers[question.id]} {flat(question.text)}" in said
        for text in (question.help, question.why, *(option.label for option in question.options)):
            assert flat(text or "") in said
        if question.limits:
            assert f"From {question.limits.minimum} to {question.limits.maximum}" in said


def test_every_rule_is_there_with_both_wordings_and_its_page(setting: BookContext, said: str) -> None:
    for rule in setting.content.ruleset:
        paragraphs = rule.interruption.paragraphs if rule.interruption else ()
        for text in (rule.topic, rule.when, rule.patient, rule.clinician, *paragraphs):
            assert flat(text) in said
        assert f"Sources of {rule.id}" in said
        assert f"Cases of {rule.id}" in said


def test_every_case_source_line_licence_and_word_is_there(setting: BookContext, said: str) -> None:
    """Check that the book has everything that a signature covers."""
    content = setting.content
    wanted = [case.name for file in setting.cases for case in file.model.cases]
    wanted += [text for source in content.ruleset.sources for text in (source.title, source.authors, source.read_at)]
    wanted += [line.how for region in content.ruleset.crisis_lines.regions for line in region.lines]
    wanted += [region.emergency for region in content.ruleset.crisis_lines.regions]
    for instrument in content.questionnaire.instruments:
        wanted += [instrument.licence.terms, instrument.licence.credit, instrument.stem or "", instrument.missing_items]
    wanted += [word for banned in setting.wording.banned for word in banned.words]
    wanted += [hazard.hazard for hazard in setting.hazards.hazards] if setting.hazards else []
    missing = [text for text in wanted if flat(text) not in said]
    assert missing == []


def test_versions_hashes_and_the_notice_are_there(setting: BookContext, said: str) -> None:
    content = setting.content
    for text in (content.questionnaire_hash, content.ruleset_hash, content.questionnaire.version):
        assert text in said
    for part in opening_notice("patient").parts:
        assert flat(getattr(part, "text", "")) in said


def test_unchecked_sources_cannot_be_overlooked(invented: BookContext) -> None:
    """Check the mark at the rule, in the table of all rules, in a separate list, and above the signature."""
    page = read(render(rule_book(invented)))
    alerts = [span.said for span in page.all("span") if span.attributes.get("class") == "badge alert"]
    unread = sum(citation.mark != "verified" for rule in invented.content.ruleset for citation in rule.sources)
    assert unread == 2
    assert alerts.count("to be checked") == unread
    assert alerts.count("1 to be checked") == unread
    assert "2 places of this version are still to be checked" in page.said


def test_same_content_makes_the_same_book(invented: BookContext) -> None:
    assert render(rule_book(invented)) == render(rule_book(invented))


def test_proofs_are_a_table_where_they_were_run(invented: BookContext) -> None:
    """Check that the book says if no proofs were run; else it shows what holds, what fails, and what to read."""
    assert "The proofs were not run for this copy." in read(render(rule_book(invented))).said
    here = Place("rules.yaml")
    findings = (
        Finding("Every rule can be raised.", (Result(Verdict.PROVED, "nervous", here),)),
        Finding("Every question can be asked.", (Result(Verdict.REFUTED, "age", here, "This one never is."),)),
    )
    proved = BookContext(invented.content, invented.cases, invented.wording, None, findings, None)
    said = read(render(rule_book(proved))).said
    assert "Every rule can be raised.yes1 proved" in said.replace(" yes", "yes").replace(" 1 ", "1 ")
    assert "refuted: This one never is." in said


def test_a_drawing_keeps_every_word_inside_and_every_line_at_a_row() -> None:
    """Check that a long condition makes a taller gate, not a wider one, and that the drawing stays well-formed."""
    always = [
        ("1.1", "a < b & c"),
        ("1.2", "something with a name that is much longer than one line of its box can hold"),
    ]
    gates = [
        Gate(f"if {'long words ' * 20}", (("1.3", "behind"),), ("1.1", "1.2"), elsewhere=False),
        Gate("if behind", (("1.4", "further behind"),), ("1.3",), elsewhere=True),
    ]
    drawing = ElementTree.fromstring(draw("1 A section", always, gates, last=False))
    words = " ".join(element.text or "" for element in drawing.iter() if element.tag.endswith("text"))
    for number, name in (*always, *gates[0].opens, *gates[1].opens):
        assert f"{number} {name}" in words
    height = float(drawing.attrib["height"])
    for box in (element for element in drawing.iter() if element.tag.endswith("rect")):
        assert float(box.attrib["x"]) + float(box.attrib["width"]) <= WIDTH
        assert float(box.attrib["y"]) + float(box.attrib["height"]) <= height


def test_every_question_is_in_a_drawing(setting: BookContext, page: Element) -> None:
    drawn = " ".join(text.said for text in page.all("text"))
    assert all(f"{number} " in f"{drawn} " for number in setting.numbers.values())


def test_places_where_sources_differ_are_quoted() -> None:
    """Check that the quotation begins at the sentence about the difference, and continues to the end of the text."""
    from screener.rulebook.rules import _differing

    assert (
        _differing("Self-report: yes. Sources differ. US: no. EU: not listed.")
        == "Sources differ. US: no. EU: not listed."
    )
    assert _differing("Self-report: yes.") == ""


def test_a_case_of_the_previous_response_says_what_was_answered_then(tmp_path: Path) -> None:
    """Check that the answer and the days by which such a rule is raised stand beside the case."""
    said = read(render(rule_book(setting_of(previous_folder(tmp_path / "content"))))).said
    assert "weight of the bag: 16 kg; weight of the bag in the previous response: 10 kg" in said
    assert "number of days since the previous response: 13; 1 other answer" in said
