"""The parts of an instrument: its scores with their published ranges, and its licence."""

from __future__ import annotations

from typing import Annotated

from screener.model.base import Authored, Condition, Identifier, ListLength, Loinc, Recall, Text, Whole
from screener.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Band(Authored):
    """A published range of a score and its published name; shown to clinicians only."""

    minimum: Whole
    maximum: Whole
    label: Text

    def __post_init__(self) -> None:
        if self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}; swap them")


@dataclass(frozen=True, kw_only=True)
class Score(Authored):
    """A number derived from answers; with items missing it is a range, never a total."""

    id: Identifier
    title: Text
    value: Condition
    """A number in the condition language, e.g. ``phq9_1 + phq9_2``."""
    maximum: Whole
    bands: Annotated[tuple[Band, ...], ListLength(0, 10)] = ()
    bands_note: Text | None = None
    """Anything a clinician should know about the published ranges, such as a disagreement between sources."""
    recall: Recall | None = None
    """The time that its items ask about, as their published wording says it, e.g. ``2 weeks``; for charts."""
    loinc: Loinc | None = None


@dataclass(frozen=True, kw_only=True)
class Licence(Authored):
    """The permission to show an instrument's wording."""

    terms: Text
    credit: Text
    """The credit, shown to the person below each item."""
    restriction: Text | None = None
    """Any use that the terms do not allow, e.g. commercial use."""
