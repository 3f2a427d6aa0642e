"""Running commands on hostile files, each in a process of its own with little memory and little time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import CONTENT, Ran, Server, serving


class Machine:
    """A content folder, a clean one, a file of answers, and the commands that read them."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.server = server
        self.content = folder / "content"
        self.answers = folder / "answers.yaml"
        shutil.copytree(CONTENT, self.content)

    def check(self) -> Ran:
        return self.server.run("--content", self.content, "check", folder=self.folder, confined=True)

    def summarise(self, *options: str) -> Ran:
        words = ("--content", CONTENT, "summarise", self.answers, *options)
        return self.server.run(*words, folder=self.folder, confined=True)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture
def machine(tmp_path: Path, server: Server) -> Machine:
    return Machine(tmp_path, server)
