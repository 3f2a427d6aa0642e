"""Kill a terminal that forwards its outbox to a server, again and again; at the end look whether anything is lost.

The terminal says on a pipe what was shown as saved; what it said before the kill counts.
"""

from __future__ import annotations

import json
import os
import random
import sys

from screener.session.forwarder import Forwarder
from screener.store.audit import Event
from screener.store.connect import open_database
from screener.store.outbox import forward, open_outbox, outbox_path
from screener.store.sqlite import SQLite
from tests.store.making import QUICK, a_record, a_store, is_empty, unlocked
from tests.store.programs.killing import killed

ANSWERS = 5


def write(location: str, pipe: int) -> None:
    """Answer one response after the other, and say each answer that is saved."""
    outbox = open_outbox(location, "kiosk")
    assert outbox
    outbox.cost = QUICK
    forwarder = Forwarder(location, "kiosk")
    while True:
        response = outbox.begin(a_record(0), b"packed")
        for answers in range(1, ANSWERS):
            response.save(a_record(answers))
            os.write(pipe, f"{response.id} {answers}\n".encode())
            forwarder.delivery()
        response.finish(a_record(ANSWERS))
        os.write(pipe, f"{response.id} {ANSWERS}\n".encode())
        forwarder.delivery()


def main(location: str, kills: int) -> None:
    chance = random.Random(kills)
    saved: dict[str, int] = {}
    for _ in range(kills):
        lines = killed(write, location, chance, 4 * ANSWERS)
        saved |= {identity: int(answers) for identity, answers in map(str.split, lines)}
    clinic, outbox = a_store(open_database(location)), SQLite(outbox_path(location))
    forward(outbox, clinic)
    staff_store = unlocked(clinic)
    lost = []
    for identity, answers in saved.items():
        present = len(staff_store.read(identity).history)
        if not answers <= present <= answers + 1:
            lost.append(f"{answers} were saved, and {present} are there")
    trail = [(row.subject, row.event) for row in staff_store.check_audit() if row.event != Event.VIEWED]
    responses = [(subject, event) for subject, event in trail if event in (Event.OPENED, Event.FINISHED)]
    twice = len(responses) - len(set(responses))
    print(json.dumps({"kills": kills, "saved": len(saved), "lost": lost, "twice": twice, "empty": is_empty(outbox)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
