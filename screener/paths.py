"""Where content is: what comes with the program, and which questionnaires a folder has."""

from __future__ import annotations

from pathlib import Path


def shipped_content() -> Path:
    """The folder with the shipped ``questions/`` and ``rules/``: inside the installed package, or the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent


def questionnaires(folder: Path) -> list[str]:
    """The ids of the questionnaires in a content folder, in alphabetical order."""
    return sorted(path.parent.name for path in (folder / "questions").glob("*/questionnaire.yaml"))
