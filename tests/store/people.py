"""People whom a clinic expects, and what they answer, for the tests of the store."""

from __future__ import annotations

import datetime
from dataclasses import replace

from screener.store.appointment_code import Ticket
from screener.store.appointments import NewAppointment, enter
from screener.store.person import Appointment, Person, new_person
from screener.store.response_list import ResponseListItem
from screener.store.staff_store import StaffStore
from screener.store.store import OpenResponse, Store
from tests.store.making import START, Clock, a_record

ASKED = ("before-a-flight",)
NAME, REFERENCE, YEAR, CONTACT = "Zebulon Quartermaine", "ZQ-1042", "1987", "zebulon@north.example"
TODAY = START.date()


def entered(
    staff_store: StaffStore,
    name: str = NAME,
    reference: str = REFERENCE,
    year: str = YEAR,
    *,
    day: datetime.date = TODAY,
    time: datetime.time | None = None,
) -> tuple[Person, Appointment]:
    """Staff enter one appointment."""
    person = new_person(name, reference, year, CONTACT, "", 2026)
    return enter(staff_store, [NewAppointment(person, ASKED[0], day, time)])[0]


def answered(store: Store, ticket: Ticket | None = None, *, finished: bool = True) -> OpenResponse:
    """Somebody answers at a terminal, perhaps with the code of an appointment."""
    record = a_record(1, ticket=ticket.sealed if ticket else None, started=store.now())
    response = store.begin(record)
    if finished:
        response.finish(replace(record, finished=store.now()))
    return response


def listed(staff_store: StaffStore, response: OpenResponse) -> ResponseListItem:
    return next(each for each in staff_store.responses() if each.id == response.id)


def events(staff_store: StaffStore, identity: str) -> list[tuple[str, str]]:
    """Who did what about a person or a response, from a trail that holds."""
    return [(row.event, row.actor) for row in staff_store.check_audit() if row.subject == identity]


def clock_of(store: Store) -> Clock:
    assert isinstance(store.now, Clock)
    return store.now


def by_code(store: Store, code: str) -> Ticket:
    ticket = store.by_code(code, ASKED)
    assert isinstance(ticket, Ticket)
    return ticket
