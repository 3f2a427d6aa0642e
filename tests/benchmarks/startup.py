"""Row 6: a process that only prints its help."""

from __future__ import annotations

import functools
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.measure import Aim, Row, in_turn
from tests.benchmarks.screens import screener
from tests.benchmarks.terminal import environment


def help_text(folder: Path, rounds: int) -> Row:
    """The whole process, from its start to its end."""
    surroundings = environment(folder / "home")
    ours = functools.partial(_run, screener("--help"), surroundings)
    peer = functools.partial(_run, [sys.executable, "-c", "pass"], surroundings)
    return Row("screener --help", "python -c pass", *in_turn([ours], [peer], rounds, _cpu_of_children), Aim(3))


def _run(command: list[str], surroundings: Mapping[str, str]) -> None:
    subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, check=True)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
