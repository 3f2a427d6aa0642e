"""A second, unrelated questionnaire needs no change of the program: every command accepts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.cli.main import run
from screener.content.load import load
from screener.paths import questionnaires
from tests.check.copies import FLIGHT, RULES, copied


@pytest.fixture(autouse=True)
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the program from reading or writing anything on this machine."""
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["--content", str(FLIGHT), *arguments]) == code
    return capsys.readouterr().out


def test_list_and_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert "before-a-flight  2.1.0" in said(capsys, "list")
    assert "before-a-flight 2.1.0: in order" in said(capsys, "check", "--coverage")


@pytest.mark.parametrize("copy", ["patient", "clinician"])
def test_summarise(tmp_path: Path, capsys: pytest.CaptureFixture[str], copy: str) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("age: 12\nalone: yes\nitems: [oxygen]\noxygen_flow: 3\n", "utf-8")
    summary = said(capsys, "summarise", str(answers), "--copy", copy)
    assert "A child alone" in summary
    assert "Talk to a clinician" in summary


def test_explain_every_name(capsys: pytest.CaptureFixture[str]) -> None:
    content = load(FLIGHT, "before-a-flight")
    for name in (*content.ruleset.rule, *content.form.symbols):
        assert name in said(capsys, "explain", name)


def test_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = copied(FLIGHT, tmp_path / "new", (RULES, "age < 16", "age < 15"))
    assert "rule child-alone" in said(capsys, "diff", str(FLIGHT), str(new), code=6)


def test_neither_program_nor_tests_of_it_name_the_other_questionnaire() -> None:
    """Check that no module of the program names a question or a rule of either content."""
    names = {
        name
        for folder in (FLIGHT, FLIGHT.parents[1])
        for content in (load(folder, questionnaire) for questionnaire in questionnaires(folder))
        for name in (*content.ruleset.rule, *content.form.symbols)
        if "_" in name or "-" in name
    }
    program = "\n".join(path.read_text("utf-8") for path in (FLIGHT.parents[1] / "screener").rglob("*.py"))
    assert {name for name in names if f'"{name}"' in program or f"'{name}'" in program} == set()
