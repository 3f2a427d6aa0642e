"""Key check: try a key on every stored response, before the day on which it is needed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from screener.errors import ScreenerError
from screener.store.audit import Event
from screener.store.clinic import for_recovery, for_staff, key_associated_data, secret_of_recovery
from screener.store.clinic_keys import read_keys
from screener.store.crypto import Unreadable, opener, public_key_of
from screener.store.decoding import as_bytes, decoding
from screener.store.members import RECOVERY_KEY
from screener.store.response_row import read_response
from screener.store.signature import clinic_signer
from screener.store.store import Store
from screener.store.unlock import unlock


@dataclass(frozen=True)
class KeyCheck:
    """The number of responses, and of those that the key did not open."""

    count: int
    closed: int


def check_with_recovery_key(store: Store, paper: bytes) -> KeyCheck:
    """Read every response with the recovery key. Raise ``ScreenerError`` if it belongs to another clinic."""
    count = opened = 0
    if store.clinic is None or public_key_of(paper) != store.clinic.recovery:
        raise ScreenerError("This is a recovery key, but not that of this clinic, or somebody exchanged it here.")
    opens = opener(paper)
    with store.database.reading() as rows:
        by_staff = read_keys(rows, secret_of_recovery(rows, paper)).unseal if store.clinic.signs else None
        for identity, keys in rows.all("SELECT id, keys FROM response"):
            count += 1
            with contextlib.suppress(Unreadable), decoding():
                bound_to = key_associated_data(identity)
                key = opens(for_recovery(as_bytes(keys)), bound_to)
                if by_staff and by_staff(for_staff(as_bytes(keys)), bound_to) != key:
                    raise Unreadable("Its two sealed keys are not the same.")
                read_response(rows, identity, key)
                opened += 1
    with store.database.writing() as rows:
        signer = None
        if store.clinic.signs:
            secret = secret_of_recovery(rows, paper)
            store.clinic.require_secret(secret)
            signer = clinic_signer(secret)
        store.log(rows, Event.UNLOCKED, by=RECOVERY_KEY, staff=signer)
    return KeyCheck(count, count - opened)


def check_with_passphrase(store: Store, name: str, passphrase: str) -> KeyCheck:
    """Open every response with the key of a member of staff, in about half a second. Raise ``Refused``."""
    responses = unlock(store, name, passphrase).responses()
    return KeyCheck(len(responses), sum(listed.entry is None for listed in responses))
