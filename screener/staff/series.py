"""One person over time, as staff read it: responses that were opened under their own contents, in one series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screener.series.course import Course
from screener.series.response import series_response
from screener.series.series import Series, series_of
from screener.staff.response import ReviewedResponse
from screener.store.annotation import Annotation, closings
from screener.store.audit import Event
from screener.store.record import metadata_of
from screener.store.staff_store import StaffStore
from screener.summary.taken_back import ReportedAlarms


def reviewed_series(
    responses: Sequence[ReviewedResponse],
    annotations: Mapping[str, Sequence[Annotation]],
    course: Course | None = None,
    *,
    head: str | None = None,
) -> Series:
    """Return the series of responses that belong to one person, as its caller knows.

    ``annotations`` are those of staff by the id of each response, ``head`` that of the audit trail.
    """
    members = [
        series_response(
            response.for_clinic,
            response.interview,
            metadata_of(response.record),
            ReportedAlarms(response.alarms, closings(annotations.get(response.id, ()))),
        )
        for response in responses
    ]
    return series_of(members, course, audit=head)


def logged_series(
    staff_store: StaffStore,
    responses: Sequence[ReviewedResponse],
    annotations: Mapping[str, Sequence[Annotation]],
    course: Course | None = None,
) -> Series:
    """Log a copy of each response, then return their series, which names the head of the audit trail after that."""
    for response in responses:
        staff_store.log(Event.EXPORTED, response.id)
    return reviewed_series(responses, annotations, course, head=staff_store.store.head())
