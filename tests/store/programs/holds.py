"""A terminal with a response open, for as long as its input is; then it leaves, or ends without a word."""

from __future__ import annotations

import sys
from pathlib import Path

from screener.store.connect import open_database
from tests.store.making import a_record, a_store, an_urgent_record


def main(location: str, place: str, urgent: str) -> None:
    store = a_store(open_database(location), Path(place))
    open_response = store.begin(a_record(1))
    open_response.save(an_urgent_record(2) if urgent == "urgent" else a_record(2))
    print(open_response.id, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
