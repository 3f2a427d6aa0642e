"""Everything that was entered for a response, oldest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screener.model.response import Entry
from screener.summary.metadata import RecordedEntry


@dataclass(frozen=True)
class HistoryEntry:
    """One answer as it was given, once. ``by`` is a member of staff who entered it; ``None``: the person.

    ``reason`` says why it corrects the one before it, where staff answer.
    """

    question: str
    entry: Entry
    at: datetime.datetime
    by: str | None = None
    carried_over: bool = False
    """Whether it is the answer of the previous response, which the person confirmed."""
    reason: str | None = None


def repeats(history: Sequence[HistoryEntry], entry: HistoryEntry, *, whoever: bool) -> bool:
    """Return whether an entry says what the last one of its question says.

    ``whoever``: also if a colleague entered that; who passes it takes over nothing.
    """
    before = next((past for past in reversed(history) if past.question == entry.question), None)
    if before is None:
        return False
    is_same_entry = (before.entry, type(before.entry)) == (entry.entry, type(entry.entry))
    return is_same_entry and before.carried_over == entry.carried_over and (whoever or before.by == entry.by)


def earlier(history: Iterable[HistoryEntry], question: str) -> list[HistoryEntry]:
    """Return the answers to a question before the current one, oldest first."""
    return [past for past in history if past.question == question][:-1]


def entered_as(history: Iterable[HistoryEntry]) -> dict[str, tuple[str | None, datetime.datetime]]:
    """Return by question who entered its current answer, and when."""
    return {past.question: (past.by, past.at) for past in history}


def recorded_in(history: Iterable[HistoryEntry]) -> dict[str, tuple[RecordedEntry, ...]]:
    """Return by question everything that was entered for it, oldest first."""
    entered: dict[str, tuple[RecordedEntry, ...]] = {}
    for past in history:
        entry = RecordedEntry(past.entry, past.by, past.at, past.reason)
        entered[past.question] = (*entered.get(past.question, ()), entry)
    return entered
