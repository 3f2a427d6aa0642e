"""Commands to run and answers to give them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import CONTENT, Ran, Screener, Server, serving

SENTINEL = "Quetzalcoatlus"
"""Replaces an answer that only the person may know; no message may repeat it."""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[Server]:
    with serving(home) as server:
        yield server


@pytest.fixture
def screener(server: Server, tmp_path: Path) -> Screener:
    """Return a function that runs the command in an empty folder; no message may have a traceback or an answer."""

    def run(*arguments: str | Path, **others: object) -> Ran:
        ran = server.run(*arguments, folder=tmp_path, **others)  # type: ignore[arg-type]
        assert "Traceback" not in ran.stderr
        assert SENTINEL.lower() not in ran.stderr.lower()
        assert ran.returncode in (0, 2, 5), ran.stderr
        return ran

    return run


@pytest.fixture
def cli(screener: Screener) -> Screener:
    """Return the same function, with the content of the tests."""
    return lambda *arguments, **others: screener("--content", CONTENT, *arguments, **others)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Write a file of answers that raises one rule that is not urgent."""
    path = tmp_path / "answers.yaml"
    path.write_text("departure: north\nage: 12\nalone: yes\nflown_before: {absent: asked-declined}\n", "utf-8")
    return path
