"""Checking a whole content folder in one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.check.cases import check_cases, read_cases
from screener.check.languages import check_languages, unused_languages
from screener.check.reach import check_reach
from screener.check.review import check_review
from screener.check.wording import check_wording
from screener.content.folders import questionnaires
from screener.content.load import Manuscript, load
from screener.content.validate import File, read_model
from screener.problem import ContentError, Place, Problem
from screener.ruleset import Cases, Wording


@dataclass(frozen=True)
class Checked:
    """What was checked in one questionnaire, for the line that says so."""

    questionnaire: str
    version: str
    questions: int
    rules: int
    cases: int


def check_folder(folder: Path) -> list[Checked]:
    """Check every questionnaire of a content folder, its rules, their cases and wording, its topics and hazards.

    Raises ``ContentError`` with all problems of the folder.
    """
    problems: list[Problem] = []
    checked = []
    contents: list[Manuscript] = []
    all_cases: list[File[Cases]] = []
    names = questionnaires(folder)
    if not names:
        remedy = "Name a folder that has questions/ and rules/ in it."
        raise ContentError([Problem(Place(str(folder)), "There is no questionnaire here.", remedy)])
    problems += _unused(folder, names)
    wording = read_model(folder / "rules" / "wording.yaml", folder, Wording, problems)
    for name in names:
        try:
            content = load(folder, name)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        cases = read_cases(content, problems)
        contents.append(content)
        all_cases += cases
        problems += check_cases(content, cases)
        problems += check_reach(content)
        problems += check_languages(content)
        if wording:
            problems += check_wording(content, wording.model)
        counted = sum(len(file.model.cases) for file in cases)
        questions = len(content.questionnaire.question)
        checked.append(Checked(name, content.questionnaire.version, questions, len(content.rules.rules), counted))
    if len(contents) == len(names):
        problems += check_review(folder, contents, all_cases)
        problems += unused_languages(folder, contents)
    if problems:
        raise ContentError(problems)
    return checked


def _unused(folder: Path, known: Sequence[str]) -> Iterator[Problem]:
    """Files that no questionnaire and no ruleset would ever read; a file left out by mistake must not go unnoticed."""
    for parent, index in (("questions", "questionnaire.yaml"), ("rules", "ruleset.yaml")):
        for home in sorted(path for path in (folder / parent).iterdir() if path.is_dir()):
            if home.name in ("instruments", *known) or not any(home.glob("*.yaml")) or (home / index).exists():
                continue
            place = Place(home.relative_to(folder).as_posix())
            yield Problem(place, "Nothing uses the files of this folder.", f"Write {index} in it, or remove it.")
