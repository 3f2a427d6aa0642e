"""The folders of the program: those of this user, that of the shipped content, and its questionnaires."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from screener.errors import ScreenerError
from screener.file_text import is_leftover, read_text

DEFAULT = "questions/default.txt"
"""The file of a content folder that names the questionnaire to start with. Its text is read without a YAML parser."""

_NO_HOME = "This account has no home folder. Set HOME to a folder that this account may write in."


class NoHome(ScreenerError):
    """There is no folder for files of this user."""


def shipped_content() -> Path:
    """Return the folder with the shipped ``questions/`` and ``rules/``: in the installed package, or the checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent


def questionnaires(folder: Path) -> list[str]:
    """Return the ids of the questionnaires in a content folder: the default one first, then in alphabetical order."""
    homes = (path.parent.name for path in (folder / "questions").glob("*/questionnaire.yaml"))
    default = default_questionnaire(folder)
    return sorted((name for name in homes if not is_leftover(name)), key=lambda name: (name != default, name))


def default_questionnaire(folder: Path) -> str | None:
    """Return what the content folder names as the questionnaire to start with; ``None`` if it names none."""
    try:
        return read_text((folder / DEFAULT).read_bytes(), DEFAULT).strip()
    except FileNotFoundError:
        return None


# Folders of this user


def configuration_folder() -> Path:
    """Return the folder of the configuration. Raise ``NoHome``."""
    from platformdirs import user_config_path

    return _own(user_config_path)


def data_folder() -> Path:
    """Return the folder of the store, if nothing else is configured. Raise ``NoHome``."""
    from platformdirs import user_data_path

    return _own(user_data_path)


def state_folder() -> Path:
    """Return the folder for what the program notes about this machine. Raise ``NoHome``."""
    from platformdirs import user_state_path

    return _own(user_state_path)


def content_cache() -> Path:
    """Return the folder of checked contents; without a home, one that can never exist, so that nothing is cached."""
    from platformdirs import user_cache_path

    try:
        return _own(user_cache_path) / "content"
    except NoHome:
        return Path(os.devnull) / "content"


def _own(folder_of: Callable[[str], Path]) -> Path:
    """Return a folder of this user. Without a home it would begin with ``~`` and be made in the current folder."""
    try:
        folder = folder_of("screener")
    except RuntimeError:
        raise NoHome(_NO_HOME) from None
    if not folder.is_absolute():
        raise NoHome(_NO_HOME)
    return folder


def without_tilde(path: Path) -> Path:
    """Return the path with ``~`` replaced by a home folder. Raise ``NoHome`` if there is none of that name."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise NoHome(f"There is no home folder for {path}. Write the whole path.") from None
