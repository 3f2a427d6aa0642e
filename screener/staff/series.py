"""One person over time, as staff read it: responses that were opened under their own contents, in one series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from screener.document.model import Document
from screener.document.text import COLUMNS
from screener.series.course import Course, DayList
from screener.series.document import INDENT, series_document
from screener.series.response import series_response
from screener.series.series import Series, UnreadResponse, series_of
from screener.staff.copies import CopyKind, event_of
from screener.staff.people_list import ListedPerson
from screener.staff.previous import in_their_order
from screener.staff.response import NotReadable, ReadingContext, ReviewedResponse, open_response, read_sealed
from screener.store.annotation import Annotation, closings
from screener.store.audit import Event
from screener.store.expected import AppointmentState, ExpectedAnswer
from screener.store.person import Person
from screener.store.staff_store import StaffStore
from screener.store.stored_interview import metadata_of
from screener.summary.taken_back import ReportedAlarms


@dataclass(frozen=True)
class OpenedSeries:
    """The responses of one person that were opened, and the version of each that was listed, readable or not."""

    responses: tuple[ReviewedResponse, ...]
    versions: Mapping[str, bytes]

    def is_of(self, listed: ListedPerson) -> bool:
        """Return whether these are still the responses of the person, as they are now."""
        return {each.id: each.version for each in listed.responses} == self.versions


def opened_series(staff_store: StaffStore, listed: ListedPerson, context: ReadingContext) -> OpenedSeries:
    """Open all responses of a person, and log that each was read; one that cannot be read is left out."""
    opened = []
    for each in listed.responses:
        try:
            opened.append(open_response(read_sealed(staff_store, each.id, context.current), context))
        except NotReadable:
            continue
    return opened_of(opened, listed)


def opened_of(opened: Iterable[ReviewedResponse], listed: ListedPerson) -> OpenedSeries:
    """Return the responses that were opened, of all that are listed of a person."""
    return OpenedSeries(tuple(opened), {each.id: each.version for each in listed.responses})


def person_series(
    opened: OpenedSeries, listed: ListedPerson, course: Course | None = None, *, head: str | None = None
) -> Series:
    """Return the series of a person, with what cannot be read and when they did not come.

    ``course`` is what is known besides. Raise ``ScreenerError`` where no response can be shown.
    """
    course = course or Course()
    course = replace(course, missed=_missed(listed.expected, course.missed))
    annotations = {each.id: each.annotations for each in listed.responses}
    # A link may have been undone since: what is no longer this person's is in nothing.
    responses = in_their_order([response for response in opened.responses if response.id in annotations])
    readable = {response.id for response in responses}
    unread = [
        UnreadResponse(each.entry.reference, each.entry.started)
        for each in listed.responses
        if each.entry and each.id in opened.versions and each.id not in readable
    ]
    return reviewed_series(responses, annotations, course, head=head, person=listed.person, unread=unread)


def reviewed_series(
    responses: Sequence[ReviewedResponse],
    annotations: Mapping[str, Sequence[Annotation]],
    course: Course | None = None,
    *,
    head: str | None = None,
    person: Person | None = None,
    unread: Iterable[UnreadResponse] = (),
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
    return series_of(members, course, audit=head, person=person, unread=unread)


def reviewed_document(
    opened: OpenedSeries, listed: ListedPerson, *, columns: int = COLUMNS - INDENT, head: str | None = None
) -> Document:
    """Return the document of a person's series."""
    return series_document(person_series(opened, listed, head=head), columns=columns)


def logged_document(staff_store: StaffStore, opened: OpenedSeries, listed: ListedPerson, kind: CopyKind) -> Document:
    """Log a copy of each response, then return the document of their series, which names the head after that."""
    return reviewed_document(opened, listed, head=log_copies(staff_store, opened.responses, event_of(kind)))


def log_copies(
    staff_store: StaffStore, responses: Iterable[ReviewedResponse], event: Event = Event.EXPORTED
) -> str | None:
    """Log a copy of each response; return the head of the audit trail after that, which the copy names."""
    for response in responses:
        staff_store.log(event, response.id)
    return staff_store.store.head()


def _missed(expected: Sequence[ExpectedAnswer], named: DayList) -> DayList:
    """Return the days on which the person was expected and answered nothing, with those that somebody named.

    Without any appointment nobody knows them.
    """
    if not expected:
        return named
    answered = {each.appointment.day for each in expected if each.response}
    days = {each.appointment.day for each in expected if each.state is AppointmentState.MISSED} - answered
    return tuple(sorted(days.union(named or ())))
