"""The report of ``--coverage``: each part of a condition that no case shows is named with its place and what to add."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.check.cases import read_cases
from screener.check.coverage.leaves import leaves, with_part
from screener.check.coverage.mcdc import Subcondition, demonstrations_of, parts
from screener.check.coverage.report import questionnaire_report, unread_questions
from screener.cli.main import run
from screener.content.compiled import Content
from screener.content.load import load
from screener.expressions import tree
from screener.expressions.parse import parse_condition
from tests.check.copies import CASES, FLIGHT, ROOT, RULES, Edit, copied
from tests.expressions.previous_content import HEAVIER, SOON, previous_folder
from tests.strategies import conditions, flight

COUPLED = {
    ("high-reading-and-unwell", "systolic > 180"),
    ("high-reading-and-unwell", "diastolic > 100"),
}
"""Parts of shipped conditions that repeat the condition of a question before them."""


def found(folder: Path, name: str) -> list[Subcondition]:
    content = load(folder, name)
    return list(parts(content, demonstrations_of(content, read_cases(content, []))))


def flight_parts(home: Path, *edits: Edit) -> dict[str, Subcondition]:
    return {f"{part.name}: {part.text}": part for part in found(copied(FLIGHT, home, *edits), "before-a-flight")}


def test_the_shipped_cases_show_every_part() -> None:
    """Check that each part of each shipped condition is seen true and seen false, and decides in some case."""
    for part in found(ROOT, "ketamine-pre-screening"):
        assert not part.never, f"{part.place} {part.text}"
        assert not part.decides_never or (part.name, part.text) in COUPLED, f"{part.place} {part.text}"


def test_a_part_that_the_previous_response_decides_is_shown_by_its_case(tmp_path: Path) -> None:
    """Check that the previous answer and the days of a case count, and that without either its part is missed."""

    def missed(home: Path, *edits: Edit) -> dict[str, tuple[bool, ...]]:
        parts = found(previous_folder(home, *edits), "before-a-flight")
        return {part.text: part.never for part in parts if part.name in ("heavier", "soon")}

    shown = {HEAVIER: (), SOON: ()}
    assert missed(tmp_path / "whole") == shown
    days = (CASES, "    days_since_previous: 14\n", "")
    assert missed(tmp_path / "days", days) == shown | {SOON: (False,)}
    bag = (CASES, "answers: {bag: 15}\n    previous: {bag: 10}\n", "answers: {bag: 15}\n")
    assert missed(tmp_path / "bag", bag) == shown | {HEAVIER: (False,)}


def test_a_removed_case_is_missed(tmp_path: Path) -> None:
    """Check that without the one case that shows a part true, the part is named with its place and a file to add to."""
    case = "  - name: a heavy bag\n    answers: {bag: 30, bag_limit: 20}\n    raised: [heavy-bag]\n"
    assert flight_parts(tmp_path / "with")["heavy-bag: bag > bag_limit"].never == ()
    without = copied(FLIGHT, tmp_path / "without", (CASES, case, ""))
    [part] = [part for part in found(without, "before-a-flight") if part.name == "heavy-bag"]
    assert part.never == (True,)
    assert str(part.place) == f"{RULES}:26:11"
    said = " ".join(" ".join(questionnaire_report(load(without, "before-a-flight"))).split())
    assert (
        "rule heavy-bag: no case shows bag > bag_limit true. Add a case to rules/before-a-flight/cases/flight.yaml"
        in said
    )
    assert "in which the weight of the bag is more than the allowed weight" in said


def test_a_case_counts_only_for_the_rules_it_names(tmp_path: Path) -> None:
    """Check that a case counts only for its rules, because it would not notice a fault of another rule."""
    edit = (CASES, "    clear: [child-alone]\n", "    clear: [chest-pain]\n")
    text = (FLIGHT / CASES).read_text("utf-8")
    assert text.count(edit[1]) == 1
    before = flight_parts(tmp_path / "a")["child-alone: age < 16"]
    after = flight_parts(tmp_path / "b", edit)["child-alone: age < 16"]
    assert (before.never, after.never) == ((), (False,))


def test_a_part_that_never_decides_is_reported_separately(tmp_path: Path) -> None:
    """Check that two parts that are always true together are reported, because each may have no effect."""
    part = flight_parts(tmp_path)["oxygen: oxygen_flow > 2.5"]
    assert part.never == ()
    assert part.decides_never == (True,)


def test_a_refusal_is_a_part_that_cases_have_to_show(tmp_path: Path) -> None:
    """Check that ``declined(...)`` is true only in a case with a refusal, and false only in one with an answer."""
    edit = (RULES, "    when: chest_pain\n", "    when: chest_pain or declined(chest_pain)\n")
    assert flight_parts(tmp_path / "a", edit)["chest-pain: declined(chest_pain)"].never == (True,)
    case = "  - name: no chest pain\n"
    refusal = "  - name: refused\n    answers: {chest_pain: {absent: asked-declined}}\n    raised: [chest-pain]\n"
    shown = flight_parts(tmp_path / "b", edit, (CASES, case, refusal + case))["chest-pain: declined(chest_pain)"]
    assert (shown.never, shown.decides_never) == ((), ())


def test_questions_that_nothing_reads_are_listed(flight: Content) -> None:
    """Check that a question that only the clinician reads is listed, and is no mistake."""
    assert unread_questions(flight) == ["first_flight", "last_flight", "remarks"]  # type: ignore[arg-type]


def test_the_command_lists_open_parts_and_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    """Check that open parts are no mistake, and that the lines are short."""
    assert run(["check", str(FLIGHT), "--coverage"]) == 0
    out = capsys.readouterr().out
    assert "before-a-flight 2.1.0: what the cases show" in out
    assert "rules/coverage.yaml: there is none" in out
    assert all(len(line) <= 80 for line in out.splitlines()[1:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alone", ["alone"]),
        ("not alone and age < 16", ["alone", "age < 16"]),
        ("10 <= age < 16 or alone", ["10 <= age", "age < 16", "alone"]),
        ("count(alone, age < 16, 'oxygen' in items) >= 2", None),
        ("departure in ('north', 'south') or 'oxygen' not in items", None),
        ("age < 18 and (declined(alone) or chest_pain)", ["age < 18", "declined(alone)", "chest_pain"]),
        ("1 <= count(declined(alone), declined(age))", None),
    ],
)
def test_leaves_have_their_places_in_the_text(flight: Content, text: str, expected: list[str] | None) -> None:
    """Check that the text of each part, parsed by itself, gives the same tree."""
    node = parse_condition(text, flight.form.symbols)
    found = leaves(text, node)
    assert expected is None or [text[leaf.start : leaf.end] for leaf in found] == expected
    for leaf in found:
        assert parse_condition(text[leaf.start : leaf.end], flight.form.symbols) == leaf.node
        assert with_part(node, leaf.path, leaf.node) == node


@given(st.data())
def test_every_condition_comes_apart(data: st.DataObject) -> None:
    """Check that every part of any condition is found once, in its place, and can be replaced alone."""
    symbols = flight().form.symbols
    text = data.draw(conditions(symbols))
    node = parse_condition(text, symbols)
    apart = leaves(text, node)
    atoms = (tree.YesNo, tree.Is, tree.Includes, tree.Declined, tree.Compare)
    assert [leaf.node for leaf in apart] == [part for part in tree.walk(node) if isinstance(part, atoms)]
    for leaf in apart:
        assert parse_condition(text[leaf.start : leaf.end], symbols) == leaf.node
        assert with_part(node, leaf.path, leaf.node) == node
