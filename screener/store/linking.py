"""Staff say whose response it is, or that a link was wrong.

Putting two people together is the hazard: a link needs two things that agree. The reference is nothing that staff can
mix up alone with the year of birth, and a name counts only where staff confirm the very name that they were shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextlib import suppress

from screener.errors import ScreenerError
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.store.audit import Event
from screener.store.database import NotSaved, Rows
from screener.store.link import LinkedBy, PersonLink, link_text
from screener.store.people import of_clinic_reference, read_people, require_format, write_person
from screener.store.person import Person, checked_reference, checked_year, retention_day
from screener.store.response_list import ResponseListItem
from screener.store.staff_store import StaffStore


def link_by_identifiers(staff_store: StaffStore, response: str, reference: str, year_of_birth: str) -> Person:
    """Link a response to the person with this reference who was born in this year; return who that is.

    Raise ``ScreenerError`` where there is nobody with both.
    """
    reference = checked_reference(reference)
    year = checked_year(year_of_birth, local(staff_store.store.now()).year)
    with staff_store.store.database.writing() as rows:
        person = of_clinic_reference(read_people(staff_store, rows).values(), reference)
        if person is None or year is None or person.year_of_birth != year:
            raise ScreenerError(_("Nobody here has this reference and this year of birth. Check both."))
        _link(rows, staff_store, response, person, "identifiers")
    return person


def link_by_name(staff_store: StaffStore, response: str, person: Person) -> None:
    """Link a response to a person whose name staff confirmed as it stands in ``person``. Raise ``ScreenerError``."""
    with staff_store.store.database.writing() as rows:
        link_confirmed(rows, staff_store, response, person)


def link_confirmed(rows: Rows, staff_store: StaffStore, response: str, person: Person) -> None:
    """Link a response, in a transaction that is under way, to a person whom staff confirmed as ``person`` says."""
    now = read_people(staff_store, rows).get(person.id)
    if now is None:
        raise ScreenerError(_("This person was removed."))
    if (now.name, now.reference, now.year_of_birth) != (person.name, person.reference, person.year_of_birth):
        raise ScreenerError(_("What is kept of this person was changed in the meantime. Look at it again."))
    _link(rows, staff_store, response, now, "name")


def keep_people_of(staff_store: StaffStore, responses: Iterable[ResponseListItem]) -> None:
    """Keep people as long as their responses: one that came with a code may be saved long after the appointment."""
    today, saved = _day(staff_store.store.now()), dict[str, int]()
    for listed in responses:
        if listed.link and listed.entry:
            last = min(_day(listed.entry.saved), today)
            saved[listed.link.person] = max(saved.get(listed.link.person, 0), last)
    with staff_store.store.database.reading() as rows:
        days: dict[str, int] = dict(rows.all("SELECT id, day FROM person")) if saved else {}
    late = [person for person, day in saved.items() if days.get(person, day) < day]
    if late:
        with suppress(NotSaved), staff_store.store.database.writing() as rows:  # The next look tries it again.
            people = read_people(staff_store, rows)
            for person in filter(None, map(people.get, late)):
                write_person(rows, staff_store, person, Event.PERSON_CHANGED)


def _day(moment: datetime.datetime) -> int:
    """Return the days since 1970 by the clock of this place, as those of people are counted."""
    return local(moment).date().toordinal() - datetime.date(1970, 1, 1).toordinal()


def unlink(staff_store: StaffStore, response: str, person: str) -> None:
    """Undo the link of a response to a person. Raise ``ScreenerError`` where there is none, or another one by now."""
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "reception")
        link = listed_response(rows, staff_store, response).link
        if link is None:
            raise ScreenerError(_("This response is not linked to a person."))
        if link.person != person:
            raise ScreenerError(_("It is linked to somebody else now. Look at it again."))
        staff_store.annotate_within(rows, response, "unlinked", link_text(link))


def _link(rows: Rows, staff_store: StaffStore, response: str, person: Person, by: LinkedBy) -> None:
    staff_store.require_role(rows, "reception")
    require_format(staff_store)
    link = listed_response(rows, staff_store, response).link
    if link and rows.all("SELECT 1 FROM person WHERE id = ?", (link.person,)):
        raise ScreenerError(
            _("It is linked to this person already.")
            if link.person == person.id
            else _("It is linked to somebody else. If that is wrong, undo that link first.")
        )
    staff_store.annotate_within(rows, response, "linked", link_text(PersonLink(person.id, by)))
    day = retention_day(person, local(staff_store.store.now()).date())
    if rows.all("SELECT 1 FROM person WHERE id = ? AND day < ?", (person.id, day)):
        # Who the response is of is kept as long as the response.
        write_person(rows, staff_store, person, Event.PERSON_CHANGED)


def listed_response(rows: Rows, staff_store: StaffStore, response: str) -> ResponseListItem:
    """Return the line of the list of a response. Raise ``ScreenerError`` where it was removed."""
    for listed in staff_store.listed_within(rows, [response]):
        return listed
    raise ScreenerError(_("This response was removed."))
