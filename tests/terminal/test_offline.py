"""The questionnaire needs no network, and looks for none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from screener.content.compiled import Content
from tests.plain.test_parity import CHANGING
from tests.plain.walks import script
from tests.terminal.conftest import FLIGHT
from tests.terminal.keys import TAB
from tests.terminal.offline import REACHED_OUT
from tests.terminal.terminal import ROOT, Terminal, bare_environment
from tests.terminal.walking import declined, walk

OFFLINE = (sys.executable, "-m", "tests.terminal.offline")


def test_a_walk_on_the_screens_reaches_for_nothing(flight: Content, tmp_path: Path) -> None:
    """From the first page to a saved copy."""
    with Terminal("--content", str(FLIGHT), "start", folder=tmp_path, command=OFFLINE) as terminal:
        walk(terminal, flight, declined)
        terminal.shows("Check your answers before you finish")
        terminal.keys(TAB)
        terminal.press("Finish")
        terminal.shows("You have finished")
        terminal.read_page()
        terminal.press("Save a copy", after="Done")
        terminal.shows("Folder:")
        terminal.focuses("1 Text")
        terminal.keys(" ")
        terminal.shows("The copy is saved in this file")
        terminal.press("Close")
        terminal.shows_no("The copy is saved in this file")
        terminal.read_page()
        terminal.keys("\x1b[Z")
        terminal.press("Done")
        assert terminal.ends() == 0
    assert len(list(tmp_path.glob("screener-*.txt"))) == 1


def test_a_walk_in_lines_reaches_for_nothing(flight: Content, tmp_path: Path) -> None:
    """From a script of answers to the summary on stdout."""
    ran = subprocess.run(
        [*OFFLINE, "--content", str(FLIGHT), "start", "--plain"],
        input="".join(f"{line}\n" for line in script(flight, CHANGING)),
        cwd=tmp_path,
        env=bare_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("== Talk to a clinician")


@pytest.mark.parametrize(
    "reaching",
    [
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_reaching_out_would_be_noticed(reaching: str) -> None:
    """What the two walks above are tried with does end a program that looks for a network."""
    program = f"from tests.terminal.offline import shut\nshut()\n{reaching}"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == REACHED_OUT
