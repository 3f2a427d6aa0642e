"""The chart of days: for each response those that its figure covers, and for each kind of mark its days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from screener.display_text import width
from screener.i18n.gettext import ngettext
from screener.series.chart import DATE, GAP, Signs
from screener.series.marks import KINDS, DayMark, kind_label
from screener.series.points import ScoreSeries
from screener.series.recall import Days


def covers(scores: ScoreSeries) -> list[tuple[datetime.date, Days]]:
    """Return the day of each response that has a figure, with the days that it covers; at least those of answering."""
    return [
        (point.response.day, point.covers or point.answered)
        for point in scores.points
        if point.low is not None and point.answered
    ]


@dataclass(frozen=True)
class _Axis:
    """The days of a chart in columns; where they have no room, a column stands for several days."""

    first: datetime.date
    last: datetime.date
    a_column: int

    @property
    def columns(self) -> int:
        return self.column(self.last) + 1

    def column(self, day: datetime.date) -> int:
        return (day - self.first).days // self.a_column

    def ends(self) -> str:
        """Return the first and the last day, above their columns where both have room."""
        between = max(self.columns - 2 * DATE, 1)
        return f"{self.first}{' ' * between}{self.last}" if self.first != self.last else str(self.first)


def day_rows(scores: ScoreSeries, marked: Sequence[DayMark], signs: Signs, columns: int) -> Iterator[str]:
    """Yield the first and last day, a row for each kind of mark and for each figure, and what a column stands for."""
    spans = covers(scores)
    if not spans:
        return
    labels = {kind: signs.show(kind_label(kind)) for kind in KINDS if any(mark.kind == kind for mark in marked)}
    label = max([DATE, *map(width, labels.values())])
    ends = [day for _day, span in spans for day in (span.first, span.last)] + [mark.day for mark in marked]
    room = columns - label - len(GAP)
    axis = _Axis(min(ends), max(ends), max(-(-((max(ends) - min(ends)).days + 1) // room), 1))
    yield " " * (label + len(GAP)) + axis.ends()

    def row(name: str, drawn: str) -> str:
        return f"{name}{' ' * (label - width(name))}{GAP}{drawn}"

    for kind, name in labels.items():
        yield row(name, _drawn(axis, (), (mark.day for mark in marked if mark.kind == kind), signs, signs.mark))
    for day, span in spans:
        yield row(day.isoformat(), _drawn(axis, (span,), (span.last,), signs, signs.total))
    count = ngettext("one column is {count} day", "one column is {count} days", axis.a_column)
    yield signs.show(count.format(count=axis.a_column))


def _drawn(axis: _Axis, spans: Iterable[Days], days: Iterable[datetime.date], signs: Signs, sign: str) -> str:
    cells = [signs.empty] * axis.columns
    for span in spans:
        for column in range(axis.column(span.first), axis.column(span.last) + 1):
            cells[column] = signs.between
    for day in days:
        cells[axis.column(day)] = sign
    return "".join(cells)
