"""``screener check --prove``: its output, its examples and its exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from screener.cli.main import run
from screener.proofs.prove import PROPERTIES, prove
from screener.proofs.report import problems, report
from screener.proofs.result import Verdict
from tests.proofs.faulty import Fault, another_rule, seeded
from tests.strategies import shipped

ALWAYS = (another_rule("age < 65 or age >= 60"),)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Return content in which one rule is always raised; without its cases, which would show that it is never clear."""
    folder = seeded(Fault(ALWAYS, "clear", ""), tmp_path / "content")
    for file in (folder / "rules/before-a-flight/cases").glob("*.yaml"):
        file.unlink()
    return folder


def test_content_in_order_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    """Check that there is a line for each property, and for each result that a person should read."""
    assert run(["check", "tests/fixtures", "--prove"]) == 0
    printed = capsys.readouterr().out
    for property in PROPERTIES.values():
        assert f"holds  {property.claim}" in printed
    assert "The shortest interview asks 14 of 17 questions." in printed


def test_a_refuted_property_ends_with_2(
    faulty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Check that the message has the place, the remedy and the answers."""
    monkeypatch.setattr("screener.cli.check.check_folder", _in_order)
    assert run(["check", str(faulty), "--prove"]) == 2
    printed = capsys.readouterr()
    assert "FAILS  Every rule can be clear" in printed.out
    assert "rules/before-a-flight/flight.yaml:5:11: " in printed.err
    assert 'The rule "another" is never clear' in printed.err
    assert "Correct its condition." in printed.err
    assert "      age: " in printed.err


def test_examples_are_left_in_a_folder(
    faulty: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Check that ``--counterexamples`` alone also proves, and that each file can be summarised."""
    monkeypatch.setattr("screener.cli.check.check_folder", _in_order)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    examples = tmp_path / "examples"
    assert run(["check", str(faulty), "--counterexamples", str(examples)]) == 2
    assert str(examples / "never-clear-another.yaml") in capsys.readouterr().err
    for file in sorted(examples.iterdir()):
        assert run(["--content", str(faulty), "summarise", str(file)]) == 0, file


def _in_order(folder: Path) -> list[object]:
    from screener.check.folder import QuestionnaireCounts

    return [QuestionnaireCounts("before-a-flight", "2.1.0", 17, 7, 0)]


def test_without_the_extra_one_sentence_says_how_to_get_it() -> None:
    """Check the sentence, and that the rest of the command does not need the extra."""
    program = (
        "import sys; sys.modules['z3'] = None\n"
        "from screener.cli.main import run\n"
        "print(run(['check', 'tests/fixtures']), run(['check', 'tests/fixtures', '--prove']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("0 2\n")
    assert done.stderr.splitlines()[-1:] == [
        "screener: Proofs need Z3, which is not installed. Run: pip install 'screener[prove]'"
    ]


@pytest.mark.shipped_proofs
def test_every_proof_holds_for_the_shipped_content() -> None:
    """Check all properties, with progress that counts up to the end."""
    seen: list[tuple[int, int]] = []
    findings = prove(shipped(), lambda done, of, about: seen.append((done, of)))  # type: ignore[arg-type]
    assert not problems(findings, None), "\n".join(str(problem) for problem in problems(findings, None))
    assert all(finding.holds for finding in findings)
    assert len(findings) == len(PROPERTIES)
    assert [done for done, _ in seen] == list(range(len(seen)))
    assert {of for _, of in seen} == {len(seen) - 1}
    assert any(result.verdict is Verdict.PROVED for finding in findings for result in finding.results)
    assert "".join(report(findings))
