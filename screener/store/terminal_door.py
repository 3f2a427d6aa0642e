"""What a terminal keeps to check door codes by itself: the list that the staff signed, and how many guesses failed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from screener.i18n.gettext import _
from screener.store.base_store import utc_now
from screener.store.database import Database, one
from screener.store.door_code import LIST_NAME, DoorCodes, parse_door_codes
from screener.store.file_lock import locked
from screener.store.members import MustWait, normalise_name
from screener.store.patience import seconds_to_wait

MOST_GUESSES = 20
"""Refused codes in a row after which only a passphrase opens this terminal."""


class TerminalDoor:
    """``path`` is the file in the state folder of this terminal; ``signing`` the key with which its clinic signs.

    Several programs of a terminal have a door at once, such as a kiosk and the process of a person. The file is what
    counts for all of them.
    """

    def __init__(self, path: Path, signing: bytes, now: Callable[[], float] = lambda: utc_now().timestamp()) -> None:
        self._path = path
        self._signing = signing
        self._now = now
        self._state: dict[str, Any] = {"list": "", "refused": 0, "at": 0.0}
        self._may_write = True
        self._read()

    @property
    def codes(self) -> DoorCodes:
        """Return the codes that this terminal knows."""
        return parse_door_codes(str(self._state["list"]).encode(), self._signing)

    def learn(self, database: Database, signing: bytes = b"") -> None:
        """Take over the list of a store, unless it is older than the one that this terminal knows.

        ``signing`` is the key with which the clinic signs now, where that may have been exchanged.
        """
        with database.reading() as rows:
            row = one(rows, "SELECT value FROM meta WHERE name = ?", (LIST_NAME,))
        signing = signing or self._signing
        with self._alone():
            if row and parse_door_codes(row[0], signing).serial > self.codes.serial:
                self._signing = signing
                self._keep(list=bytes(row[0]).decode())

    def admits(self, name: str, typed: str) -> bool:
        """Return whether a member of staff has this code, in about half a second. Raise ``MustWait`` after guesses."""
        with self._alone():
            self._require_patience()
            # It counts before it is compared: other programs compare meanwhile, and this one may be ended.
            self._keep(refused=self._state["refused"] + 1, at=self._now())
        code = self.codes.of(normalise_name(name))
        if code and code.is_opened_by(typed):
            self.note_opened()
            return True
        return False

    def note_opened(self) -> None:
        """Note that staff opened this terminal: earlier guesses do not count any more."""
        with self._alone():
            if self._state["refused"]:
                self._keep(refused=0, at=0.0)

    def _require_patience(self) -> None:
        refused = self._state["refused"]
        if refused >= MOST_GUESSES:
            raise MustWait(_("Too many codes were wrong here. Only a passphrase opens this terminal now."))
        if seconds := seconds_to_wait(refused, self._state["at"], self._now()):
            refusal = _("This terminal refused several codes in a row. Wait {count} seconds.")
            raise MustWait(refusal.format(count=seconds))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Take the state as other programs of this terminal left it, and let none of them write it meanwhile."""
        with ExitStack() as stack:
            with suppress(OSError):
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                stack.enter_context(locked(self._path.with_suffix(".lock")))
            if self._may_write:
                self._read()
            yield

    def _read(self) -> None:
        with suppress(OSError, ValueError, RecursionError):
            state = json.loads(self._path.read_text("utf-8"))
            if isinstance(state, dict) and state.keys() >= self._state.keys():
                self._state = state

    def _keep(self, **changes: Any) -> None:
        """Keep something for every process, also after a power cut; one that may not write keeps it for itself."""
        self._state |= changes
        try:
            fresh = self._path.with_suffix(f".{os.getpid()}")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                os.write(descriptor, json.dumps(self._state).encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            fresh.replace(self._path)
            self._may_write = True
        except OSError:
            self._may_write = False


def door_file(folder: Path, clinic_key: bytes) -> Path:
    """Return the file of the door of a clinic's terminal, in the state folder."""
    return folder / f"door-{clinic_key.hex()[:16]}.json"
