"""Run commands of ``screener`` in forked processes, so that a hundred of them need not start Python each time.

Each line on stdin is a task in JSON; each line on stdout is a JSON list of exit code, stdout and stderr. A negative
code is the signal that killed the process.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import resource
import sys
import tempfile
from typing import Any

from screener.check.schema import SCHEMAS
from screener.cli.main import run
from screener.content.validate import adapter
from screener.store import base_store
from screener.store.crypto import Cost

MEMORY = 512 * 1024 * 1024
SECONDS = 10


def become(task: dict[str, Any], streams: list[int]) -> None:
    """Become the command, as if it had been started in this folder with this environment; never return."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), "utf-8")
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8")
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", "backslashreplace")
    os.chdir(task["folder"])
    os.umask(task["umask"])
    os.environ.clear()
    os.environ.update(task["environment"])
    if not task["slow_to_guess"]:  # A passphrase takes a guesser no time; what it costs elsewhere has its own tests.
        base_store.USUAL_COST = Cost(64, 1, 1)
    if task["confined"]:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    code: Any = 99
    try:
        code = run(task["arguments"])
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code or 0)


def main() -> None:
    for command in ("check", "completion", "doctor", "explain", "list", "paths", "schema", "summarise", "verify"):
        importlib.import_module(f"screener.cli.{command}")
    for command in ("audit", "backup", "init", "keys", "leave", "purge", "show", "staff"):
        importlib.import_module(f"screener.cli.clinic.{command}")
    for model in SCHEMAS.values():
        adapter(model)
    for line in sys.stdin:
        task = json.loads(line)
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as talk:
            given.write(task["stdin"].encode())
            given.seek(0)
            child = os.fork()
            if child == 0:
                become(task, [given.fileno(), out.fileno(), talk.fileno()])
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            said = [os.pread(file.fileno(), 10_000_000, 0).decode("utf-8", "backslashreplace") for file in (out, talk)]
        print(json.dumps([code, *said]), flush=True)


if __name__ == "__main__":
    main()
