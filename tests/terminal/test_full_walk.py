"""The main job on a real terminal: from the first page to a sealed file, by keyboard, on the shipped questionnaire."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pexpect
import pyte
import pytest
import yaml

from screener.content.compiled import Content
from screener.content.folders import shipped_content
from screener.content.load import load
from screener.entry import ABSENT_LABELS, shown
from screener.export.seal import check
from screener.interview import Interview
from screener.questionnaire import Question
from screener.response import AbsentReason, Entry

_KITTY = re.compile(rb"\x1b\[[<>?=][0-9;]*[a-zA-Z]")
Choose = Callable[[Question, int], Entry]


class Terminal:
    """``screener`` on a terminal of 80 by 24, and the screen that it paints there."""

    def __init__(self, folder: Path) -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SCREENER", "NO_COLOR"))}
        homes = {name: str(folder / name.lower()) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "screener"],
            env={**kept, **homes, "TERM": "xterm-256color", "PYTHONUTF8": "1", "TZ": "UTC"},
            dimensions=(24, 80),
            cwd=str(folder),
            timeout=30,
        )

    @property
    def text(self) -> str:
        """What the screen shows, with its line breaks made spaces."""
        return " ".join(" ".join(self._screen.display).split())

    def shows(self, words: str) -> None:
        """Read until these words are on the screen."""
        wanted = " ".join(words.split())
        while wanted not in self.text:
            try:
                painted = self.child.read_nonblocking(65536, 30)
            except (pexpect.TIMEOUT, pexpect.EOF):
                pytest.fail(f"{wanted!r} never came on the screen:\n" + "\n".join(self._screen.display))
            self._stream.feed(_KITTY.sub(b"", painted))

    def keys(self, keys: str) -> None:
        self.child.send(keys)

    def press(self, action: str, *, after: str) -> None:
        """From what has the caret now, by Tab to an action, and press it; each step is seen before the next."""
        self.shows(after)
        if after != f"> {action}":
            self.keys("\t")
            self.shows(f"> {action}")
        self.keys(" ")

    def ends(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus)


def give(terminal: Terminal, question: Question, entry: Entry) -> None:
    """Press what a person presses to give this entry, Enter included."""
    typed = question.type in ("integer", "decimal", "date", "text")
    reasons = list(question.absent)
    codes = [option.code for option in question.options]
    match entry:
        case AbsentReason() if typed:
            terminal.keys("\t")
            terminal.shows("> ( )")
            terminal.keys("\x1b[B" * reasons.index(entry))
            terminal.shows(f"> ( ) {ABSENT_LABELS[entry]}")
            terminal.keys(" ")
        case AbsentReason():
            terminal.keys(_row((len(codes) or 2) + reasons.index(entry)))
        case _ if typed:
            terminal.keys(shown(question, entry))
        case bool():
            terminal.keys("1" if entry else "2")
        case _:
            chosen = entry if isinstance(entry, frozenset) else {entry}
            terminal.keys("".join(_row(codes.index(code)) for code in codes if code in chosen))
    terminal.keys("\r")


def _row(row: int) -> str:
    """Rows beyond the ninth have no digit; arrows lead there from the first."""
    return str(row + 1) if row < 9 else "\x1b[B" * row + " "


def walk(terminal: Terminal, content: Content, choose: Choose) -> Interview:
    """Answer every page as ``choose`` says, each seen before it is answered; an interview alongside says what comes."""
    interview = Interview(content.form, content.rules)
    terminal.shows(content.questionnaire.welcome.heading)
    terminal.keys("\r")
    number = 0
    while (question := interview.current) is not None:
        terminal.shows(question.text[:70])
        entry = choose(question, number)
        give(terminal, question, entry)
        interview.record(question.id, entry)
        acknowledge(terminal, interview)
        interview.next()
        number += 1
    return interview


def acknowledge(terminal: Terminal, interview: Interview) -> None:
    """Read every urgent page; a member of staff comes to an emergency."""
    while interview.interruptions:
        rule = interview.interruptions[0]
        assert rule.interruption is not None
        terminal.shows(rule.interruption.heading)
        if rule.interruption.page == "emergency":
            terminal.shows("Staff: continue")
            terminal.press("Staff: continue", after="Staff: continue")
            terminal.shows("Your name, which is kept")
            terminal.keys("Test Nurse")
            terminal.press("Staff: continue", after="Test Nurse")
        else:
            terminal.press("I have read this", after="> I have read this")
        interview.acknowledge(rule.id, datetime.now(UTC), "Test Nurse")


def calm(question: Question, number: int) -> Entry:
    """Answers that raise nothing urgent; every ninth question is left out."""
    if number % 9 == 8:
        return AbsentReason.DECLINED
    match question.type:
        case "yes_no":
            return False
        case "choice":
            return question.options[0].code
        case "choices":
            return frozenset({question.options[-1].code})
        case "integer":
            return 42 if question.id == "age" else 2
        case "decimal":
            return Decimal("12.5")
    return "An invented answer, typed for a test."


def in_need(question: Question, number: int) -> Entry:
    """Answers that raise what they can, urgent rules and the emergency among them."""
    match question.type:
        case "yes_no":
            return True
        case "choice":
            return question.options[min(len(question.options), 9) - 1].code
        case "choices":
            return frozenset(option.code for option in question.options[:9] if not option.exclusive)
        case "integer":
            assert question.usual
            return int(question.usual.maximum)
    return calm(question, number)


def as_file(interview: Interview, path: Path) -> None:
    """The answers of an interview as somebody would write them in a file."""

    def written(question: Question, entry: Entry) -> object:
        if isinstance(entry, AbsentReason):
            return {"absent": str(entry)}
        if isinstance(entry, bool):
            return "yes" if entry else "no"
        return sorted(entry) if isinstance(entry, frozenset) else str(entry)

    questions = interview.form.questionnaire.question
    answers = {name: written(questions[name], entry) for name, entry in interview.response.entries.items()}
    path.write_text(yaml.safe_dump(answers, allow_unicode=True), "utf-8")


@pytest.mark.parametrize("choose", [calm, in_need])
def test_a_full_walk_ends_with_a_sealed_text_that_the_same_answers_in_a_file_give_too(
    choose: Choose, tmp_path: Path
) -> None:
    """By keyboard at 80 by 24 from the first page to a saved file: it begins and ends with the notice, its seal holds,
    and ``screener summarise`` makes the very same text from the same answers."""
    content = load(shipped_content(), "ketamine-pre-screening")
    terminal = Terminal(tmp_path)
    interview = walk(terminal, content, choose)
    terminal.shows("Check your answers before you finish")
    terminal.press("Finish", after="> Where you are today")
    terminal.shows("You have finished")
    terminal.press("Save a copy", after="> Done")
    terminal.shows("Save a copy of your answers")
    terminal.press("Save", after="Folder:")
    terminal.shows("The copy is saved in this file")
    terminal.press("Close", after="> Close")
    terminal.press("For staff: clinician's copy", after="> Save a copy")
    terminal.shows("Save the copy for the clinician")
    terminal.press("Save", after="Folder:")
    terminal.shows("The copy is saved in this file")
    terminal.press("Close", after="> Close")
    terminal.shows("> For staff: clinician's copy")
    terminal.keys("\x1b[Z")
    terminal.shows("> Save a copy")
    terminal.keys("\x1b[Z")
    terminal.press("Done", after="> Done")
    assert terminal.ends() == 0

    for saved in (patient := next(tmp_path.glob("screener-*-patient.txt")), next(tmp_path.glob("*-clinician.txt"))):
        text = saved.read_text("utf-8")
        blocks = [line for line in text.splitlines() if line.startswith("== ")]
        assert blocks[0].startswith("== Talk to a clinician =")
        assert blocks[-1].startswith("== Talk to a clinician =")
        assert check(text).holds
        assert saved.stat().st_mode & 0o077 == 0
    text = patient.read_text("utf-8")

    as_file(interview, tmp_path / "answers.yaml")
    reference = re.search(r"Reference: +(\S+)", text)
    answered = re.search(r"Answered: +(\S+) (\S+) UTC", text)
    assert reference
    assert answered
    again = subprocess.run(
        [sys.executable, "-m", "screener", "summarise", "answers.yaml", "--reference", reference[1],
         "--answered", f"{answered[1]}T{answered[2]}Z"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert again.stdout == text
