"""The folder of the shipped content, and the questionnaires of a folder."""

from __future__ import annotations

from pathlib import Path

from screener.file_text import is_leftover


def shipped_content() -> Path:
    """Return the folder with the shipped ``questions/`` and ``rules/``: in the installed package, or the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent


def questionnaires(folder: Path) -> list[str]:
    """Return the ids of the questionnaires in a content folder, in alphabetical order."""
    homes = (path.parent.name for path in (folder / "questions").glob("*/questionnaire.yaml"))
    return sorted(name for name in homes if not is_leftover(name))
