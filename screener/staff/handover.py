"""What the staff's side hands over when somebody answers on its terminal."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from screener.engine.previous import PreviousResponse
from screener.i18n.formats import local
from screener.staff.previous import carries_over, last_item, to_be_confirmed
from screener.staff.response import NotReadable
from screener.staff.session import StaffSession
from screener.store.appointments import issue_ticket
from screener.store.open_response import OpenResponse
from screener.store.person import Person
from screener.store.record import StoredResponse


@dataclass(frozen=True)
class Handover:
    """A request that somebody answers on this terminal now. ``by`` is the member of staff who types, if any."""

    by: str | None
    questionnaire: str
    language: str | None = None
    name: str | None = None
    resumed: tuple[OpenResponse, StoredResponse] | None = None
    ticket: str | None = None
    """Whose appointment it is, sealed for the staff, where they started it for a person."""
    person: Person | None = None
    """For whom staff record, at their own screens; ``None`` where a person answers, before whom these are locked."""
    previous: PreviousResponse | None = None
    """What this person is shown of their last response, to confirm or change."""


async def hand_over(session: StaffSession, appointment: str, by: str | None) -> Handover:
    """Return how the person of an appointment answers here, with what they are shown of their last response.

    Staff have made sure who it is. Whoever may not read responses starts it all the same, and nothing is shown.
    """
    await session.look()
    previous = await _last_answers(session, appointment) if session.may_read else None
    # The code of the appointment is void from here on: whatever can fail comes before.
    _person, questionnaire, ticket = await session.change(lambda store: issue_ticket(store, appointment))
    return Handover(by, questionnaire, ticket=ticket, previous=previous)


async def _last_answers(session: StaffSession, appointment: str) -> PreviousResponse | None:
    """Return what the person of an appointment is shown of their last response."""
    for person in session.people.values():
        if expected := person.appointment(appointment):
            content = session.contents.content_of(expected.questionnaire)
            last = last_item(person.id, expected.questionnaire, session.worklist)
            if last and content and carries_over(content):
                with suppress(NotReadable):
                    return to_be_confirmed(await session.reviewed(last.id), content, local(session.now()).date())
    return None
