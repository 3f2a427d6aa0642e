"""Every seeded fault is found, described in words, and shown by answers that ``screener summarise`` accepts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from screener.check.cases import read_cases
from screener.check.folder import check_folder
from screener.cli.main import run
from screener.content.answers_file import read_answers
from screener.content.answers_format import written
from screener.content.load import LoadedContent, load
from screener.content.yaml_source import read_file
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.errors import ContentError
from screener.expressions import evaluate, facts, parse, ranges, z3_formula
from screener.model.response import AbsentReason
from screener.proofs.prove import prove
from screener.proofs.report import problems, report, save_examples
from screener.proofs.result import Finding, Result, Verdict
from tests.proofs.faulty import FAULTS, Fault, another_rule, rule, seeded
from tests.strategies import flight, shipped

CHECKED = {name: fault for name, fault in FAULTS.items() if fault.by == "check"}
PROVED = {name: fault for name, fault in FAULTS.items() if fault.by != "check"}


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def tried(content: LoadedContent, folder: Path, file: Path) -> Assessment:
    """Summarise the answers in a file, and return their outcomes."""
    assert run(["--content", str(folder), "summarise", str(file), "--copy", "clinician"]) == 0
    mistakes: list[object] = []
    entries = read_answers(content.questionnaire, read_file(file), mistakes)  # type: ignore[arg-type]
    assert not mistakes
    return Assessment(content.rules, ResponseState(content.form, entries))


def shown(assessment: Assessment, shows: Mapping[str, object]) -> bool:
    outcomes = assessment.outcomes
    return all(
        outcomes[name] == wanted if name in outcomes else assessment.state.is_enabled(name) is wanted
        for name, wanted in shows.items()
    )


def test_there_are_at_least_twenty_faults() -> None:
    assert len(FAULTS) >= 20


@pytest.mark.parametrize("name", CHECKED)
def test_a_fault_that_a_case_finds(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check that the message names file, line and column of the case whose answers have another outcome."""
    fault = CHECKED[name]
    folder = seeded(fault, tmp_path / "content")
    with pytest.raises(ContentError) as raised:
        check_folder(folder)
    found = [problem for problem in raised.value.problems if fault.found in problem.message]
    assert found, str(raised.value)
    assert found[0].place.line
    assert found[0].place.column
    content = load(folder, fault.folder)
    source, position, case = next(
        (cases.source, position, case)
        for cases in read_cases(content, [])
        for position, case in enumerate(cases.model.cases)
        if f'"{case.name}"' in found[0].message
    )
    file = tmp_path / "case.yaml"
    entries = read_answers(content.questionnaire, source, [], ("cases", position, "answers"))
    file.write_text(written(entries), "utf-8")
    outcomes = tried(content, folder, file).outcomes
    expected = dict.fromkeys(case.raised, Outcome.RAISED) | dict.fromkeys(case.clear, Outcome.CLEAR)
    assert any(outcomes[rule] is not outcome for rule, outcome in expected.items())


