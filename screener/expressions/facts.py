"""Facts: what an expression sees of each question and score, which may be missing or known only within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from screener.model.name_list import ListedGroups


class Range(NamedTuple):
    """A number known to lie between ``low`` and ``high`` inclusive; they are equal if it is known exactly.

    ``enabled`` is false if the question is not asked, and ``None`` if that is not known yet. ``refused`` is true if the
    person preferred not to say, and ``None`` if there is neither an answer nor a refusal.
    """

    low: int | Fraction
    high: int | Fraction
    enabled: bool | None = True
    refused: bool | None = False


class Missing(Enum):
    """The reason why a fact is missing: not answered yet; declined; perhaps never asked; not asked."""

    UNANSWERED = ("unanswered", True)
    DECLINED = ("declined", True)
    UNCERTAIN = ("uncertain", None)
    NOT_APPLICABLE = ("not applicable", False)

    def __init__(self, _word: str, enabled: bool | None) -> None:
        self.enabled = enabled
        """Whether the question is asked; ``None`` if that is not known."""

    # These are looked up for every blank in every rule, and Enum's own hash is slow Python.
    __hash__ = object.__hash__


Fact = bool | str | frozenset[str] | ListedGroups | Range | Missing
"""yes_no: bool; choice: its code; choices: the set of codes; an amount or a score: a range; or why it is missing."""
Facts = Mapping[str, Fact]

UNDECIDED = {reason: False if reason is Missing.NOT_APPLICABLE else None for reason in Missing}
"""What a missing fact makes of a condition: false if the question is not asked, else unknown."""
REFUSED = UNDECIDED | {Missing.DECLINED: True}
"""What it makes of ``declined``."""

HALF_A_DAY = 12 * 60
"""Two times of day are at most this many minutes apart: 0:15 is 45 minutes after 23:30, and not 23 hours before it."""


def minutes_between(start: int, end: int) -> int:
    """Return the minutes from one time of day to another, each in minutes since midnight."""
    return (end - start + HALF_A_DAY) % (2 * HALF_A_DAY) - HALF_A_DAY


def missing_range(low: int | Fraction, high: int | Fraction, missing: Missing) -> Range:
    """Return the range of the possible values of a number without an answer."""
    return Range(low, high, missing.enabled, REFUSED[missing])
