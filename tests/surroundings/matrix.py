"""Start every command in every surrounding, and judge how it ends: ``python -m tests.surroundings.matrix``.

Prints one line of JSON for each cell. ``in_namespace`` is the command that starts it where it may mount.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from screener import exit_codes
from tests.surroundings.commands import COMMANDS, Command
from tests.surroundings.machine import OUTER_NAMESPACE, Machine, Start, mount_namespace, scratch_folder
from tests.surroundings.places import SURROUNDINGS, Surrounding
from tests.surroundings.running import Ended, in_pipes, on_terminal

DOCUMENTED = frozenset(
    {
        exit_codes.OK,
        exit_codes.MISTAKE,
        exit_codes.LEFT,
        exit_codes.BROKEN,
        exit_codes.SIGNAL + signal.SIGTERM,
    }
)
"""The codes with which a command may end here."""
_CRASHES = ("Traceback", "a defect in the program", "Exception ignored", "fault in it", "Error:")


@dataclass(frozen=True)
class Cell:
    """How a command ended; ``problems`` is empty where that is right."""

    command: str
    surrounding: str
    code: int | None
    last_line: str
    problems: tuple[str, ...]


def cells(*, sample: bool, only: str = "") -> Iterator[Cell]:
    """Start the commands; of a sample, every sixth surrounding with one of them."""
    with scratch_folder() as folder:
        machine = Machine(folder)
        for row, surrounding in enumerate(SURROUNDINGS):
            for column, command in enumerate(COMMANDS):
                chosen = not sample or (row % 6 == 0 and (column - row * 5) % len(COMMANDS) == 0)
                if not chosen or only not in f"{command.name} | {surrounding.name}":
                    continue
                if cell := _cell(machine, command, surrounding):
                    yield cell


def _cell(machine: Machine, command: Command, surrounding: Surrounding) -> Cell | None:
    """Start one command in one surrounding; return ``None`` where this machine cannot have it."""
    start = machine.new_start()
    if command.own_machine:
        shutil.rmtree(start.data)
        start.data.mkdir(mode=0o700)
    surrounding.before(start)
    machine.give_to_account(start)
    if surrounding.after(machine, start) is False:
        return None
    content = ["--content", str(start.content)] if command.content else []
    words = [*machine.python, "-m", "screener", *content, *command.arguments(start)]
    run = on_terminal if command.on_terminal else in_pipes
    ended = run(machine, words, start, command.typed)
    lines = [line.strip() for line in ended.message.splitlines() if line.strip()]
    last = lines[-1][:200] if lines else ""
    return Cell(command.name, surrounding.name, ended.code, last, tuple(_problems(command, start, ended, lines)))


def _problems(command: Command, start: Start, ended: Ended, lines: list[str]) -> Iterator[str]:
    if ended.code is None:
        yield "hangs"
        return
    if ended.code not in DOCUMENTED:
        yield f"ends with {ended.code}"
    for word in _CRASHES:
        if word in ended.output + ended.message:
            yield f'says "{word}"'
    if re.search(r"chmod \d+ (/tmp|/var/tmp|/home)\s*$", ended.message):
        yield "wants to close a shared folder"
    if ended.code != exit_codes.MISTAKE or 2 in start.closed | start.full:
        return
    if not lines:
        if not command.name.startswith("doctor"):  # What is wrong is its output.
            yield "says nothing"
        return
    if not re.search(r"[.?!'\"]$|chmod 700 \S+$|: screener [a-z ]+$", lines[-1]):
        yield "says no sentence"
    if command.name.startswith("doctor"):
        return
    shown = command.on_terminal or command.name.startswith("start")
    if len(lines) > 1 and not shown and not all(line.startswith(("questions/", "rules/")) for line in lines):
        yield "says more than one sentence"


def in_namespace(*arguments: str) -> tuple[list[str], dict[str, str]]:
    """Return the command that starts this module, and its environment; where possible it may mount."""
    own = [sys.executable, "-m", "tests.surroundings.matrix", *arguments]
    unshare = ["unshare", "--mount", "--propagation", "private"]
    if shutil.which("unshare") and subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode == 0:
        return [*unshare, *own], {**os.environ, OUTER_NAMESPACE: mount_namespace()}
    return own, {**os.environ}


def main(arguments: list[str]) -> None:
    os.umask(0o022)  # The process that starts this may be one in which the program ran.
    only = next((argument for argument in arguments if not argument.startswith("--")), "")
    for cell in cells(sample="--sample" in arguments, only=only):
        print(json.dumps(asdict(cell)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
