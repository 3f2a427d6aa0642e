"""What a terminal keeps to check door codes by itself: the list that the staff signed, and how many guesses failed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from screener.i18n.gettext import _
from screener.store.base_store import utc_now
from screener.store.database import Database, one
from screener.store.door_code import LIST_NAME, DoorCodes, parse_door_codes
from screener.store.members import MustWait, normalise_name

FREE_GUESSES = 3
"""Refused codes in a row before this terminal makes people wait."""
MOST_GUESSES = 20
"""Refused codes in a row after which only a passphrase opens this terminal."""
_LONGEST_PAUSE = 60
"""Seconds."""


class TerminalDoor:
    """``path`` is the file in the state folder of this terminal; ``signing`` the key with which its clinic signs."""

    def __init__(self, path: Path, signing: bytes, now: Callable[[], float] = lambda: utc_now().timestamp()) -> None:
        self._path = path
        self._signing = signing
        self._now = now
        self._state: dict[str, Any] = {"list": "", "refused": 0, "at": 0.0}
        with suppress(OSError, ValueError, RecursionError):
            state = json.loads(path.read_text("utf-8"))
            if isinstance(state, dict) and state.keys() >= self._state.keys():
                self._state = state

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
        if row and parse_door_codes(row[0], signing).serial > self.codes.serial:
            self._signing = signing
            self._keep(list=bytes(row[0]).decode())

    def admits(self, name: str, typed: str) -> bool:
        """Return whether a member of staff has this code, in about half a second. Raise ``MustWait`` after guesses."""
        self._require_patience()
        code = self.codes.of(normalise_name(name))
        if code and code.is_opened_by(typed):
            self.note_opened()
            return True
        self._keep(refused=self._state["refused"] + 1, at=self._now())
        return False

    def note_opened(self) -> None:
        """Note that staff opened this terminal: earlier guesses do not count any more."""
        if self._state["refused"]:
            self._keep(refused=0, at=0.0)

    def _require_patience(self) -> None:
        refused = self._state["refused"]
        if refused >= MOST_GUESSES:
            raise MustWait(_("Too many codes were wrong here. Only a passphrase opens this terminal now."))
        pause = min(2.0 ** (refused - FREE_GUESSES) * 5, _LONGEST_PAUSE) if refused >= FREE_GUESSES else 0
        waits = self._state["at"] + pause - self._now()
        if 0 < waits <= _LONGEST_PAUSE:
            seconds = int(waits) + 1
            raise MustWait(
                _("This terminal refused several codes in a row. Wait {count} seconds.").format(count=seconds)
            )

    def _keep(self, **changes: Any) -> None:
        """Keep something for the next process; one that may not write there keeps it for itself."""
        self._state |= changes
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = self._path.with_suffix(f".{os.getpid()}")
            fresh.touch(0o600)
            fresh.write_text(json.dumps(self._state), "utf-8")
            fresh.replace(self._path)


def door_file(folder: Path, clinic_key: bytes) -> Path:
    """Return the file of the door of a clinic's terminal, in the state folder."""
    return folder / f"door-{clinic_key.hex()[:16]}.json"
