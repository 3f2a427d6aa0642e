"""Parts of the data of a summary: what a rule cites, who read its page, the previous response."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from screener.model.crisis_lines import Mark
from screener.summary.context import SummaryContext
from screener.summary.metadata import ResponseName


@dataclass(frozen=True)
class CitedData:
    """Where a rule's facts come from, and whether somebody read them there."""

    source: str
    section: str | None
    mark: Mark


@dataclass(frozen=True)
class PageRead:
    """The page of an urgent rule, when it was read and by whom (``null``: the person).

    ``checked``: the name was opened with a door code or a passphrase, and not only typed.
    """

    rule: str
    at: datetime.datetime
    by: str | None
    checked: bool = False


def previous_data(context: SummaryContext) -> ResponseName | None:
    """Return the response from which answers were carried over, or which rules read; ``None`` where none was known."""
    previous = context.interview.previous or context.metadata.carried_from
    return ResponseName(previous.reference, previous.day) if previous else None
