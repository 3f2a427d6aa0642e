"""Which keys a clinic has signed with: who signed that another key takes the place of the one before.

Each exchange is signed with both keys. So a terminal that was off meanwhile follows from the key that it knows, over
any number of exchanges, and whoever knows the key of now can tell those before it.
"""

from __future__ import annotations

import json

from screener.store.clinic import Clinic
from screener.store.crypto import Unreadable
from screener.store.database import Rows, put_value
from screener.store.decoding import as_bytes, decoding, small_json
from screener.store.signature import Signer, holds

_EXCHANGE = "clinic key exchange "
_SIGNED = b"screener/2|key exchange|"


def put_exchange(rows: Rows, before: Signer, after: Signer, serial: int) -> None:
    """Write that one key takes the place of another, signed with both; ``serial`` is that of the clinic afterwards."""
    message = _SIGNED + before.public + after.public
    parts = (before.public, after.public, before.sign(message), after.sign(message))
    put_value(rows, f"{_EXCHANGE}{serial}", json.dumps([part.hex() for part in parts]).encode())


def signing_keys(rows: Rows, clinic: Clinic) -> tuple[bytes, ...]:
    """Return the public keys with which the clinic has signed, the oldest first and that of now last.

    Only an exchange that both keys signed counts.
    """
    if not clinic.signs:
        return ()
    before: dict[bytes, bytes] = {}
    for (value,) in rows.all("SELECT value FROM meta WHERE name LIKE ?", (_EXCHANGE + "%",)):
        try:
            with decoding():
                old, new, by_old, by_new = (bytes.fromhex(part) for part in small_json(as_bytes(value)))
                message = _SIGNED + old + new
                if holds(old, message, by_old) and holds(new, message, by_new):
                    before[new] = old
        except Unreadable:
            continue
    keys = [clinic.signing]
    while keys[-1] in before and before[keys[-1]] not in keys:
        keys.append(before[keys[-1]])
    return tuple(reversed(keys))
