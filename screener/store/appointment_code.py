"""The code of an appointment: four words that a terminal takes once, until they expire.

The row of a code is sealed with a key that only the four words give. In it are the questionnaire, the time until which
the code can be used, and a ticket: whose appointment it is, sealed with a key of the clinic. The terminal puts the
ticket into the response, cannot open it, and so learns nothing of anybody from a code. Nobody without the clinic's
secret key can make a ticket.
"""

from __future__ import annotations

import datetime
import hmac
import json
from collections.abc import Container
from dataclasses import dataclass

from screener.i18n.gettext import _
from screener.store.crypto import Unreadable, seal, unseal
from screener.store.database import Rows, one
from screener.store.decoding import as_bytes, decoding, is_moment, small_json
from screener.store.return_code import NotACode

_PADDED_TO = 512
_TICKET = b"screener/2|ticket"


@dataclass(frozen=True)
class Ticket:
    """What a terminal gets for a code: what it asks, and whose appointment it is, ``sealed`` for the staff."""

    questionnaire: str
    sealed: str


@dataclass(frozen=True)
class OpenedTicket:
    """Whose appointment a response belongs to, by random ids."""

    person: str
    appointment: str


# The ticket


def ticket_key(secret: bytes) -> bytes:
    """Return the key of the tickets of the clinic with this secret key."""
    return hmac.digest(secret, _TICKET, "sha256")


def new_ticket(person: str, appointment: str, key: bytes) -> str:
    return seal(bytes.fromhex(person) + bytes.fromhex(appointment), key, _TICKET).hex()


def open_ticket(sealed: str | None, key: bytes) -> OpenedTicket | None:
    """Return whose appointment a response is for; ``None`` where it has no ticket, or one that staff did not make."""
    if sealed is None:
        return None
    try:
        with decoding():
            both = unseal(bytes.fromhex(sealed), key, _TICKET)
    except Unreadable:
        return None
    return OpenedTicket(both[:16].hex(), both[16:].hex())


# The code


def put_code(rows: Rows, tag: bytes, key: bytes, ticket: Ticket, until: datetime.datetime) -> None:
    """Write the code whose tag and key these are."""
    content = json.dumps([ticket.questionnaire, until.isoformat(), ticket.sealed]).encode()
    rows.run(
        "INSERT INTO appointment_code (tag, until, sealed) VALUES (?, ?, ?)",
        (tag, int(until.timestamp()), seal(content, key, _associated_data(tag), padded_to=_PADDED_TO)),
    )


def take_code(
    rows: Rows, tag: bytes, key: bytes, now: datetime.datetime, questionnaires: Container[str]
) -> Ticket | None:
    """Use a code up and return its ticket; ``None`` where there is no such code.

    This is done in a transaction that writes, so that of two terminals one gets it. Raise ``NotACode`` for a code that
    has expired, or that asks what this terminal does not have; then it stays.
    """
    row = one(rows, "SELECT sealed FROM appointment_code WHERE tag = ?", (tag,))
    if row is None:
        return None
    try:
        with decoding():
            questionnaire, until, sealed = small_json(unseal(as_bytes(row[0]), key, _associated_data(tag)))
            expires = datetime.datetime.fromisoformat(until)
            if not isinstance(questionnaire, str) or not isinstance(sealed, str) or not is_moment(expires):
                raise ValueError("not a code")
    except Unreadable:
        return None
    if expires < now:
        raise NotACode(_("These four words no longer work. Ask the staff for new ones."))
    if questionnaire not in questionnaires:
        raise NotACode(_("This terminal does not have the questions for these four words. Ask the staff."))
    rows.run("DELETE FROM appointment_code WHERE tag = ?", (tag,))
    return Ticket(questionnaire, sealed)


def remove_expired(rows: Rows, now: datetime.datetime) -> None:
    """Remove the codes that nobody can use any more."""
    rows.run("DELETE FROM appointment_code WHERE until < ?", (int(now.timestamp()),))


def _associated_data(tag: bytes) -> bytes:
    return b"screener/2|appointment code|" + tag
