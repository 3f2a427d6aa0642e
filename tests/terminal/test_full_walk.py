"""The main job on a real terminal: from the first page to a sealed file, by keyboard, on shipped questionnaires."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from screener.content.load import load
from screener.document.checksum import check
from screener.engine.interview import Interview
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.paths import shipped_content
from tests.plain.test_process import without_end
from tests.terminal.keys import BACKTAB, TAB
from tests.terminal.terminal import RESTORED, Terminal
from tests.terminal.walking import Choose, calm, in_need, walk


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


def save(terminal: Terminal, heading: str) -> None:
    """In the dialog with this heading, save a copy where it says, and close it."""
    terminal.shows(heading)
    terminal.focuses("1 Text")
    terminal.keys(" ")
    terminal.shows("The copy is saved in this file")
    terminal.press("Close")
    terminal.shows_no("The copy is saved in this file")
    terminal.read_page()


@pytest.mark.parametrize(
    ("questionnaire", "choose"),
    [
        ("after-24-hours", in_need),
        pytest.param("ketamine-pre-screening", in_need, marks=pytest.mark.long),
        pytest.param("ketamine-pre-screening", calm, marks=pytest.mark.long),
    ],
)
def test_a_full_walk_ends_with_a_sealed_text_that_the_same_answers_in_a_file_give_too(
    questionnaire: str, choose: Choose, tmp_path: Path
) -> None:
    """By keyboard at 80 by 24 from the first page to a saved file: it begins and ends with the notice, its seal holds,
    and ``screener summarise`` makes the very same text from the same answers."""
    content = load(shipped_content(), questionnaire)
    with Terminal("start", questionnaire, folder=tmp_path) as terminal:
        interview = walk(terminal, content, choose)
        terminal.shows("Check your answers before you finish")
        terminal.keys(TAB)
        terminal.press("Finish")
        terminal.shows("You have finished")
        terminal.read_page()
        terminal.press("Save a copy", after="Done")
        save(terminal, "Save a copy of your answers")
        terminal.press("For staff: clinician's copy", after="Save a copy")
        save(terminal, "Save the copy for the clinician")
        terminal.focuses("For staff: clinician's copy")
        terminal.keys(BACKTAB * 2)
        terminal.press("Done")
        assert terminal.ends() == 0
        assert all(sequence in terminal.painted for sequence in RESTORED)

    for saved in (patient := next(tmp_path.glob("screener-*-patient.txt")), next(tmp_path.glob("*-clinician.txt"))):
        text = saved.read_text("utf-8")
        blocks = [line for line in text.splitlines() if line.startswith("== ")]
        assert blocks[0].startswith("== Talk to a clinician =")
        assert blocks[-1].startswith("== Talk to a clinician =")
        assert check(text).holds
        assert saved.stat().st_mode & 0o077 == 0
    text = patient.read_text("utf-8")

    as_file(interview, tmp_path / "answers.yaml")
    reference = re.search(r"Reference +(\S+)", text)
    answered = re.search(r"Answered +(\S+) (\d\d:\d\d)", text)
    assert reference
    assert answered
    again = subprocess.run(
        [sys.executable, "-m", "screener", "summarise", "answers.yaml", "--questionnaire", questionnaire,
         "--reference", reference[1], "--answered", f"{answered[1]}T{answered[2]}Z"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    # A file of answers does not tell when they were finished.
    assert without_end(again.stdout.encode()) == without_end(text.encode())
