"""The copies that staff and people saved on this machine: a list beside the store, so that each goes with its response.

A copy goes once the audit trail says that one of its responses was purged or erased, wherever that was done. The list
is in the state folder of the account: file names have references in them, which the store tells nobody without a key.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.store.audit import Event
from screener.store.base_store import BaseStore
from screener.store.database import Rows, one
from screener.store.file_lock import locked

_MISSING = "it is not there; somebody moved or removed it"


@dataclass(frozen=True)
class SavedCopy:
    """One file, and the ids of the responses that are in it."""

    path: Path
    responses: tuple[str, ...]
    saved: datetime.datetime


@dataclass(frozen=True)
class RemovedCopies:
    """The files that were removed, and those that could not be, each with the reason."""

    removed: tuple[Path, ...] = ()
    not_removed: tuple[tuple[Path, str], ...] = ()
    missing: tuple[Path, ...] = ()
    """Those that are not there any more, in a folder that is: somebody moved or removed them."""


def note_copy(store: BaseStore, responses: Sequence[str], path: Path) -> None:
    """Put a file on the list before it is written. Raise ``OSError`` where that fails."""
    if store.identity.copies is None or store.clinic is None:
        return
    line = json.dumps([str(path.absolute()), [*responses], store.now().isoformat()])
    with locked(store.identity.copies) as descriptor:
        os.lseek(descriptor, 0, os.SEEK_END)
        os.write(descriptor, f"{line}\n".encode())


def saved_copies(store: BaseStore) -> list[SavedCopy]:
    """Return the copies on the list, the oldest first."""
    path = store.identity.copies
    try:
        lines = path.read_text("utf-8").splitlines() if path else []
    except (OSError, UnicodeError):
        return []
    return [copy for line in lines if (copy := _copy(line))]


def remove_copies(store: BaseStore) -> RemovedCopies:
    """Remove the files of responses that were purged or erased. What cannot be removed stays on the list."""
    copies = saved_copies(store)
    if store.identity.copies is None or not copies:
        return RemovedCopies()
    with store.database.reading() as rows:
        of_removed_responses = [copy for copy in copies if any(_is_gone(rows, response) for response in copy.responses)]
    reasons = {copy.path: _remove(copy.path) for copy in of_removed_responses}
    removed = tuple(path for path, reason in reasons.items() if not reason)
    forget_copies(store, removed)
    missing = tuple(path for path, reason in reasons.items() if reason == _MISSING)
    not_removed = tuple((path, reason) for path, reason in reasons.items() if reason not in ("", _MISSING))
    return RemovedCopies(removed, not_removed, missing)


def forget_copies(store: BaseStore, paths: Collection[Path]) -> None:
    """Take files off the list, such as missing ones, once somebody was told of them."""
    if store.identity.copies is None or not paths:
        return
    with contextlib.suppress(OSError), locked(store.identity.copies) as descriptor:
        lines = os.read(descriptor, os.fstat(descriptor).st_size).decode("utf-8", "replace").splitlines()
        remaining = [line for line in lines if (copy := _copy(line)) and copy.path not in paths]
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, "".join(f"{line}\n" for line in remaining).encode())


def _is_gone(rows: Rows, response: str) -> bool:
    """Return whether a response was removed for good: one that a restore left out is not, and its copies stay."""
    if one(rows, "SELECT 1 FROM response WHERE id = ?", (response,)):
        return False
    removal = (str(Event.PURGED), str(Event.ERASED))
    return one(rows, "SELECT 1 FROM audit WHERE subject = ? AND event IN (?, ?)", (response, *removal)) is not None


def _remove(path: Path) -> str:
    """Remove a file; return why that was not possible, empty where it was."""
    try:
        if not path.exists() and not path.is_symlink():
            return _MISSING if path.parent.is_dir() else "its folder is not there"
        if path.is_symlink() or not path.is_file():
            return "it is not the file that was saved"
        path.unlink()
    except OSError as error:
        return str(error.strerror)
    return ""


def _copy(line: str) -> SavedCopy | None:
    try:
        path, responses, saved = json.loads(line)
        return SavedCopy(Path(path), tuple(map(str, responses)), datetime.datetime.fromisoformat(saved))
    except (ValueError, TypeError, RecursionError):
        return None
