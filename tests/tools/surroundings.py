"""Print how every command ends in hostile surroundings: ``python -m tests.tools.surroundings [--sample] [TEXT]``.

One row for each surrounding, one column for each command; TEXT chooses the cells with this text in "command |
surrounding". Ends with 1 where a cell is not right.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from typing import Any

from tests.surroundings.commands import COMMANDS
from tests.surroundings.machine import ROOT
from tests.surroundings.matrix import in_namespace


def main(arguments: list[str]) -> int:
    """Print the table as it grows, then what is not right; return the exit code."""
    names = [command.name for command in COMMANDS]
    for number, name in enumerate(names):
        print(f"{number:>3}  {name}")
    print("\n" + " " * 42 + "".join(f"{number:>4}" for number in range(len(names))))
    command, environment = in_namespace(*arguments)
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    wrong: list[dict[str, Any]] = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            cell = json.loads(line)
            if rows and cell["surrounding"] not in rows:
                print(_row(rows, names), flush=True)
            rows[cell["surrounding"]][cell["command"]] = f"{cell['code']}{'!' if cell['problems'] else ''}"
            wrong += [cell] if cell["problems"] else []
    if rows:
        print(_row(rows, names))
    for cell in wrong:
        print(f"! {cell['command']} | {cell['surrounding']}: {', '.join(cell['problems'])}. {cell['last_line']}")
    return 1 if wrong or process.returncode else 0


def _row(rows: dict[str, dict[str, str]], names: list[str]) -> str:
    """Return the line of the last surrounding."""
    surrounding, codes = next(reversed(rows.items()))
    return f"{surrounding:<42}" + "".join(f"{codes.get(name, '.'):>4}" for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
