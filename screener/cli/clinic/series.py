"""``screener clinic series``: one person over time, from responses that a member of staff names, or all of a person."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.asked_person import asked_person
from screener.cli.clinic.open_store import existing_store, unlocked
from screener.cli.content import chosen_content
from screener.cli.series import deliver_series
from screener.cli.series_files import read_course
from screener.config import read_configuration
from screener.errors import ScreenerError
from screener.paths import content_cache
from screener.series.course import Course
from screener.series.series import Series
from screener.staff.people_list import ListedPerson, listed_person
from screener.staff.response import ReadingContext, open_response, read_sealed
from screener.staff.series import log_copies, opened_series, person_series, reviewed_series
from screener.staff.worklist import Worklist
from screener.store.removal import of_reference
from screener.store.response_list import Changed
from screener.store.staff_store import StaffStore


def run(options: Namespace) -> int:
    """Print or save the document of the series. Reading each response, and the copy, are in the audit trail."""
    if options.person == bool(options.references):
        raise ScreenerError("Name the references of responses, or give --person and no reference.")
    course = read_course(options.dates).course
    staff_store = unlocked(existing_store())
    content = chosen_content(options.content, options.questionnaire)
    context = ReadingContext(
        content.authored or content, content_cache(), options.language or read_configuration().clinic_language
    )
    if options.person:
        series = _of_person(staff_store, context, course)
    else:
        series = _of_references(staff_store, options.references, context, course)
    deliver_series(series, options)
    return 0


def _of_references(staff_store: StaffStore, references: list[str], context: ReadingContext, course: Course) -> Series:
    listed = {}
    for reference in references:
        item = of_reference(staff_store, reference)
        if item.id in listed:
            raise ScreenerError(f"{reference} is named twice. Name it once.")
        listed[item.id] = item
    if len({item.link.person for item in listed.values() if item.link}) > 1:
        raise ScreenerError("These responses are linked to different people. Name those of one person.")
    responses = [open_response(read_sealed(staff_store, identity, context.current), context) for identity in listed]
    annotations = {identity: item.annotations for identity, item in listed.items()}
    return reviewed_series(responses, annotations, course, head=log_copies(staff_store, responses))


def _of_person(staff_store: StaffStore, context: ReadingContext, course: Course) -> Series:
    """Ask for the clinic's reference of a person; return the series of all responses that are linked to them."""
    listed = _asked_for(staff_store)
    if not listed.responses:
        raise ScreenerError("No response is linked to this person. On the staff's side: 6 on the page of a response.")
    opened = opened_series(staff_store, listed, context)
    return person_series(opened, listed, course, head=log_copies(staff_store, opened.responses))


def _asked_for(staff_store: StaffStore) -> ListedPerson:
    person = asked_person(staff_store)
    worklist = Worklist()
    worklist.apply(Changed(tuple(staff_store.responses()), frozenset()), {person.id: person})
    return listed_person(person, worklist, staff_store.store.now())
