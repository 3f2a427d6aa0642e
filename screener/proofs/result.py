"""The results of proofs, in words that a clinical lead can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screener.errors import Place
from screener.model.response import Entry


class Verdict(StrEnum):
    """The verdict of a proof. ``LISTED`` is no fault, but should be read; ``UNDECIDED`` never counts as proved."""

    PROVED = "proved"
    LISTED = "listed"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Example:
    """Answers that show a result: ``name`` for a file, ``says`` for what they show."""

    name: str
    says: str
    entries: Mapping[str, Entry]


@dataclass(frozen=True)
class Result:
    """The result for one question, rule or path. ``says`` and ``remedy`` are whole sentences."""

    verdict: Verdict
    subject: str
    place: Place
    says: str = ""
    remedy: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Task:
    """One piece of work: ``about`` is shown while it runs."""

    about: str
    run: Callable[[], Sequence[Result]]


@dataclass(frozen=True)
class Finding:
    """All results on one property. ``claim`` is the sentence that holds if none is refuted."""

    claim: str
    results: tuple[Result, ...]

    @property
    def holds(self) -> bool:
        return not any(proof.verdict in (Verdict.REFUTED, Verdict.UNDECIDED) for proof in self.results)
