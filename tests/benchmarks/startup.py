"""Row 6: a process that only prints its help; and what is installed for all of them."""

from __future__ import annotations

import functools
import resource
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.benchmarks.measure import Aim, Row, Times, in_turn
from tests.benchmarks.screens import REPOSITORY, screener
from tests.benchmarks.terminal import environment


def help_text(folder: Path, rounds: int) -> Row:
    """The whole process, from its start to its end."""
    surroundings = environment(folder / "home")
    ours = functools.partial(_run, screener("--help"), surroundings)
    peer = functools.partial(_run, [sys.executable, "-c", "pass"], surroundings)
    return Row("screener --help", "python -c pass", *in_turn([ours], [peer], rounds, _cpu_of_children), Aim(3))


def installed(folder: Path) -> list[Row]:
    """The size of the wheel, and how many distributions it brings along."""
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    wheels = list(folder.glob("*.whl"))
    what = "wheel with questions and rules"
    if not wheels:
        return [Row(what, "-", skipped=f"it could not be built: {built.stderr.strip()[-80:]}")]
    size = Times([wheels[0].stat().st_size / 1e6])
    ours, textual = (float(len(_needed(name))) for name in ("screener", "textual"))
    return [
        Row(what, "-", size, unit="MB"),
        Row("distributions installed with it", "those of Textual alone", Times([ours]), Times([textual]), unit=""),
    ]


def _needed(name: str) -> set[str]:
    """Return the distributions that one needs without its extras, and those that these need."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        for written in metadata.requires(waiting.pop()) or []:
            requirement = Requirement(written)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                distribution = canonicalize_name(requirement.name)
                if distribution not in needed:
                    needed.add(distribution)
                    waiting.append(distribution)
    return needed


def _run(command: list[str], surroundings: Mapping[str, str]) -> None:
    subprocess.run(command, env=surroundings, stdout=subprocess.DEVNULL, check=True)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
