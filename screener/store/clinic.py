"""The clinic that a store belongs to: its public keys, and the key slots of its staff."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from screener.display_text import is_blank, unseen
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
WITHOUT_CLINIC = 30
"""Days for which responses are stored on a personal machine, where no clinic sets a period."""
_SALT = 16
_NAME = "clinic"
_PUBLIC = "clinic public key"
_PAPER = "paper public key"
_DIGEST = "clinic digest"
_ALL = (_NAME, _PUBLIC, _PAPER, _DIGEST, audit.START_NAME, audit.KEY_NAME)
"""Names that a store with a clinic has; if some are missing, the store is damaged."""


class Refused(ScreenerError):
    """A name and a passphrase that open nothing."""


@dataclass(frozen=True)
class Clinic:
    """Data about the clinic that every terminal may read. Responses are sealed to ``public`` and ``recovery``."""

    name: str
    region: str
    retention_days: int
    public: bytes
    recovery: bytes

    def sealed(self, key: bytes, response: str) -> bytes:
        """Seal the key of a response, for the staff and for the recovery key."""
        bound_to = key_associated_data(response)
        return seal_to(self.public, key, bound_to) + seal_to(self.recovery, key, bound_to)

    @property
    def digest(self) -> bytes:
        """The hash of all fields."""
        described = json.dumps([self.name, self.region, self.retention_days, self.public.hex(), self.recovery.hex()])
        return hashlib.sha256(described.encode()).digest()


def days_kept(clinic: Clinic | None) -> int:
    """Return for how many days after its last save a response is kept at least."""
    return clinic.retention_days if clinic else WITHOUT_CLINIC


def key_associated_data(response: str) -> bytes:
    return f"screener/1|key|{response}".encode()


def for_staff(keys: bytes) -> bytes:
    """Return the copy for the staff of a key that is sealed twice."""
    return keys[:SEALED_KEY]


def for_recovery(keys: bytes) -> bytes:
    """Return the copy for the recovery key of a key that is sealed twice."""
    return keys[SEALED_KEY:]


def read_clinic(rows: Rows) -> Clinic | None:
    """Return the clinic, or ``None`` if the store was not set up for one.

    Raise ``ScreenerError`` if its data was damaged: nobody could open a response that is sealed to a wrong key.
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
    """Raise ``ScreenerError`` if the store has a clinic already."""
    if clinic:
        raise ScreenerError(f"This store belongs to {clinic.name} already. Set up another store, or use this one.")


def create_clinic(rows: Rows, name: str, region: str, retention_days: int) -> tuple[bytes, bytes]:
    """Set a store up for a clinic; return the clinic's secret key and the recovery key.

    Raise ``ScreenerError`` if the store has a clinic already.
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
    """Return the first key of the audit chain, opened with the clinic's secret key.

    Raise ``Unreadable`` if the secret key is a wrong one, ``ScreenerError`` if there is no chain.
    """
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (audit.START_NAME,))
    if row is None:
        raise ScreenerError("This store has no audit trail: no clinic was set up. Run: screener clinic init")
    return opener(secret)(for_staff(bytes(row[0])), b"screener/1|audit")


# Staff


def normalise_name(typed: str) -> str:
    """Return a name with its accents and spaces in one normal form."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def validate_name(typed: str) -> str:
    """Return a name as it is stored. Raise ``ScreenerError`` if nobody can see it, or if it is too long for a list."""
    name = normalise_name(typed)
    if is_blank(name) or len(name) > MOST_NAME:
        raise ScreenerError(f"A name has 1 to {MOST_NAME} letters.")
    if character := unseen(name):
        raise ScreenerError(f"The name has an invisible character (U+{ord(character):04X}). Type it without.")
    return name


def validate_passphrase(typed: str) -> str:
    """Return the passphrase. Raise ``ScreenerError`` if it is too short."""
    if len(typed) < LEAST_PASSPHRASE:
        raise ScreenerError(f"A passphrase has at least {LEAST_PASSPHRASE} characters. Take several words.")
    return typed


def staff_names(rows: Rows) -> list[str]:
    return [name for (name,) in rows.all("SELECT name FROM staff ORDER BY name")]


@dataclass(frozen=True)
class KeySlot:
    """The clinic's secret key, sealed with the passphrase of one member of staff."""

    name: str
    salt: bytes
    cost: Cost
    sealed: bytes


def new_key_slot(name: str, passphrase: str, secret: bytes, cost: Cost) -> KeySlot:
    """Return a key slot that a passphrase opens. This takes about half a second: call it outside a transaction.

    Raise ``ScreenerError`` for a passphrase that is too short, or an invalid name.
    """
    name, salt = validate_name(name), os.urandom(_SALT)
    return KeySlot(
        name, salt, cost, seal(secret, derive_key(validate_passphrase(passphrase), salt, cost), _associated_data(name))
    )


def put_key_slot(rows: Rows, key_slot: KeySlot) -> None:
    """Store a key slot, and replace any that the same person had."""
    rows.run("DELETE FROM staff WHERE name = ?", (key_slot.name,))
    rows.run(
        "INSERT INTO staff (name, salt, cost, sealed) VALUES (?, ?, ?, ?)",
        (key_slot.name, key_slot.salt, json.dumps(asdict(key_slot.cost)), key_slot.sealed),
    )


def remove_staff(rows: Rows, name: str) -> None:
    """Remove a member of staff. Raise ``ScreenerError`` for an unknown name, or the last one."""
    names, name = staff_names(rows), normalise_name(name)
    if name not in names:
        raise ScreenerError(f"There is no member of staff of this name. {nearest(name, names)}".rstrip())
    if len(names) == 1:
        raise ScreenerError("This is the last member of staff. Add another one first.")
    rows.run("DELETE FROM staff WHERE name = ?", (name,))


def secret_of_staff(rows: Rows, name: str, passphrase: str) -> bytes:
    """Return the clinic's secret key, for a name and a passphrase, in about half a second. Raise ``Refused``."""
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
