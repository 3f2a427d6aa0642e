"""Times are those of the clock at the place, with their distance from UTC, wherever somebody reads them."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator

import pytest

from screener.content.compiled import Content
from screener.document.text import render
from screener.engine.interview import Interview
from screener.i18n.formats import format_moment
from screener.staff.wording import short_when, when
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata

LATE = datetime.datetime(2026, 3, 2, 0, 30, tzinfo=datetime.UTC)
"""An evening of the first of March in the Americas."""
PLACES = {
    "America/New_York": "2026-03-01 19:30 UTC-05:00",
    "Asia/Kathmandu": "2026-03-02 06:15 UTC+05:45",
    "Europe/London": "2026-03-02 00:30 UTC",
}


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield PLACES[request.param]
    monkeypatch.undo()
    time.tzset()


def test_a_copy_says_the_day_on_which_it_was_answered_there(flight: Content, place: str) -> None:
    """In the evening of the Americas it does not say tomorrow; the staff's side says the same."""
    interview = Interview(flight.form, flight.rules)
    metadata = SessionMetadata("K7QP-3MXD", "screen", LATE)
    for summary in (patient_summary, clinician_summary):
        assert f"Answered {place}" in " ".join(render(summary(flight, interview, metadata)).split())
    assert format_moment(LATE) == when(LATE) == place
    assert short_when(LATE, LATE) == place.split()[1]


def test_summer_time_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        july = datetime.datetime(2026, 7, 2, 0, 30, tzinfo=datetime.UTC)
        assert format_moment(july) == "2026-07-01 20:30 UTC-04:00"
    finally:
        monkeypatch.undo()
        time.tzset()
