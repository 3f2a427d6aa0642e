"""``screener clinic forms``: whose form is due, and until when; what was recorded for the form of one response."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import existing_store, unlocked
from screener.cli.content import chosen_content
from screener.cli.output import note, say
from screener.cli.summarise import deliver, require_document
from screener.config import read_configuration
from screener.document.formats import RenderOptions, rendered
from screener.document.model import Document
from screener.paths import content_cache
from screener.staff.copies import CopyKind, logged_summary
from screener.staff.due_forms import WITHIN, due_day, due_forms, due_words
from screener.staff.people_list import person_reference
from screener.staff.response import ReadingContext, open_response, read_sealed
from screener.store.people import read_people
from screener.store.removal import of_reference
from screener.store.staff_store import StaffStore


def run(options: Namespace) -> int:
    """Print a line for each response: when its form is due, its reference and questionnaire, and whose it is.

    With a reference, print what was recorded for the form of that response, or its timeline.
    """
    staff_store = unlocked(existing_store())
    if options.reference:
        content = rendered(_document(staff_store, options), options.format, RenderOptions(options.ascii, options.paper))
        deliver(content, options)
        return 0
    people, now = read_people(staff_store), staff_store.store.now()
    due = due_forms(staff_store.responses(), now)
    for listed in due:
        day, entry, link = due_day(listed), listed.entry, listed.link
        assert day
        assert entry
        person = people.get(link.person) if link else None
        parts = (due_words(day, now), entry.reference, entry.questionnaire)
        say("  ".join((*parts, *((person.reference, person.name) if person else ()))))
    if not due:
        note(f"No form is recorded as not sent and due within {WITHIN} days.")
    return 0


def _document(staff_store: StaffStore, options: Namespace) -> Document:
    """Return the copy of a response; the copy and that the response was read are in the audit trail before."""
    listed = of_reference(staff_store, options.reference)
    content = chosen_content(options.content, listed.entry.questionnaire if listed.entry else None)
    context = ReadingContext(content.authored or content, content_cache(), read_configuration().clinic_language)
    opened = open_response(read_sealed(staff_store, listed.id, context.current), context)
    require_document(opened.for_clinic.questionnaire, options.copy)
    person = person_reference(listed, read_people(staff_store))
    kind = CopyKind("save", "clinician", options.format, paper=options.paper, document=options.copy)
    return logged_summary(staff_store, opened, kind, listed, person)
