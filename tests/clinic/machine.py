"""A machine of a clinic: a home of its own, a store that is made quickly, and the real commands on it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from screener.store.clinic_setup import set_up_clinic
from screener.store.crypto import Cost
from screener.store.history import HistoryEntry
from screener.store.open_response import OpenResponse
from screener.store.record import StoredResponse
from screener.store.sqlite import SQLite
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.cli.running import CONTENT, Ran, Server
from tests.store.making import an_identity

QUICK = Cost(64, 1, 1)
"""What a guess at a passphrase costs in tests: next to nothing."""
STAFF, PASSPHRASE = "Alex Reed", "four quiet grey geese"
SENTINELS = ("Quetzalcoatlus", "Tezcatlipoca", "Xochipilli", "K7QP-3MXD", "question_of_questions")
"""A name, an answer, a note, a reference and a question: what only staff may know."""


class Clock:
    """A time that goes on only when a test says so. It begins now, as the commands have the time of the machine."""

    def __init__(self, **before: float) -> None:
        self.now = datetime.datetime.now(datetime.UTC) - datetime.timedelta(**before)

    def __call__(self) -> datetime.datetime:
        return self.now

    def go(self, **by: float) -> None:
        self.now += datetime.timedelta(**by)


@dataclass(frozen=True)
class Machine:
    """``clock`` is that of this process; commands have the machine's."""

    folder: Path
    server: Server
    clock: Clock

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def data(self) -> Path:
        """Where everything is kept."""
        return self.home / ".local" / "share" / "screener"

    @property
    def runtime(self) -> Path:
        """What a restart of the machine empties."""
        return self.folder / "run"

    def screener(
        self, *arguments: str | Path, typed: Sequence[str] = (), slow_to_guess: bool = False, **environment: str | Path
    ) -> Ran:
        """Run a command with lines typed into it. It never ends in a traceback, and repeats nothing that is secret.

        Passphrases that it sets are ``slow_to_guess`` or, as in this process, quick.
        """
        ran = self.server.run(
            "--content",
            CONTENT,
            *arguments,
            folder=self.folder,
            stdin="".join(f"{line}\n" for line in typed),
            umask=0,
            slow_to_guess=slow_to_guess,
            **{"HOME": self.home, "XDG_RUNTIME_DIR": self.runtime, **environment},
        )
        output = ran.stdout + ran.stderr
        assert "Traceback" not in output
        assert "defect" not in output
        for secret in (PASSPHRASE, *SENTINELS):
            assert secret not in output
        return ran

    def staff(self, *arguments: str | Path, typed: Sequence[str] = (), **environment: str | Path) -> Ran:
        """Run a command as a member of staff, who is asked for name and passphrase first."""
        return self.screener(*arguments, typed=(STAFF, PASSPHRASE, *typed), **environment)

    # In this process

    def store(self, file: Path | None = None) -> Store:
        path = file or self.data / "responses.db"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.runtime.mkdir(mode=0o700, exist_ok=True)
        return Store(
            SQLite(path),
            now=self.clock,
            key_folder=self.runtime,
            terminal="desk",
            cost=QUICK,
            identity=an_identity("desk"),
        )

    def clinic(self, retention_days: int = 30) -> tuple[Store, str]:
        """A store that belongs to a clinic, and the clinic's recovery key."""
        store = self.store()
        return store, set_up_clinic(store, "North Clinic", "north", retention_days, STAFF, PASSPHRASE)

    def staff_store(self, store: Store | None = None) -> StaffStore:
        return unlock(store or self.store(), STAFF, PASSPHRASE)

    def days_pass(self, store: Store, days: int) -> None:
        """Time goes on, and somebody comes in every few days."""
        for gone in range(0, days, 6):
            self.clock.go(days=min(6, days - gone))
            self.staff_store(store)


def a_record(at: datetime.datetime) -> StoredResponse:
    """A response with all the sentinels but the note in it."""
    name, answer, _, reference, question = SENTINELS
    history = (HistoryEntry(question, answer, at), HistoryEntry("age", 43, at))
    return StoredResponse(reference, "before-a-flight", "0" * 64, "en-GB", "screen", at, name=name, history=history)


def answered(store: Store, *, finished: bool = True) -> OpenResponse:
    """Somebody answers and finishes, or goes away."""
    open_response = store.begin(a_record(store.now()), b"the questions")
    if finished:
        open_response.finish(replace(a_record(store.now()), finished=store.now()))
    open_response.forget()
    return open_response


def all_bytes(folder: Path) -> bytes:
    """The content and the names of all files below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\n".join(part for path in files for part in (str(path.relative_to(folder)).encode(), path.read_bytes()))


def seen_in(content: bytes, words: Iterable[str] = SENTINELS) -> list[str]:
    """Which of the words can be read in it, in any of the ways in which text is written."""
    lower = content.lower()
    return [word for word in words for written in _written(word.lower()) if written in lower]


def _written(word: str) -> tuple[bytes, ...]:
    return word.encode(), word.encode("utf-16-le"), word.encode().hex().encode()
