"""What was begun on a page that the person left with Back; it is there again when they return."""

from __future__ import annotations

from screener.model.response import Entry
from screener.values import dataclass


@dataclass(frozen=True)
class Draft:
    """What was typed or chosen, and not continued."""

    typed: str
    entry: Entry | None
