"""The clinic that a store belongs to: its public keys, and the doors through which its staff come in."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from screener.errors import ScreenerError, nearest
from screener.i18n.gettext import _
from screener.store import audit
from screener.store.alarm_entry import ensure_alarm_key
from screener.store.crypto import (
    SEALED_KEY,
    Cost,
    Unreadable,
    derive_key,
    new_key,
    new_pair,
    opener,
    seal,
    seal_to,
    unseal,
)
from screener.store.database import Rows, one

LEAST_PASSPHRASE = 12
"""Characters. A passphrase guards every response, and a stolen disk can be guessed at for years."""
MOST_NAME = 80
_SALT = 16
_NAME = "clinic"
_PUBLIC = "clinic public key"
_PAPER = "paper public key"
_DIGEST = "clinic digest"
_ALL = (_NAME, _PUBLIC, _PAPER, _DIGEST, audit.START_NAME, audit.KEY_NAME)
"""What a store with a clinic has; one in which some of it is missing was damaged."""


class Refused(ScreenerError):
    """A name and a passphrase that open nothing."""


@dataclass(frozen=True)
class Clinic:
    """What every terminal may know of the clinic. Responses are sealed to the keys ``public`` and ``paper``."""

    name: str
    region: str
    retention_days: int
    public: bytes
    recovery: bytes

    def sealed(self, key: bytes, response: str) -> bytes:
        """The key of a response, sealed for the staff and for the paper key."""
        place = key_associated_data(response)
        return seal_to(self.public, key, place) + seal_to(self.recovery, key, place)

    @property
    def digest(self) -> bytes:
        """The hash of all of it."""
        described = json.dumps([self.name, self.region, self.retention_days, self.public.hex(), self.recovery.hex()])
        return hashlib.sha256(described.encode()).digest()


def key_associated_data(response: str) -> bytes:
    return f"screener/1|key|{response}".encode()


def for_staff(keys: bytes) -> bytes:
    """Of a key that is sealed twice, the one for the staff."""
    return keys[:SEALED_KEY]


def for_recovery(keys: bytes) -> bytes:
    """Of a key that is sealed twice, the one for the paper."""
    return keys[SEALED_KEY:]


def read_clinic(rows: Rows) -> Clinic | None:
    """The clinic, or ``None`` in a store that was not set up for one.

    Raises ``ScreenerError`` where what is known of it was damaged: nobody could open what is sealed to a wrong key.
    """
    values = {name: bytes(value) for name, value in rows.all("SELECT name, value FROM meta")}
    if values.keys().isdisjoint(_ALL):
        return None
    try:
        clinic = Clinic(**json.loads(values[_NAME]), public=values[_PUBLIC], recovery=values[_PAPER])
        whole = values.keys() >= set(_ALL) and clinic.digest == values[_DIGEST]
    except (KeyError, TypeError, ValueError):
        whole = False
    if not whole:
        raise ScreenerError(_("What this store knows of its clinic is damaged. Restore a backup."))
    return clinic


def require_no_clinic(clinic: Clinic | None) -> None:
    """Raises ``ScreenerError`` where a store has a clinic already."""
    if clinic:
        raise ScreenerError(f"This store belongs to {clinic.name} already. Set up another store, or use this one.")


def create_clinic(rows: Rows, name: str, region: str, retention_days: int) -> tuple[bytes, bytes]:
    """Set a store up for a clinic; returns the clinic's secret key and the one for the paper.

    Raises ``ScreenerError`` where the store has a clinic already.
    """
    require_no_clinic(read_clinic(rows))
    secret, public = new_pair()
    recovery_secret, recovery = new_pair()
    first = new_key()
    values: dict[str, bytes] = {
        _NAME: json.dumps({"name": name, "region": region, "retention_days": retention_days}).encode(),
        _PUBLIC: public,
        _PAPER: recovery,
        _DIGEST: Clinic(name, region, retention_days, public, recovery).digest,
        audit.START_NAME: seal_to(public, first, b"screener/1|audit") + seal_to(recovery, first, b"screener/1|audit"),
    }
    for key, value in values.items():
        rows.run("INSERT INTO meta (name, value) VALUES (?, ?)", (key, value))
    audit.start(rows, first)
    ensure_alarm_key(rows, secret)
    return secret, recovery_secret


def audit_start(rows: Rows, secret: bytes) -> bytes:
    """The first key of the audit chain, for whoever holds the clinic's secret key.

    Raises ``Unreadable`` where it is another key, ``ScreenerError`` where there is no chain.
    """
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (audit.START_NAME,))
    if row is None:
        raise ScreenerError("This store has no audit trail: no clinic was set up. Run: screener clinic init")
    return opener(secret)(for_staff(bytes(row[0])), b"screener/1|audit")


# Staff


def normalise_name(typed: str) -> str:
    """A name in one spelling, however its accents and spaces were typed."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def validate_name(typed: str) -> str:
    """A name as it is kept. Raises ``ScreenerError`` where there is none, or it is too long for a list."""
    name = normalise_name(typed)
    if not 0 < len(name) <= MOST_NAME:
        raise ScreenerError(f"A name has 1 to {MOST_NAME} letters.")
    return name


