"""The machines of a clinic with a server, each with a home of its own, and what people and staff do at them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from screener.content.compiled import Content
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from tests.terminal.conftest import FLIGHT
from tests.terminal.keys import ENTER, LEAVE, TAB
from tests.terminal.terminal import SCREENER, Terminal, bare_environment
from tests.terminal.walking import calm, walk

F9 = "\x1b[20~"
BELL = b"\x07"
COMMAND = (*SCREENER, "--content", str(FLIGHT))
UNSEEN = "nobody has seen to it. F9: see to it."
REFERENCE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


def without_dates(question: Question, number: int) -> Entry:
    """Nothing urgent, and no date."""
    return AbsentReason.DECLINED if question.type == "date" else calm(question, number)


def in_pain(question: Question, number: int) -> Entry:
    return question.id == "chest_pain" if question.type == "yes_no" else without_dates(question, number)


@dataclass(frozen=True)
class Machine:
    """One machine: its home, and the address of the clinic's store that is configured on it."""

    name: str
    folder: Path
    store: str
    settings: Mapping[str, str] = field(default_factory=dict)
    """What else is configured on it."""
    command: Sequence[str] = COMMAND

    @property
    def environment(self) -> Mapping[str, str]:
        for folder in ("runtime", "exports"):
            (self.folder / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        return {
            "XDG_RUNTIME_DIR": str(self.folder / "runtime"),
            "SCREENER_EXPORTS": str(self.folder / "exports"),
            "SCREENER_STORE": self.store,
            "SCREENER_TERMINAL": self.name,
            **self.settings,
        }

    def at(self, store: str) -> Machine:
        """Return the same machine after somebody configured another store."""
        return replace(self, store=store)

    def opened(self, word: str, stack: ExitStack, size: tuple[int, int] = (100, 30)) -> Terminal:
        """Start the program on this machine's terminal."""
        started = Terminal(word, command=self.command, folder=self.folder, environment=self.environment, size=size)
        return stack.enter_context(started)

    def run(self, *words: str, typed: tuple[str, ...] = ()) -> str:
        """Run a command that has to succeed, with lines typed into it; return what it prints."""
        ran = subprocess.run(
            [*self.command, *words],
            input="".join(f"{line}\n" for line in typed),
            env={**bare_environment(self.folder), **self.environment},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, (words, ran.stdout, ran.stderr)
        return ran.stdout


@dataclass(frozen=True)
class Member:
    """A member of staff, and their passphrase."""

    name: str
    passphrase: str

    @property
    def typed(self) -> tuple[str, str]:
        return self.name, self.passphrase

    def unlocks(self, console: Terminal) -> None:
        console.shows("Your passphrase")
        console.keys(self.name)
        console.shows(self.name)
        console.keys(ENTER + self.passphrase)
        console.shows("\u2022" * len(self.passphrase))
        console.keys(ENTER)
        console.shows("Find:")


def answers(kiosk: Terminal, content: Content, *, urgent: bool = False) -> None:
    """Somebody answers everything at a kiosk, and gives it back."""
    walk(kiosk, content, in_pain if urgent else without_dates)
    kiosk.shows("Check your answers before you finish")
    kiosk.keys(TAB)
    kiosk.press("Finish")
    kiosk.shows("You have finished")
    kiosk.read_page()
    kiosk.press("Done")
    kiosk.focuses("Begin")


def hears(console: Terminal) -> None:
    """A console rings for an urgent answer that nobody has seen to, and says so."""
    console.shows(UNSEEN)
    console.until(lambda: BELL in bytes(console.painted), "a bell")
    console.painted.clear()


def sees_to(console: Terminal) -> None:
    """Whoever sits there sees to the urgent answer that is shown."""
    console.keys(F9)
    console.focuses("I see to it")
    console.read_page()
    console.keys(" ")
    console.shows_no("I see to it")


def leaves(console: Terminal) -> None:
    console.keys(LEAVE)
    assert console.ends() == 0


def waiting_references(console: Terminal) -> list[str]:
    """Return the references of the responses that wait to be read, from the top of the list."""
    lines = [line for line in console.bare_lines if "Waiting" in line]
    return [found[0] for line in lines if (found := REFERENCE.search(line))]
