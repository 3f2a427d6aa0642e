"""Charts of text are exact: what is drawn is the figure beside it, in Unicode and in ASCII, at any width."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from screener.i18n.gettext import speaking
from screener.series.chart import ASCII, DATE, GAP, UNICODE, Signs, figure_rows, scale
from screener.series.day_chart import covers, day_rows
from screener.series.drawing import draw
from screener.series.marks import marks
from screener.series.points import ScorePoint, ScoreSeries
from screener.series.series import Series
from tests.series.people import EVERYBODY, Person, day, even, missed, treated
from tests.strategies import named

WIDTHS = pytest.mark.parametrize("columns", [58, 78, 118])
SIGNS = pytest.mark.parametrize("signs", **named({"unicode": UNICODE, "ascii": ASCII}))
EACH = pytest.mark.parametrize("make", **named(EVERYBODY))
WORSE = re.compile(r"\b(better|worse|improv|deteriorat|good|bad)|[\u2190-\u21ff\u25b2-\u25bf]|[<>]", re.IGNORECASE)


def drawn_scores(series: Series) -> Iterator[ScoreSeries]:
    return (scores for scores in series.scores if any(point.low is not None for point in scores.points))


def figures_of(row: str, signs: Signs, start: int, a_column: int) -> tuple[int, int]:
    """Read a figure back from the columns of its row: the first and the last point that it can be."""
    drawn = row[start:].split(GAP)[0]
    ends = [number for number, sign in enumerate(drawn) if sign != signs.empty]
    return min(ends) * a_column, max(ends) * a_column + a_column - 1


def a_column_of(legend: str) -> int:
    """Return how many points a column stands for, as the chart says it."""
    match = re.search(r"one column is (\d+)", legend)
    return int(match[1]) if match else 1


@EACH
@SIGNS
@WIDTHS
def test_what_is_drawn_is_the_figure(make: Callable[[], Person], signs: Signs, columns: int) -> None:
    """Check every row of every chart of everybody: its columns are its figure, and no row is too wide."""
    series = make().series
    for scores in drawn_scores(series):
        scaled, *rows, legend = figure_rows(scores, (), signs, columns)
        start = scaled.index("0")
        a_column = a_column_of(legend)
        assert a_column == 1 or columns < 78
        for point, row in zip(scores.points, rows, strict=True):
            assert row.startswith(point.response.day.isoformat())
            if point.low is None:
                assert row[start:] == signs.show(point.reason)
                assert row[DATE:start].strip() == signs.show(point.figure)
            else:
                first, last = figures_of(row, signs, start, a_column)
                assert (first // a_column, last // a_column) == (point.low // a_column, point.high // a_column)
                assert row[DATE:start].strip() == point.figure
        for row in (scaled, *rows):
            assert wcswidth(row) <= columns


@EACH
@WIDTHS
def test_ascii_has_the_same_columns(make: Callable[[], Person], columns: int) -> None:
    """Check that the ASCII chart is the other one sign by sign."""
    turned = {ord(getattr(UNICODE, name)): getattr(ASCII, name) for name in ("empty", "total", "low", "high", "narrow")}
    turned |= {ord(UNICODE.between): ASCII.between, ord(UNICODE.mark): ASCII.mark}
    series = make().series
    marked = tuple(marks(series.course))
    for scores in drawn_scores(series):
        for rows in (figure_rows, day_rows):
            in_ascii = list(rows(scores, marked, ASCII, columns))
            assert [row.translate(turned) for row in rows(scores, marked, UNICODE, columns)] == in_ascii
            assert "".join(in_ascii).isascii()


@EACH
@SIGNS
@WIDTHS
def test_days_are_drawn_in_their_columns(make: Callable[[], Person], signs: Signs, columns: int) -> None:
    """Check that each figure's covered days, and each mark, stand in the columns of those days and in no other."""
    series = make().series
    marked = tuple(marks(series.course))
    for scores in drawn_scores(series):
        ends, *rows, legend = day_rows(scores, marked, signs, columns)
        days = re.findall(r"\d{4}-\d\d-\d\d", ends)
        first, a_column = datetime.date.fromisoformat(days[0]), int(re.findall(r"\d+", legend)[0])
        start = ends.index(days[0])
        kinds = len({mark.kind for mark in marked})
        for (answered, span), row in zip(covers(scores), rows[kinds:], strict=True):
            assert row.startswith(answered.isoformat())
            columns_of = {(each - first).days // a_column for each in days_between(span.first, span.last)}
            assert {number for number, sign in enumerate(row[start:]) if sign != signs.empty} == columns_of
            assert row[start:][(span.last - first).days // a_column] == signs.total
        marks_drawn = sum(row[start:].count(signs.mark) for row in rows[:kinds])
        assert marks_drawn == len({(mark.kind, (mark.day - first).days // a_column) for mark in marked})
        assert all(wcswidth(row) <= columns for row in (ends, *rows))


def days_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (first + datetime.timedelta(days=number) for number in range((last - first).days + 1))


@SIGNS
def test_marks_stand_between_the_responses(signs: Signs) -> None:
    """Check that treatment, changed doses and missing answers have rows in the order of their days."""
    series = treated().series
    (scores,) = drawn_scores(series)
    rows = list(figure_rows(scores, tuple(marks(series.course)), signs, 78))
    dates = [row[:DATE] for row in rows if row[:DATE].strip("0123456789-") == "" and row[:1].isdigit()]
    assert dates == sorted(dates)
    assert any(row.endswith("treatment; 4 days until 2026-01-16") for row in rows)
    assert any(row.endswith("expected, no answers") for row in rows)
    assert any(row.endswith("dose changed") for row in rows)


@given(maximum=st.integers(1, 400), room=st.integers(10, 120), low=st.integers(0, 400), high=st.integers(0, 400))
def test_a_scale_too_long_for_the_page_says_what_a_column_is(maximum: int, room: int, low: int, high: int) -> None:
    """Check any figure of any score: it fits, and the columns that are drawn hold every point that it can be."""
    low, high = sorted((min(low, maximum), min(high, maximum)))
    scores = even().series.scores[0]
    (point, *_others) = scores.points
    ranged = ScorePoint(point.response, "range", low, high, 1, point.answered, point.covers)
    wide = ScoreSeries(replace(scores.score, maximum=maximum), scores.instrument, "", (ranged,))
    columns = room + 45
    scaled, row, legend = figure_rows(wide, (), UNICODE, columns)
    start = scaled.index("0")
    a_column = a_column_of(legend)
    first, last = figures_of(row, UNICODE, start, a_column)
    assert first <= low <= high <= last
    assert last - high < a_column
    assert low - first < a_column
    assert wcswidth(row) <= columns


def test_numbers_of_a_scale_stand_in_their_columns() -> None:
    line = scale(27, 1)
    assert [line.index(str(number)) for number in (10, 15, 20, 25)] == [10, 15, 20, 25]
    assert scale(100, 2).index("50") == 25


@EACH
def test_no_chart_judges(make: Callable[[], Person]) -> None:
    """Check that no chart has an arrow, a word that judges, or a colour besides ink, grey and paper."""
    series = make().series
    marked = tuple(marks(series.course))
    for scores in drawn_scores(series):
        text = "\n".join((*figure_rows(scores, marked, UNICODE, 78), *day_rows(scores, marked, UNICODE, 78)))
        assert not WORSE.search(text)
        drawing = draw(scores, marked)
        for colour in re.findall(r"#([0-9a-f]{6})", drawing):
            assert colour[:2] == colour[2:4] == colour[4:]
        assert "script" not in drawing
        assert not re.search(r"(href|style|on\w+)=", drawing)


def test_the_drawing_shows_the_days_that_each_figure_covers() -> None:
    """Check that a total has a line over its days, and a range a box: neither is without length in any viewer."""
    (scores,) = drawn_scores(treated().series)
    drawing = draw(scores, ())
    lines = re.findall(r'stroke="#777777" stroke-width="0.8" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', drawing)
    boxes = re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"', drawing)
    assert len(lines) == sum(point.state == "total" for point in scores.points)
    assert len(boxes) == sum(point.state == "range" for point in scores.points)
    assert all(float(x2) - float(x1) > 50 and y1 == y2 for x1, y1, x2, y2 in lines)
    assert all(float(width) > 50 and float(height) > 10 for width, height in boxes)


def test_no_word_of_the_drawing_is_cut() -> None:
    """Check that the longest legends fit beside each other, by the largest average width of a letter."""
    for language in ("en", "es-US"):
        with speaking(language):
            (scores,) = drawn_scores(treated().series)
            drawing = draw(scores, tuple(marks(treated().series.course)))
            for x, words in re.findall(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="start">([^<]*)</text>', drawing):
                assert float(x) + len(words) * 5.6 <= 600


def test_the_drawing_has_every_figure_and_mark() -> None:
    series = treated().series
    (scores,) = drawn_scores(series)
    drawing = draw(scores, tuple(marks(series.course)))
    words = re.findall(r">([^<]+)</text>", drawing)
    for point in scores.points:
        assert (point.figure in words) is (point.low is not None)
    assert words.count("?") == 1
    assert words.count("T") == len(series.course.treatment_days or ())


@pytest.mark.parametrize("language", ["en", "es-US"])
@SIGNS
def test_charts_fit_in_every_language(language: str, signs: Signs) -> None:
    with speaking(language):
        for person in (treated(), missed()):
            series = person.series
            for scores in drawn_scores(series):
                rows = (*figure_rows(scores, tuple(marks(series.course)), signs, 78),)
                rows += (*day_rows(scores, tuple(marks(series.course)), signs, 78),)
                assert all(wcswidth(row) <= 78 for row in rows)


def test_one_day_is_a_chart_too() -> None:
    person = Person("once")
    person.answer(0, [("nerves_1", "often"), ("nerves_2", "often"), ("nerves_3", "often")])
    (scores,) = drawn_scores(person.series)
    ends, row, legend = day_rows(scores, (), ASCII, 78)
    assert (ends.strip(), row, legend) == (str(day(0)), f"{day(0)}  *", "one column is 1 day")
    assert "NaN" not in draw(scores, ())
