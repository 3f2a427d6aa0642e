"""Rows 1 to 3: the screens, each beside a Textual app that does the same."""

from __future__ import annotations

import sys
from pathlib import Path

from screener.content.load import load
from screener.paths import questionnaires
from tests.benchmarks.generated import Form
from tests.benchmarks.measure import Aim, Row, Times
from tests.benchmarks.terminal import Terminal, environment

REPOSITORY = Path(__file__).resolve().parents[2]
_PEERS = Path(__file__).with_name("peers")
_PAGES = 60
_GUARD = 0.4
"""Seconds after which a new page certainly takes Enter."""
_QUIET = 0.12
"""Seconds without bytes after which a page counts as finished."""
_DOWN, _UP, _HELP = "\x1b[B", "\x1b[A", "\x1b[19~"
_WELCOME = "A generated questionnaire"


def screener(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("screener")), *arguments]


def peer(name: str) -> list[str]:
    return [sys.executable, str(_PEERS / f"{name}.py")]


def asked(number: int) -> str:
    return f"Question {number}: which of these?"


class Screens:
    """Starts the programs that are compared, all in the same environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = environment(folder / "home")
        self.generated = Form(_PAGES, ("choice",)).write(folder / "generated")
        self.large = Form(1000, ("choice",)).write(folder / "large")

    def start(self, command: list[str]) -> Terminal:
        return Terminal(command, self.environment, self.folder)

    def peer(self, name: str) -> Terminal:
        terminal = self.start(peer(name))
        terminal.wait_for(asked(1))
        terminal.compute(_GUARD)
        return terminal

    def at_first_question(self, content: Path) -> Terminal:
        terminal = self.start(screener("--content", str(content), "start"))
        terminal.wait_for(_WELCOME)
        terminal.compute(_GUARD)
        terminal.press("\r")
        terminal.wait_for(asked(1))
        terminal.compute(_GUARD)
        return terminal


def launch(screens: Screens, rounds: int) -> list[Row]:
    """Row 1: from nothing to the first page, and until a key was answered on it, each in a new process."""
    content = load(REPOSITORY, questionnaires(REPOSITORY)[0])
    against = "Textual RadioSet(4)"
    sides = [
        (screener("--content", str(REPOSITORY), "start"), content.questionnaire.welcome.heading, _HELP),
        (peer("radio"), asked(1), _DOWN),
    ]
    painted, answered = (Times(), Times()), (Times(), Times())
    for number in range(-1, rounds):
        order = (0, 1) if number % 2 else (1, 0)
        for side in order:
            command, text, key = sides[side]
            with screens.start(command) as terminal:
                seconds = terminal.wait_for(text) - terminal.started
            with screens.start(command) as until_key:
                until_key.wait_for(text)
                _, answer = until_key.press(key)
            if number >= 0:
                painted[side].wall.append(seconds)
                painted[side].cpu += terminal.cpu
                answered[side].wall.append(answer - until_key.started)
                answered[side].cpu += until_key.cpu
    note = "The key is F8 for help on our first page, and an arrow among the options of the other."
    return [
        Row("launch to first page", against, *painted, Aim(1.5, later=1.15)),
        Row("launch to a key answered", against, *answered, note=note),
    ]


def memory(screens: Screens) -> Row:
    """The most memory of a process that shows the first question."""
    for _ in range(2):  # The first start reads the questionnaire and keeps it.
        with screens.at_first_question(screens.generated) as ours, screens.peer("radio") as theirs:
            pass
    most = Times([ours.memory]), Times([theirs.memory])
    return Row("memory at the first question", "Textual RadioSet(4)", *most, unit="MB")


def key(screens: Screens, rounds: int) -> Row:
    """Row 2: from an arrow key to the first bytes of what it changed."""
    with screens.at_first_question(screens.generated) as ours, screens.peer("radio") as theirs:
        times = _keys(ours, theirs, rounds)
    return Row("key to paint", "Textual RadioSet(4)", *times, Aim(1.0, "p99", later=0.5))


def key_of_large(screens: Screens, rounds: int) -> Row:
    """Row 2 again: the same key in a questionnaire of 1,000 questions."""
    with screens.at_first_question(screens.large) as large, screens.at_first_question(screens.generated) as small:
        times = _keys(large, small, rounds)
    return Row("key to paint, 1,000 questions", f"ours, {_PAGES} questions", *times, Aim(1.1))


def _keys(ours: Terminal, theirs: Terminal, rounds: int) -> tuple[Times, Times]:
    sides = [(ours, Times()), (theirs, Times())]
    for number in range(-4, rounds):
        for terminal, times in sides:
            cpu = terminal.cpu
            start, first = terminal.press(_UP if number % 2 else _DOWN)
            terminal.compute()
            if number >= 0:
                times.wall.append(first - start)
                times.cpu += terminal.cpu - cpu
    return sides[0][1], sides[1][1]


def next_question(screens: Screens, rounds: int) -> Row:
    """Row 3: from Enter to the last byte of the next question."""
    times = Times(), Times()
    while len(times[0].wall) < rounds:
        with screens.at_first_question(screens.generated) as ours, screens.peer("remount") as theirs:
            for page in range(1, min(_PAGES, rounds - len(times[0].wall) + 1)):
                ours.press("1")
                for terminal, side in zip((ours, theirs), times, strict=True):
                    terminal.compute(_QUIET)
                    before, cpu = len(terminal.painted), terminal.cpu
                    start, _ = terminal.press("\r")
                    terminal.wait_for(asked(page + 1), since=before)
                    terminal.compute(_QUIET)
                    side.wall.append(terminal.last_paint - start)
                    side.cpu += terminal.cpu - cpu
    return Row("next question", "Textual, page remounted", *times, Aim(0.25, "p99"))
