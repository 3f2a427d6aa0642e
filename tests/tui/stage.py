"""The program on a real terminal, for the tests that look at it from outside: ``python -m tests.tui.stage``.

With the word ``fault`` the first number that is given brings the program down.
"""

from __future__ import annotations

import sys
from pathlib import Path

from screener.content.load import load
from screener.interview import Interview
from screener.tui.app import run


def fault(self: Interview, question: str, entry: object) -> list[str]:
    if isinstance(entry, int) and not isinstance(entry, bool):
        secret_answer = entry
        raise ValueError(f"a fault that names {secret_answer}")
    return []


if __name__ == "__main__":
    if "fault" in sys.argv:
        Interview.please_check = fault  # type: ignore[method-assign]
    content = load(Path(__file__).parents[1] / "content", "before-a-flight")
    sys.exit(run(content, no_color="no-color" in sys.argv, export_folder=Path.cwd()))
