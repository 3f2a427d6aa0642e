"""The appointments of a clinic: staff enter and remove them, and issue what opens the questionnaire of one."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from screener.errors import ScreenerError
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.name_skeleton import skeleton
from screener.store import return_code
from screener.store.appointment_code import Ticket, new_ticket, put_code, ticket_key
from screener.store.audit import Event
from screener.store.people import plain_reference, read_people, require_format, write_person
from screener.store.person import (
    MOST_APPOINTMENTS,
    Appointment,
    Person,
    remove_codes,
)
from screener.store.staff_store import StaffStore

_END_OF_DAY = datetime.time(23, 59, 59)


@dataclass(frozen=True)
class NewAppointment:
    """What staff enter: who is expected (the id of ``person`` means nothing), for what, and when."""

    person: Person
    questionnaire: str
    day: datetime.date
    time: datetime.time | None = None


class NotEntered(ScreenerError):
    """Nothing was entered; ``refusals`` says why, by the place of each appointment in what was to be entered."""

    def __init__(self, refusals: Mapping[int, str]) -> None:
        super().__init__(" ".join(refusals.values()))
        self.refusals = refusals


def enter(staff_store: StaffStore, entered: Sequence[NewAppointment]) -> list[tuple[Person, Appointment]]:
    """Enter appointments, all or nothing; return each with its person. Raise ``NotEntered``.

    A reference that is known must come with the same name and no other year of birth: two people are not mixed up.
    """
    store = staff_store.store
    require_format(staff_store)
    with store.database.writing() as rows:
        staff_store.require_role(rows, "reception")
        before = read_people(staff_store, rows)
        now, people, placed = store.now(), dict(before), list[tuple[str, str]]()
        by_reference = {plain_reference(person.reference): person.id for person in people.values()}
        refusals: dict[int, str] = {}
        for number, each in enumerate(entered):
            try:
                of_reference = people.get(by_reference.get(plain_reference(each.person.reference), ""))
                person, appointment = _with_appointment(of_reference, each, staff_store.name, now)
            except ScreenerError as error:
                refusals[number] = str(error)
            else:
                people[person.id], by_reference[plain_reference(person.reference)] = person, person.id
                placed.append((person.id, appointment.id))
        if refusals:
            raise NotEntered(refusals)
        for identity, count in Counter(identity for identity, _appointment in placed).items():
            events = [] if identity in before else [Event.PERSON_ADDED]
            write_person(rows, staff_store, people[identity], *events, *[Event.APPOINTMENT_ENTERED] * count)
    return [(people[identity], _appointment_of(people[identity], appointment)) for identity, appointment in placed]


def _with_appointment(
    of_reference: Person | None, entered: NewAppointment, by: str, now: datetime.datetime
) -> tuple[Person, Appointment]:
    typed = entered.person
    person = replace(typed, id=os.urandom(16).hex()) if of_reference is None else _reconciled(of_reference, typed)
    when = (entered.questionnaire, entered.day, entered.time)
    if any((each.questionnaire, each.day, each.time) == when for each in person.appointments):
        raise ScreenerError(_("This person is expected for this questionnaire at this time already."))
    if len(person.appointments) >= MOST_APPOINTMENTS:
        raise ScreenerError(_("This person has too many appointments. Remove old ones first."))
    appointment = Appointment(os.urandom(16).hex(), *when, by, now)
    return replace(person, appointments=(*person.appointments, appointment)), appointment


def _reconciled(stored: Person, typed: Person) -> Person:
    """Return a person who is known, with what is new of them. Raise ``ScreenerError`` where it may be another one."""
    if None not in (stored.year_of_birth, typed.year_of_birth) and stored.year_of_birth != typed.year_of_birth:
        raise ScreenerError(_("Another year of birth is known for this reference. Check whose reference it is."))
    if skeleton(stored.name) != skeleton(typed.name):
        raise ScreenerError(_("Another name is known for this reference. Check whose reference it is."))
    return replace(
        stored, year_of_birth=stored.year_of_birth or typed.year_of_birth, contact=typed.contact or stored.contact
    )


def remove_appointment(staff_store: StaffStore, identity: str) -> None:
    """Remove an appointment, and make its code void. Raise ``ScreenerError``."""
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "reception")
        person, appointment = _of_appointment(read_people(staff_store, rows), identity)
        remove_codes(rows, (appointment,))
        others = tuple(each for each in person.appointments if each.id != identity)
        write_person(rows, staff_store, replace(person, appointments=others), Event.APPOINTMENT_REMOVED)


def issue_code(staff_store: StaffStore, identity: str) -> tuple[str, datetime.datetime]:
    """Return a new code for an appointment, and until when it can be used; the code before is void.

    It can be used once, until the end of the day of the appointment, or of today where that is over. Making it takes
    about half a second.
    """
    store = staff_store.store
    require_format(staff_store)
    code = return_code.new_code()
    tag, key = return_code.tag_and_key(code, store.return_code_salt(), store.cost)
    with store.database.writing() as rows:
        staff_store.require_role(rows, "reception")
        person, appointment = _of_appointment(read_people(staff_store, rows), identity)
        last_day = max(appointment.day, local(store.now()).date())
        until = datetime.datetime.combine(last_day, _END_OF_DAY).astimezone()
        remove_codes(rows, (appointment,))
        ticket = Ticket(appointment.questionnaire, new_ticket(person.id, identity, ticket_key(staff_store.secret)))
        put_code(rows, tag, key, ticket, until)
        issued = replace(appointment, tag=tag, until=until)
        write_person(rows, staff_store, person.replacing(issued), Event.APPOINTMENT_CODE_ISSUED)
    return code, until


def issue_ticket(staff_store: StaffStore, identity: str) -> tuple[Person, str, str]:
    """Return whose appointment it is, for which questionnaire, and its ticket; its code is void from then on.

    Staff start it on their own terminal, for a person whom they know to be this one.
    """
    require_format(staff_store)
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "reception")
        person, appointment = _of_appointment(read_people(staff_store, rows), identity)
        remove_codes(rows, (appointment,))
        handed_over = replace(appointment, tag=b"", until=None)
        write_person(rows, staff_store, person.replacing(handed_over), Event.APPOINTMENT_CODE_ISSUED)
    return person, appointment.questionnaire, new_ticket(person.id, identity, ticket_key(staff_store.secret))


def _of_appointment(people: Mapping[str, Person], identity: str) -> tuple[Person, Appointment]:
    for person in people.values():
        if appointment := person.appointment(identity):
            return person, appointment
    raise ScreenerError(_("There is no such appointment any more."))


def _appointment_of(person: Person, identity: str) -> Appointment:
    appointment = person.appointment(identity)
    assert appointment is not None
    return appointment
