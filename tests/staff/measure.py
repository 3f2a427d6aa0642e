"""How quick the list is with ten thousand responses: ``python -m tests.staff.measure``. It asserts nothing."""

from __future__ import annotations

import asyncio
import datetime
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from textual import events

from screener.store.database import Rows
from screener.store.open_response import OpenResponse
from screener.store.response_row import COMPLETED, IN_PROGRESS, day
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from tests.staff.clinic import ACUTE, CALM, PASSPHRASE, STAFF, Clinic
from tests.staff.console import Console, console

NAMES = ("Ana", "José", "Müller", "O'Neill", "Łukasz", "Zoë", "Nikos", "Priya", "Wei", "Fatima")


def fill(clinic: Clinic, count: int) -> None:
    """Put many responses into the store, in one transaction."""
    store, chosen = clinic.store(), random.Random(1)
    with store.database.writing() as rows:
        for number in range(count):
            urgent, finished = number % 500 == 7, number % 10 < 9
            clinic.clock.go_on(minutes=-1)
            _put(store, rows, clinic, f"{number:04}-{number % 97:04}", chosen, urgent, finished)
    clinic.clock.go_on(days=8)
    staff_store = clinic.staff_store()
    with store.database.reading() as rows:
        done = [name for (name,) in rows.all("SELECT id FROM response WHERE state = ? LIMIT 200", (COMPLETED,))]
    _read(staff_store, done)


def _put(
    store: Store, rows: Rows, clinic: Clinic, reference: str, chosen: random.Random, urgent: bool, finished: bool
) -> None:
    name = f"{chosen.choice(NAMES)} {chosen.choice(NAMES)}"
    record = clinic.record(reference, ACUTE if urgent else CALM, name=name, finished=finished)
    key, identity = chosen.randbytes(32), chosen.randbytes(16).hex()
    open_response = OpenResponse(store, identity, key, chosen.randbytes(8))
    assert store.clinic
    rows.run(
        "INSERT INTO response (id, day, state, version, keys, label, snapshot) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(identity, day(clinic.clock()), COMPLETED if finished else IN_PROGRESS, open_response.version),
            *(store.clinic.sealed(key, identity), *open_response.sealed(record, open_response.version)),
        ),
    )


def _read(staff_store: StaffStore, done: list[str]) -> None:
    for identity in done:
        staff_store.annotate(identity, "read")


async def key_to_paint(staff: Console, keys: list[str]) -> list[float]:
    """Milliseconds from each key to the screen with its effect, nothing else being under way."""
    times = []
    for key in keys:
        start = time.perf_counter()
        staff.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await staff.settle()
        staff.app.screen._compositor.render_strips()
        times.append(1000 * (time.perf_counter() - start))
    return times


def say(measurement: str, times: list[float]) -> None:
    ordered = sorted(times)
    worst = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    sys.stdout.write(f"{measurement:<52} median {statistics.median(ordered):8.1f} ms   p99 {worst:8.1f} ms\n")


async def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clinic = Clinic(Path(folder) / "clinic")
        fill(clinic, count)
        sys.stdout.write(f"{count} responses, {datetime.date.today()}\n")
        async with console(clinic, size=(80, 24), locked=True) as staff:
            start = time.perf_counter()
            await staff.app.staff_session.unlock(STAFF, PASSPHRASE)
            say("unlock and read every label (quick Argon2id)", [1000 * (time.perf_counter() - start)])
            staff.app.enter()
            await staff.settle()
            say("arrow down", await key_to_paint(staff, ["down"] * 100))
            say("page down", await key_to_paint(staff, ["pagedown"] * 100))
            say("to the end and back", await key_to_paint(staff, ["end", "home"] * 20))
            say("a letter typed into the search", await key_to_paint(staff, [*"jose mul", *["backspace"] * 8] * 5))
            looks = []
            for _ in range(20):
                start = time.perf_counter()
                await staff.app.look()
                looks.append(1000 * (time.perf_counter() - start))
            say("a look at the store, nothing new", looks)
            looks = []
            for number in range(20):
                clinic.answers(f"9999-{number:04}", CALM)
                start = time.perf_counter()
                await staff.app.look()
                await staff.settle()
                looks.append(1000 * (time.perf_counter() - start))
            say("a look at the store, one new response, painted", looks)


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
