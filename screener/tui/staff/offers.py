"""What can be answered on this terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """A questionnaire, and the languages that it can be answered in; the first is its own."""

    id: str
    title: str
    languages: tuple[str, ...]
