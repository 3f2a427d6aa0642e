"""The secret keys of a clinic: the one of now, and those before it, which staff get with it.

The keys before are sealed with the one of now. They open what nobody can seal anew, such as the entries of staff in the
audit trail, and what arrives late from the outbox of a terminal.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Sequence

from screener.store.alarm_entry import alarm_key_of
from screener.store.appointment_code import OpenedTicket, open_ticket, ticket_key
from screener.store.crypto import KEY, Unreadable, opener, seal, unseal
from screener.store.database import Rows, one, put_value
from screener.store.decoding import as_bytes, decoding, small_json
from screener.store.person import Person, person_key, unseal_person
from screener.store.signature import clinic_signer

_BEFORE = "clinic keys before"
Unseal = Callable[[bytes, bytes], bytes]


class ClinicKeys:
    """The secret keys of a clinic: the one of now, and those before it, the newest first."""

    def __init__(self, secret: bytes, before: Sequence[bytes] = ()) -> None:
        self.secret = secret
        self.before = tuple(before)
        self.signer = clinic_signer(secret)
        secrets = (secret, *before)
        self._openers = tuple(map(opener, secrets))
        self._ticket_keys = tuple(map(ticket_key, secrets))
        self._person_keys = tuple(map(person_key, secrets))
        self.alarm_keys = tuple(map(alarm_key_of, secrets))
        """What a console keeps after the lock: they open alarms, and nothing else."""

    def unseal(self, sealed: bytes, associated_data: bytes) -> bytes:
        """Open what was sealed to the clinic. Raise ``Unreadable``."""
        return unseal_with_any(self._openers, sealed, associated_data)

    def open_ticket(self, sealed: str | None) -> OpenedTicket | None:
        """Return whose appointment a response is for; ``None`` for no ticket, or one that staff did not make."""
        tickets = (open_ticket(sealed, key) for key in self._ticket_keys)
        return next((ticket for ticket in tickets if ticket), None)

    def unseal_person(self, identity: str, day: int, sealed: bytes) -> Person:
        """Return a person. Raise ``Unreadable`` for a row that was changed."""
        for key in self._person_keys[:-1]:
            try:
                return unseal_person(identity, day, sealed, key)
            except Unreadable:
                continue
        return unseal_person(identity, day, sealed, self._person_keys[-1])


def unseal_with_any(openers: Sequence[Unseal], sealed: bytes, associated_data: bytes) -> bytes:
    """Open with the first key that does it. Raise ``Unreadable`` where none does."""
    for unseal_with in openers[:-1]:
        try:
            return unseal_with(sealed, associated_data)
        except Unreadable:
            continue
    return openers[-1](sealed, associated_data)


def read_keys(rows: Rows, secret: bytes) -> ClinicKeys:
    """Return the keys of the clinic with this secret key."""
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (_BEFORE,))
    before: list[bytes] = []
    if row is not None:
        try:
            with decoding():
                written = small_json(unseal(as_bytes(row[0]), _key_of_before(secret), _BEFORE.encode()))
                before = [bytes.fromhex(each) for each in written]
                if any(len(each) != KEY for each in before):
                    raise ValueError("not keys")
        except Unreadable:  # Somebody changed them; what they open is then unreadable, and the audit check says so.
            before = []
    return ClinicKeys(secret, before)


def put_keys_before(rows: Rows, secret: bytes, before: Sequence[bytes]) -> None:
    """Keep the secret keys that the clinic had, sealed with the one of now."""
    content = json.dumps([each.hex() for each in before]).encode()
    put_value(rows, _BEFORE, seal(content, _key_of_before(secret), _BEFORE.encode(), padded_to=KEY))


def _key_of_before(secret: bytes) -> bytes:
    return hmac.digest(secret, b"screener/2|keys before", "sha256")
