"""The people whom a clinic expects: read, changed, and written with what was done with them.

Everything is one transaction with its rows in the audit trail, which tell who and when, sealed as all that staff do.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from screener.errors import ScreenerError
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.store.audit import Event
from screener.store.crypto import Unreadable
from screener.store.database import Rows, rows_of
from screener.store.person import (
    Person,
    digest_of_person,
    person_key,
    put_person,
    retention_day,
    seal_person,
)
from screener.store.staff_store import StaffStore

_SINGLY = 500
"""People up to whom their rows are read with a query each."""


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
    return plain_reference(first) == plain_reference(second)


def of_clinic_reference(people: Iterable[Person], reference: str) -> Person | None:
    """Return the person with a reference of the clinic."""
    return next((person for person in people if same_reference(person.reference, reference)), None)


def plain_reference(reference: str) -> str:
    """Return a reference as it is compared: without spaces, in small letters."""
    return "".join(reference.split()).casefold()


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
