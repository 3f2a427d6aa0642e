"""Kill a terminal in the middle of its writing, again and again, and look each time whether anything is lost.

The terminal says on a pipe what it was told is kept; what it was told before the kill counts.
"""

from __future__ import annotations

import json
import os
import random
import sys

from screener.errors import ScreenerError
from screener.store.connect import open_database
from screener.store.response_row import read_response
from tests.store.making import a_record, a_store, unlocked
from tests.store.programs.killing import killed

ANSWERS = 5
CHECKED_EVERY = 25
"""Kills after which the whole store is checked, besides what was just written."""


def write(location: str, pipe: int) -> None:
    """Until the end: one response after the other, with a word for each save."""
    store = a_store(open_database(location))
    while True:
        open_response = store.begin(a_record(0))
        key = open_response.key.hex()
        os.write(pipe, f"{open_response.id} {key} 0\n".encode())
        for answers in range(1, ANSWERS):
            open_response.save(a_record(answers))
            os.write(pipe, f"{open_response.id} {key} {answers}\n".encode())
        open_response.finish(a_record(ANSWERS))
        os.write(pipe, f"{open_response.id} {key} {ANSWERS}\n".encode())


def faults(location: str, lines: list[str], *, everything: bool) -> list[str]:
    acknowledged: dict[str, tuple[bytes, int]] = {}
    for identity, key, answers in map(str.split, lines):
        acknowledged[identity] = bytes.fromhex(key), int(answers)
    database = open_database(location)
    problems = []
    try:
        with database.reading() as rows:
            for identity, (key, answers) in acknowledged.items():
                present = len(read_response(rows, identity, key).history)
                if not answers <= present <= answers + 1:
                    problems.append(f"{answers} answers were acknowledged, and {present} are there")
            if not location.startswith("postgresql:"):
                problems += [complaint for (complaint,) in rows.all("PRAGMA quick_check") if complaint != "ok"]
        if everything:
            unlocked(a_store(database)).check_audit()
    except (ScreenerError, LookupError) as error:
        problems.append(repr(error))
    finally:
        database.close()
    return problems


def main(location: str, kills: int) -> None:
    chance = random.Random(kills)
    acknowledged, wrong = (
        0,
        faults(location, [], everything=True),
    )  # Whatever is imported late is there for all children now.
    for number in range(1, kills + 1):
        lines = killed(write, location, chance, 3 * ANSWERS)
        acknowledged += len(lines)
        wrong += faults(location, lines, everything=number % CHECKED_EVERY == 0)
    print(json.dumps({"kills": kills, "acknowledged": acknowledged, "faults": wrong}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
