"""``screener summarise``: make a summary from a file of answers, with data on stdout and messages on stderr."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import SENTINEL
from tests.cli.running import Screener
from tests.respond.ward import ward
from tests.terminal.terminal import ROOT

NOTICE = "Please talk to a clinician"
FIXED = ("--reference", "TEST-TEST", "--answered", "2026-03-31T10:00Z")


def test_answers_in_yaml_json_and_on_stdin_give_the_same_summary(cli: Screener, answers: Path, tmp_path: Path) -> None:
    """Check that format and source of the answers do not change a byte of the summary."""
    written = {"flown_before": {"absent": "asked-declined"}, "alone": "yes", "age": "12", "departure": "north"}
    other = tmp_path / "answers.json"
    other.write_text(json.dumps(written), "utf-8")
    from_yaml = cli("summarise", answers, *FIXED)
    assert from_yaml.returncode == 0
    assert "- A child alone\n" in from_yaml.stdout
    assert cli("summarise", other, *FIXED).stdout == from_yaml.stdout
    assert cli("summarise", "-", *FIXED, stdin=answers.read_text("utf-8")).stdout == from_yaml.stdout


@pytest.mark.parametrize(("written", "answer"), [("Yes", "yes"), ("TRUE", "yes"), ("No", "no"), ("False", "no")])
def test_yes_and_no_are_read_as_other_programs_write_them(
    cli: Screener, tmp_path: Path, written: str, answer: str
) -> None:
    """Check that nobody who wrote ``Yes`` is told to write yes."""
    for value in (written, answer):
        (tmp_path / f"{value}.yaml").write_text(f"alone: {value}\n", "utf-8")
    ran = cli("summarise", tmp_path / f"{written}.yaml", *FIXED)
    assert ran.returncode == 0
    assert ran.stdout == cli("summarise", tmp_path / f"{answer}.yaml", *FIXED).stdout


def test_only_the_summary_is_on_stdout(cli: Screener, answers: Path) -> None:
    """Check that stdout begins and ends with the summary, and that stderr is empty if there is nothing to report."""
    ran = cli("summarise", answers)
    assert ran.stdout.startswith("== Talk to a clinician =")
    assert ran.stdout.splitlines()[-1].startswith("-- Checksum: ")
    assert cli("summarise", answers, "--copy", "clinician").stdout.splitlines()[-1].split()[1] == "whole"
    assert ran.stderr == ""


@pytest.mark.parametrize("copy", ["patient", "clinician"])
@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_every_copy_in_every_format_has_the_notice_first_and_last(
    cli: Screener, answers: Path, copy: str, format: str
) -> None:
    """Check that no choice of copy and format leaves out the notice to talk to a clinician."""
    ran = cli("summarise", answers, "--copy", copy, "--format", format)
    assert ran.returncode == 0
    if format == "json":
        document = json.loads(ran.stdout)
        assert document["copy"] == copy
        assert (next(iter(document)), next(reversed(document))) == ("notice", "closing_notice")
        titles = [document["notice"][0], document["closing_notice"][0]]
    else:
        start = "## " if format == "markdown" else "== "
        lines = [line for line in ran.stdout.splitlines() if line.startswith(start)]
        titles = [line.strip("#= ") for line in lines]
    assert titles[0] == titles[-1] == "Talk to a clinician"
    assert ("Unaccompanied minor" in ran.stdout) == (copy == "clinician")


def test_json_summary_fits_the_schema_that_the_program_prints(cli: Screener, answers: Path) -> None:
    """Check a summary against ``screener schema summary``, so that other programs can rely on it."""
    summary = json.loads(cli("summarise", answers, "--copy", "clinician", "--format", "json").stdout)
    jsonschema.validate(summary, json.loads(cli("schema", "summary").stdout))


def test_ascii_has_only_ascii(cli: Screener, tmp_path: Path) -> None:
    """Check that ``--ascii`` keeps every word, for a printer without other letters."""
    path = tmp_path / "answers.yaml"
    path.write_text("remarks: Caf\u00e9 \u2013 \u65e5\n", "utf-8")
    plain = cli("summarise", path, "--copy", "clinician", "--ascii").stdout
    assert plain.isascii()
    assert "Cafe - <U+65E5>" in plain
    assert "Caf\u00e9 \u2013 \u65e5" in cli("summarise", path, "--copy", "clinician").stdout


def test_what_was_typed_cannot_act_on_the_terminal(cli: Screener, tmp_path: Path) -> None:
    """Check that control characters in an answer are shown visibly, in every format."""
    path = tmp_path / "answers.yaml"
    path.write_text('remarks: "a\\e[2Jb\\u202ec"\n', "utf-8")
    for format in ("text", "markdown", "json"):
        shown = cli("summarise", path, "--copy", "clinician", "--format", format).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_output_is_saved_privately_and_reported(cli: Screener, answers: Path, tmp_path: Path) -> None:
    """Check that only its owner can read a saved summary, for every umask, and that stdout stays empty."""
    printed = cli("summarise", answers, *FIXED).stdout
    ran = cli("summarise", answers, *FIXED, "--output", "summary.txt", umask=0)
    saved = tmp_path / "summary.txt"
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "Saved as summary.txt.\n")
    assert saved.read_text("utf-8") == printed
    assert saved.stat().st_mode & 0o777 == 0o600


def test_file_that_exists_is_never_touched(cli: Screener, answers: Path, tmp_path: Path) -> None:
    """Check that neither a file nor the target of a link is overwritten, and that the message has the remedy."""
    kept = tmp_path / "kept.txt"
    kept.write_text("precious", "utf-8")
    (tmp_path / "link.txt").symlink_to(kept)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    for name in ("kept.txt", "link.txt", "dangling.txt"):
        ran = cli("summarise", answers, "--output", name)
        assert ran.returncode == 2
        assert ran.stderr == f"screener: {name} exists already, and nothing is overwritten. Choose another name.\n"
    assert kept.read_text("utf-8") == "precious"
    assert not (tmp_path / "nowhere.txt").exists()


@pytest.mark.parametrize("target", ["missing/summary.txt", "/proc/summary.txt", "answers.yaml/summary.txt"])
def test_folder_that_cannot_be_written_to_is_reported(cli: Screener, answers: Path, target: str) -> None:
    """Check that the reason and the remedy are one line."""
    ran = cli("summarise", answers, "--output", target)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"screener: {target} cannot be written: ")
    assert ran.stderr.endswith("Choose another folder.\n")
    assert ran.stderr.count("\n") == 1


def test_answers_that_do_not_apply_are_set_aside_and_named(cli: Screener, tmp_path: Path) -> None:
    """Check that an answer to a question that is not asked is neither used nor shown, and that stderr says so."""
    path = tmp_path / "answers.yaml"
    path.write_text("chest_pain: no\npain_now: yes\n", "utf-8")
    ran = cli("summarise", path, "--copy", "clinician")
    assert ran.returncode == 0
    assert ran.stderr == "Set aside, because these questions are not asked with these answers: pain_now.\n"
    assert "chest-pain-now" not in ran.stdout


def test_urgent_answers_are_reported_at_once(cli: Screener, tmp_path: Path) -> None:
    """Check that an urgent rule is also named on stderr, for the person who runs the command, with exit code 0."""
    path = tmp_path / "answers.yaml"
    path.write_text("chest_pain: yes\n", "utf-8")
    ran = cli("summarise", path, "--output", "summary.txt")
    assert ran.returncode == 0
    assert "Urgent (chest-pain): Chest pain." in ran.stderr
    assert "should talk with this person now" in ran.stderr


ANSWERS_WITH_MISTAKES = {
    f"aeg: {SENTINEL}": '1:1: There is no question "aeg". Did you mean "age"?',
    f"age: {SENTINEL}": '1:6: "age" cannot have this answer. Type a whole number in digits, such as 12.',
    "age: 999": '1:6: "age" cannot have this answer. This must be between 0 and 120 years.',
    f"alone: {SENTINEL}": '1:8: "alone" cannot have this answer. Write yes or no.',
    f"departure: {SENTINEL}": '1:12: "departure" cannot have this answer. Write one of: north, south.',
    f"items: [stick, {SENTINEL}]": (
        '1:8: "items" cannot have this answer. Write one of: inhaler, stick, oxygen, none.'
    ),
    "items: [none, stick]": (
        '1:8: "items" cannot have this answer. "none" cannot be chosen together with other answers.'
    ),
    f"age: [{SENTINEL}]": '1:6: "age" cannot have this answer. Only a question with several answers takes a list.',
    f"remarks: {{absent: {SENTINEL}}}": (
        '1:10: "remarks" cannot have this answer. Write {absent: asked-unknown} or {absent: asked-declined}.'
    ),
    "nerves_1: {absent: asked-unknown}": '1:11: "nerves_1" cannot have this answer. Write {absent: asked-declined}.',
    f"remarks: {SENTINEL * 300}": (
        '1:10: "remarks" cannot have this answer. This is 4200 characters long. Shorten it to 4000.'
    ),
    f"- {SENTINEL}": '1:1: These are not answers. Write "question: value" on each line.',
    f"{SENTINEL}": '1:1: These are not answers. Write "question: value" on each line.',
    f"age: &x {SENTINEL}": "1:6: Anchors (&name) are not read. Write the text out.",
    f"age: 1\nage: {SENTINEL}": '2:1: The key "age" is here twice (first on line 1). Remove one.',
    f"remarks: ~ # {SENTINEL}": "1:10: A null says nothing. Leave the key out, or put quotes round the word.",
}


@pytest.mark.parametrize(("text", "message"), ANSWERS_WITH_MISTAKES.items(), ids=range(len(ANSWERS_WITH_MISTAKES)))
def test_mistake_in_answers_is_named_without_the_answer(cli: Screener, text: str, message: str) -> None:
    """Check that the message has the place, the question and the remedy, never the answer; no summary is printed."""
    ran = cli("summarise", "-", stdin=text)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"stdin:{message}\n")


@pytest.mark.parametrize("typed", [SENTINEL, f"5 {SENTINEL} 2020", "3/4/2020", "2020-02-30", "1,000", "0x1F"])
@pytest.mark.parametrize("question", ["first_flight", "bag"])
def test_message_about_a_date_or_number_does_not_repeat_it(cli: Screener, question: str, typed: str) -> None:
    """Check that a message does not repeat an invalid answer: it may be a slip, and it belongs to the person."""
    ran = cli("summarise", "-", stdin=f"{question}: {typed}")
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert typed.lower() not in ran.stderr.lower()


def test_all_mistakes_in_answers_are_named_in_one_run(cli: Screener) -> None:
    """Check that one run reports all mistakes, in the order of their lines."""
    ran = cli("summarise", "-", stdin="age: 999\nalone: maybe\nwho: me\ndeparture: west\n")
    assert [line.split(":")[1] for line in ran.stderr.splitlines()] == ["1", "2", "3", "4"]


def test_absent_reasons_are_kept_apart_from_no(cli: Screener) -> None:
    """Check that a declined answer is printed as declined, and that a rule that needs it could not be assessed."""
    ran = cli("summarise", "-", "--copy", "clinician", stdin="age: 12\nalone: {absent: asked-declined}\n")
    assert '"prefer not to say"' in ran.stdout
    block = ran.stdout.split("== Appendix: could not be assessed")[1].split("\n== ")[0]
    assert "child-alone" in block


def test_no_answers_at_all_still_give_a_summary_with_the_notice(cli: Screener) -> None:
    """Check that an empty file gives a summary of somebody who answered nothing, without a topic or an error."""
    ran = cli("summarise", "-", stdin="")
    assert ran.returncode == 0
    assert NOTICE in ran.stdout
    assert "That is not a result." in ran.stdout


def test_same_answers_same_bytes(cli: Screener, answers: Path) -> None:
    """Check that two runs are equal with the same reference and time; without them only the reference differs."""
    assert cli("summarise", answers, *FIXED).stdout == cli("summarise", answers, *FIXED).stdout
    first, second = (cli("summarise", answers).stdout.splitlines() for _ in range(2))
    changed = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    assert all("Reference" in a or " about " in a or " whole " in a or "Checksum" in a for a, b in changed)
    assert changed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.yaml",), "missing.yaml: There is no such file. Add it, or check its name.\n"),
        ((".",), ".: This is a folder. Name a file.\n"),
        (("-", "--questionnaire", "before-a-fligth"), 'There is no questionnaire "before-a-fligth". Did you mean'),
        (("-", "--answered", "yesterday"), 'screener: "yesterday" is not a time. Write it as 2026-03-31T10:00Z.\n'),
        (
            ("-", "--answered", "9999-12-31T23:59-12:00"),
            'screener: "9999-12-31T23:59-12:00" is no time at which anybody answered. Check the year.\n',
        ),
        (("-", "--format", "word"), "invalid choice: 'word'"),
        ((), "the following arguments are required: ANSWERS"),
    ],
)
def test_mistake_in_the_command_is_reported_with_exit_code_2(
    cli: Screener, arguments: tuple[str, ...], message: str
) -> None:
    """Check that stdout is empty, and that the message says what to write."""
    ran = cli("summarise", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert message in ran.stderr


@pytest.mark.parametrize("copy", ["patient", "clinician"])
def test_answers_that_do_not_fit_are_named_in_the_copy_and_on_stderr(cli: Screener, copy: str) -> None:
    """Check that a file of answers is compared as a person's answers are, whatever their order."""
    for written in ("bag: 30\nbag_limit: 20\n", "bag_limit: 20\nbag: 30\n"):
        ran = cli("summarise", "-", "--copy", copy, stdin=written)
        assert "may not fit together" in ran.stdout.lower()
        assert "That is less than your bag weighs. Is it right?" in " ".join(ran.stdout.split())
        assert ("Allowed weight: 20 kg." in ran.stdout) == (copy == "clinician")
        assert "Please check the answer to bag_limit: That is less than your bag weighs." in ran.stderr
    fits = cli("summarise", "-", "--copy", copy, stdin="bag: 10\nbag_limit: 20\n")
    assert "fit together" not in fits.stdout.lower()
    assert fits.stderr == ""


