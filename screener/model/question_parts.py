"""The parts of a question: its options, its limits, and what the person is asked to check."""

from __future__ import annotations

from screener.model.base import Authored, AuthoredNumber, Condition, Flag, Loinc, OptionCode, Text, Whole
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
