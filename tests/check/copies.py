"""Copies of content with changes."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLIGHT = ROOT / "tests" / "fixtures"
BODY = "questions/before-a-flight/body.yaml"
JOURNEY = "questions/before-a-flight/journey.yaml"
FRONT = "questions/before-a-flight/questionnaire.yaml"
NERVES = "questions/instruments/nerves.yaml"
RULES = "rules/before-a-flight/flight.yaml"
RULESET = "rules/before-a-flight/ruleset.yaml"
CASES = "rules/before-a-flight/cases/flight.yaml"
LINES = "rules/crisis-lines.yaml"
SOURCES = "rules/sources.yaml"
WORDING = "rules/wording.yaml"

Edit = tuple[str, str, str]
"""A file, a text that it contains once, and the replacement."""


def copied(original: Path, home: Path, *edits: Edit) -> Path:
    """Copy the questions and rules of a content folder to ``home``, with the edits made."""
    for part in ("questions", "rules"):
        shutil.copytree(original / part, home / part)
    for edit in edits:
        change(home, edit)
    return home


def change(folder: Path, edit: Edit) -> None:
    """Make one edit; the replaced text must be there exactly once."""
    file, old, new = edit
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1, f"{file} has {text.count(old)} times {old!r}"
    (folder / file).write_text(text.replace(old, new), "utf-8")


def write(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, "utf-8")


def beside(folder: Path, name: str, title: str) -> Path:
    """Add the questionnaire of the flight once more, under another id and title; return the folder."""
    for part, index in (("questions", "questionnaire"), ("rules", "ruleset")):
        home = Path(shutil.copytree(folder / part / "before-a-flight", folder / part / name))
        file = home / f"{index}.yaml"
        text = file.read_text("utf-8").replace("before-a-flight", name)
        file.write_text(text.replace("title: Before you fly\n", f"title: {title}\n"), "utf-8")
    return folder
