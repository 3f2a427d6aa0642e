"""A power cut at any moment loses nothing that was acknowledged. SQLite; PostgreSQL has its own server for that."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

import apsw
import pytest

from screener.errors import ScreenerError
from screener.store.open_response import OpenResponse
from screener.store.response_row import read_response
from screener.store.sqlite import PRAGMAS
from screener.store.store import Store
from tests.store.disk import Disk, OnDisk, PowerCut
from tests.store.making import a_clinic, a_record, a_store, unlocked

SEEDS = 300
PATH = "responses.db"


@pytest.mark.parametrize("start", range(0, SEEDS, 50))
def test_a_power_cut_loses_nothing_that_was_acknowledged(start: int) -> None:
    """Three hundred cuts at any write: what was acknowledged is there, the file is sound, and the trail holds."""
    acknowledged = 0
    for seed in range(start, start + 50):
        run = Run(seed)
        acknowledged += len(run.acknowledged)
        assert run.faults() == [], f"seed {seed}"
    assert acknowledged > 50, "hardly anything was acknowledged before the cuts"


def test_the_simulated_disk_does_lose_what_was_not_synced() -> None:
    """Where a commit does not wait for the disk, acknowledged answers are lost: the test above can fail."""
    weaker = [(name, 1 if name == "synchronous" else value) for name, value in PRAGMAS]
    assert sum(len(Run(seed, weaker).faults()) for seed in range(50)) > 20


def test_answers_are_lost_where_nobody_asks_sqlite_for_safety() -> None:
    """Without its line among the settings, the weakest build of SQLite decides."""
    without = [(name, value) for name, value in PRAGMAS if name != "synchronous"]
    assert sum(len(Run(seed, without).faults()) for seed in range(50)) > 20


class Run:
    """One life of a terminal on a disk of a clinic, up to a power cut at a random step, and what is there after it."""

    def __init__(self, seed: int, settings: Sequence[tuple[str, object]] = PRAGMAS) -> None:
        self.chance = random.Random(seed)
        self.acknowledged: dict[str, tuple[bytes, int]] = {}
        self.disk = Disk(founded())
        self.disk.chance = self.chance
        self.disk.cut_at = self.chance.randrange(1, 250)
        with suppress(PowerCut):
            self._live(settings)

    def _live(self, settings: Sequence[tuple[str, object]]) -> None:
        database = OnDisk(PATH, self.disk, settings)
        # The log is moved into the file now and then, or as often as can be.
        database.connection.wal_autocheckpoint(self.chance.choice((1000, 20, 4)))
        store = a_store(database)
        while True:
            open_response = store.begin(a_record(0))
            key = open_response.key
            self._done(open_response, key, 0)
            for answers in range(1, self.chance.randrange(2, 12)):
                open_response.save(a_record(answers))
                self._done(open_response, key, answers)
            open_response.finish(a_record(20))
            self._done(open_response, key, 20)

    def _done(self, open_response: OpenResponse, key: bytes, answers: int) -> None:
        if self.disk.survived is not None:
            raise PowerCut  # The machine went off before anybody could be told.
        self.acknowledged[open_response.id] = key, answers

    def faults(self) -> list[str]:
        """What was acknowledged and is not there, and whatever else is wrong, when the machine is on again."""
        assert self.disk.survived is not None
        try:
            database = OnDisk(PATH, Disk(self.disk.survived))
            faults = [
                f"integrity: {complaint}"
                for (complaint,) in database.all("PRAGMA integrity_check")
                if complaint != "ok"
            ]
            store = a_store(database)
            for identity, (key, acknowledged) in self.acknowledged.items():
                if _answers(store, identity, key) < acknowledged:
                    faults.append(f"lost: {identity}")
            unlocked(store).check_audit()
            goes_on = store.begin(a_record(1))
            goes_on.save(a_record(2))
        except (ScreenerError, apsw.Error) as error:
            return [str(error)]
        return faults


def _answers(store: Store, identity: str, key: bytes) -> int:
    """How many answers of a response are kept; below 0 where there is no such response."""
    with store.database.reading() as rows, suppress(LookupError):
        return len(read_response(rows, identity, key).history)
    return -1


@cache
def founded() -> dict[str, bytes]:
    """The files of a clinic's store in which there is no response yet."""
    disk = Disk()
    store, _ = a_clinic(OnDisk(PATH, disk))
    store.database.close()
    return {name: bytes(file.now) for name, file in disk.files.items()}
