"""One person over time: the document of twenty responses, beside the twenty copies of the same responses."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from screener.content.compiled import Content
from screener.document.formats import render
from screener.series.document import series_document
from screener.series.response import SeriesResponse
from screener.series.series import series_of
from screener.store.history import HistoryEntry
from screener.store.record import StoredResponse
from screener.summary.build import clinician_summary
from tests.benchmarks.measure import Aim, Row, in_turn
from tests.benchmarks.responses import complete_response
from tests.series.stored import from_stored

RESPONSES = 20
_AGAINST = "their 20 clinician's copies"
_START = datetime.datetime(2026, 1, 5, 9, 30, tzinfo=datetime.UTC)


def one_person(content: Content, count: int = RESPONSES) -> list[SeriesResponse]:
    """Return complete random responses of one person, one every four days."""
    members = []
    for number in range(count):
        begun = _START + datetime.timedelta(days=4 * number)
        answers = complete_response(content.form, number)
        history = tuple(HistoryEntry(question, entry, begun) for question, entry in answers.items())
        record = StoredResponse(
            f"R{number}", content.questionnaire.id, "0" * 64, "en-GB", "screen", begun, begun, history=history
        )
        members.append(from_stored(record, content, content, ()))
    return members


def over_time(content: Content, rounds: int) -> list[Row]:
    """Scores, what changed, charts and text of twenty responses that are open already."""
    members = one_person(content)
    times = in_turn([lambda: render(series_document(series_of(members)))], [lambda: _copies(members)], rounds)
    what = f"the document of {RESPONSES} responses"
    return [Row(what, _AGAINST, *times, Aim(1.0), note="Both as text, from responses that are open.")]


def _copies(members: Sequence[SeriesResponse]) -> list[str]:
    contexts = [member.context for member in members]
    return [
        render(clinician_summary(context.content, context.interview, context.metadata, context.alarms))
        for context in contexts
    ]
