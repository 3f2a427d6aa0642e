"""``screener explain --answers``: the outcome of a rule for a file of answers, and what would change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.check.copies import RULES
from tests.cli.running import CONTENT, Ran, Screener
from tests.expressions.previous_content import previous_folder


def explained(cli: Screener, folder: Path, name: str, answers: str) -> str:
    """Return the explanation of the name with these answers, on one line."""
    path = folder / "given.yaml"
    path.write_text(answers, "utf-8")
    ran = cli("explain", name, "--answers", path)
    assert ran.returncode == 0
    assert max(map(len, ran.stdout.splitlines())) <= 80
    return " ".join(ran.stdout.split())


def test_rule_names_its_cases_with_their_outcome(cli: Screener) -> None:
    said = " ".join(cli("explain", "child-alone").stdout.split())
    assert "Cases: raised: a child alone is raised clear: a grown-up alone is clear, whatever else" in said
    assert "undetermined: without an age a child alone is undetermined" in said


def test_dependents_are_followed_through_gates_and_scores(cli: Screener) -> None:
    """Check that a question that enables another one also lists the rules of that one."""
    assert "What depends on it: score nerves_total. And through these: rule nervous." in " ".join(
        cli("explain", "nerves_1").stdout.split()
    )
    said = " ".join(cli("explain", "chest_pain").stdout.split())
    assert "What depends on it: question pain_now, rule chest-pain. And through these: rule chest-pain-now." in said


def test_raised_rule_says_what_it_rests_on_and_what_would_clear_it(cli: Screener, tmp_path: Path) -> None:
    """Check the nearest number, the other answer, and a blank."""
    said = explained(cli, tmp_path, "child-alone", "age: 12\nalone: yes\n")
    assert "With these answers the rule is raised. It rests on these answers: age in years: 12 years" in said
    clear = (
        "It would be clear with any one of these: - age in years: 16 years (instead of: 12 years) - flying alone: No"
    )
    assert clear in said
    assert "It would be undetermined with any one of these: - age in years: left blank" in said


def test_undetermined_rule_names_its_deciding_questions(cli: Screener, tmp_path: Path) -> None:
    said = explained(cli, tmp_path, "child-alone", "alone: yes\n")
    assert "Answers to these questions would decide it: age in years: no answer" in said
    assert "It would be raised with this: - age in years: 15 years (instead of: no answer)" in said
    assert "It would be clear with any one of these: - age in years: 16 years" in said


def test_change_behind_a_gate_names_both_answers(cli: Screener, tmp_path: Path) -> None:
    said = explained(cli, tmp_path, "chest-pain-now", "chest_pain: no\n")
    assert "- chest pain: Yes (instead of: No); and chest pain now: Yes (instead of: no answer)" in said


def test_a_refusal_is_said_where_a_rule_asks_for_it(screener: Screener, tmp_path: Path) -> None:
    """Check that the rule rests on the refusal, and that another blank is told from it."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    file = folder / "rules/before-a-flight/flight.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("when: chest_pain\n", "when: declined(chest_pain)\n"), "utf-8")

    def cli(*arguments: str | Path, **others: object) -> Ran:
        return screener("--content", folder, *arguments, **others)

    said = explained(cli, tmp_path, "chest-pain", "chest_pain: {absent: asked-declined}\n")
    assert 'It rests on these answers: chest pain: left blank ("Prefer not to say")' in said
    assert 'Raised when the answer to "chest pain" is "Prefer not to say".' in said
    said = explained(cli, tmp_path, "chest-pain", "chest_pain: yes\n")
    assert 'It would be raised with this: - chest pain: left blank ("Prefer not to say")' in said
    assert 'It would be undetermined with this: - chest pain: left blank ("I don\'t know")' in said


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("pain_now", "With these answers it is not asked."),
        ("chest_pain", "With these answers it is asked. The answer is: No."),
        ("nerves_total", "With these answers it is between 2 and 6."),
    ],
)
def test_questions_and_scores_are_explained_too(cli: Screener, tmp_path: Path, name: str, sentence: str) -> None:
    assert sentence in explained(cli, tmp_path, name, "chest_pain: no\nnerves_1: often\n")


def test_mistakes_in_the_answers_are_said(cli: Screener, tmp_path: Path) -> None:
    path = tmp_path / "given.yaml"
    path.write_text("aeg: 12\n", "utf-8")
    ran = cli("explain", "child-alone", "--answers", path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert 'There is no question "aeg". Did you mean "age"?' in ran.stderr


THEN = "bag: 15\nprevious: {bag: 10, alone: yes}\ndays_since_previous: 13\n"


@pytest.mark.parametrize(
    ("rule", "answers", "words"),
    [
        ("heavier", THEN, "the rule is clear. It rests on these answers: weight of the bag: 15 kg It rests on the"),
        ("heavier", THEN, "on the previous response: weight of the bag in the previous response: 10 kg What would"),
        ("soon", THEN, "the rule is raised. It rests on the previous response: number of days since the previous"),
        ("soon", THEN, "number of days since the previous response: 13 What"),
        (
            "soon",
            "bag: 15\nprevious: {bag: 10}\n",
            "decide it: number of days since the previous response: not known",
        ),
        ("heavier", "bag: 15\n", "help to decide it: weight of the bag in the previous response: not known"),
        ("lighter", THEN, "It would be raised with this: - weight of the bag: 9 kg (instead of: 15 kg)"),
    ],
)
def test_the_previous_response_counts_as_in_a_case(
    screener: Screener, tmp_path: Path, rule: str, answers: str, words: str
) -> None:
    lighter = (
        "rules:\n  - id: heavier\n",
        "rules:\n  - id: lighter\n    topic: A lighter bag\n    priority: inform\n    when: bag < previous.bag\n"
        "    patient: Your bag is lighter.\n    clinician: Lighter.\n    sources: [{source: T2, mark: verified}]\n"
        "  - id: heavier\n",
    )
    content = previous_folder(tmp_path / "content", (RULES, *lighter))
    for language in (content / "rules").rglob("languages"):
        shutil.rmtree(language)
    for language in (content / "questions").rglob("languages"):
        shutil.rmtree(language)

    def with_content(*arguments: str | Path) -> Ran:
        return screener("--content", content, *arguments)

    assert words in explained(with_content, tmp_path, rule, answers)


@pytest.mark.parametrize(
    ("answers", "mistake"),
    [
        ("days_since_previous: soon\n", "days_since_previous is not a whole number. Write one such as 14."),
        ("previous: {bagg: 1}\n", 'There is no question "bagg".'),
        ("previous: 3\n", "These are not answers."),
    ],
)
def test_a_mistake_in_the_previous_response_is_named(cli: Screener, tmp_path: Path, answers: str, mistake: str) -> None:
    path = tmp_path / "given.yaml"
    path.write_text(answers, "utf-8")
    ran = cli("explain", "child-alone", "--answers", path)
    assert ran.returncode == 2
    assert mistake in " ".join(ran.stderr.split())
