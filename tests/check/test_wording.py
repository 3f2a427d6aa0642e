"""The wording check: no text that a person reads judges, reassures, promises or advises on a medicine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.check.folder import check_folder
from screener.check.wording import check_wording
from screener.content.load import load
from screener.content.validate import read_model
from screener.errors import ContentError, Problem
from screener.model.ruleset import BannedWording, Wording

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "tests" / "fixtures"
QUESTION = "Does your chest hurt?"


def shipped() -> Wording:
    """Return the shipped ``rules/wording.yaml``."""
    file = read_model(ROOT / "rules" / "wording.yaml", ROOT, Wording, [])
    assert file is not None
    return file.model


def every_word() -> Iterator[tuple[str, BannedWording]]:
    for banned in shipped().banned:
        for word in banned.words:
            yield word, banned


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def asked(content: Path, text: str) -> None:
    """Replace the question by this text."""
    body = content / "questions" / "before-a-flight" / "body.yaml"
    body.write_text(body.read_text("utf-8").replace(QUESTION, f'"{text}"'), "utf-8")


def found(content: Path, wording: Wording) -> list[Problem]:
    return list(check_wording(load(content, "before-a-flight"), wording))


@pytest.mark.parametrize(("word", "banned"), list(every_word()), ids=[word for word, _ in every_word()])
def test_each_banned_word_is_found(content: Path, word: str, banned: BannedWording) -> None:
    """Check each word in any case, with any ending, and over the end of a line; the message has reason and remedy."""
    written = word.replace("*", "xyz").upper().replace(" ", "  ")
    asked(content, f"Please say {written}, or not.")
    problems = [problem for problem in found(content, shipped()) if problem.remedy.endswith(banned.instead)]
    shown = {problem.message.split('"')[1].split()[0] for problem in problems}
    assert written.split()[0] in shown
    assert all(problem.place.file.endswith("body.yaml") and problem.place.line == 39 for problem in problems)


@pytest.mark.parametrize("phrase", [phrase for banned in shipped().banned for phrase in banned.allowed])
def test_phrases_that_are_allowed_are_not_found(content: Path, phrase: str) -> None:
    """Check that an allowed use of a word is accepted, so that nobody has to avoid it."""
    asked(content, f"Please say {phrase.replace('*', 'xyz')}, or not.")
    for banned in shipped().banned:
        if phrase in banned.allowed:
            assert found(content, Wording(banned=(banned,))) == []


def test_part_of_a_longer_word_is_not_found(content: Path) -> None:
    """Check that words are matched whole: a word without ``*`` does not match a part of another one."""
    wording = Wording(banned=(BannedWording(words=("art",), why="Why.", instead="Nothing"),))
    asked(content, "Does the party start with art?")
    [problem] = found(content, wording)
    assert str(problem) == (
        'questions/before-a-flight/body.yaml:39:38: Text for a person must not say "art": why. Write instead: Nothing'
    )


def test_wording_of_an_instrument_is_left_alone(content: Path) -> None:
    """Check that the words of a published scale are accepted, and that texts which the clinic adds are checked."""
    nerves = content / "questions" / "instruments" / "nerves.yaml"
    text = nerves.read_text("utf-8")
    nerves.write_text(text.replace("text: shaky?", "text: unfit?").replace("label: Often", "label: Unfit"), "utf-8")
    assert len(check_folder(content)) == 1
    nerves.write_text(text.replace("short_text: shaky", "short_text: unfit"), "utf-8")
    with pytest.raises(ContentError, match='must not say "unfit"'):
        check_folder(content)


def test_clinician_wording_is_left_alone(content: Path) -> None:
    """Check that text for clinicians may use the words."""
    rules = content / "rules" / "before-a-flight" / "flight.yaml"
    rules.write_text(rules.read_text("utf-8").replace("clinician: Oxygen", "clinician: Unfit. Oxygen"), "utf-8")
    assert len(check_folder(content)) == 1
