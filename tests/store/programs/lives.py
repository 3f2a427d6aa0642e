"""A terminal, from the first answer to the last, one step for each line that it is told."""

from __future__ import annotations

import json
import sys

from screener.store.connect import open_database
from screener.store.session_key import session_key_folder
from tests.store.making import a_secret_record, a_store, unlocked


def main(location: str) -> None:
    store = a_store(open_database(location), session_key_folder())
    for answers, step in enumerate(sys.stdin, 1):
        match step.strip():
            case "begin":
                open_response = store.begin(a_secret_record(answers))
                print(
                    json.dumps(
                        {"id": open_response.id, "key": open_response.key.hex(), "code": open_response.return_code()}
                    ),
                    flush=True,
                )
            case "save":
                open_response.save(a_secret_record(answers))
                print("saved", flush=True)
            case "finish":
                open_response.finish(a_secret_record(answers))
                staff_store = unlocked(store)
                staff_store.annotate(open_response.id, "note", a_secret_record(1).name or "")
                staff_store.read(open_response.id)
                print("finished", flush=True)
            case "close":
                store.database.close()
                print("closed", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