def validate_passphrase(typed: str) -> str:
    """The passphrase. Raises ``ScreenerError`` where it is too short."""
    if len(typed) < LEAST_PASSPHRASE:
        raise ScreenerError(f"A passphrase has at least {LEAST_PASSPHRASE} characters. Take several words.")
    return typed


def staff_names(rows: Rows) -> list[str]:
    return [name for (name,) in rows.all("SELECT name FROM staff ORDER BY name")]


@dataclass(frozen=True)
class KeySlot:
    """What lets one member of staff in."""

    name: str
    salt: bytes
    cost: Cost
    sealed: bytes


def new_key_slot(name: str, passphrase: str, secret: bytes, cost: Cost) -> KeySlot:
    """A door that a passphrase opens. Takes about half a second, in which no transaction should make others wait.

    Raises ``ScreenerError`` for a passphrase that is too short, or a name that is none.
    """
    name, salt = validate_name(name), os.urandom(_SALT)
    return KeySlot(
        name, salt, cost, seal(secret, derive_key(validate_passphrase(passphrase), salt, cost), _associated_data(name))
    )


def put_key_slot(rows: Rows, door: KeySlot) -> None:
    """Let somebody in by a door, instead of any that they had."""
    rows.run("DELETE FROM staff WHERE name = ?", (door.name,))
    rows.run(
        "INSERT INTO staff (name, salt, cost, sealed) VALUES (?, ?, ?, ?)",
        (door.name, door.salt, json.dumps(asdict(door.cost)), door.sealed),
    )


def remove_staff(rows: Rows, name: str) -> None:
    """Raises ``ScreenerError`` for an unknown name, or the last one, after whom nobody could come in."""
    names, name = staff_names(rows), normalise_name(name)
    if name not in names:
        raise ScreenerError(f"There is no member of staff of this name. {nearest(name, names)}".rstrip())
    if len(names) == 1:
        raise ScreenerError("This is the last member of staff. Add another one first.")
    rows.run("DELETE FROM staff WHERE name = ?", (name,))


def secret_of_staff(rows: Rows, name: str, passphrase: str) -> bytes:
    """The clinic's secret key, for a name and a passphrase. Takes about half a second. Raises ``Refused``."""
    name = normalise_name(name)
    row: tuple[Any, ...] | None = one(rows, "SELECT salt, cost, sealed FROM staff WHERE name = ?", (name,))
    if row is None:
        raise Refused(_("This name and passphrase do not open it."))
    salt, sealed = bytes(row[0]), bytes(row[2])
    try:
        return unseal(sealed, derive_key(passphrase, salt, Cost(**json.loads(row[1]))), _associated_data(name))
    except (Unreadable, TypeError, ValueError, OverflowError, MemoryError):  # Or its row was damaged.
        raise Refused(_("This name and passphrase do not open it.")) from None


def _associated_data(name: str) -> bytes:
    return f"screener/1|staff|{name}".encode()
