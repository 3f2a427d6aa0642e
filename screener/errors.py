"""Mistakes that an author or a user can correct, as data: where, what, and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from screener.values import dataclass

MOST_PROBLEMS = 50
"""The number of mistakes reported for one file, so that a hostile file cannot ask for a million sentences."""


class Place(NamedTuple):
    """A position in a file. Lines and columns count from 1, as editors show them.

    Every value of a file has one: a named tuple is quick to make.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. ``message`` and ``remedy`` are whole sentences; ``excerpt`` may show the text with a caret."""

    place: Place
    message: str
    remedy: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        sentence = " ".join(part for part in (f"{self.place}:", self.message, self.remedy) if part)
        return f"{sentence}\n{self.excerpt}" if self.excerpt else sentence


class ScreenerError(Exception):
    """A mistake that a user or author can make and correct; the command line ends with exit code 2."""


class NoOutput(ScreenerError):
    """Stdout is closed, or took no more."""


class ContentError(ScreenerError):
    """All problems found in one run, in the order of their places; never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def closest(name: str, names: Iterable[str]) -> str | None:
    """Return the existing name that was probably meant; letters in the wrong order count as close."""
    from difflib import SequenceMatcher, get_close_matches

    def likeness(candidate: str) -> tuple[float, bool, bool]:
        ratio = SequenceMatcher(None, candidate, name).ratio()
        return ratio, sorted(candidate) == sorted(name), candidate[:1] == name[:1]

    return max(get_close_matches(name, sorted(set(names)), n=5, cutoff=0.5), key=likeness, default=None)


CHECK_IT = "Check how it is written."
"""The remedy for a name that is not there, where none is close and there are too many to list."""


def nearest(name: str, names: Iterable[str]) -> str:
    """Return a remedy: the closest existing name, or a short list of the names if none is close."""

    candidates = sorted(set(names))
    if close := closest(name, candidates):
        return f'Did you mean "{close}"?'
    if 0 < len(candidates) <= 12:
        return "Use one of: " + ", ".join(candidates) + "."
    return ""


def quoted(written: object) -> str:
    """Return authored text in quotes, on one line, and cut to a length that fits a sentence."""
    text = " ".join(str(written).split())
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'
