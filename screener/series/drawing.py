"""The drawing of a score over time: days from left to right, points from below. Ink only, and no colour that judges."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from html import escape

from screener.display_text import visible
from screener.i18n.gettext import _
from screener.series.chart import scale_step
from screener.series.marks import KINDS, LETTERS, DayMark, kind_label
from screener.series.points import ScoreSeries

WIDTH, HEIGHT = 600, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 14, 26, 64
_INK, _SOFT = "#1b1b1b", "#777777"
_LETTER = 5.6
_FEWEST_LINES = 4


def draw(scores: ScoreSeries, marked: Sequence[DayMark]) -> str:
    """Return the drawing as an SVG element.

    A disc is a total, a bar a range; the line or box before it has the days that it covers. A question mark stands
    where no figure is known, a letter with a line where a mark is.
    """
    drawn = "".join(_TimeDrawing(scores, marked).parts())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" font-size="9.5" fill="{_INK}" '
        f'font-family="Liberation Sans, Arial, DejaVu Sans, sans-serif">{drawn}</svg>'
    )


class _TimeDrawing:
    def __init__(self, scores: ScoreSeries, marked: Sequence[DayMark]) -> None:
        self._points, self._maximum, self._marks = scores.points, scores.score.maximum, marked
        days = [point.response.day for point in scores.points] + [mark.day for mark in marked]
        spans = [span for point in scores.points if (span := point.covers or point.answered)]
        days += [day for span in spans for day in (span.first, span.last)]
        self._first, self._last = min(days), max(days)

    def parts(self) -> Iterator[str]:
        yield from self._scale()
        yield from self._drawn_marks()
        yield from self._dates()
        for number, words in enumerate(self._legend()):
            yield _text(_LEFT, HEIGHT - 22 + 14 * number, words, "start")
        for point in self._points:
            x = self._x(point.response.day)
            if point.low is None or point.high is None:
                yield _text(x, _TOP + 9, "?", "middle")
                continue
            low, high = self._y(point.low), self._y(point.high)
            if span := point.covers or point.answered:
                x = self._x(span.last)
                yield _box(self._x(span.first), x, high, low)
            if point.low == point.high:
                yield f'<circle cx="{x:g}" cy="{low:g}" r="3.2"/>'
            else:
                yield f'<path fill="none" stroke="{_INK}" stroke-width="1.4" d="{_span(x, low, high)}"/>'
            yield _text(x, high - 6, point.figure, "middle" if x < WIDTH - 40 else "end")

    def _legend(self) -> tuple[str, str]:
        """Return what the signs mean, and what the letters mean."""
        kinds = [f"{LETTERS[kind]}: {kind_label(kind)}" for kind in KINDS if any(m.kind == kind for m in self._marks)]
        signs = _("disc: total; bar: range; line or box: days covered; ?: not known")
        return signs, "; ".join(kinds)

    def _x(self, day: datetime.date) -> float:
        room, days = WIDTH - _LEFT - _RIGHT, (self._last - self._first).days
        return round(_LEFT + (room * (day - self._first).days / days if days else room / 2), 1)

    def _y(self, figure: int) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * figure / max(self._maximum, 1), 1)

    def _scale(self) -> Iterator[str]:
        step = scale_step(max(-(-self._maximum // (2 * _FEWEST_LINES)), 1))
        for figure in range(0, self._maximum + 1, step):
            y = self._y(figure)
            yield _line(_LEFT - 3, y, WIDTH - _RIGHT, y, "#dddddd")
            yield _text(_LEFT - 6, y + 3, str(figure), "end")

    def _drawn_marks(self) -> Iterator[str]:
        for mark in self._marks:
            x = self._x(mark.day)
            yield (
                f'<path stroke="{_INK}" stroke-width="0.8" stroke-dasharray="2 2.5" '
                f'd="M{x:g} {_TOP - 8:g}V{HEIGHT - _BOTTOM:g}"/>'
            )
            yield _text(x, _TOP - 11, LETTERS[mark.kind], "middle")

    def _dates(self) -> Iterator[str]:
        """Yield the days of the responses below the drawing, where they have room beside each other."""
        end = 0.0
        for point in self._points:
            x, words = self._x(point.response.day), point.response.day.isoformat()
            yield _line(x, HEIGHT - _BOTTOM, x, HEIGHT - _BOTTOM + 5, _INK)
            half = len(words) * _LETTER / 2
            middle = min(max(x, half), WIDTH - half)
            if middle - half >= end:
                yield _text(middle, HEIGHT - _BOTTOM + 17, words, "middle")
                end = middle + half + 6


def _span(x: float, low: float, high: float) -> str:
    return f"M{x - 4:g} {low:g}H{x + 4:g}M{x:g} {low:g}V{high:g}M{x - 4:g} {high:g}H{x + 4:g}"


def _box(x1: float, x2: float, top: float, bottom: float) -> str:
    """Return the days that a figure covers: a line for a total, a box from the lowest to the highest for a range."""
    if top == bottom:
        return _line(x1, top, x2, top, _SOFT)  # A box without height is not drawn at all.
    return (
        f'<rect x="{x1:g}" y="{top:g}" width="{x2 - x1:g}" height="{bottom - top:g}" '
        f'fill="#eeeeee" fill-opacity="0.6" stroke="{_SOFT}" stroke-width="0.8"/>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, ink: str) -> str:
    return f'<path stroke="{ink}" stroke-width="0.8" d="M{x1:g} {y1:g}L{x2:g} {y2:g}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(visible(words))}</text>'
