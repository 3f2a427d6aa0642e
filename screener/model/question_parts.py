"""The parts of a question: its options, its limits, and what the person is asked to check."""

from __future__ import annotations

from screener.model.base import Authored, AuthoredNumber, Condition, Flag, Identifier, Loinc, OptionCode, Text, Whole
from screener.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Option(Authored):
    """One possible answer of a choice. ``score`` makes a single choice usable as a number."""

    code: OptionCode
    label: Text
    help: Text | None = None
    score: Whole | None = None
    exclusive: Flag = False
    """In a ``choices`` question: choosing this option removes all others ("none of these")."""
    loinc: Loinc | None = None


@dataclass(frozen=True, kw_only=True)
class Limits(Authored):
    """An inclusive range of numbers."""

    minimum: AuthoredNumber
    maximum: AuthoredNumber

    def __post_init__(self) -> None:
        if self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}; swap them")


@dataclass(frozen=True, kw_only=True)
class PleaseCheck(Authored):
    """A likely mistake that the person may confirm: ``text`` is asked if ``when`` is true."""

    when: Condition
    text: Text


MOST_OCCURRENCES = 48


@dataclass(frozen=True, kw_only=True)
class Repeats(Authored):
    """How a section repeats: it is filled in again as long as ``another`` is answered yes, and ``up_to`` so many times.

    With ``time``, every occurrence has a time, which is shown as the minutes since the moment of the questionnaire.
    """

    up_to: Whole
    title: Text
    """What one occurrence is called, before its number, e.g. "Reading"."""
    another: Identifier
    """The yes/no question, last in the section, whether there is another occurrence."""
    time: Identifier | None = None
    """The time question in the section that says when the occurrence was."""

    def __post_init__(self) -> None:
        if not 2 <= self.up_to <= MOST_OCCURRENCES:
            raise ValueError(f"a section can be filled in 2 to {MOST_OCCURRENCES} times; write one of these numbers")
