"""Keep responses while files may not grow beyond a size, again and again with a little more, and say what went wrong.

The system refuses the write in the middle, as on a disk that runs full; then there is room again.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from screener.store.database import NotSaved
from screener.store.sqlite import SQLite
from tests.store.making import a_clinic, a_record, unlocked

STEP = 1500
"""Bytes; no two limits are on the same place of a page."""


def main(path: str) -> None:
    faults: list[str] = []
    refused = 0
    database = SQLite(Path(path))
    store, _ = a_clinic(database)
    limit = 0
    while True:
        open_response = store.begin(a_record(1))
        database.shrink()
        failures = 0
        limit += STEP
        for answers in range(2, 8):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            try:
                open_response.save(a_record(answers))
            except NotSaved as error:
                failures += 1
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                if len(open_response.read().history) not in (answers - 1, answers):
                    faults.append(f"{limit}: an earlier answer is gone after {error}")
                open_response.save(a_record(answers))
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            if len(open_response.read().history) != answers:
                faults.append(f"{limit}: answer {answers} is not kept")
        refused += failures
        if not failures:
            break
    if database.all("PRAGMA integrity_check") != [("ok",)]:
        faults.append("the file is damaged")
    unlocked(store).check_audit()
    print(json.dumps({"faults": faults, "refused": refused, "limit": limit}))


if __name__ == "__main__":
    main(sys.argv[1])
