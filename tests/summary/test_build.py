"""The content of the two copies of a summary."""

from __future__ import annotations

import dataclasses
import datetime
import re
from decimal import Decimal
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import __version__
from screener.content.compiled import Content
from screener.content.validate import validated
from screener.display_text import visible
from screener.document.formats import render
from screener.document.model import Block, Bullets, Document, Pairs, nested, plain
from screener.engine.form import compile_form
from screener.engine.interview import Interview
from screener.engine.rules import compile_rules
from screener.model.occurrences import question_of
from screener.model.questionnaire import Instrument, Questionnaire
from screener.model.response import AbsentReason, Entry
from screener.model.ruleset import Ruleset
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.context import SummaryContext
from screener.summary.metadata import SessionMetadata, new_reference
from tests.engine.test_form import questionnaire
from tests.strategies import EVERY_CONTENT, Sample, entries, named
from tests.summary.reading import rows

START = datetime.datetime(2026, 1, 2, 9, 30, tzinfo=datetime.UTC)
SESSION = SessionMetadata("K7QP-3MXD", "plain", START, START + datetime.timedelta(minutes=12))
DECLINED = AbsentReason.DECLINED
EVERYTHING: dict[str, Entry] = {
    "age": 12, "alone": True, "bag": 30, "bag_limit": 20, "chest_pain": True, "pain_now": True,
    "items": frozenset(["oxygen"]), "oxygen_flow": Decimal("2.5"), "nerves_1": "often", "nerves_2": "often",
}  # fmt: skip


def begin(content: Content, known: dict[str, Entry]) -> Interview:
    return Interview(content.form, content.rules, known)


def patient(content: Content, known: dict[str, Entry]) -> Document:
    return patient_summary(content, begin(content, known), SESSION)


def clinician(content: Content, known: dict[str, Entry]) -> Document:
    return clinician_summary(content, begin(content, known), SESSION)


def words(document: Document) -> str:
    """Return the rendered text on one line."""
    return " ".join(render(document).split())


