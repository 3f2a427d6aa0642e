"""The people whom a clinic expects: staff enter them with their appointments, change them, and issue codes.

Everything is one transaction with its rows in the audit trail, which tell who and when, sealed as all that staff do.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from screener.errors import ScreenerError
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.name_skeleton import skeleton
from screener.store import return_code
from screener.store.appointment_code import Ticket, new_ticket, put_code, ticket_key
from screener.store.audit import Event
from screener.store.crypto import Unreadable
from screener.store.database import Rows, rows_of
from screener.store.person import (
    MOST_APPOINTMENTS,
    Appointment,
    Person,
    digest_of_person,
    person_key,
    put_person,
    remove_codes,
    retention_day,
    seal_person,
)
from screener.store.staff_store import StaffStore

_SINGLY = 500
"""People up to whom their rows are read with a query each."""
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


class PeopleReader:
    """Reads people; what was not written since the last time is not opened again."""

    def __init__(self, staff_store: StaffStore) -> None:
        self._staff_store = staff_store
        self._opened: dict[str, tuple[bytes, Person]] = {}

    def read(self, within: Rows | None = None) -> dict[str, Person]:
        """Return all people by their ids. One who cannot be read is left out, and the audit check names them."""
        if within is None:
            with self._staff_store.store.database.reading() as rows:
                self._staff_store.require_role(rows, "reception")
                return self.read(rows)
        nonces = within.all("SELECT id, substr(sealed, 1, 12) FROM person")
        present = {identity: bytes(nonce) for identity, nonce in nonces}
        new = [identity for identity, nonce in present.items() if self._opened.get(identity, (b"",))[0] != nonce]
        for identity in new:
            self._opened.pop(identity, None)
        select = "SELECT id, day, sealed FROM person"
        keys = self._staff_store.keys
        for identity, day, sealed in rows_of(within, select, "id", set(new), len(new) > _SINGLY):
            with suppress(Unreadable):
                self._opened[identity] = present[identity], keys.unseal_person(identity, day, sealed)
        self._opened = {identity: opened for identity, opened in self._opened.items() if identity in present}
        return {identity: person for identity, (_nonce, person) in self._opened.items()}


def read_people(staff_store: StaffStore, within: Rows | None = None) -> dict[str, Person]:
    """Return the people of the clinic by their ids."""
    return PeopleReader(staff_store).read(within)


def same_reference(first: str, second: str) -> bool:
    """Return whether two references are the same, whatever their capitals and spaces."""
    return _plain(first) == _plain(second)


def of_clinic_reference(people: Iterable[Person], reference: str) -> Person | None:
    """Return the person with a reference of the clinic."""
    return next((person for person in people if same_reference(person.reference, reference)), None)


def _plain(reference: str) -> str:
    return "".join(reference.split()).casefold()


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
        by_reference = {_plain(person.reference): person.id for person in people.values()}
        refusals: dict[int, str] = {}
        for number, each in enumerate(entered):
            try:
                of_reference = people.get(by_reference.get(_plain(each.person.reference), ""))
                person, appointment = _with_appointment(of_reference, each, staff_store.name, now)
            except ScreenerError as error:
                refusals[number] = str(error)
            else:
                people[person.id], by_reference[_plain(person.reference)] = person, person.id
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


def change_person(staff_store: StaffStore, changed: Person, before_change: Person) -> None:
    """Change what is kept of a person, but for their appointments.

    ``before_change`` is the person as they were shown to who changes them. Raise ``ScreenerError`` where somebody else
    was quicker.
    """
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "reception")
        people = read_people(staff_store, rows)
        before = people.pop(changed.id, None)
        if before is None:
            raise ScreenerError(_("This person was removed."))
        if replace(before, appointments=()) != replace(before_change, appointments=()):
            raise ScreenerError(_("What is kept of this person was changed in the meantime. Look at it again."))
        if of_clinic_reference(people.values(), changed.reference):
            raise ScreenerError(_("Somebody else has this reference. Check whose reference it is."))
        person = replace(changed, appointments=before.appointments)
        write_person(rows, staff_store, person, Event.PERSON_CHANGED)


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


def write_person(rows: Rows, staff_store: StaffStore, person: Person, *events: Event) -> None:
    """Write the row of a person, and what was done into the audit trail."""
    day = retention_day(person, local(staff_store.store.now()).date())
    sealed = seal_person(person, day, person_key(staff_store.secret))
    put_person(rows, person.id, day, sealed)
    for event in events:
        staff_store.write_sealed(rows, event, person.id, digest_of_person(sealed))


def require_format(staff_store: StaffStore) -> None:
    """Raise ``ScreenerError`` for a store in which nothing is signed: nobody could tell who linked what."""
    if not staff_store.signs:
        raise ScreenerError("This store is of an older format. Run: screener clinic upgrade")


def _of_appointment(people: Mapping[str, Person], identity: str) -> tuple[Person, Appointment]:
    for person in people.values():
        if appointment := person.appointment(identity):
            return person, appointment
    raise ScreenerError(_("There is no such appointment any more."))


def _appointment_of(person: Person, identity: str) -> Appointment:
    appointment = person.appointment(identity)
    assert appointment is not None
    return appointment
