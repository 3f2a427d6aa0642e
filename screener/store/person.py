"""A person whom a clinic expects, as the store keeps them: one sealed row with their appointments.

Kept are a name, the clinic's own reference and the year of birth, and a contact where the clinic wants one. They are
for one purpose: to expect the person, and to put the responses of one person together. The key follows from the
clinic's secret key: staff read and write these rows, and terminals do neither. The day in the clear is bound to what
is sealed, and the audit trail has the hash of it.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from screener.display_text import UNPRINTABLE, is_blank, unseen
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.crypto import seal, unseal
from screener.store.database import Rows
from screener.store.decoding import as_bytes, decoding, is_moment, small_json

MOST_OF_A_NAME, MOST_OF_A_REFERENCE, MOST_OF_A_CONTACT = 100, 40, 200
MOST_APPOINTMENTS = 100
"""Of one person; a visit each week for two years."""
_PADDED_TO = 4096
_EARLIEST_BIRTH = 1880
_EPOCH = datetime.date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Appointment:
    """When somebody is expected for which questionnaire, by the clock of the clinic."""

    id: str
    questionnaire: str
    day: datetime.date
    time: datetime.time | None
    """``None``: at any time of that day."""
    by: str
    """The member of staff who entered it."""
    entered: datetime.datetime
    tag: bytes = b""
    """What finds the code that was issued last, to make it void."""
    until: datetime.datetime | None = None
    """Until when that code can be used."""

    @property
    def last_day(self) -> datetime.date:
        """The last day that it is about."""
        return max(self.day, self.until.date()) if self.until else self.day


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    reference: str
    """The clinic's own, such as the number of a file."""
    year_of_birth: int | None
    contact: str = ""
    appointments: tuple[Appointment, ...] = ()

    def appointment(self, identity: str) -> Appointment | None:
        return next((each for each in self.appointments if each.id == identity), None)

    def replacing(self, changed: Appointment) -> Person:
        """Return the person with one appointment exchanged for what it is now."""
        return replace(
            self, appointments=tuple(changed if each.id == changed.id else each for each in self.appointments)
        )


def identified(person: Person) -> str:
    """Return a person by all that tells them from another one: name, reference, year of birth where it is known."""
    born = _("born {year}").format(year=person.year_of_birth) if person.year_of_birth else ""
    return ", ".join(part for part in (person.name, person.reference, born) if part)


def new_person(name: str, reference: str, year_of_birth: str, contact: str, identity: str, today: int) -> Person:
    """Return a person as staff typed them; ``today`` is a year. Raise ``ScreenerError`` for what cannot be."""
    return Person(
        identity,
        _checked(name, _("The name"), MOST_OF_A_NAME),
        checked_reference(reference),
        checked_year(year_of_birth, today),
        _checked(contact, _("The contact"), MOST_OF_A_CONTACT) if contact.strip() else "",
    )


def checked_reference(typed: str) -> str:
    """Return a reference of the clinic as it is kept. Raise ``ScreenerError``."""
    return _checked(typed, _("The reference"), MOST_OF_A_REFERENCE)


def checked_year(typed: str, today: int) -> int | None:
    """Return a year of birth, ``None`` where nothing was typed. Raise ``ScreenerError`` for no year of a life."""
    typed = typed.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
        raise ScreenerError(_("The year of birth has four digits, such as 1987."))
    if not _EARLIEST_BIRTH <= int(typed) <= today:
        raise ScreenerError(
            _("The year must be between {first} and {last}. Check the year.").format(first=_EARLIEST_BIRTH, last=today)
        )
    return int(typed)


def _checked(typed: str, what: str, most: int) -> str:
    text = " ".join(typed.split())
    if is_blank(text):
        raise ScreenerError(_("{what} is missing.").format(what=what))
    if len(text) > most:
        raise ScreenerError(_("{what} is too long. It has at most {most} letters.").format(what=what, most=most))
    if unseen(text) or UNPRINTABLE.search(text):
        raise ScreenerError(_("{what} has an invisible character. Type it without.").format(what=what))
    return text


def retention_day(person: Person, today: datetime.date) -> int:
    """Return the last day that anything of a person is about, in days since 1970, if they are changed today."""
    return max([today, *(each.last_day for each in person.appointments)]).toordinal() - _EPOCH


# The row


def person_key(secret: bytes) -> bytes:
    """Return the key of all people of the clinic with this secret key."""
    return hmac.digest(secret, b"screener/2|people", "sha256")


def seal_person(person: Person, day: int, key: bytes) -> bytes:
    return seal(_pack(person), key, _associated_data(person.id, day), padded_to=_PADDED_TO)


def unseal_person(identity: str, day: int, sealed: bytes, key: bytes) -> Person:
    """Return a person. Raise ``Unreadable`` for a row that was changed."""
    with decoding():
        return _unpacked(identity, unseal(as_bytes(sealed), key, _associated_data(identity, day)))


def put_person(rows: Rows, identity: str, day: int, sealed: bytes) -> None:
    rows.run(
        "INSERT INTO person (id, day, sealed) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET day = excluded.day, sealed = excluded.sealed",
        (identity, day, sealed),
    )


def remove_person(rows: Rows, identity: str) -> None:
    rows.run("DELETE FROM person WHERE id = ?", (identity,))
    rows.run("DELETE FROM sealed_before WHERE id = ?", (identity,))


def remove_codes(rows: Rows, appointments: Iterable[Appointment]) -> None:
    """Make the codes of these appointments void."""
    for appointment in appointments:
        if appointment.tag:
            rows.run("DELETE FROM appointment_code WHERE tag = ?", (appointment.tag,))


def digest_of_person(sealed: bytes) -> bytes:
    """Return the hash of a row for the audit trail; the row's id and day are bound to what is sealed."""
    return hashlib.sha256(as_bytes(sealed)).digest()


def _associated_data(identity: str, day: int) -> bytes:
    return f"screener/2|person|{identity}|{day}".encode()


def _pack(person: Person) -> bytes:
    appointments = [
        [
            each.id,
            each.questionnaire,
            each.day.isoformat(),
            each.time.isoformat("minutes") if each.time else None,
            each.by,
            each.entered.isoformat(),
            each.tag.hex(),
            each.until.isoformat() if each.until else None,
        ]
        for each in person.appointments
    ]
    values = [person.name, person.reference, person.year_of_birth, person.contact, appointments]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _unpacked(identity: str, content: bytes) -> Person:
    name, reference, year, contact, appointments = small_json(content)
    person = Person(identity, name, reference, year, contact, tuple(map(_appointment, appointments)))
    if not all(isinstance(text, str) for text in (name, reference, contact)) or not isinstance(year, int | None):
        raise ValueError("not a person")
    return person


def _appointment(values: Any) -> Appointment:
    identity, questionnaire, day, time, by, entered, tag, until = values
    appointment = Appointment(
        identity,
        questionnaire,
        datetime.date.fromisoformat(day),
        datetime.time.fromisoformat(time) if time else None,
        by,
        datetime.datetime.fromisoformat(entered),
        bytes.fromhex(tag),
        datetime.datetime.fromisoformat(until) if until else None,
    )
    moments = (appointment.entered, *((appointment.until,) if appointment.until else ()))
    if not all(isinstance(text, str) for text in (identity, questionnaire, by)) or not all(map(is_moment, moments)):
        raise ValueError("not an appointment")
    return appointment