# The person's copy


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_the_person_reads_no_scores(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Check that the person's copy has no scores, no published ranges and no names of priorities."""
    content = data.draw(made).content
    document = patient(content, data.draw(entries(content.form)))
    assert not any(isinstance(part, Block) and part.badge for part in nested(document.body))
    text = words(document)
    for instrument in content.questionnaire.instruments:
        assert all(f"{score.title}:" not in text for score in instrument.scores)


def test_the_person_reads_their_own_wording(flight: Content) -> None:
    """Check that the person has topics in a line, and what is urgent in their own wording; no rule and no source."""
    rule, urgent = flight.ruleset.rule["child-alone"], flight.ruleset.rule["chest-pain"]
    own, theirs = words(patient(flight, EVERYTHING)), words(clinician(flight, EVERYTHING))
    assert f"- {rule.topic}" in own
    assert urgent.patient in own
    assert rule.patient not in theirs
    assert rule.clinician in theirs
    assert rule.clinician not in own
    for each in flight.ruleset:
        assert f"Rule {each.id}" not in own
    assert not re.search(r"\bT[12]\b", own)


def test_the_persons_copy_begins_with_help_and_has_all_their_answers(flight: Content) -> None:
    document = patient(flight, EVERYTHING | {"departure": "north"})
    assert [block.id for block in document.body][:4] == ["help", "about", "topics", "checks"]
    (answers,) = (block for block in document.body if block.id == "answers")
    pairs = {pair.label: plain(pair.value) for part in answers.parts if isinstance(part, Pairs) for pair in part.pairs}
    assert pairs["Age in years"] == "12 years"
    assert len(pairs) == len(EVERYTHING) + 1


def test_help_in_a_crisis(flight: Content) -> None:
    """Check that the person's copy always has crisis lines: those of their region, or those that hold anywhere."""
    assert "Call 0001." in words(patient(flight, {"departure": "north"}))
    assert "Northern line: Call 0002 (day and night)" in words(patient(flight, {"departure": "north"}))
    for known in ({}, {"departure": DECLINED}):
        assert "Call your local emergency number." in words(patient(flight, known))  # type: ignore[arg-type]
        at_clinic = dataclasses.replace(SESSION, region="north")
        assert "Call 0001." in words(patient_summary(flight, begin(flight, known), at_clinic))  # type: ignore[arg-type]


def test_what_was_left_blank(flight: Content) -> None:
    """Check that the person's copy lists the questions left out, in the order in which they are asked."""
    left_out: dict[str, Entry] = {"remarks": DECLINED, "age": AbsentReason.UNKNOWN, "alone": True}
    (left,) = (part for part in patient(flight, left_out).body if part.id == "left-blank")
    (listed,) = (part.items for part in left.parts if isinstance(part, Bullets))
    assert listed == ("Age in years", "Remarks")


def test_nothing_left_blank(flight: Content) -> None:
    """Check that there is no such list if the person left nothing out."""
    assert all(part.id != "left-blank" for part in patient(flight, {"alone": True}).body)


def test_no_topics_is_no_result(flight: Content) -> None:
    """Check that the person is told that no raised topic is not a result."""
    assert "That is not a result." in words(patient(flight, {}))


def test_what_happens_next(flight: Content) -> None:
    """Check that the person's copy of a complete response ends with the next steps."""
    finished: dict[str, Entry] = {question.id: DECLINED for question in flight.questionnaire}
    assert "Show this to the cabin crew." in words(patient(flight, finished))
    assert "Show this to the cabin crew." not in words(patient(flight, {}))


# The clinician's copy


def first_page(document: Document) -> list[Pairs]:
    """Return the groups of the first page."""
    (page,) = (block for block in document.body if block.id == "first-page")
    return [part for part in page.parts if isinstance(part, Pairs)]


def test_urgent_first(flight: Content) -> None:
    """Check the clinician's order: what is urgent, what comes before anything is planned, then the rest."""
    groups = [group.title for group in first_page(clinician(flight, EVERYTHING | {"age": DECLINED}))]
    assert groups[:4] == ["Urgent answers", "Before anything is planned", "May not fit together", "Scores"]
    blocks = [block.id for block in clinician(flight, EVERYTHING | {"age": DECLINED}).body]
    assert blocks == ["about", "first-page", "answers", "notes", "undetermined", "scores", "provenance", "sources"]


def test_safety_that_was_not_reached_or_left_blank_stands_first(flight: Content) -> None:
    """Check that the first row says so, with the questions where the person left them blank."""
    assert rows(clinician(flight, {}), "Urgent answers") == [("Not reached", "chest pain; chest pain now")]
    declined = rows(clinician(flight, {"chest_pain": DECLINED}), "Urgent answers")
    assert declined == [("Not answered", 'chest pain ("prefer not to say"): chest pain, chest pain now')]


def test_nothing_urgent_is_no_finding(flight: Content) -> None:
    document = clinician(flight, {"chest_pain": False})
    assert rows(document, "Urgent answers") == [
        ("None", "no urgent rule was raised by these answers; that is not a finding")
    ]


def test_pages_shown_are_on_record(flight: Content) -> None:
    """Check that the clinician reads which urgent pages were shown, when, and who acknowledged them."""
    interview = begin(flight, EVERYTHING)
    interview.acknowledge("chest-pain-now", START, by="A nurse")
    interview.acknowledge("chest-pain", START)
    document = clinician_summary(flight, interview, SESSION)
    assert ("Pages read", "2026-01-02 09:30 UTC by A nurse (typed, not checked) (chest-pain-now); "
            "2026-01-02 09:30 UTC by the person (chest-pain)") in rows(document, "Urgent answers")  # fmt: skip
    text = words(document)
    assert "Page shown: chest-pain-now: acknowledged 2026-01-02 09:30 UTC by A nurse" in text
    assert "Page shown: chest-pain: acknowledged 2026-01-02 09:30 UTC by the person" in text


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({"nerves_1": "often", "nerves_2": "never", "nerves_3": "sometimes"}, "NS-3 3 of 6 "),
        ({"nerves_1": "often", "nerves_2": "never"}, "NS-3 between 2 and 4 of 6 "),
        ({"nerves_1": "often"}, "NS-3 between 2 and 6 of 6 "),
        ({"nerves_1": DECLINED}, "NS-3 between 0 and 6 of 6 "),
    ],
)
def test_a_partial_total_is_a_range(flight: Content, known: dict[str, Entry], sentence: str) -> None:
    """Check that a score with an item missing is given as the range of its possible totals, never as a total."""
    assert sentence in words(clinician(flight, known))


