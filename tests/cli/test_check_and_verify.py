"""``screener check`` and ``screener verify``: both report correct files, and name each fault in the others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import CONTENT, Screener


@pytest.fixture
def summary(cli: Screener, answers: Path, tmp_path: Path) -> Path:
    cli("summarise", answers, "--output", "summary.txt")
    return tmp_path / "summary.txt"


@pytest.fixture
def clinician_copy(cli: Screener, answers: Path, tmp_path: Path) -> Path:
    cli("summarise", answers, "--copy", "clinician", "--output", "clinician.txt")
    return tmp_path / "clinician.txt"


def test_check_says_what_is_in_order(cli: Screener, screener: Screener) -> None:
    """Check that stdout has one line for each questionnaire, with the folder before or after the command."""
    ran = cli("check")
    assert ran.returncode == 0
    assert ran.stdout.startswith("before-a-flight 2.1.0: in order (17 questions, 6 rules, 12 cases)")
    assert screener("check", CONTENT).stdout == ran.stdout


def test_check_names_every_mistake_on_stderr(screener: Screener, tmp_path: Path) -> None:
    """Check that stdout is empty, that stderr has each mistake with place and caret, and that the exit code is 2."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    rules = content / "rules" / "before-a-flight" / "flight.yaml"
    rules.write_text(rules.read_text("utf-8").replace("and alone", "and alon").replace("bag_limit", "limit"), "utf-8")
    ran = screener("check", content)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        'rules/before-a-flight/flight.yaml:5:24: There is no question or score "alon". Did you mean "alone"?\n'
        "    age < 16 and alon\n"
        "                 ^^^^\n"
        'rules/before-a-flight/flight.yaml:26:17: There is no question or score "limit". Did you mean "bag_limit"?\n'
        "    bag > limit\n"
        "          ^^^^^\n"
    )


def test_hostile_text_of_an_author_cannot_act_on_the_terminal(screener: Screener, tmp_path: Path) -> None:
    """Check that a message that quotes content shows control characters and stays on one line."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    section = content / "questions" / "before-a-flight" / "body.yaml"
    section.write_text(section.read_text("utf-8") + '"a\\e[2J\\nb\\u202e": 1\n', "utf-8")
    ran = screener("check", content)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "<U+001B>" in ran.stderr
    assert "<U+202E>" in ran.stderr
    assert "\x1b" not in ran.stderr


def test_shipped_content_is_in_order(screener: Screener) -> None:
    """Check that the shipped content passes the program's own check."""
    ran = screener("check")
    assert ran.returncode == 0, ran.stderr


def test_checksum_of_an_unchanged_summary_matches(screener: Screener, summary: Path) -> None:
    """Check that the checksum also matches if mail changed line ends and spaces at the ends of lines."""
    ran = screener("verify", summary)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"{summary}: the checksum matches. Nothing was changed since it was written.\n"
    mailed = summary.with_name("mailed.txt")
    mailed.write_bytes(summary.read_bytes().replace(b"\n", b"  \r\n"))
    assert screener("verify", mailed).returncode == 0


def test_changed_block_is_named(screener: Screener, clinician_copy: Path) -> None:
    """Check that the exit code is 5 and that the changed block is named."""
    text = clinician_copy.read_text("utf-8")
    assert text.count("Unaccompanied minor") == 1
    clinician_copy.write_text(text.replace("Unaccompanied minor", "Accompanied minor"), "utf-8")
    ran = screener("verify", clinician_copy)
    assert (ran.returncode, ran.stdout) == (5, "")
    assert ran.stderr.splitlines()[0] == f"{clinician_copy}: the checksum does not match."
    assert "(notes) was changed." in ran.stderr.splitlines()[1]
    assert len(ran.stderr.splitlines()) == 2


def test_notice_cannot_be_cut_off(screener: Screener, summary: Path, clinician_copy: Path) -> None:
    """Check that a copy without its first notice does not match its checksum; the clinician's says what was cut."""
    for copy, heading, where in (
        (summary, "== About", "The text was changed."),
        (clinician_copy, "== For the clinician", "(notice) is missing."),
    ):
        text = copy.read_text("utf-8")
        copy.write_text(text[text.index(heading) :], "utf-8")
        ran = screener("verify", copy)
        assert ran.returncode == 5
        assert where in ran.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"hello\n", "There is no checksum in this text. Only text summaries have one."),
        (b"", "There is no checksum in this text. Only text summaries have one."),
        (b"\xff\xfe", "There is no checksum in this text. Only text summaries have one."),
        (b"caf\xe9\n", "other.txt:1:4: The file is not UTF-8. Save it as UTF-8."),
        (b"c\0a\0f\0e\0", "other.txt:1:1: The file is UTF-16 or UTF-32 without its mark. Save it as UTF-8."),
        (None, "other.txt: There is no such file. Add it, or check its name."),
    ],
    ids=["other-text", "empty", "mark-alone", "not-text", "wide", "missing"],
)
def test_file_that_cannot_be_verified_is_reported(
    screener: Screener, tmp_path: Path, content: bytes | None, message: str
) -> None:
    """Check that the exit code is 2, unlike that of a checksum that does not match."""
    if content is not None:
        (tmp_path / "other.txt").write_bytes(content)
    ran = screener("verify", "other.txt")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert message in ran.stderr
    assert ran.stderr.count("\n") == 1
