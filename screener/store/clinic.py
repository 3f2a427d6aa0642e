"""The clinic that a store belongs to: its public keys, and the doors through which its staff come in."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import Any

from screener.problem import ScreenerError, nearest
from screener.store import audit
from screener.store.database import Rows, one
from screener.store.sealing import (
    SEALED_KEY,
    Cost,
    Unreadable,
    new_key,
    new_pair,
    opener,
    seal,
    seal_to,
    stretched,
    unseal,
)

LEAST_PASSPHRASE = 12
"""Characters. A passphrase guards every response, and a stolen disk can be guessed at for years."""
_SALT = 16
_NAME = "clinic"
_PUBLIC = "clinic public key"
_PAPER = "paper public key"


class Refused(ScreenerError):
    """A name and a passphrase that open nothing."""


@dataclass(frozen=True)
class Clinic:
    """What every terminal may know of the clinic. Responses are sealed to the keys ``public`` and ``paper``."""

    name: str
    region: str
    retention_days: int
    public: bytes
    paper: bytes

    def sealed(self, key: bytes, response: str) -> bytes:
        """The key of a response, sealed for the staff and for the paper key."""
        place = place_of_key(response)
        return seal_to(self.public, key, place) + seal_to(self.paper, key, place)


def place_of_key(response: str) -> bytes:
    return f"screener/1|key|{response}".encode()


def for_staff(keys: bytes) -> bytes:
    """Of the sealed keys of a response, the one for the staff; that for the paper follows it."""
    return keys[:SEALED_KEY]


def read_clinic(rows: Rows) -> Clinic | None:
    """The clinic, or ``None`` in a store that was not set up for one."""
    found = {name: bytes(value) for name, value in rows.all("SELECT name, value FROM meta")}
    if _NAME not in found:
        return None
    return Clinic(**json.loads(found[_NAME]), public=found[_PUBLIC], paper=found[_PAPER])


def found_clinic(rows: Rows, name: str, region: str, retention_days: int) -> tuple[bytes, bytes]:
    """Set a store up for a clinic; returns the clinic's secret key and the one for the paper.

    Raises ``ScreenerError`` where the store has a clinic already.
    """
    if there := read_clinic(rows):
        raise ScreenerError(f"This store belongs to {there.name} already. Set up another store, or use this one.")
    secret, public = new_pair()
    paper_secret, paper = new_pair()
    first = new_key()
    values: dict[str, bytes] = {
        _NAME: json.dumps({"name": name, "region": region, "retention_days": retention_days}).encode(),
        _PUBLIC: public,
        _PAPER: paper,
        audit.START_NAME: seal_to(public, first, b"screener/1|audit") + seal_to(paper, first, b"screener/1|audit"),
    }
    for key, value in values.items():
        rows.run("INSERT INTO meta (name, value) VALUES (?, ?)", (key, value))
    audit.start(rows, first)
    return secret, paper_secret


def audit_start(rows: Rows, secret: bytes) -> bytes:
    """The first key of the audit chain, for whoever holds the clinic's secret key."""
    found = one(rows, "SELECT value FROM meta WHERE name = ?", (audit.START_NAME,))
    if found is None:
        raise ScreenerError("This store has no audit trail: no clinic was set up. Run: screener clinic init")
    return opener(secret)(bytes(found[0])[:SEALED_KEY], b"screener/1|audit")


# Staff


def staff_names(rows: Rows) -> list[str]:
    return [name for (name,) in rows.all("SELECT name FROM staff ORDER BY name")]


def put_staff(rows: Rows, name: str, passphrase: str, secret: bytes, cost: Cost) -> None:
    """Let somebody in by a passphrase, or give somebody who is there already a new one.

    Raises ``ScreenerError`` for a passphrase that is too short, or a name that is none.
    """
    if not name.strip():
        raise ScreenerError("A member of staff needs a name; it stands in the audit trail.")
    if len(passphrase) < LEAST_PASSPHRASE:
        raise ScreenerError(f"A passphrase has at least {LEAST_PASSPHRASE} characters. Take several words.")
    salt = os.urandom(_SALT)
    sealed = seal(secret, stretched(passphrase, salt, cost), _door(name))
    rows.run("DELETE FROM staff WHERE name = ?", (name,))
    rows.run(
        "INSERT INTO staff (name, salt, cost, sealed) VALUES (?, ?, ?, ?)",
        (name, salt, json.dumps(asdict(cost)), sealed),
    )


def remove_staff(rows: Rows, name: str) -> None:
    """Raises ``ScreenerError`` for an unknown name, or the last one, after whom nobody could come in."""
    known = staff_names(rows)
    if name not in known:
        raise ScreenerError(f"There is no member of staff of this name. {nearest(name, known)}".rstrip())
    if len(known) == 1:
        raise ScreenerError("This is the last member of staff. Add another one first.")
    rows.run("DELETE FROM staff WHERE name = ?", (name,))


def secret_of_staff(rows: Rows, name: str, passphrase: str) -> bytes:
    """The clinic's secret key, for a name and a passphrase. Takes about half a second. Raises ``Refused``."""
    found: tuple[Any, ...] | None = one(rows, "SELECT salt, cost, sealed FROM staff WHERE name = ?", (name,))
    if found is None:
        raise Refused("This name and passphrase do not open it.")
    salt, cost, sealed = bytes(found[0]), Cost(**json.loads(found[1])), bytes(found[2])
    try:
        return unseal(sealed, stretched(passphrase, salt, cost), _door(name))
    except Unreadable:
        raise Refused("This name and passphrase do not open it.") from None


def _door(name: str) -> bytes:
    return f"screener/1|staff|{name}".encode()
