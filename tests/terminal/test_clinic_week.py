"""A clinic with a server, on real terminals: what goes wrong in a week loses no answer and silences no alarm."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.store.postgresql import PostgreSQL
from tests.store.freeze import FIXTURES
from tests.store.making import a_clinic
from tests.store.postgres import Server, programs
from tests.terminal.clinic_week import Machine, Member, answers, hears, leaves, sees_to, waiting_references
from tests.terminal.terminal import Terminal

KEYS = json.loads((FIXTURES / "store-1.json").read_text("utf-8"))["keys"]
ALEX, SAM = Member(KEYS["staff"], KEYS["passphrase"]), Member("Sam", "another goose altogether")
KIM = Member("Kim", "nine small brown wrens")
OLD = str(FIXTURES / "backup-1.db")
"""The backup of a clinic of 0.1.0."""


@pytest.fixture
def server() -> Iterator[Server]:
    programs_found = programs()
    if programs_found is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and in CI its tests must run.")
        pytest.skip("PostgreSQL is not installed.")
    server = Server(programs_found)
    yield server
    server.remove()


def machines(folder: Path, store: str, *names: str) -> list[Machine]:
    return [Machine(name, folder / name.replace(" ", "-"), store) for name in names]


def carried_over(admin: Machine) -> None:
    """The clinic of 0.1.0 moves to its server, in the format of now."""
    admin.run("clinic", "restore", OLD)
    admin.run("clinic", "upgrade", "--rehearse", typed=ALEX.typed)
    admin.run("clinic", "upgrade", typed=ALEX.typed)


def finished(admin: Machine) -> int:
    """How many responses the clinic has that are finished."""
    (line,) = [line for line in admin.run("clinic", "show").splitlines() if line.startswith("responses")]
    return int(line.split()[1])


def events(admin: Machine, by: Member) -> list[str]:
    """What happened, from a trail that holds."""
    table = csv.DictReader(io.StringIO(admin.run("clinic", "audit", "--csv", typed=by.typed)))
    return [row["event"] for row in table]


def ends(*kiosks: Terminal) -> None:
    for kiosk in kiosks:
        kiosk.signal(signal.SIGTERM)
        kiosk.ends()


def test_an_urgent_answer_is_heard_though_the_server_was_away_and_the_key_was_exchanged(
    flight: Content, server: Server, tmp_path: Path
) -> None:
    """A day of the week below: the kiosk was switched off with the answer in its outbox."""
    desk, room = machines(tmp_path, server.new_database(), "Desk", "Room 2")
    database = PostgreSQL(desk.store)
    a_clinic(database)
    database.close()
    with ExitStack() as stack:
        kiosk = room.opened("kiosk", stack)
        kiosk.focuses("Begin")
        server.stop()
        answers(kiosk, flight, urgent=True)
        ends(kiosk)
        server.start()
        desk.run("clinic", "keys", "rotate", typed=ALEX.typed)
        console = desk.opened("staff", stack)
        ALEX.unlocks(console)
        kiosk = room.opened("kiosk", stack)
        hears(console)
        assert "Room 2" in console.text
        sees_to(console)
        leaves(console)
        ends(kiosk)
    assert finished(desk) == 1
    assert "alarm rang" in events(desk, ALEX)


@pytest.mark.long
def test_a_week_in_a_clinic(flight: Content, server: Server, tmp_path: Path) -> None:
    """Two kiosks and two consoles. Nobody's answer is lost, and every alarm is heard."""
    store = server.new_database()
    admin, *others = machines(tmp_path, store, "Office", "Desk", "Ward", "Room 1", "Room 2")
    desk, ward, room_1, room_2 = others

    # Monday: the clinic comes from 0.1.0.
    carried_over(admin)
    at_first, heard = finished(admin), 0
    with ExitStack() as stack:
        first, second = room_1.opened("kiosk", stack), room_2.opened("kiosk", stack)
        at_desk, at_ward = desk.opened("staff", stack), ward.opened("staff", stack)
        ALEX.unlocks(at_desk)
        SAM.unlocks(at_ward)
        answers(first, flight)
        answers(second, flight, urgent=True)
        for console in (at_desk, at_ward):
            hears(console)
        sees_to(at_ward)
        at_desk.shows_no("F9: see to it")
        heard += 1

        # Tuesday: the server goes away while somebody answers, and comes back.
        server.stop()
        answers(first, flight, urgent=True)
        at_desk.shows("What is shown may be old.")
        server.start()
        for console in (at_desk, at_ward):
            hears(console)
        sees_to(at_desk)
        at_ward.shows_no("F9: see to it")
        heard += 1

        # Wednesday: a member of staff leaves, and their console closes at once. The clinic's key is exchanged.
        admin.run("clinic", "staff", "revoke", SAM.name, typed=ALEX.typed)
        at_ward.shows("Sam is no longer a member of staff here.")
        admin.run("clinic", "keys", "rotate", "--rehearse", typed=ALEX.typed)
        admin.run("clinic", "keys", "rotate", typed=ALEX.typed)
        at_desk.shows("The clinic's key was exchanged. Unlock once more.")
        ALEX.unlocks(at_desk)
        admin.run("clinic", "staff", "add", KIM.name, typed=(*ALEX.typed, KIM.passphrase, KIM.passphrase))
        KIM.unlocks(at_ward)
        answers(second, flight)

        # Thursday: the server goes away again, and a kiosk is switched off with what it could not send. The paper is
        # lost: there is a new one, and one more exchange of the key, before that kiosk is on again.
        server.stop()
        answers(second, flight, urgent=True)
        ends(second)
        server.start()
        printed = admin.run("clinic", "keys", "renew", typed=ALEX.typed)
        paper = printed.splitlines()[2].strip()
        admin.run("clinic", "keys", "rotate", typed=ALEX.typed)
        for console, member in ((at_desk, ALEX), (at_ward, KIM)):
            console.shows("Unlock once more.")
            member.unlocks(console)
        second = room_2.opened("kiosk", stack)
        for console in (at_desk, at_ward):
            hears(console)
        sees_to(at_ward)
        heard += 1
        assert "opens every response" in admin.run("clinic", "keys", "check", typed=(paper, ""))
        assert finished(admin) == at_first + 5

        # Friday: somebody asks to be erased.
        reference = waiting_references(at_desk)[-1]
        admin.run("clinic", "erase", reference, "--reason", "asked", typed=(*ALEX.typed, reference))
        at_desk.shows_no(reference)
        assert finished(admin) == at_first + 4

        # Saturday: the server is lost, and everything comes back from a backup on another one.
        backup = str(tmp_path / "backup.db")
        admin.run("clinic", "backup", backup)
        for console in (at_desk, at_ward):
            leaves(console)
        ends(first, second)
        server.drop(store)

    store = server.new_database()
    admin, desk, ward, room_1, room_2 = (machine.at(store) for machine in (admin, desk, ward, room_1, room_2))
    admin.run("clinic", "restore", backup)
    with ExitStack() as stack:
        kiosk, at_ward = room_1.opened("kiosk", stack), ward.opened("staff", stack)
        KIM.unlocks(at_ward)
        answers(kiosk, flight, urgent=True)
        hears(at_ward)
        sees_to(at_ward)
        heard += 1
        leaves(at_ward)
        ends(kiosk)

    assert finished(admin) == at_first + 5
    assert "opens every response" in admin.run("clinic", "keys", "check", typed=(paper, *ALEX.typed))
    admin.run("verify", "--audit", typed=ALEX.typed)
    told = events(admin, ALEX)
    # Two consoles heard all but the last of the urgent answers.
    assert told.count("alarm rang") >= 2 * (heard - 1) + 1
    assert told.count("urgent answer seen to") == heard
    for event, times in (("staff revoked", 1), ("response erased", 1), ("clinic key exchanged", 2), ("restored", 2)):
        assert told.count(event) == times, event
