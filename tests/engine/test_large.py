"""A questionnaire of 1,000 questions works like one of ten, and an answer takes no longer in it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screener.content.compiled import Content
from screener.content.load import load
from screener.document.checksum import check
from screener.document.formats import TEXT_FORMATS, render
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.model.response import AbsentReason
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.strategies import HERE

FRONT = """
id: large
version: 1.0.0
title: Many questions
language: en-GB
welcome: {heading: Many questions, paragraphs: [There are many.]}
completion: [Thank you.]
"""
INSTRUMENT = """
id: scale
title: A scale
name: L-20
edition: invented
licence: {terms: Free., credit: Nobody.}
recall_period: today
options: [{code: low, label: Low, score: 0}, {code: high, label: High, score: 1}]
missing_items: A range is shown.
sources: [T1]
mark: verified
"""
IN_A_SECTION = 100
GROUP = 5
"""Every fifth question of a section decides whether the other four of its group are asked."""


def written(folder: Path, size: int) -> Path:
    """Write a content folder with this many questions in sections of 100, a rule for each group, and a scale."""
    questions, rules = folder / "questions" / "large", folder / "rules" / "large"
    for made in (questions, folder / "questions" / "instruments", rules):
        made.mkdir(parents=True)
    sections = []
    topics = []
    for start in range(0, size - 20, IN_A_SECTION):
        name = f"part-{start // IN_A_SECTION}"
        sections.append(name)
        lines = [f"id: {name}", f"title: Part {start}", "questions:"]
        for number in range(start, min(start + IN_A_SECTION, size - 20)):
            leader = number - number % GROUP
            when = f", enable_when: q{leader}" if number != leader else ""
            lines.append(f"  - {{id: q{number}, type: yes_no, text: Question {number}?{when}}}")
            if number == leader:
                topics.append(
                    f"  - {{id: r{number}, topic: Topic {number}, priority: discuss, when: q{leader} and q{leader + 1},"
                    " patient: You told us., clinician: By own report., sources: [{source: T1, mark: verified}]}"
                )
        (questions / f"{name}.yaml").write_text("\n".join(lines))
    items = [f"  - {{id: item{number}, type: choice, text: Item {number}?}}" for number in range(20)]
    value = " + ".join(f"item{number}" for number in range(20))
    score = f"scores: [{{id: total, title: Total, value: {value}, maximum: 20}}]"
    (folder / "questions" / "instruments" / "scale.yaml").write_text(
        "\n".join([INSTRUMENT.strip(), "questions:", *items, score])
    )
    (questions / "questionnaire.yaml").write_text(f"{FRONT}sections: [{', '.join([*sections, 'scale'])}]\n")
    for number in range(0, len(topics), 200):
        (rules / f"rules-{number}.yaml").write_text("\n".join(["rules:", *topics[number : number + 200]]))
    files = ", ".join(f"rules-{number}" for number in range(0, len(topics), 200))
    (rules / "ruleset.yaml").write_text(
        f"id: large\nversion: 1.0.0\ntitle: Rules\nlanguage: en-GB\nquestionnaire: large\nfiles: [{files}]\n"
    )
    for name in ("sources.yaml", "crisis-lines.yaml", "wording.yaml"):
        (folder / "rules" / name).write_text((HERE / "fixtures" / "rules" / name).read_text())
    return folder


@pytest.fixture(scope="module")
def sized(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Content]:
    """Return a function that loads content of any size, each written and loaded once."""
    made: dict[int, Content] = {}

    def of(size: int) -> Content:
        if size not in made:
            made[size] = load(written(tmp_path_factory.mktemp(f"of{size}"), size), "large")
        return made[size]

    return of


def test_loads(sized: Callable[[int], Content]) -> None:
    """Check that a questionnaire of 1,000 questions in eleven files is read, checked and compiled."""
    content = sized(1000)
    assert len(content.questionnaire.question) == 1000
    assert len(content.rules.rules) == 196
    assert content.form.symbols.keys() == content.questionnaire.question.keys() | {"total"}


@pytest.mark.parametrize(("answer", "asked"), [(True, 1000), (False, 216), (AbsentReason.DECLINED, 216)])
def test_walk(sized: Callable[[int], Content], answer: Any, asked: int) -> None:
    """Check that the whole questionnaire can be walked to its end, without the questions that are not enabled."""
    interview = Interview(sized(1000).form, sized(1000).rules)
    pages = 0
    while interview.current:
        pages += 1
        interview.record(interview.current.id, answer if interview.current.type == "yes_no" else "high")
        interview.next()
    assert pages == asked
    assert interview.complete
    expected = {True: Outcome.RAISED, False: Outcome.CLEAR}.get(answer, Outcome.UNDETERMINED)
    assert set(interview.assessment.outcomes.values()) == {expected}


def test_summary(sized: Callable[[int], Content]) -> None:
    """Check that both copies of 1,000 answers are rendered in every format, complete, in order and with a checksum."""
    content = sized(1000)
    known: dict[str, Any] = {
        question.id: True if question.type == "yes_no" else "low" for question in content.questionnaire
    }
    interview = Interview(content.form, content.rules, known)
    for build in (patient_summary, clinician_summary):
        document = build(content, interview, SessionMetadata("K7QP-3MXD", "file"))
        printed = {format: render(document, format) for format in TEXT_FORMATS}
        assert check(printed["text"]).holds
        assert all(text.count("Topic 975") == 1 for text in printed.values())
    assert "Question 979?" in printed["text"]
    assert "Total: 0 of 20; 0 missing." in printed["text"]


# The cost of one answer, counted in evaluations


def counting(content: Content, calls: Counter[str]) -> Content:
    """Return the same content, which counts how often a fact is computed and a rule is evaluated."""

    def counted(kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            calls[kind] += 1
            return function(*arguments)

        return call

    compute = {name: counted("compute", function) for name, function in content.form.compute.items()}
    form = dataclasses.replace(content.form, compute=compute)
    rules = {
        name: dataclasses.replace(rule, evaluate=counted("evaluate", rule.evaluate))
        for name, rule in content.rules.rules.items()
    }
    return Content(form, dataclasses.replace(content.rules, rules=rules), "0" * 64, "1" * 64)


@pytest.mark.parametrize(
    ("question", "answer", "settled", "evaluated"),
    [
        ("q1", True, 1, 0),
        ("q0", True, 5, 2),
        ("q0", False, 5, 2),
        ("item3", "high", 2, 0),
        ("q0", AbsentReason.UNKNOWN, 1, 0),
        ("q0", AbsentReason.DECLINED, 5, 1),
    ],
)
def test_an_answer_computes_only_its_dependents(
    sized: Callable[[int], Content], question: str, answer: Any, settled: int, evaluated: int
) -> None:
    """Check that an answer computes only its fact, the facts that depend on it, and their rules."""
    counts = {}
    for size in (100, 1000):
        calls: Counter[str] = Counter()
        interview = Interview(counting(sized(size), calls).form, counting(sized(size), calls).rules)
        calls.clear()
        interview.record(question, answer)
        counts[size] = dict(calls)
    assert counts[100] == counts[1000]
    assert Counter(counts[1000]) == Counter(compute=settled, evaluate=evaluated)


def test_moving_evaluates_nothing(sized: Callable[[int], Content]) -> None:
    """Check that moving on or back and reading progress and completeness evaluate no condition."""
    calls: Counter[str] = Counter()
    content = counting(sized(1000), calls)
    interview = Interview(content.form, content.rules, {"q0": False})
    calls.clear()
    interview.next()
    interview.back()
    assert not interview.complete
    assert interview.progress.furthest == 1
    assert interview.response.entries
    assert not interview.interruptions
    assert not calls
