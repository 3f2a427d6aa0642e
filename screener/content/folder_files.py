"""The files of a content folder: those that are read, those that were meant to be, and what others left there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from screener.errors import Place, Problem, nearest
from screener.file_text import intended_name, is_archived, is_leftover
from screener.model.question_types import NAME_LISTS

SHARED_RULE_FILES = ("sources", "crisis-lines", "wording", "coverage", "hazards")
"""The files that lie directly in ``rules/``."""
_DEEPEST = 6
"""The number of folders within each other that are looked into; the deepest that is read has four."""


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files directly in a folder, by name, without those that a system or an editor left there."""
    return sorted(path for path in folder.glob("*.yaml") if not is_leftover(path.name))


def folders(folder: Path) -> list[Path]:
    """Return the folders directly in a folder, by name, without those that a system left there."""
    return sorted(path for path in folder.glob("*") if path.is_dir() and not is_leftover(path.name))


def stray_files(folder: Path, questionnaire: str | None = None) -> Iterator[Problem]:
    """Yield each file that looks like content and that nothing reads, so that no text is left out in silence.

    Look at the files of one questionnaire, of the instruments and of all rules, or at every file.
    """
    if is_archived():
        return
    for part in ("questions", "rules"):
        for path in _below(folder / part):
            place = path.relative_to(folder)
            own = part == "rules" or len(place.parts) < 3 or place.parts[1] in (questionnaire, "instruments")
            if (questionnaire is None or own) and (problem := _problem(place)):
                yield problem


def leftovers(folder: Path) -> list[str]:
    """Return the files below a content folder that a system or an editor left there; they are never read."""
    return [
        path.relative_to(folder).as_posix()
        for part in ("questions", "rules")
        for path in _below(folder / part, leftover=True)
    ]


def _below(folder: Path, *, leftover: bool = False, depth: int = 0) -> Iterator[Path]:
    """Yield the files below a folder: those that people put there, or those that were left."""
    if depth > _DEEPEST:
        return
    for path in sorted(folder.glob("*")):
        if is_leftover(path.name):
            if leftover:
                yield path
        elif path.is_dir():
            yield from _below(path, leftover=leftover, depth=depth + 1)
        elif not leftover:
            yield path


def _problem(place: Path) -> Problem | None:
    """Return what is wrong with the name or the folder of a file, which is seen from the content folder."""
    name = place.as_posix()
    if intended := intended_name(place.name):
        message = "This file is not read, because its name does not end in .yaml."
        return Problem(Place(name), message, f"Rename it to {intended}, or remove it.")
    if place.suffix != ".yaml":
        return None
    if place.parts[:-1] == ("questions",) and place.stem in NAME_LISTS:
        return None
    if not _is_read(place.parts[:-1]):
        return Problem(Place(name), "No file in this folder is read.", "Move it to where it is read, or remove it.")
    if place.parts[:-1] == ("rules",) and place.stem not in SHARED_RULE_FILES:
        return Problem(Place(name), "Nothing uses this file.", nearest(place.stem, SHARED_RULE_FILES))
    return None


def _is_read(folders: tuple[str, ...]) -> bool:
    match folders:
        case ("questions", "instruments", "languages"):
            return False
        case ("rules",) | ("questions" | "rules", _) | ("questions" | "rules", _, "languages") | ("rules", _, "cases"):
            return True
        case ("questions", "instruments", "languages", _):
            return True
    return False
