"""Terminals that all write at once, each its own responses, and what became of it."""

from __future__ import annotations

import json
import os
import sys

from screener.errors import ScreenerError
from screener.store.connect import open_database
from screener.store.crypto import new_key, new_pair, seal, seal_to
from tests.store.making import a_record, a_store

RESPONSES, ANSWERS = 4, 6


def write(location: str, go: int, pipe: int, number: int) -> None:
    store = a_store(open_database(location), terminal=f"terminal {number}")
    os.write(pipe, b"r\n")
    os.read(go, 1)
    refused: list[str] = []
    for _ in range(RESPONSES):
        try:
            open_response = store.begin(a_record(0))
            for answers in range(1, ANSWERS):
                open_response.save(a_record(answers))
            open_response.finish(a_record(ANSWERS))
        except ScreenerError as error:
            refused.append(str(error))
    os.write(pipe, (json.dumps(refused) + "\n").encode())


def main(location: str, terminals: int) -> None:
    seal_to(new_pair()[1], seal(b"", new_key(), b""), b"")  # Imported late, and here once for all children.
    go, begin = os.pipe()
    reading, pipe = os.pipe()
    children = []
    for number in range(terminals):
        children.append(os.fork())
        if children[-1] == 0:
            try:
                write(location, go, pipe, number)
            finally:
                os._exit(0)
    os.close(pipe)
    with os.fdopen(reading) as lines:
        for _ in children:
            lines.readline()
        os.write(begin, bytes(terminals))  # All have the store open: now they may.
        refused = [sentence for line in lines for sentence in json.loads(line)]
    for child in children:
        os.waitpid(child, 0)
    print(json.dumps({"refused": refused}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
