"""A fault anywhere in the program: it says sorry once, names a place, and shows nothing that was answered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import FLIGHT, NOTHING_KEPT, TYPED, at_the_age
from tests.terminal.faulty import KINDS, SECRET
from tests.terminal.keys import ENTER, FUNCTION
from tests.terminal.terminal import RESTORED, ROOT, Terminal, bare_environment

ALWAYS = {"start", "compose", "render", "key", "worker-thread", "task", "end"}
"""The kinds that always run; the others take the ways of one of these."""


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=() if kind in ALWAYS else pytest.mark.long) for kind in KINDS]
)
def test_a_fault_shows_no_answer(kind: str, tmp_path: Path) -> None:
    """Wherever it happens: exit code 1, the terminal as it was, one sentence with a reference, and no file."""
    command = (sys.executable, "-m", "tests.terminal.faulty", kind)
    with Terminal(
        "--content", str(FLIGHT), "start", folder=tmp_path, command=command, environment=NOTHING_KEPT
    ) as faulty:
        if kind != "start":
            at_the_age(faulty)
            faulty.keys(FUNCTION["f5"])
        assert faulty.ends() == 1
        assert all(sequence in faulty.painted for sequence in RESTORED)
        left = " ".join(faulty.left_behind.decode().split())
        assert left.count("Sorry, screener had to stop") == 1
        assert "Reference: ValueError-" in left
        assert TYPED not in left
        for never in (SECRET, "Traceback", "this says", "fail()"):
            assert never.encode() not in faulty.painted
    assert [path.name for path in tmp_path.iterdir()] == [".home"]
    assert not any(SECRET.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_what_was_answered_before_a_fault_is_kept(autosave: dict[str, str], tmp_path: Path) -> None:
    """The next start on the same terminal offers to go on, at the question where it happened."""
    command = (sys.executable, "-m", "tests.terminal.faulty", "key")
    words = ("--content", str(FLIGHT), "start")
    with Terminal(*words, folder=tmp_path, command=command, environment=autosave) as faulty:
        at_the_age(faulty)
        faulty.keys(FUNCTION["f5"])
        assert faulty.ends() == 1
    with Terminal(*words, folder=tmp_path, environment=autosave) as again:
        again.shows("interrupted")
        again.focuses("Go on")
        again.insist(ENTER, "How old are you?")


def test_a_fault_in_plain_mode_shows_no_answer(tmp_path: Path) -> None:
    """One line on stderr that names a place."""
    program = "\n".join(
        [
            "import sys",
            "from screener.plain.run import PlainInterview",
            "def run(walk):",
            "    answer = 'LILACS'",
            "    raise ValueError(answer)",
            "PlainInterview.run = run",
            f"sys.argv[1:] = ['--content', {str(FLIGHT)!r}, 'start', '--plain']",
            "from screener.__main__ import main",
            "main()",
        ]
    )
    surroundings = bare_environment(tmp_path) | NOTHING_KEPT
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    assert "Reference: ValueError-" in ran.stderr
    assert SECRET not in ran.stderr


@pytest.mark.parametrize(
    "failing",
    [
        "raise ValueError('LILACS')",
        "import gc\nclass Bad:\n    def __del__(self): raise ValueError('LILACS')\nBad()\nraise ValueError('LILACS')",
    ],
)
def test_what_nobody_caught_says_only_where(failing: str) -> None:
    """Outside of the screens too: no traceback, and nothing of what the error says."""
    program = f"from screener.hardening import install_excepthook\ninstall_excepthook()\nsecret = 'LILACS'\n{failing}"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("Sorry, screener had to stop")
    assert ran.stderr.count("\n") == 1
    assert "LILACS" not in ran.stderr
