"""What a summary is made of. Each format knows how to render each of these, and nothing else."""

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
    """One thing and what was said of it, e.g. a question and its answer."""

    label: str
    value: str


@dataclass(frozen=True)
class Pairs:
    pairs: tuple[Pair, ...]
    title: str | None = None
    """A heading of its own, e.g. the section of the questionnaire that these answers belong to."""
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True)
class Topic:
    """What one rule puts into the summary, traced to the answers, the rule and its sources."""

    title: str
    text: str
    because: tuple[Pair, ...]
    """Questions and answers that raised it; for an undetermined rule, the questions that would settle it."""
    rule: str
    sources: tuple[str, ...]
    priority: str | None = None
    """Only in the clinician's copy."""
    kind: Literal["topic"] = "topic"


@dataclass(frozen=True)
class ScoreLine:
    """What one score is known to be. ``low`` equals ``high`` where no item is missing."""

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
    """A titled part of the document. ``id`` is stable, so that a seal can name it."""

    id: str
    title: str
    parts: tuple[BlockPart, ...]