def test_a_day_in_the_future_is_named_in_a_file_of_answers_too(cli: Screener, tmp_path: Path) -> None:
    """A year that was mistyped is read by nobody as a past one: it is said, and stands in the copy."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("first_flight: 2099-05-01\n", "utf-8")
    ran = cli("summarise", answers)
    assert "Please check the answer to first_flight: This day is in the future." in ran.stderr
    assert "First flight: This day is in the future." in " ".join(ran.stdout.split())
    assert "This day is in the future." in cli("summarise", answers, "--copy", "clinician").stdout


def test_the_readme_shows_what_the_program_prints(screener: Screener, tmp_path: Path) -> None:
    """Check the copy of the README, part by part, against that of the shipped content."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("blood_vessels: aneurysm\n", "utf-8")
    printed = screener("summarise", answers).stdout
    shown = ROOT.joinpath("README.md").read_text("utf-8").split("```text\n")[1].split("```")[0]
    for part in shown.split("  ...\n"):
        assert part.strip() in printed


def test_what_staff_record_has_the_clinicians_copy_and_none_for_the_person(screener: Screener, tmp_path: Path) -> None:
    """Check that each item of the file is there, which tells nobody's name and no time."""
    content = ward(tmp_path / "content")
    path = tmp_path / "answers.yaml"
    path.write_text("parachute: round\ntop: 142\n", "utf-8")
    summarise = ("--content", content, "summarise", path, "--questionnaire", "watch")
    ran = screener(*summarise)
    assert ran.returncode == 0
    said = " ".join(ran.stdout.split())
    assert "For the clinician: After the jump" in said
    for item in ("Parachute A round one", "Top number 142 mmHg", "Bottom number not recorded"):
        assert item in said
    assert screener(*summarise, "--copy", "clinician", *FIXED).stdout == screener(*summarise, *FIXED).stdout
    refused = screener(*summarise, "--copy", "patient")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "It has no copy for the person: leave out --copy" in " ".join(refused.stderr.split())