def test_a_score_without_its_items_is_no_zero(flight: Content) -> None:
    """Check that no number is given for a score if one of its items is not enabled."""
    content = not_applicable_score(flight)
    text = words(clinician(content, {"a": False}))
    assert "I-1 0" not in text
    assert "I-1 not all of its items apply" in text


def not_applicable_score(flight: Content) -> Content:
    """Return a questionnaire with a score of one item that is asked only after a yes."""
    scored = [{"code": code, "label": code, "score": score} for code, score in (("low", "0"), ("high", "3"))]
    instrument = validated(
        Instrument,
        {
            "id": "i", "title": "I", "name": "I-1", "edition": "invented", "recall_period": "today",
            "licence": {"terms": "Free.", "credit": "Nobody."}, "missing_items": "A range.", "sources": ["T1"],
            "mark": "verified",
            "questions": [
                {"id": "b", "type": "choice", "text": "How?", "options": scored, "enable_when": "a"},
            ],
            "scores": [{"id": "s", "title": "Sum", "value": "b", "maximum": "3"}],
        },
    )  # fmt: skip
    first = questionnaire([{"id": "a"}])
    keys = {name: getattr(first, name) for name in ("id", "version", "title", "language", "welcome", "completion")}
    both = validated(Questionnaire, keys | {"sections": (*first.sections, instrument)})
    form = compile_form(both, lambda where, mistake: pytest.fail(str(mistake)))
    rules = {
        "id": "r", "version": "1.0.0", "title": "R", "language": "en-GB", "questionnaire": "example", "rules": (),
        "sources": flight.ruleset.sources, "crisis_lines": flight.ruleset.crisis_lines,
    }  # fmt: skip
    compiled = compile_rules(validated(Ruleset, rules), form, lambda where, mistake: pytest.fail(str(mistake)))
    return Content(form, compiled, "0" * 64, "1" * 64)


