"""Proofs about a repeating section: the formulas agree with ``evaluate``, and it is said for how many occurrences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.cli.main import run
from screener.content.load import LoadedContent, load
from screener.engine.response_state import ResponseState
from screener.expressions import evaluate, tree, z3_formula
from screener.expressions.parse import parse_condition
from screener.model.occurrences import repeating
from screener.proofs.occurrences import MOST, limits, with_few_occurrences
from screener.proofs.prove import prove
from screener.proofs.report import problems
from screener.proofs.result import Verdict
from screener.proofs.variables import SymbolicResponses
from tests.proofs.test_z3_formula import pinned, said
from tests.readings import EXPECTED, days, folder, form

RULES = {
    "high": "any(top >= 180)",
    "rise": "any(top - first(top) >= 40)",
    "last-above-first": "change(top) > 0",
    "not-calm-at-the-end": "last(not calm)",
    "none-at-half-an-hour": "none_between(top, 30, 60)",
    "backwards": "any(minutes(before(read_at), read_at) < 0)",
    "early": "minutes(start_at, left_at) < 120",
    "no-number": "any(declined(top))",
}


@cache
def parsed(condition: str) -> tree.Truth:
    return parse_condition(condition, form(MOST).symbols, repeating=repeating(form(MOST).template))


@cache
def responses() -> SymbolicResponses:
    return SymbolicResponses(form(MOST), form(MOST).questionnaire.question)


@pytest.mark.parametrize("condition", sorted(EXPECTED))
@given(data=st.data(), highest=st.booleans())
@settings(max_examples=8)
def test_a_condition_on_occurrences_is_worth_the_same(condition: str, data: st.DataObject, highest: bool) -> None:
    """Check the formulas of each kind of condition against ``evaluate``, with any answers left out."""
    entries = data.draw(days(MOST)).entries(MOST)
    for name in data.draw(st.sets(st.sampled_from(sorted(entries)))):
        del entries[name]
    node = parsed(condition)
    pairs = pinned(responses(), tree.names(node), entries, highest)
    known = (z3.substitute(part, *pairs) for part in z3_formula.truth(node, responses().facts))
    assert said(z3_formula.Z3Truth(*known)) is evaluate.truth(node)(ResponseState(form(MOST), entries).facts)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("readings"), RULES)


@pytest.fixture(scope="module")
def readings(home: Path) -> LoadedContent:
    return load(home, "readings")


def test_a_proof_looks_at_few_occurrences(readings: LoadedContent) -> None:
    """Check that as many are left as it says, and that a content in which nothing repeats is not compiled again."""
    few = with_few_occurrences(readings)
    assert "top.3" in few.questionnaire.question
    assert "top.4" not in few.questionnaire.question
    assert limits(readings) == [
        'The section "readings" can be filled in up to 24 times; the proofs are for up to 3.',
    ]
    flight = load(Path("tests/fixtures"), "before-a-flight")
    assert with_few_occurrences(flight) is flight
    assert limits(flight) == []


def test_blanks_never_flip_a_rule_on_occurrences(readings: LoadedContent) -> None:
    """Check law 1 and that every rule can have each outcome, for all answers at once."""
    findings = prove(readings, only=("raised", "clear", "undetermined", "blanks"))
    assert not problems(findings, None), problems(findings, None)
    verdicts = {result.verdict for finding in findings for result in finding.results}
    assert verdicts == {Verdict.PROVED}


def test_the_command_says_for_how_many(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check the line below the results."""
    few = folder(home / "few", {"high": "any(top >= 180)"}, up_to=2)
    cases = {
        "high": {"top.1": "190", "more.1": "no"},
        "normal": {"top.1": "120", "more.1": "yes", "top.2": "130"},
        "open": {"top.1": "120", "more.1": "yes"},
    }
    stated = {"high": "raised", "normal": "clear", "open": "undetermined"}
    written = [{"name": name, "answers": answers, stated[name]: ["high"]} for name, answers in cases.items()]
    (few / "rules/readings/cases").mkdir()
    (few / "rules/readings/cases/noted.yaml").write_text(yaml.safe_dump({"cases": written}), "utf-8")
    assert run(["check", str(few), "--prove"]) == 0
    assert "up to 2 times; the proofs are for up to 2." in capsys.readouterr().out


def test_a_rule_that_counts_minutes_is_decided(tmp_path: Path) -> None:
    """Check that the search for what is undetermined without need comes to an end round the clock."""
    rules = {"early": "minutes(start_at, left_at) < 120", "none": "none_between(top, 30, 60)"}
    few = load(folder(tmp_path, rules, up_to=2), "readings")
    findings = prove(few, only=("unsure",))
    assert not problems(findings, None), problems(findings, None)
