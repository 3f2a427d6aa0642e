"""What 0.1.0 exported as JSON, so that its files can still be checked: the blocks of a document, as they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screener.document.notice import Audience


@dataclass(frozen=True)
class ParagraphData:
    text: str
    kind: Literal["paragraph"]


@dataclass(frozen=True)
class BulletsData:
    items: tuple[str, ...]
    kind: Literal["bullets"]


@dataclass(frozen=True)
class PairData:
    label: str
    value: str


@dataclass(frozen=True)
class PairsData:
    pairs: tuple[PairData, ...]
    title: str | None
    kind: Literal["pairs"]


@dataclass(frozen=True)
class ShownTopicData:
    title: str
    text: str
    because: tuple[PairData, ...]
    rule: str
    sources: tuple[str, ...]
    priority: str | None
    kind: Literal["topic"]


@dataclass(frozen=True)
class ScoreLineData:
    title: str
    low: int
    high: int
    maximum: int
    missing: int
    ranges: tuple[str, ...]
    note: str | None
    kind: Literal["score"]


@dataclass(frozen=True)
class BlockData:
    id: str
    title: str
    parts: tuple[ParagraphData | BulletsData | PairsData | ShownTopicData | ScoreLineData, ...]


@dataclass(frozen=True)
class SummaryFile1:
    """A summary exported as JSON by 0.1.0. Later versions read it and write ``summary``."""

    copy: Audience
    title: str
    language: str
    blocks: tuple[BlockData, ...]
    format: Literal["screener-summary"]
    version: Literal[1]
