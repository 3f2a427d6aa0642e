"""An exact chart of text: one row a response, one column a point.

Every figure stands beside its row, so that nobody has to count columns. The ASCII chart has the same rows and columns.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from screener.display_text import ascii_only, visible, width
from screener.i18n.gettext import _, ngettext
from screener.series.marks import DayMark
from screener.series.points import ScorePoint, ScoreSeries

GAP = "  "
DATE = len("2026-01-05")
_FEWEST_COLUMNS = 10
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000)
_COLUMNS_A_NUMBER = 5


@dataclass(frozen=True)
class Signs:
    """The signs of a chart, each one column wide, and whether words are in ASCII too."""

    empty: str
    total: str
    low: str
    between: str
    high: str
    narrow: str
    """A range that is no wider than one column."""
    mark: str
    in_ascii: bool

    def show(self, text: str) -> str:
        """Return words as they stand beside these signs; nothing in them is obeyed by a terminal."""
        return ascii_only(visible(text)) if self.in_ascii else visible(text)


UNICODE = Signs("\u00b7", "\u25cf", "\u251c", "\u2500", "\u2524", "\u25c6", "\u2502", in_ascii=False)
ASCII = Signs(".", "*", "[", "=", "]", "#", "|", in_ascii=True)


def figure_rows(scores: ScoreSeries, marked: Sequence[DayMark], signs: Signs, columns: int) -> Iterator[str]:
    """Yield the scale, a row for each response and each mark in the order of their days, and what the signs mean."""
    figures = max(width(signs.show(point.figure)) for point in scores.points)
    missing_room = max(width(_missing(point, signs)) for point in scores.points)
    room = columns - DATE - figures - missing_room - 3 * len(GAP)
    a_column = points_a_column(scores.score.maximum, room)
    yield " " * (DATE + figures + 2 * len(GAP)) + scale(scores.score.maximum, a_column)
    rows = [(point.response.day, 0, _cells(point, scores.score.maximum, a_column, signs)) for point in scores.points]
    days = [point.response.day for point in scores.points]
    rows += [(day, 1, ("", signs.show(words), "")) for day, words in _mark_rows(days, marked)]
    for day, _place, (figure, drawn, missing) in sorted(rows, key=lambda row: row[:2]):
        padded = " " * (figures - width(figure)) + figure
        yield GAP.join((day.isoformat(), padded, drawn, missing)).rstrip()
    yield _legend(scores, a_column, signs)


def _mark_rows(days: Sequence[datetime.date], marked: Sequence[DayMark]) -> Iterator[tuple[datetime.date, str]]:
    """Yield the marks between two responses, those of one kind in one row with the first and the last of their days."""
    ordered = sorted(marked, key=lambda mark: (mark.day, mark.kind))
    for _place, run in groupby(ordered, key=lambda mark: (mark.kind, sum(day <= mark.day for day in days))):
        same = list(run)
        if len(same) == 1:
            yield same[0].day, same[0].label
        else:
            words = _("{label}; {count} days until {last}")
            yield same[0].day, words.format(label=same[0].label, count=len(same), last=same[-1].day)


def points_a_column(maximum: int, room: int) -> int:
    """Return how many points one column stands for: one where all of them have room."""
    return -(-(maximum + 1) // max(room, _FEWEST_COLUMNS))


def scale(maximum: int, a_column: int) -> str:
    """Return the numbers above a chart, each with its first digit in the column of its points."""
    line = ""
    for number in range(0, maximum + 1, scale_step(_COLUMNS_A_NUMBER * a_column)):
        line = line.ljust(number // a_column) + str(number)
    return line


def scale_step(least: int) -> int:
    """Return a round distance between the numbers of a scale, at least ``least`` points."""
    return next((step for step in _STEPS if step >= least), least)


def _cells(point: ScorePoint, maximum: int, a_column: int, signs: Signs) -> tuple[str, str, str]:
    """Return the figure of a point, its drawing, and what is missing; without a figure, the reason in its place."""
    figure = signs.show(point.figure)
    if point.low is None or point.high is None:
        return figure, signs.show(point.reason), ""
    low, high, last = point.low // a_column, point.high // a_column, maximum // a_column
    if point.low == point.high:
        drawn = signs.total
    elif low == high:
        drawn = signs.narrow
    else:
        drawn = signs.low + signs.between * (high - low - 1) + signs.high
    return figure, signs.empty * low + drawn + signs.empty * (last - high), _missing(point, signs)


def _missing(point: ScorePoint, signs: Signs) -> str:
    return "" if point.low is None else signs.show(point.reason)


def _legend(scores: ScoreSeries, a_column: int, signs: Signs) -> str:
    total, meaning = _("total"), _("from the lowest to the highest that it can be")
    parts = [f"{signs.total} {signs.show(total)}"]
    if any(point.low != point.high for point in scores.points):
        parts.append(f"{signs.low}{signs.between}{signs.high} {signs.show(meaning)}")
    if a_column > 1:
        count = ngettext("one column is {count} point", "one column is {count} points", a_column)
        parts.append(signs.show(count.format(count=a_column)))
    return "; ".join(parts)
