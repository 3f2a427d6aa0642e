"""Whether a folder can hold a store: only the account that writes it may look into it."""

from __future__ import annotations

import os
from pathlib import Path

from screener.errors import ScreenerError
from screener.i18n.gettext import _

_OTHERS = 0o077
_SHARED = 0o7022
"""Marks of a folder that several accounts write in on purpose."""


def require_private(path: Path) -> None:
    """Raise ``ScreenerError`` if another account owns the folder of a store, or may look into it.

    A folder that is shared on purpose, such as ``/tmp``, is never to be closed to others for the sake of a store.
    """
    if os.name != "posix":
        return
    folder = path.parent
    status = folder.stat()
    if os.geteuid() not in (0, status.st_uid) and not status.st_mode & _OTHERS:
        owned = _(
            "{folder} belongs to another account. A store in a file is for one account: use that account, another "
            "folder, or a store in PostgreSQL."
        )
        raise ScreenerError(owned.format(folder=folder))
    if not status.st_mode & _OTHERS:
        return
    if status.st_uid == os.geteuid() and not status.st_mode & _SHARED and _holds_nothing_else(path):
        raise ScreenerError(_("Others can look into {folder}. Run: chmod 700 {folder}").format(folder=folder))
    others = _("Others can look into {folder}. Use a folder only for the store, such as {own}.")
    raise ScreenerError(others.format(folder=folder, own=folder / "screener"))


def _holds_nothing_else(path: Path) -> bool:
    return all(entry.name.startswith(path.name) for entry in path.parent.iterdir())
