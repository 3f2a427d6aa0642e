"""Texts made to be obeyed by a terminal, or taken for markup: authored, typed, pasted, or read from a file of answers.

None of their bytes reach a terminal or a file as they are. On a real terminal they are let into every way that a person
or an author has; the pages drawn from them are attacked one by one in ``tests/tui``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.display_text import UNPRINTABLE
from screener.document.checksum import check
from tests.plain.test_parity import CHANGING
from tests.plain.walks import script
from tests.strategies import ESCAPES, FORGERIES
from tests.terminal.conftest import FLIGHT, NOTHING_KEPT
from tests.terminal.keys import BACKTAB, ENTER, ESCAPE, F8, TAB, click, pasted
from tests.terminal.terminal import SCREENER, Terminal, bare_environment
from tests.terminal.walking import declined, walk
from tests.text_safety.conftest import Machine

AUTHORED = {
    "questions/before-a-flight/journey.yaml": ["Where do you leave from?", "The north"],
    "questions/before-a-flight/questionnaire.yaml": ["Before you fly"],
    "rules/before-a-flight/flight.yaml": ["You told us that you are under 16 and fly alone.", "Unaccompanied minor"],
    "rules/crisis-lines.yaml": ["Call your local emergency number."],
}
"""A question, an answer, a heading, the two wordings of a rule, and what help says."""
HELP = "tell a member of staff now"
SHOWN = [text for text in FORGERIES if "\u200d" not in text]
"""Without a character of which the terminal of these tests does not know the width."""
CLICKED = [text for text in FORGERIES if "click" in text or "alert" in text]


def write(content: Path, payload: str) -> int:
    """Put a text, as a YAML string with escapes, in the place of each of the authored ones; returns in how many."""
    places = 0
    for name, texts in AUTHORED.items():
        file = content / name
        written = file.read_text("utf-8")
        for text in texts:
            line = next(line for line in written.splitlines() if text in line)
            value = line[line.index(text) :].partition(", ")[0].partition("}")[0]
            places += written.count(value)
            written = written.replace(value, json.dumps(payload))
        file.write_text(written, "utf-8")
    return places


@pytest.mark.parametrize("payload", ESCAPES.values(), ids=ESCAPES.keys())
def test_content_that_would_control_a_terminal_is_refused(machine: Machine, payload: str) -> None:
    """With the places, on lines that show what it was and do none of it."""
    places = write(machine.content, payload)
    end = machine.check()
    assert (end.returncode, end.stdout) == (2, "")
    assert len(end.stderr.splitlines()) == places
    assert not UNPRINTABLE.search(end.stderr)


@pytest.mark.parametrize("payload", ESCAPES.values(), ids=ESCAPES.keys())
def test_an_answer_in_a_file_controls_nothing(machine: Machine, payload: str) -> None:
    """In each format of each copy its words are there, and nothing that a terminal obeys."""
    machine.answers.write_text(f"remarks: {json.dumps('words ' + payload)}\n", "utf-8")
    for options in (("--copy", "clinician"), ("--format", "markdown"), ("--format", "json", "--copy", "clinician")):
        end = machine.summarise(*options)
        assert (end.returncode, end.stderr) == (0, "")
        assert not UNPRINTABLE.search(end.stdout)
        assert "words" in end.stdout or "patient" not in options


def test_what_is_typed_and_pasted_reaches_neither_the_terminal_nor_a_file(flight: Content, tmp_path: Path) -> None:
    """Each text is typed letter by letter, then each is pasted; both copies are saved and read."""
    with Terminal("--content", str(FLIGHT), "start", folder=tmp_path, environment=NOTHING_KEPT) as terminal:
        walk(terminal, flight, declined, until="remarks")
        for number, payload in enumerate([*ESCAPES.values(), *CLICKED]):
            terminal.keys(payload.replace("\r", "").replace("\n", " ") + f" #{number};")
            terminal.shows(f"#{number};")
        for number, payload in enumerate([*ESCAPES.values(), *SHOWN]):
            terminal.keys("\x01" if not number else "")
            terminal.keys(pasted(f"{payload} @{number};".encode()))
            terminal.shows(f"@{number};")
        terminal.insist(F8, HELP)
        terminal.keys(ESCAPE)
        terminal.shows_no(HELP)
        terminal.keys(ENTER)
        terminal.shows("Check your answers before you finish")
        terminal.keys(TAB)
        terminal.press("Finish")
        terminal.shows("You have finished")
        terminal.read_page()
        for copy, after in (("Save a copy", "Done"), ("For staff: clinician's copy", "Save a copy")):
            terminal.press(copy, after=after)
            terminal.shows("Folder:")
            terminal.focuses("1 Text")
            terminal.keys(" ")
            terminal.shows("The copy is saved in this file")
            terminal.press("Close")
            terminal.shows_no("The copy is saved in this file")
            terminal.read_page()
        terminal.keys(BACKTAB * 2)
        terminal.press("Done")
        assert terminal.ends() == 0
        assert terminal.strange == []
        assert terminal.title == ""
    saved = [path.read_text("utf-8") for path in tmp_path.glob("screener-*.txt")]
    assert len(saved) == 2
    for text in saved:
        assert not UNPRINTABLE.search(text)
        assert check(text).holds
    assert any("VERIFIED" in text and "@click=app.quit" in text for text in saved)


def test_markup_of_an_author_is_text_on_the_terminal(tmp_path: Path) -> None:
    """Letter by letter, and where it says that it could be clicked on nothing happens."""
    payload = "[@click=app.exit]press[/] [b]bold[/b] A[/]B [/ \\"
    shutil.copytree(FLIGHT, tmp_path / "content")
    write(tmp_path / "content", payload)
    words = ("--content", str(tmp_path / "content"), "start")
    with Terminal(*words, folder=tmp_path, environment=NOTHING_KEPT) as terminal:
        terminal.focuses("Begin")
        terminal.until(lambda: terminal.text.count(payload) == 3, "the text as title, as heading and as help")
        terminal.keys(ENTER)
        terminal.shows("1 ( )")
        terminal.until(lambda: terminal.text.count(payload) == 3, "the text as title, as question and as answer")
        *_, row = (row for row, line in enumerate(terminal.lines, 1) if payload in line)
        terminal.keys("".join(click(column, row) for column in range(1, 81)) + "1")
        terminal.shows(f"(*) {payload}")
        terminal.keys(F8)
        terminal.shows(HELP)
        terminal.shows(payload)
        assert terminal.strange == []


def test_in_lines_too_nothing_that_was_typed_is_obeyed(flight: Content, tmp_path: Path) -> None:
    """The same texts as a line of a script: neither the talk nor the summary holds their bytes."""
    annotation = " ".join([*ESCAPES.values(), *FORGERIES]).translate({0: "", 10: " ", 13: " "})
    lines = [f" {annotation}" if line == " well" else line for line in script(flight, CHANGING)]
    assert f" {annotation}" in lines
    ran = subprocess.run(
        [*SCREENER, "--content", str(FLIGHT), "start", "--plain"],
        input="".join(f"{line}\n" for line in lines).encode(),
        cwd=tmp_path,
        env=bare_environment(tmp_path) | NOTHING_KEPT,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    for text in (ran.stdout, ran.stderr):
        assert not UNPRINTABLE.search(text.decode())
    assert b"VERIFIED" in ran.stderr
