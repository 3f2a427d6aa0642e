"""Recording on a real terminal: killed in the middle, gone on with by a colleague, locked, and left."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.respond.ward import Ward, entered
from tests.staff.clinic import OTHER, OTHER_PASSPHRASE, PASSPHRASE, STAFF
from tests.terminal.keys import ENTER, TAB
from tests.terminal.terminal import Terminal

F4, RECORD, LOCK, QUIT = "\x1bOS", "\x12", "\x0c", "\x11"


@pytest.fixture
def at_home(tmp_path: Path, folder: Path) -> Ward:
    """The clinic where the program finds it."""
    home = tmp_path / ".home" / "data" / "screener"
    home.mkdir(mode=0o700, parents=True)
    return Ward(home, content=folder)


@contextmanager
def staff_side(ward: Ward, tmp_path: Path, name: str, passphrase: str) -> Iterator[Terminal]:
    """``screener staff``, unlocked, at the page of the person."""
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    environment = {"XDG_RUNTIME_DIR": str(runtime)}
    with Terminal(
        "--content", str(ward.content), "staff", folder=tmp_path, size=(100, 30), environment=environment
    ) as opened:
        unlock(opened, name, passphrase)
        opened.keys(F4)
        opened.shows("People: 1")
        opened.insist(ENTER, "Responses:")
        yield opened


def unlock(terminal: Terminal, name: str, passphrase: str) -> None:
    terminal.shows("Your passphrase")
    terminal.keys(name)
    terminal.shows(name)
    terminal.keys(ENTER + passphrase)
    terminal.shows("\u2022" * len(passphrase))
    terminal.keys(ENTER)
    terminal.shows("Find:")


def confirm(terminal: Terminal) -> None:
    terminal.keys(RECORD)
    terminal.shows("Is this the person?")
    terminal.keys(TAB)
    terminal.focuses("This is the person")
    terminal.read_page()
    terminal.keys(ENTER)


@pytest.mark.long
def test_killed_in_the_middle_and_gone_on_with_by_a_colleague(at_home: Ward, tmp_path: Path) -> None:
    """Both names stand in what is kept. After a lock, only the door is seen; after leaving, the page of the person."""
    with staff_side(at_home, tmp_path, STAFF, PASSPHRASE) as first:
        confirm(first)
        first.shows("The crew writes down here")
        first.keys(ENTER)
        first.shows("When did the person land?")
        first.shows(f"For Quetzal Tezca, QT-77, born 1987; entered by {STAFF}")
        first.keys("10:05")
        first.shows("10:05")
        first.keys(ENTER)
        first.shows("Which parachute was it?")
        first.signal(signal.SIGKILL)
        first.ends()
    with staff_side(at_home, tmp_path, OTHER, OTHER_PASSPHRASE) as second:
        confirm(second)
        second.shows(f"entered by {OTHER}")
        second.shows("Which parachute was it?")
        second.keys("1" + ENTER)
        second.shows("top number of the blood pressure?")
        second.keys(LOCK)
        second.shows("It was locked. What was recorded is kept.")
        assert "Quetzal" not in second.text
        unlock(second, OTHER, OTHER_PASSPHRASE)
        second.keys(F4)
        second.shows("People: 1")
        second.insist(ENTER, "Responses:")
        confirm(second)
        second.shows("top number of the blood pressure?")
        second.keys(QUIT)
        second.shows("You or a colleague can go on with it")
        second.read_page()
        second.keys(TAB)
        second.focuses("Leave")
        second.keys(ENTER)
        second.shows("What was recorded is kept.")
        second.shows("Responses: 1")
        second.keys(QUIT)
        assert second.ends() == 0
    told = [(past.question, past.by) for past in entered(at_home).history]
    assert told == [("landed", STAFF), ("parachute", OTHER)]
    at_home.staff_store().check_audit()
