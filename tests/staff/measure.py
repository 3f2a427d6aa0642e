"""How quick the lists are with many responses and people: ``python -m tests.staff.measure``. It asserts nothing."""

from __future__ import annotations

import asyncio
import datetime
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from textual import events

from screener.staff.people_list import PeopleList, listed_person
from screener.staff.worklist import Worklist
from screener.store.annotation import Annotation
from screener.store.appointment_code import OpenedTicket
from screener.store.database import Rows
from screener.store.link import PersonLink, link_text
from screener.store.list_entry import ListEntry
from screener.store.open_response import OpenResponse
from screener.store.person import Appointment, Person
from screener.store.response_list import Changed, ResponseListItem
from screener.store.response_row import COMPLETED, IN_PROGRESS, day
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from tests.staff.clinic import ACUTE, CALM, NOON, PASSPHRASE, STAFF, Clinic
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


def measure_people(count: int, responses: int) -> None:
    """Print how long the list by person takes, half of whose responses came with a code and half were linked."""
    now, worklist = NOON, Worklist()
    people, items = {}, list[ResponseListItem]()
    for number in range(count):
        identity, appointments = f"{number:032x}", list[Appointment]()
        for week in range(responses):
            began = now - datetime.timedelta(weeks=responses - week)
            made = began - datetime.timedelta(days=30)
            appointments.append(Appointment(f"{number:016x}{week:016x}", "q", began.date(), None, STAFF, made))
            ticket = OpenedTicket(identity, appointments[-1].id) if week % 2 else None
            linked = Annotation("linked", STAFF, began, link_text(PersonLink(identity, "name")))
            entry = ListEntry(f"{number:04}-{week:04}", "q", None, began, began, began, ())
            notes = () if ticket else (linked,)
            items.append(ResponseListItem(f"{week:016x}{number:016x}", b"1", True, entry, notes, ticket))
        name = f"{NAMES[number % len(NAMES)]} {number}"
        people[identity] = Person(identity, name, f"R-{number}", 1980, "", tuple(appointments))
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        (
            "take over all responses, under their names",
            lambda: worklist.apply(Changed(tuple(items), frozenset()), people),
        ),
        ("the list by person", lambda: PeopleList(people.values(), worklist, now)),
        ("the list by person once more, a moment later", lambda: PeopleList(people.values(), worklist, now, first)),
        ("the list by person, searched", lambda: PeopleList(people.values(), worklist, now).matching("ana 77")),
        ("one person", lambda: listed_person(people[f"{0:032x}"], worklist, now)),
    )
    worklist.apply(Changed(tuple(items), frozenset()), people)
    first = PeopleList(people.values(), worklist, now)
    sys.stdout.write(f"{count} people with {responses} responses each\n")
    for what, step in steps:
        start = time.perf_counter()
        step()
        say(what, [1000 * (time.perf_counter() - start)])


if __name__ == "__main__":
    measure_people(1000, 20)
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
