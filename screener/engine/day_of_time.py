"""On which day a time was that staff recorded: only the time is asked, because nobody should have to type the day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Protocol

from screener.i18n.formats import local
from screener.model.response import Entry


class Entered(Protocol):
    """One entry for a question, and when it was entered."""

    @property
    def entry(self) -> Entry: ...

    @property
    def at(self) -> datetime.datetime: ...


def on_its_day(time: datetime.time, entered: Iterable[Entered], otherwise: datetime.datetime) -> datetime.datetime:
    """Return a time on the day nearest to when a time was first entered, because a correction may come days later.

    ``entered`` is everything that was entered for the question, oldest first; ``otherwise`` is the moment to be near
    to where that is not known.
    """
    first = next((each.at for each in entered if isinstance(each.entry, datetime.time)), otherwise)
    days = (local(first).date() + datetime.timedelta(days=number) for number in (-1, 0, 1))
    moments = (datetime.datetime.combine(day, time).astimezone() for day in days)
    return min(moments, key=lambda moment: abs(moment - first))
