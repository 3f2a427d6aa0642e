"""The parts of a summary. Each format renders each of these, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Audience = Literal["patient", "clinician"]


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True)
class Pair:
    """A label with its text, e.g. a question and its answer."""

    label: str
    value: str


@dataclass(frozen=True)
class Pairs:
    pairs: tuple[Pair, ...]
    title: str | None = None
    """A separate heading, e.g. the section of the questionnaire that these answers belong to."""
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True)
class Topic:
    """The text of one rule in the summary, with its answers, the rule and its sources."""

    title: str
    text: str
    because: tuple[Pair, ...]
    """Questions and answers that raised it; for an undetermined rule, the questions that would decide it."""
    rule: str
    sources: tuple[str, ...]
    priority: str | None = None
    """Only in the clinician's copy."""
    grade: str | None = None
    """The grade of its best source; only in the clinician's copy."""
    kind: Literal["topic"] = "topic"


@dataclass(frozen=True)
class ScoreLine:
    """The known range of one score. ``low`` equals ``high`` if no item is missing."""

    title: str
    low: int
    high: int
    maximum: int
    missing: int
    ranges: tuple[str, ...] = ()
    note: str | None = None
    kind: Literal["score"] = "score"


BlockPart = Paragraph | Bullets | Pairs | Topic | ScoreLine


@dataclass(frozen=True)
class Block:
    """A titled part of the document. ``id`` is stable, because the checksum names it."""

    id: str
    title: str
    parts: tuple[BlockPart, ...]
