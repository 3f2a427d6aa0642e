"""``check_folder``: one run over any content folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screener.check.folder import check_folder
from screener.errors import ContentError
from screener.paths import questionnaires

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "tests" / "fixtures"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def problems(content: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        check_folder(content)
    return [str(problem) for problem in caught.value.problems]


def test_counts_are_those_of_the_files() -> None:
    """Check that the numbers are those of the files, so that a file that was left out would be noticed."""
    [checked] = check_folder(CONTENT)
    assert (checked.version, checked.questions, checked.rules, checked.cases) == ("2.1.0", 17, 6, 12)


def test_shipped_content_is_in_order() -> None:
    """Check that the shipped content has cases that hold, words that are allowed, and sources that exist."""
    checked = check_folder(ROOT)
    assert [each.questionnaire for each in checked] == questionnaires(ROOT)
    assert checked[0].questionnaire == "ketamine-pre-screening"


def test_two_questionnaires_are_checked_in_one_run(content: Path) -> None:
    """Check that the mistakes of all questionnaires of a folder are reported together, sorted by place."""
    for part, index in (("questions", "questionnaire"), ("rules", "ruleset")):
        home = Path(shutil.copytree(content / part / "before-a-flight", content / part / "after-a-flight"))
        file = home / f"{index}.yaml"
        file.write_text(file.read_text("utf-8").replace("before-a-flight", "after-a-flight"), "utf-8")
    assert [checked.questionnaire for checked in check_folder(content)] == ["after-a-flight", "before-a-flight"]
    for name in ("after-a-flight", "before-a-flight"):
        rules = content / "rules" / name / "flight.yaml"
        rules.write_text(rules.read_text("utf-8").replace("and alone", "and alon"), "utf-8")
    assert [problem.split(":")[0] for problem in problems(content)] == [
        "rules/after-a-flight/flight.yaml",
        "rules/before-a-flight/flight.yaml",
    ]


def test_mistake_in_a_shared_file_is_reported_once(content: Path) -> None:
    """Check that a mistake in an instrument of two questionnaires is reported once."""
    for part, index in (("questions", "questionnaire"), ("rules", "ruleset")):
        home = Path(shutil.copytree(content / part / "before-a-flight", content / part / "after-a-flight"))
        file = home / f"{index}.yaml"
        file.write_text(file.read_text("utf-8").replace("before-a-flight", "after-a-flight"), "utf-8")
    nerves = content / "questions" / "instruments" / "nerves.yaml"
    nerves.write_text(nerves.read_text("utf-8").replace("edition:", "editoin:"), "utf-8")
    assert problems(content) == [
        'questions/instruments/nerves.yaml:1:1: The key "edition" is missing. Add it.',
        'questions/instruments/nerves.yaml:4:1: The key "editoin" is not known here. Did you mean "edition"?',
    ]


def test_file_with_very_many_mistakes_does_not_flood(content: Path) -> None:
    """Check that the first 50 mistakes of a file are reported, with the number of all."""
    body = content / "questions" / "before-a-flight" / "body.yaml"
    extra = "".join(f"    key{number}: value\n" for number in range(300))
    body.write_text(body.read_text("utf-8") + extra, "utf-8")
    first, *others = problems(content)
    assert first == (
        "questions/before-a-flight/body.yaml: This file has 300 mistakes, of which 50 are named. Mend these first."
    )
    assert len(others) == 50


def test_mistakes_of_a_file_come_in_the_order_of_its_lines(content: Path) -> None:
    """Check that places are compared as numbers: line 9 is before line 10."""
    rules = content / "rules" / "before-a-flight" / "flight.yaml"
    text = rules.read_text("utf-8").replace("patient:", "patent:").replace("topic:", "topics:")
    rules.write_text(text, "utf-8")
    lines = [int(problem.split(":")[1]) for problem in problems(content)]
    assert lines == sorted(lines)
    assert len(lines) == 24


def test_every_case_of_a_file_is_tried(content: Path) -> None:
    """Check that a case that fails does not hide the next."""
    rules = content / "rules" / "before-a-flight" / "flight.yaml"
    rules.write_text(rules.read_text("utf-8").replace("nerves_total >= 3", "nerves_total >= 4"), "utf-8")
    cases = content / "rules" / "before-a-flight" / "cases" / "flight.yaml"
    cases.write_text(cases.read_text("utf-8").replace("bag: 30", "bag: 10"), "utf-8")
    assert problems(content) == [
        'rules/before-a-flight/cases/flight.yaml:14:14: In the case "two items are enough for nerves" '
        "the rule nervous is undetermined, not raised. Correct the rule or the case.",
        'rules/before-a-flight/cases/flight.yaml:29:14: In the case "a heavy bag" '
        "the rule heavy-bag is clear, not raised. Correct the rule or the case.",
    ]


def test_rules_without_words_for_the_first_page_are_warned_about(content: Path) -> None:
    """Check that a missing phrase or theme is a warning with its place, and never a mistake."""
    [checked] = check_folder(content)
    assert len(checked.warnings) == checked.rules
    assert checked.warnings[0] == (
        'rules/before-a-flight/flight.yaml:2:9: The rule "child-alone" has no phrase and theme for the first page of '
        "the summary. Add it."
    )
    assert [each.questionnaire for each in check_folder(ROOT) if each.warnings] == []
