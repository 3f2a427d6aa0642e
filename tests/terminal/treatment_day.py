"""What people and staff do in a clinic on the day of a treatment and afterwards, on real terminals."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from screener.content.compiled import Content
from screener.engine.interview import Interview
from screener.model.occurrences import question_of
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from tests.kiosk.waiting_room import _parent
from tests.readings import clock as at
from tests.terminal.clinic_week import Member
from tests.terminal.injected_clock import InjectedClock
from tests.terminal.keys import DOWN, ENTER, ESCAPE, LEAVE, TAB, UP
from tests.terminal.terminal import SCREENER, URGENT, Terminal, bare_environment
from tests.terminal.walking import Choose, calm, walk

F4, RECORD, LOCK, BACKSPACE = "\x1bOS", "\x12", "\x0c", "\x7f"
JO, KIM = Member("Jo Field", "a long summer rain"), Member("Kim Reed", "nine small brown wrens")
NOT_RECORDED = AbsentReason.NOT_RECORDED


@dataclass(frozen=True)
class Patient:
    """Somebody whom the clinic expects."""

    name: str
    reference: str

    @property
    def sign(self) -> str:
        return f"{self.name}, {self.reference}, born 1987"


ANA, BOB = Patient("Ana Lee", "AL-1"), Patient("Bob Oak", "BO-2")


@dataclass(frozen=True)
class Premises:
    """One clinic with its terminals, all of which have the same clock; the content is what the program ships."""

    folder: Path
    clock: InjectedClock

    @property
    def environment(self) -> Mapping[str, str]:
        for name in ("runtime", "exports"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        return {
            "XDG_RUNTIME_DIR": str(self.folder / "runtime"),
            "SCREENER_EXPORTS": str(self.folder / "exports"),
            "SCREENER_READINGS_AT_MINUTES": "15, 30, 45, 60, 75, 90, 105, 120",
            **self.clock.environment,
        }

    def opened(self, stack: ExitStack, *words: str, size: tuple[int, int] = (100, 30)) -> Terminal:
        started = Terminal(*words, folder=self.folder, environment=self.environment, size=size)
        return stack.enter_context(started)

    def run(self, *words: str, typed: tuple[str, ...] = ()) -> str:
        """Run a command that has to succeed, with lines typed into it; return what it prints."""
        ran = subprocess.run(
            [*SCREENER, *words],
            input="".join(f"{line}\n" for line in typed),
            env={**bare_environment(self.folder), **self.environment},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, (words, ran.stdout, ran.stderr)
        return ran.stdout

    def founded(self) -> None:
        """Set up the clinic with both members of staff."""
        self.run("clinic", "init", typed=("Invented Clinic", "england", *JO.typed, JO.passphrase))
        self.run("clinic", "staff", "add", KIM.name, typed=(*JO.typed, KIM.passphrase, KIM.passphrase))

    def words_for(self, patient: Patient, questionnaire: str, day: str, time: str) -> str:
        """Enter an appointment and return the four words of it."""
        told = (patient.name, patient.reference, "1987", questionnaire, day, time)
        entered = self.run("clinic", "appointments", "add", typed=(*JO.typed, *told))
        identity = entered.rpartition("Entered: ")[2].strip()
        return self.run("clinic", "appointments", "code", identity, typed=JO.typed).strip().rpartition("\n")[2]


def types_words(kiosk: Terminal, words: str, heading: str) -> None:
    """Somebody types the four words of their appointment on the first page."""
    kiosk.focuses("Begin")
    kiosk.keys(TAB)
    kiosk.press("I have four words")
    kiosk.shows("Your four words:")
    kiosk.keys(words)
    kiosk.shows(words)
    kiosk.keys(ENTER)
    kiosk.shows_no("I have four words")
    kiosk.shows(heading)
    kiosk.focuses("Begin")


def nothing_urgent(question: Question, number: int) -> Entry:
    """Every question is answered, with nothing that anybody has to hurry for."""
    match question.type:
        case "time":
            return at(8 * 60)
        case "date":
            return AbsentReason.DECLINED
        case "choice" if question.id == "region":
            return "england"
    return calm(question, 0)


def in_pain(question: Question, number: int) -> Entry:
    return frozenset({"chest-pain"}) if question.id == "red_flags" else nothing_urgent(question, number)


def gives_back(kiosk: Terminal) -> None:
    """Whoever has answered everything finishes, and leaves the terminal to the next person."""
    kiosk.shows("Check your answers before you finish")
    kiosk.keys(TAB)
    kiosk.press("Finish")
    kiosk.shows("You have finished")
    _closes_last_page(kiosk)
    kiosk.focuses("Begin")


def _closes_last_page(terminal: Terminal) -> None:
    """Read the last page, and close it: a page that was painted late on a busy machine takes nothing for a moment."""
    terminal.focuses("Done")
    for _again in range(5):
        terminal.read_page(URGENT)
        if "> Done" not in terminal.text:
            return
        terminal.keys(" ")
    terminal.shows_no("> Done")


def answers(kiosk: Terminal, words: str, content: Content) -> None:
    """Somebody answers the questionnaire of their appointment from the first page to the last."""
    types_words(kiosk, words, content.questionnaire.welcome.heading)
    walk(kiosk, content, nothing_urgent)
    gives_back(kiosk)


def kills_person(kiosk: Terminal) -> None:
    """Kill the program of whoever answers; the supervisor starts another."""
    numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    [person] = [number for number in numbers if _parent(Path(f"/proc/{number}")) == kiosk.process.pid]
    os.kill(person, signal.SIGKILL)
    kiosk.shows("A questionnaire was interrupted on this terminal.")
    kiosk.focuses("Go on")
    kiosk.read_page()


def opens(console: Terminal, patient: Patient) -> None:
    """Go to the page of somebody from the list of responses."""
    console.keys(F4)
    console.shows("People: ")
    console.keys(patient.reference)
    console.shows(patient.reference)
    console.insist(ENTER, patient.sign)
    console.shows("Responses:")


def confirms(console: Terminal, patient: Patient, what: str) -> None:
    """Begin something, or go on with it, for the very person."""
    console.keys(RECORD)
    console.shows("Is this the person?")
    console.shows(f"Reference: {patient.reference}")
    console.until(lambda: any(what in line for line in console.bare_lines), what)
    offered = [line for line in console.bare_lines if "(*)" in line or "( )" in line]
    console.keys(DOWN * next(row for row, line in enumerate(offered) if what in line))
    console.read_page()
    console.keys(" ")
    console.until(lambda: any(f"(*) {what}" in line for line in console.bare_lines), f"{what!r}, chosen")
    console.keys(TAB)
    console.focuses("This is the person")
    console.keys(ENTER)


def begins(console: Terminal, content: Content) -> Interview:
    """Begin at the first page; return an interview that says what comes."""
    console.shows(content.questionnaire.welcome.heading)
    console.shows("What you record is kept with your name and the time.")
    console.focuses("Begin")
    console.keys(ENTER)
    return Interview(content.form, content.rules)


def corrects(console: Terminal, before: str, after: str, reason: str) -> None:
    """Type another number over one that is there, and say why."""
    console.shows(f"Read as {before}")
    console.keys(BACKSPACE * len(before) + after)
    console.shows(f"Read as {after}")
    console.keys(ENTER)
    console.shows("Why is it corrected?")
    console.read_page()
    console.keys(reason)
    console.shows(reason)
    console.keys(ENTER)
    console.shows_no("Why is it corrected?")


def finishes(console: Terminal) -> None:
    """Finish what is recorded, and come back to the page of the person."""
    console.shows("before you finish")
    console.keys(TAB)
    console.press("Finish")
    console.shows("It is finished")
    _closes_last_page(console)
    console.shows("Responses:")


def leaves_recording(console: Terminal) -> None:
    """Leave what is recorded so that a colleague can go on with it."""
    console.keys(LEAVE)
    console.shows("You or a colleague can go on with it")
    console.read_page()
    console.keys(TAB)
    console.focuses("Leave")
    console.keys(ENTER)
    console.shows("What was recorded is kept.")
    console.shows("Responses:")


def saves_copies(console: Terminal, patient: Patient, title: str) -> None:
    """Open the response with this title from the page of the person, save it as text and as JSON, and come back."""
    console.until(
        lambda: any("Response  " in line and title in line for line in console.bare_lines), f"a response {title!r}"
    )
    console.settles_with(f"{patient.name}, {patient.reference}")
    rows = [line for line in console.bare_lines if "Response  " in line or "Appointment  " in line]
    at = next(row for row, line in enumerate(rows) if "Response  " in line and title in line)
    caret = next(row for row, line in enumerate(rows) if line.strip().startswith(">"))
    console.keys((DOWN if at > caret else UP) * abs(at - caret))
    console.until(lambda: any(">" in line and title in line for line in console.bare_lines), f"the caret at {title!r}")
    console.keys(ENTER)
    console.shows("Mark as read")
    tabbed_to(console, "Save or print")
    console.keys(" ")
    console.focuses("1 Save the clinician's copy as text")
    for key, name in (("1", "-clinician.txt"), ("3", "-clinician.json")):
        console.keys(key)
        console.shows(name)
    console.keys(ESCAPE)
    console.shows_no("-clinician.json")
    console.keys(ESCAPE)
    console.shows("Responses:")


def tabbed_to(console: Terminal, label: str) -> None:
    """Press Tab until the caret is before this label."""
    wanted = f"> {label}"
    for _step in range(20):
        if any(wanted in line for line in console.bare_lines):
            return
        console.keys(TAB)
        console.settles_with()
    console.focuses(label)


def recorded(told: Mapping[str, Entry]) -> Choose:
    """Return how staff answer: what is told of a question or of its place in a round; nothing else is recorded."""

    def choose(question: Question, number: int) -> Entry:
        return told.get(question.id, told.get(question_of(question.id), NOT_RECORDED))

    return choose


def leaves(console: Terminal) -> None:
    console.keys(LEAVE)
    assert console.ends() == 0
