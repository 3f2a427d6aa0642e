"""Ask for a person by the clinic's reference; no argument names anybody, because others can read arguments."""

from __future__ import annotations

from screener.cli.prompts import ask
from screener.errors import ScreenerError
from screener.store.people import of_clinic_reference, read_people
from screener.store.person import Person, checked_reference
from screener.store.staff_store import StaffStore


def asked_person(staff_store: StaffStore) -> Person:
    """Return the person whose reference is typed. Raise ``ScreenerError`` for one that there is not."""
    people = read_people(staff_store).values()
    person = of_clinic_reference(people, ask("The clinic's reference of the person:", checked_reference))
    if person is None:
        raise ScreenerError(
            "There is no person with this reference. For all of them: screener clinic appointments list"
        )
    return person
