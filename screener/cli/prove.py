"""The part of ``screener check --prove`` that proves, shows its progress, and prints the results."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from screener.cli.output import note, say
from screener.content.load import load
from screener.errors import ContentError, Problem
from screener.proofs.occurrences import limits
from screener.proofs.prove import prove
from screener.proofs.report import problems, report, save_examples

_PAUSE = 1.0
"""Seconds between two lines of progress if stderr is not a terminal."""


def prove_folder(folder: Path, questionnaires: list[str], saved: Path | None) -> None:
    """Print the results of the proofs of each questionnaire. Raise ``ContentError`` with all that does not hold."""
    failures: list[Problem] = []
    for name in questionnaires:
        content = load(folder, name)
        home = saved / name if saved and len(questionnaires) > 1 else saved
        started = time.monotonic()
        findings = prove(content, _Progress())
        tasks = sum(len(finding.results) for finding in findings)
        say(f"{name} {content.questionnaire.version}, rules {content.ruleset.version}: proofs")
        for line in (*report(findings), *limits(content)):
            say(line)
        note(f"{tasks} results in {time.monotonic() - started:.0f} s.")
        if home:
            note(f"{save_examples(findings, home)} examples are in {home}.")
        failures += problems(findings, home)
    if failures:
        raise ContentError(failures)


class _Progress:
    """The progress: one line that is overwritten on a terminal, else a line every second."""

    def __init__(self) -> None:
        self.terminal = sys.stderr is not None and sys.stderr.isatty()
        self.next = time.monotonic() + _PAUSE

    def __call__(self, done: int, of: int, about: str) -> None:
        if self.terminal:
            text = "" if done == of else f"{done} of {of}  {about}"[:78]
            sys.stderr.write(f"\r{text:<78}\r" if done == of else f"\r{text:<78}")
            sys.stderr.flush()
        elif done < of and time.monotonic() >= self.next:
            self.next = time.monotonic() + _PAUSE
            note(f"{done} of {of}  {about}")
