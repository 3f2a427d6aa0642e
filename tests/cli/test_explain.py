"""``screener explain``: a rule, question or score in words that a clinician can check."""

from __future__ import annotations

import pytest

from tests.cli.running import Screener


def test_rule_is_explained_with_wordings_sources_and_place(cli: Screener) -> None:
    """Check the condition in words, both wordings, each source with its mark, and where to edit the rule."""
    ran = cli("explain", "child-alone")
    assert ran.returncode == 0
    said = " ".join(ran.stdout.split())
    assert "Rule child-alone (discuss): A child alone" in said
    assert 'Raised when the age in years is less than 16, and the answer to "flying alone" is yes.' in said
    assert "Condition: age < 16 and alone" in said
    assert "To the person: You told us that you are under 16 and fly alone." in said
    assert "To the clinician: Unaccompanied minor by own report." in said
    assert "T1, page 3 (verified): Nobody. A book of flights (2020)" in said
    assert "Written at rules/before-a-flight/flight.yaml:2:5" in said


def test_source_that_nobody_checked_is_marked(cli: Screener) -> None:
    """Check that a source that nobody checked has its mark."""
    assert "T2 (to be checked)" in cli("explain", "nervous").stdout


def test_urgent_rule_names_the_page_it_interrupts_with(cli: Screener) -> None:
    assert "Interrupts with the emergency page: Get help now" in cli("explain", "chest-pain-now").stdout


def test_question_is_explained_with_options_and_what_depends_on_it(cli: Screener) -> None:
    """Check the question, its options with their codes, its condition, and what depends on it."""
    said = " ".join(cli("explain", "items").stdout.split())
    assert "Question items (choices) in Your body What do you carry?" in said
    assert "oxygen: Oxygen" in said
    assert "Always asked. What depends on it: question oxygen_flow, rule oxygen." in said


def test_question_with_a_condition_says_when_it_is_asked(cli: Screener) -> None:
    said = " ".join(cli("explain", "last_flight").stdout.split())
    assert 'Asked when the answer to "flown before" is yes.' in said
    assert "nothing; it is for the clinician to read" in said


def test_score_is_explained_with_its_ranges(cli: Screener) -> None:
    """Check the score's items, its published ranges, and the rules that read it."""
    said = " ".join(cli("explain", "nerves_total").stdout.split())
    assert "Score nerves_total: NS-3 total, 0 to 6" in said
    assert "the sum of the scores of" in said
    assert "3 to 6: many (published range)" in said
    assert "What depends on it: rule nervous." in said


@pytest.mark.parametrize("name", ["child-alone", "items", "nerves_total"])
def test_no_line_is_wider_than_80_columns(cli: Screener, name: str) -> None:
    assert max(map(len, cli("explain", name).stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("childalone", "child-alone"), ("nerve_total", "nerves_total"), ("flown_befor", "flown_before")],
)
def test_unknown_name_gives_the_nearest(cli: Screener, name: str, nearest: str) -> None:
    """Check that a misspelt name is answered with the rule, question or score that was probably meant."""
    ran = cli("explain", name)
    assert (ran.returncode, ran.stdout) == (2, "")
    expected = f'screener: There is no rule, question or score "{name}". Did you mean "{nearest}"?\n'
    assert ran.stderr == expected


def test_a_name_that_is_like_none_of_many_has_a_remedy_too(cli: Screener) -> None:
    """Check that nobody is left with what is wrong alone where there are too many names to list."""
    ran = cli("explain", "xyzzy")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == 'screener: There is no rule, question or score "xyzzy". Check how it is written.\n'
