"""A machine for each test, and a server that runs commands quickly for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Server, serving
from tests.clinic.machine import Clock, Machine


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture
def machine(commands: Server, tmp_path: Path) -> Machine:
    (tmp_path / "home").mkdir(mode=0o700)
    return Machine(tmp_path, commands, Clock())
