"""What PyInstaller needs to know to freeze this program: it finds this folder by an entry point."""

from __future__ import annotations

from pathlib import Path


def hook_folders() -> list[str]:
    """Return the folder with the hook."""
    return [str(Path(__file__).parent)]
