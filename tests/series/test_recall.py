"""The days that an answer covers."""

from __future__ import annotations

import datetime

import pytest

from screener.series.recall import Days, covered_days


@pytest.mark.parametrize(
    ("recall", "first"),
    [
        ("1 day", "2026-03-31"),
        ("7 days", "2026-03-25"),
        ("2 weeks", "2026-03-18"),
        ("1 month", "2026-03-01"),
        ("13 months", "2025-03-01"),
        ("1 year", "2025-04-01"),
        ("999 years", "1027-04-01"),
    ],
)
def test_a_recall_ends_with_the_day_of_answering(recall: str, first: str) -> None:
    """Check that two weeks are fourteen days, the day of answering among them, and that a month has its own length."""
    answered = datetime.date(2026, 3, 31)
    assert covered_days(recall, Days(answered, answered)) == Days(datetime.date.fromisoformat(first), answered)


def test_answers_of_several_days_cover_the_days_of_each() -> None:
    days = Days(datetime.date(2026, 3, 10), datetime.date(2026, 3, 12))
    assert covered_days("2 weeks", days) == Days(datetime.date(2026, 2, 25), datetime.date(2026, 3, 12))


def test_a_recall_from_before_all_days_begins_with_the_first() -> None:
    early = datetime.date(3, 1, 1)
    assert covered_days("5 years", Days(early, early)).first == datetime.date.min