def test_not_applicable_is_named(flight: Content) -> None:
    """Check that a topic names a question that is not enabled as not applicable, and not as "Not asked"."""
    content = flight
    rule = dataclasses.replace(content.ruleset.rules[0], when="not pain_now")
    ruleset = dataclasses.replace(content.ruleset, rules=(rule,))
    rules = compile_rules(ruleset, content.form, lambda where, mistake: pytest.fail(str(mistake)))
    document = clinician(Content(content.form, rules, "0" * 64, "1" * 64), {"chest_pain": False})
    assert "Answered: Chest pain now: Does not apply" in words(document)


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_every_question_is_accounted_for(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Check that the first two pages have every question: its answer, why it has none, or that it was not reached."""
    content = data.draw(made).content
    interview = begin(content, data.draw(entries(content.form)))
    document = clinician_summary(content, interview, SESSION)
    joined = "".join(render(document, "html").split())
    context = SummaryContext(content, interview, SESSION)
    named_in_copies = {question.id for question in context.questions}
    for section in content.questionnaire.sections:
        untouched = not any(question.id in interview.response.entries for question in section.questions)
        for question in section.questions:
            if question.id not in named_in_copies:  # Of an occurrence that nobody asked for.
                assert interview.state.is_enabled(question.id) is not True
                assert question.id not in interview.response.entries
                continue
            entry = interview.response.entries.get(question.id)
            if section.repeats and question_of(question.id) == section.repeats.another and isinstance(entry, bool):
                continue  # The next row of the table says it, or that there is none.
            if isinstance(entry, str) and not isinstance(entry, AbsentReason) and question.type == "text":
                assert "".join(escape(visible(entry)).split()) in joined
            elif not (untouched and not interview.complete):
                said = [question.name, content.template.question[question_of(question.id)].name]
                said += [context.as_chosen(question.id) or question.name]
                said += [context.in_words(question.id)]
                said += [context.plain(topic.rule) for topic in context.topics if question.id in topic.questions]
                assert any("".join(escape(words).split()).casefold() in joined.casefold() for words in said), (
                    question.id
                )


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_every_undetermined_rule_is_named(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Check that the appendix has each undetermined rule once, and the data the questions that would decide it."""
    content = data.draw(made).content
    interview = begin(content, data.draw(entries(content.form)))
    document = clinician_summary(content, interview, SESSION)
    named_there = [block for block in document.body if block.id == "undetermined"]
    items = [
        plain(item) for block in named_there for part in block.parts if isinstance(part, Bullets) for item in part.items
    ]
    assert document.data
    decided = {outcome["rule"]: outcome["questions"] for outcome in document.data["outcomes"]}
    for rule, outcome in interview.assessment.outcomes.items():
        times = sum(item.count(f"({rule})") for item in items)
        assert times == (outcome == "undetermined"), rule
        if outcome == "undetermined":
            assert decided[rule] == interview.assessment.deciding_questions(rule)
            assert decided[rule]


def test_provenance(content: Content) -> None:
    """Check that the clinician's copy names content (versions and hashes), program, language and mode."""
    text = words(clinician(content, {}))
    asked, rules = content.questionnaire, content.ruleset
    assert f"{asked.id} {asked.version}, {content.questionnaire_hash[:16]}" in text
    assert f"{rules.id} {rules.version}, {content.ruleset_hash[:16]}" in text
    assert f"screener {__version__}" in text
    assert "plain prompts" in text
    assert "2026-01-02 09:30 UTC" in text


def test_who_entered_the_answers(flight: Content) -> None:
    """Check that the clinician's copy says who typed, if the questionnaire asks that."""
    assert "Who types: Somebody for me" in words(clinician(flight, {"typed_by": "helper"}))


@pytest.mark.parametrize("build", [patient_summary, clinician_summary])
def test_unfinished_answers_are_reported(flight: Content, build: object) -> None:
    """Check that a summary of unfinished answers says so in its first block after the notice."""
    sentence = "stopped in part 1 of 3." if build is clinician_summary else "This questionnaire was not finished."
    finished = {question.id: DECLINED for question in flight.questionnaire}
    assert sentence in words(build(flight, begin(flight, {}), SESSION))  # type: ignore[operator]
    assert sentence not in words(build(flight, begin(flight, finished), SESSION))  # type: ignore[operator]


def test_the_same_answers_give_the_same_body(flight: Content) -> None:
    """Check that two sessions with the same answers differ only in the blocks about the session."""
    other = SessionMetadata("ZZZZ-2222", "plain", START + datetime.timedelta(days=3))
    for build in (patient_summary, clinician_summary):
        one, two = (build(flight, begin(flight, EVERYTHING), session) for session in (SESSION, other))
        differing = [a.id for a, b in zip(one.blocks, two.blocks, strict=True) if a != b]
        assert set(differing) <= {"about", "provenance"}


def test_references_say_nothing() -> None:
    """Check that a reference is eight letters and digits without vowels and lookalikes, and that no two are equal."""
    references = {new_reference() for _ in range(500)}
    assert len(references) == 500
    assert all(len(reference) == 9 and reference[4] == "-" for reference in references)
    assert not set("".join(references)) & set("AEIOU01lOI")
