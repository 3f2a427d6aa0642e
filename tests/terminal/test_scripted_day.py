"""A day in a clinic, on real terminals: two kiosks, three people, and the staff's desk."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from screener.content.load import load
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.store.clinic_setup import set_up_clinic
from screener.store.sqlite import SQLite
from tests.kiosk.waiting_room import _parent
from tests.store.making import a_store
from tests.terminal.conftest import FLIGHT
from tests.terminal.keys import ENTER, ESCAPE, LEAVE, TAB, UP
from tests.terminal.terminal import SCREENER, Terminal, bare_environment
from tests.terminal.walking import calm, go_on, walk

STAFF, PASSPHRASE = "Jo Field", "a long summer rain"
F9 = "\x1b[20~"
LISTED = re.compile(r"[ >]*(Urgent|Seen to|Waiting|In progress|Read)[^-]* [0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def surroundings(tmp_path: Path) -> Mapping[str, str]:
    """What all machines of the clinic have in common."""
    for name in ("runtime", "exports"):
        (tmp_path / name).mkdir(mode=0o700)
    return {"XDG_RUNTIME_DIR": str(tmp_path / "runtime"), "SCREENER_EXPORTS": str(tmp_path / "exports")}


def unsaid(question: Question, number: int) -> Entry:
    """Nothing urgent, and no date."""
    return AbsentReason.DECLINED if question.type == "date" else calm(question, number)


def in_pain(question: Question, number: int) -> Entry:
    return question.id == "chest_pain" if question.type == "yes_no" else unsaid(question, number)


def finish(terminal: Terminal) -> None:
    terminal.shows("Check your answers before you finish")
    terminal.keys(TAB)
    terminal.press("Finish")
    terminal.shows("You have finished")
    terminal.read_page()
    terminal.press("Done")
    terminal.focuses("Begin")


def killed(kiosk: Terminal) -> None:
    """The program of the person dies without warning; the supervisor starts another."""
    folder = Path("/proc")
    numbers = [int(entry.name) for entry in folder.iterdir() if entry.name.isdigit()]
    [person] = [number for number in numbers if _parent(folder / str(number)) == kiosk.process.pid]
    os.kill(person, signal.SIGKILL)
    kiosk.shows("A questionnaire was interrupted on this terminal.")


@pytest.mark.parametrize("people", [pytest.param(1, id="an-hour"), pytest.param(3, id="a-day", marks=pytest.mark.long)])
def test_a_day_in_a_clinic(people: int, tmp_path: Path, surroundings: Mapping[str, str]) -> None:
    """Three people on two kiosks: one finishes, one is interrupted by a kill, goes on and has urgent pain, one walks
    away. Staff see them in this order, the urgent one first; they see to it and save two copies; all seals hold, and so
    does the audit trail. In an hour there is the interrupted one alone."""
    content = load(FLIGHT, "before-a-flight")
    command = (*SCREENER, "--content", str(FLIGHT))

    def run(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**bare_environment(tmp_path), **surroundings}
        return subprocess.run(
            [*command, *words], input=typed, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    def opened(word: str) -> Terminal:
        return Terminal(word, command=command, folder=tmp_path, environment=surroundings)

    if people == 1:
        quickly_founded(tmp_path / ".home" / "data" / "screener")
    else:
        founded = run("clinic", "init", typed=f"Invented Clinic\nnorth\n{STAFF}\n{PASSPHRASE}\n{PASSPHRASE}\n")
        assert founded.returncode == 0, founded.stderr

    with ExitStack() as stack:
        second, *others = [stack.enter_context(opened("kiosk")) for _ in range(1 if people == 1 else 2)]
        for first in others:
            walk(first, content, unsaid)
            finish(first)

        interview = walk(second, content, in_pain, until="chest_pain")
        killed(second)
        assert "43 years" not in second.text
        second.read_page()
        second.press("Go on")
        go_on(second, interview, in_pain)
        finish(second)

        for first in others:
            walk(first, content, unsaid, until="items")

        with opened("staff") as desk:
            desk.shows("Your passphrase")
            desk.keys(STAFF)
            desk.shows(STAFF)
            desk.keys(ENTER + PASSPHRASE)
            desk.shows("\u2022" * len(PASSPHRASE))
            desk.keys(ENTER)
            desk.shows("nobody has seen to it. F9: see to it.")
            waiting = ["Waiting", "In progress"] if others else []
            desk.until(lambda: standings(desk) == ["Urgent", *waiting], "the list in its order")
            desk.keys(F9)
            desk.focuses("I see to it")
            desk.read_page()
            desk.keys(" ")
            desk.until(lambda: standings(desk) == [*waiting, "Seen to"], "the list without an urgent one")
            save_copy(desk)
            if others:
                desk.keys(UP * 2)
                save_copy(desk)
            desk.keys(LEAVE)
            assert desk.ends() == 0
        for kiosk in (second, *others):
            kiosk.signal(signal.SIGTERM)
            kiosk.ends()

    copies = sorted((tmp_path / "exports").iterdir())
    assert len(copies) == (2 if others else 1)
    listed = run("clinic", "copies")
    assert sorted(line.rpartition("  ")[2] for line in listed.stdout.splitlines()) == [str(copy) for copy in copies]
    for copy in copies:
        verified = run("verify", str(copy))
        assert (verified.returncode, verified.stderr) == (0, "")
        assert "the checksum matches" in verified.stdout
        assert "audit trail" in verified.stdout
    trail = run("verify", "--audit", typed=f"{STAFF}\n{PASSPHRASE}\n")
    assert trail.returncode == 0, trail.stderr


def quickly_founded(folder: Path) -> None:
    """Set up the clinic in this process, so that a passphrase takes no time in any other."""
    folder.mkdir(mode=0o700, parents=True)
    store = a_store(SQLite(folder / "responses.db"))
    set_up_clinic(store, "Invented Clinic", "north", 365, STAFF, PASSPHRASE)
    store.database.close()


def standings(desk: Terminal) -> list[str]:
    """How each response stands, from the top of the list."""
    return [found[1] for line in desk.bare_lines if (found := LISTED.match(line))]


def save_copy(desk: Terminal) -> None:
    """Open the response that has the caret, save the clinician's copy, and go back to the list."""
    desk.until(
        lambda: any(line.split()[:2] in ([">", "Seen"], [">", "Waiting"]) for line in desk.bare_lines),
        "the caret before a response",
    )
    desk.keys(" ")
    desk.focuses("Mark as read")
    desk.keys(TAB * 3)
    desk.press("Save or print")
    desk.focuses("1 Save the clinician's copy as text")
    desk.keys(" ")
    desk.shows("-clinician.txt")
    desk.keys(ESCAPE)
    desk.shows_no("-clinician.txt")
    desk.keys(ESCAPE)
    desk.shows("Find:")
