"""Run commands in separate processes, without the environment of this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "tests" / "fixtures"


class Ran(NamedTuple):
    """The result of a command; a negative code is the signal that killed it."""

    returncode: int
    stdout: str
    stderr: str


Screener = Callable[..., Ran]


class Server:
    """Starts each command as a fork of a process that has imported what commands need, and nothing else."""

    def __init__(self, process: subprocess.Popen[str], home: Path) -> None:
        self.process = process
        self.home = home

    def run(
        self,
        *arguments: str | Path,
        folder: Path,
        stdin: str = "",
        umask: int = 0o022,
        confined: bool = False,
        slow_to_guess: bool = False,
        **environment: str | Path,
    ) -> Ran:
        task = {
            "arguments": [str(argument) for argument in arguments],
            "folder": str(folder),
            "stdin": stdin,
            "umask": umask,
            "confined": confined,
            "slow_to_guess": slow_to_guess,
            "environment": bare_environment(self.home) | {name: str(value) for name, value in environment.items()},
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(task), file=self.process.stdin, flush=True)
        return Ran(*json.loads(self.process.stdout.readline()))


def bare_environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home)}


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cli.server"],
        cwd=ROOT,
        env=bare_environment(home),
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield Server(process, home)
        assert process.stdin is not None
        process.stdin.close()
