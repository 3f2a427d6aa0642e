"""A content folder with several questionnaires: which one a command works on, and how somebody chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.copies import FLIGHT, beside, change, copied, write
from tests.cli.running import Screener
from tests.terminal.terminal import Terminal

BOTH = "has 2 questionnaires (after-a-flight, before-a-flight). Name one of them by its id."


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """A folder with two questionnaires, of which neither is the default."""
    return beside(copied(FLIGHT, tmp_path / "content"), "after-a-flight", "After you flew")


@pytest.mark.parametrize("command", [("start", "--plain"), ("summarise", "answers.yaml"), ("rulebook",)])
def test_without_a_default_a_command_asks_for_a_name(
    screener: Screener, several: Path, answers: Path, command: tuple[str, ...]
) -> None:
    """Check that nothing is guessed where nobody can be asked."""
    ran = screener("--content", several, *command)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"screener: {several} {BOTH}\n"


def test_the_default_of_the_folder_is_used_and_comes_first(screener: Screener, several: Path, answers: Path) -> None:
    write(several, "questions/default.txt", "before-a-flight\n")
    assert screener("--content", several, "check").returncode == 0
    listed = screener("--content", several, "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["before-a-flight", "after-a-flight"]
    ran = screener("--content", several, "summarise", answers, "--copy", "clinician")
    assert "before-a-flight" in ran.stdout, ran.stderr
    named = screener(
        "--content", several, "summarise", answers, "--questionnaire", "after-a-flight", "--copy", "clinician"
    )
    assert "after-a-flight" in named.stdout, named.stderr


def test_the_configuration_names_one(screener: Screener, several: Path, answers: Path) -> None:
    """Check that the clinic's choice comes before that of the folder, and that a misspelt one is an error."""
    write(several, "questions/default.txt", "before-a-flight")
    ran = screener(
        "summarise",
        answers,
        "--copy",
        "clinician",
        SCREENER_CONTENT=several,
        SCREENER_QUESTIONNAIRE="after-a-flight",
    )
    assert "after-a-flight" in ran.stdout, ran.stderr
    wrong = screener("summarise", answers, SCREENER_CONTENT=several, SCREENER_QUESTIONNAIRE="after-a-fligth")
    assert wrong.returncode == 2
    assert (
        'The configured questionnaire "after-a-fligth" does not exist. Did you mean "after-a-flight"?' in wrong.stderr
    )


def test_a_default_that_does_not_exist_is_a_mistake(screener: Screener, several: Path, answers: Path) -> None:
    write(several, "questions/default.txt", "before-flight")
    checked = screener("--content", several, "check")
    assert checked.returncode == 2
    assert 'questions/default.txt: There is no questionnaire "before-flight".' in checked.stderr
    used = screener("--content", several, "summarise", answers)
    assert 'questions/default.txt names "before-flight", which does not exist.' in used.stderr


def test_explain_looks_into_every_questionnaire(screener: Screener, several: Path) -> None:
    """Check that a rule is explained without the id of its questionnaire, where only one has a rule of this name."""
    write(several, "questions/default.txt", "before-a-flight")
    change(several, ("rules/after-a-flight/flight.yaml", "- id: heavy-bag", "- id: heavy-load"))
    cases = "rules/after-a-flight/cases/flight.yaml"
    write(several, cases, (several / cases).read_text("utf-8").replace("heavy-bag", "heavy-load"))
    assert "Rule heavy-load" in screener("--content", several, "explain", "heavy-load").stdout
    named = screener("--content", several, "explain", "heavy-load", "--questionnaire", "before-a-flight")
    assert named.returncode == 2


def test_a_person_at_a_terminal_is_asked_by_title(several: Path, tmp_path: Path) -> None:
    with Terminal("--content", str(several), folder=tmp_path, size=(120, 24)) as terminal:
        terminal.shows("1 After you flew 2 Before you fly Which of these questions do you want to answer?")
        terminal.keys("3\r")
        terminal.shows("Type a number from 1 to 2.")
        terminal.keys("2\r")
        terminal.shows("> Begin")


def test_a_kiosk_asks_nobody(several: Path, tmp_path: Path) -> None:
    with Terminal("--content", str(several), "kiosk", folder=tmp_path, size=(250, 24)) as terminal:
        assert terminal.ends() == 2
        assert "Name one of them by its id." in terminal.text
