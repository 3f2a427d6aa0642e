"""Begin a response in a store as somebody who is not root, and say in one line how that went."""

from __future__ import annotations

import json
import os
import pwd
import sys
import tempfile
from pathlib import Path

from screener.errors import ScreenerError
from screener.store.sqlite import SQLite
from tests.store.making import a_record, a_store


def begin(path: Path) -> None:
    a_store(SQLite(path)).begin(a_record(2))


def main(path: str) -> None:
    with tempfile.TemporaryDirectory() as warm:
        begin(Path(warm) / "responses.db")  # Whatever is imported late may be out of reach for somebody else.
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
    try:
        begin(Path(path))
    except ScreenerError as error:
        print(json.dumps(str(error)))
    else:
        print(json.dumps("kept"))


if __name__ == "__main__":
    main(sys.argv[1])
