"""What others know of a walk: how far the person has come, which pages they read, and where to go on."""

from __future__ import annotations

import datetime

from screener.values import dataclass


@dataclass(frozen=True)
class Progress:
    """How far the person has come. Sections count from 1, and ``furthest`` never falls.

    ``question`` of ``questions`` is the position of the current page in its section. It is set only if no answer in the
    section can change how many questions it has.
    """

    furthest: int
    """The furthest section so far."""
    sections: int
    section: int
    """The section of the current page."""
    question: int | None = None
    questions: int | None = None


@dataclass(frozen=True)
class Acknowledgement:
    """A record that the page of an urgent rule was acknowledged, when, and by whom (``None``: the person)."""

    rule: str
    at: datetime.datetime
    by: str | None = None
    was_shown: bool = True
    """Whether anybody saw the page; not so where the answers come from a file."""
    checked: bool = False
    """Whether the name was opened with a door code or a passphrase, and not only typed."""


@dataclass(frozen=True)
class Position:
    """The position of a walk, so that it can continue from there later."""

    question: str | None
    """The question on the page; ``None`` at the check of all answers."""
    reached: int = 1
    """The furthest section so far, from 1."""
    changing: bool = False
    """Whether the question was opened from the check of all answers."""
    acknowledged: frozenset[str] = frozenset()
    """The urgent rules whose pages were acknowledged and need not interrupt again."""
