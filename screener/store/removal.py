"""What staff do about a response that is not to stay as it is: erase it for a reason, or close an abandoned one."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from screener.errors import CHECK_IT, ScreenerError, nearest
from screener.store.audit import Event
from screener.store.people import read_people
from screener.store.person import remove_codes, remove_person
from screener.store.response_list import ResponseListItem
from screener.store.response_row import remove
from screener.store.staff_store import StaffStore

Reason = Literal["asked", "mistake", "test"]
"""The person asked for it; it was given by mistake, or twice; it was a test. In the clear in the audit trail."""


def of_reference(staff_store: StaffStore, typed: str) -> ResponseListItem:
    """Return the response of a reference. Raise ``ScreenerError`` for one that there is not."""
    reference = "".join(typed.split()).upper()
    by_reference = {listed.entry.reference: listed for listed in staff_store.responses() if listed.entry}
    if reference not in by_reference:
        raise ScreenerError(f"There is no response with this reference. {nearest(reference, by_reference) or CHECK_IT}")
    return by_reference[reference]


def erase(staff_store: StaffStore, identity: str, reason: Reason) -> bool:
    """Remove one response for good; return whether nothing of it is left in the files of the store."""
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "administrator")
        if not rows.all("SELECT 1 FROM response WHERE id = ?", (identity,)):
            raise ScreenerError("This response was removed already.")
        remove(rows, identity)
        staff_store.write(rows, Event.ERASED, identity, reason.encode())
    return staff_store.store.database.shrink()


@dataclass(frozen=True)
class CopiedAt:
    """The terminals at which copies were made, as the audit trail says."""

    by_staff: tuple[str, ...]
    """As files; each of these terminals has a list of them."""
    on_paper: tuple[str, ...]
    by_person: tuple[str, ...]


def copied_at(staff_store: StaffStore, responses: Collection[str]) -> CopiedAt:
    """Return where copies of these responses were made."""
    terminals: dict[str, set[str]] = {}
    for row in staff_store.audit_rows():
        if row.subject in responses:
            terminals.setdefault(row.event, set()).add(row.terminal)
    events = (Event.EXPORTED, Event.PRINTED, Event.COPY_TAKEN)
    return CopiedAt(*(tuple(sorted(terminals.get(event, ()))) for event in events))


@dataclass(frozen=True)
class ErasedPerson:
    """What went with a person, and what may be left of them."""

    responses: tuple[ResponseListItem, ...]
    unreadable: int
    """Responses that cannot be read, so that nobody can tell whose they are."""
    nothing_left: bool
    """Whether nothing is left in the files of the store."""


def erase_person(staff_store: StaffStore, identity: str, reason: Reason) -> ErasedPerson:
    """Remove a person with their appointments, codes and responses for good, all or nothing.

    Raise ``ScreenerError`` if the person was removed already.
    """
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "administrator")
        if not rows.all("SELECT 1 FROM person WHERE id = ?", (identity,)):
            raise ScreenerError("This person was removed already.")
        person = read_people(staff_store, rows).get(identity)
        every = [identity for (identity,) in rows.all("SELECT id FROM response")]
        listed = list(staff_store.listed_within(rows, every))
        responses = tuple(each for each in listed if each.link and each.link.person == identity)
        for response in responses:
            remove(rows, response.id)
            staff_store.write(rows, Event.ERASED, response.id, reason.encode())
        remove_codes(rows, person.appointments if person else ())
        remove_person(rows, identity)
        staff_store.write(rows, Event.PERSON_ERASED, identity, reason.encode())
    unreadable = sum(each.entry is None for each in listed)
    return ErasedPerson(responses, unreadable, staff_store.store.database.shrink())


def close_abandoned(staff_store: StaffStore, days: int) -> int:
    """Finish the responses in progress that were last saved so many days ago, as they are; return how many.

    Nobody goes on with them then. They are read like any other, and what is urgent in them stays so.
    """
    with staff_store.store.database.reading() as rows:
        staff_store.require_role(rows, "clinician")
    last_saved_before = staff_store.store.now() - datetime.timedelta(days=days)
    abandoned = [
        listed.id
        for listed in staff_store.responses()
        if listed.entry and not listed.finished and listed.entry.saved < last_saved_before
    ]
    for identity in abandoned:
        open_response, record = staff_store.resume(identity)
        open_response.finish(record, staff_store.name)
    return len(abandoned)
