"""A stored response as part of a series, as the staff's side makes it of one that was opened."""

from __future__ import annotations

from collections.abc import Iterable

from screener.content.compiled import Content
from screener.series.response import SeriesResponse, series_response
from screener.store.annotation import Annotation, closings
from screener.store.record import StoredResponse
from screener.store.stored_interview import alarms_of, interview_of, metadata_of
from screener.summary.taken_back import ReportedAlarms


def from_stored(
    record: StoredResponse,
    answered: Content,
    for_reader: Content,
    annotations: Iterable[Annotation] | None = None,
) -> SeriesResponse:
    """Return a stored response as part of a series.

    ``answered`` is its content in the language of the person, ``for_reader`` the same in that of the reader.
    ``annotations`` are what staff added, ``None`` if that is not known.
    """
    closed = None if annotations is None else closings(annotations)
    alarms = ReportedAlarms(alarms_of(answered, record), closed)
    return series_response(for_reader, interview_of(answered, record), metadata_of(record), alarms)
