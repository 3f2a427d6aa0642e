"""A content folder in which people answer before a flight, and staff after a jump."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from screener.content.compiled import Content
from screener.content.load import load
from tests.check.copies import FLIGHT, copied

ADDED = Path(__file__).parent / "content"


def ward(home: Path) -> Path:
    """Write the content folder with both questionnaires, and return it."""
    copied(FLIGHT, home)
    for part in ("questions", "rules"):
        shutil.copytree(ADDED / part, home / part, dirs_exist_ok=True)
    return home


@cache
def watch(folder: Path) -> Content:
    """Return the questionnaire for staff of a folder."""
    return load(folder, "watch")
