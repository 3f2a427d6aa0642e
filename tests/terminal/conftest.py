"""``screener`` on a terminal, with the invented content of the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.keys import ENTER
from tests.terminal.terminal import ROOT, Terminal

FLIGHT = ROOT / "tests" / "fixtures"
NOTHING_KEPT = {"SCREENER_STORE": "none"}
TYPED = "47"
"""What is typed and not yet given, and must not be seen where it should not."""

Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts ``screener start`` in a folder of its own, which is empty but for the program's hidden home. Whatever is
    done to it, it sends nothing to the terminal but text, colours, places and its own settings."""
    started: list[Terminal] = []
    with ExitStack() as stack:

        def start(
            *words: str, content: Path = FLIGHT, environment: Mapping[str, str] | None = None, **options: Any
        ) -> Terminal:
            command = ("--content", str(content), "start", *words)
            surroundings = {**NOTHING_KEPT, **(environment or {})}
            started.append(Terminal(*command, folder=tmp_path, environment=surroundings, **options))
            return stack.enter_context(started[-1])

        yield start
        assert [terminal.strange for terminal in started] == [[]] * len(started)


def at_the_age(terminal: Terminal) -> None:
    """Answer up to the first number, and type one."""
    terminal.focuses("Begin")
    terminal.keys(ENTER)
    terminal.shows("Where do you leave from?")
    terminal.keys("1" + ENTER)
    terminal.shows("Who types the answers?")
    terminal.keys("1" + ENTER)
    terminal.shows("How old are you?")
    terminal.keys(TYPED)
    terminal.shows(f"Read as {TYPED} years")


@pytest.fixture
def autosave(tmp_path: Path) -> dict[str, str]:
    """An environment in which answers are kept while somebody answers."""
    runtime = tmp_path / ".runtime"
    runtime.mkdir(mode=0o700)
    return {"XDG_RUNTIME_DIR": str(runtime), "SCREENER_STORE": "", "XDG_DATA_HOME": str(tmp_path / ".kept")}


@pytest.fixture
def at_a_field(start: Start) -> Terminal:
    """The page of a number, which has been typed."""
    terminal = start()
    at_the_age(terminal)
    return terminal