@pytest.mark.parametrize("name", PROVED)
def test_a_fault_that_a_proof_finds(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check that the message names file, line and column of the rule or question, and that its example is right."""
    fault = PROVED[name]
    folder = seeded(fault, tmp_path / "content")
    content = load(folder, fault.folder)
    findings = prove(content, only=[fault.by])
    found = [result for finding in findings for result in finding.results if fault.found in result.says]
    assert [result.verdict for result in found] == [fault.verdict], "\n".join(report(findings))
    _said_and_shown(fault, found[0], content, folder, tmp_path)
    if fault.verdict is Verdict.REFUTED:
        said = problems(findings, None)
        assert any(problem.message == found[0].says and problem.remedy and problem.excerpt for problem in said)
    else:
        assert found[0].says.split('"')[1] in "".join(report(findings))


def _said_and_shown(fault: Fault, result: Result, content: LoadedContent, folder: Path, home: Path) -> None:
    assert result.place.line
    assert result.place.column
    assert (folder / result.place.file).exists()
    assert result.examples
    assert save_examples([Finding("It holds.", (result,))], home / "examples") == len(result.examples)
    for example in result.examples:
        assessment = tried(content, folder, home / "examples" / f"{example.name}.yaml")
        assert shown(assessment, fault.shows)


@pytest.mark.parametrize("name", PROVED)
def test_the_content_without_the_fault_is_in_order(name: str) -> None:
    """Check that the check or proof that finds the fault finds no such fault in the unchanged content."""
    fault = PROVED[name]
    assert fault.found not in "".join(result.says for result in _without_fault(fault.folder, fault.by).results)


@cache
def _without_fault(folder: str, property: str) -> Finding:
    content = flight() if folder == "before-a-flight" else shipped()
    return prove(content, only=[property])[0]


# Faults of the program: a language evaluated wrongly, in both of its readings


def _skip_is_no(monkeypatch: pytest.MonkeyPatch) -> None:
    for missing in (evaluate.Missing.UNANSWERED, evaluate.Missing.DECLINED):
        monkeypatch.setitem(facts.UNDECIDED, missing, False)
    right = z3_formula._truth_of

    def wrong(answer: z3_formula.Z3Answer, so: object) -> z3_formula.Z3Truth:
        import z3

        known = right(answer, so)
        return z3_formula.Z3Truth(
            known.true, z3.Or(known.false, z3.And(z3.Not(answer.has_answer), answer.enabled.true))
        )

    monkeypatch.setattr(z3_formula, "_truth_of", wrong)


def _part_is_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ranges.DECIDE, ">=", lambda one, other: one.low >= other.high)
    right = z3_formula._decide

    def wrong(relation: str, one: z3_formula.Z3Number, other: z3_formula.Z3Number) -> object:
        if relation == ">=":
            return one.low >= other.high, one.low < other.high
        return right(relation, one, other)  # type: ignore[arg-type]

    monkeypatch.setattr(z3_formula, "_decide", wrong)


def _any_blank_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every question without an answer count as declined, so that it raises rules that ask for refusals."""
    monkeypatch.setitem(facts.REFUSED, evaluate.Missing.UNANSWERED, True)
    right = z3_formula._declined

    def wrong(answer: z3_formula.Z3Answer) -> z3_formula.Z3Truth:
        import z3

        return z3_formula.Z3Truth(z3.And(z3.Not(answer.has_answer), answer.enabled.true), right(answer).false)

    monkeypatch.setattr(z3_formula, "_declined", wrong)


def _a_refusal_may_be_negated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the parser accept a rule that answers raise and refusals clear."""
    monkeypatch.setattr(parse, "misplaced_refusal", lambda condition, in_rule: None)


REFUSAL = Fault((another_rule("declined(alone)"),), "blanks", "")
NEGATED = Fault((another_rule("not declined(alone)"),), "blanks", "")
COUNTED = Fault((another_rule("count(declined(alone), declined(chest_pain)) < 1"),), "blanks", "")


@pytest.mark.parametrize(
    ("wrong", "rule", "fault"),
    [
        pytest.param(_skip_is_no, "chest-pain", Fault((), "blanks", ""), id="skip is no"),
        pytest.param(_part_is_total, "nervous", Fault((), "blanks", ""), id="part is total"),
        pytest.param(_any_blank_is_a_refusal, "another", REFUSAL, id="any blank is a refusal"),
        pytest.param(_a_refusal_may_be_negated, "another", NEGATED, id="a refusal negated"),
        pytest.param(_a_refusal_may_be_negated, "another", COUNTED, id="a refusal counted down"),
    ],
)
def test_a_blank_that_counts_as_an_answer(
    wrong: object,
    rule: str,
    fault: Fault,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Check that two files of answers refute law 1, one with a blank more: raised with one, clear with the other."""
    wrong(monkeypatch)  # type: ignore[operator]
    folder = seeded(fault, tmp_path / "content")
    content = load(folder, "before-a-flight")
    findings = prove(content, only=["blanks"])
    found = next(result for result in findings[0].results if result.subject == rule)
    assert found.verdict is Verdict.REFUTED
    assert "blank turns the rule" in found.says
    before, after = found.examples
    if wrong is _any_blank_is_a_refusal:
        assert AbsentReason.DECLINED not in after.entries.values()
    blanks = [sum(not isinstance(e, AbsentReason) for e in example.entries.values()) for example in (before, after)]
    assert blanks[0] > blanks[1]
    save_examples(findings, tmp_path / "examples")
    outcomes = [
        tried(content, folder, tmp_path / "examples" / f"{example.name}.yaml").outcomes[rule]
        for example in (before, after)
    ]
    assert set(outcomes) == {Outcome.RAISED, Outcome.CLEAR}


@pytest.mark.parametrize("name", ["another", "chest-pain"])
def test_the_same_refusals_read_rightly_are_in_order(name: str, tmp_path: Path) -> None:
    """Check that a rule that asks for a refusal keeps law 1: only the refusal that it names raises it."""
    content = load(seeded(REFUSAL, tmp_path / "content"), "before-a-flight")
    found = next(result for result in prove(content, only=["blanks"])[0].results if result.subject == name)
    assert found.verdict is Verdict.PROVED


@pytest.mark.parametrize("when", ["chest_pain or declined(remarks)", "chest_pain or age < 18 and declined(chest_pain)"])
def test_an_urgent_refusal_is_in_time(when: str, tmp_path: Path) -> None:
    """Check that a refusal decides a question of which the rule reads nothing else; otherwise the answer is awaited."""
    content = load(seeded(Fault((rule("chest_pain", when),), "in time", ""), tmp_path / "content"), "before-a-flight")
    assert {result.verdict for result in prove(content, only=["in time"])[0].results} == {Verdict.PROVED}


def test_a_refusal_that_is_not_heard_is_late(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Check that a refusal decides an urgent rule that reads nothing else, and that the proof fails if it does not."""
    urgent = rule("chest_pain", "chest_pain or declined(remarks)")
    content = load(seeded(Fault((urgent,), "in time", ""), tmp_path / "content"), "before-a-flight")
    monkeypatch.setitem(facts.REFUSED, evaluate.Missing.DECLINED, None)
    right = z3_formula._declined
    monkeypatch.setattr(z3_formula, "_declined", lambda answer: right(answer)._replace(true=z3_formula.ALWAYS.false))
    found = next(result for result in prove(content, only=["in time"])[0].results if result.subject == "chest-pain")
    assert found.verdict is Verdict.REFUTED
    assert found.examples[0].entries == {"remarks": AbsentReason.DECLINED, "chest_pain": False}
