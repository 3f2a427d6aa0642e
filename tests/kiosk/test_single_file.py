"""A kiosk from a single file that unpacks itself: each person's process comes from that file too."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.kiosk.waiting_room import CONTENT, Kiosk, found_clinic
from tests.terminal.keys import ENTER
from tests.terminal.terminal import ROOT, Terminal

BUILT = "SCREENER_SINGLE_FILE"
"""Names the file, where it was built already."""


@pytest.fixture(scope="module")
def single_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with all that it needs in one file, as shiv makes it."""
    if built := os.environ.get(BUILT):
        return Path(built)
    if find_spec("shiv") is None:
        pytest.skip("shiv is not installed")
    folder = tmp_path_factory.mktemp("single")
    path = folder / "screener.pyz"
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    shiv = [sys.executable, "-m", "shiv", "--output-file", path, "--entry-point", "screener.__main__:main"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True)
    made = subprocess.run([*shiv, *folder.glob("*.whl")], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip("the packages that go into the file cannot be fetched here")
    return path


class SingleFileKiosk(Kiosk):
    """``screener kiosk`` from a file, started by a Python that knows no other screener."""

    def __init__(self, folder: Path, file: Path) -> None:
        environment = {"XDG_RUNTIME_DIR": str(folder / "nowhere"), "SHIV_ROOT": str(folder / "unpacked")}
        words = ("--content", str(CONTENT), "kiosk", "--no-color")
        command = (str(Path(sys.executable).resolve()), "-I", str(file))
        Terminal.__init__(self, *words, folder=folder, command=command, environment=environment)


def test_a_turn_at_a_kiosk_from_a_single_file(single_file: Path, tmp_path: Path) -> None:
    """It starts, asks, and after a person's process was killed the next person finds the first page."""
    found_clinic(tmp_path)
    with SingleFileKiosk(tmp_path, single_file) as terminal:
        try:
            terminal.starts()
            [person] = terminal.people
            words = Path(f"/proc/{person}/cmdline").read_bytes().split(b"\0")
            assert str(single_file).encode() in words
            assert b"-P" in words
            terminal.keys(ENTER)
            terminal.shows("Where do you leave from?")
            with terminal.another():
                os.kill(person, 9)
            assert terminal.people != [person]
        finally:
            terminal.process.terminate()
            terminal.ends()


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_commands_work_from_a_single_file(single_file: Path, tmp_path: Path) -> None:
    """The shipped content, schemas and translations are in the file."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    python = str(Path(sys.executable).resolve())
    for words, expected in (("check", "in order"), ("schema rules", "$schema"), ("doctor", "right  content")):
        ran = subprocess.run(
            [python, "-I", single_file, *words.split()], env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        assert expected in ran.stdout
    shutil.rmtree(tmp_path / ".shiv", ignore_errors=True)
