"""The clinic that a store belongs to: its public keys, and what its staff signed of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store import audit
from screener.store.alarm_entry import ensure_alarm_key
from screener.store.crypto import SEALED_KEY, new_key, new_pair, opener, public_key_of, seal_to
from screener.store.database import FORMAT, Rows, one, put_value
from screener.store.signature import clinic_signer, holds

WITHOUT_CLINIC = 30
"""Days for which responses are stored on a personal machine, where no clinic sets a period."""
MOST_DAYS = 365_000
"""The most days for which responses are kept: nobody means more, and the day after them can still be computed."""
_NAME = "clinic"
_PUBLIC = "clinic public key"
_PAPER = "paper public key"
_DIGEST = "clinic digest"
_SIGNING, _SIGNATURE = "clinic signing key", "clinic signature"
_FOR_RECOVERY = "clinic key for recovery"
_SIGNED = b"screener/2|clinic|"
_ALL = (_NAME, _PUBLIC, _PAPER, _DIGEST, audit.START_NAME, audit.KEY_NAME)
"""Names that a store with a clinic has; if some are missing, the store is damaged."""


def key_exchanged_message() -> str:
    """Return what is said of a clinic that somebody made another one."""
    return _(
        "Somebody exchanged the clinic's key in this store, so that others could read new answers. Stop using "
        "it, and restore a backup."
    )


@dataclass(frozen=True)
class Clinic:
    """Data about the clinic that every terminal may read. Responses are sealed to ``public`` and ``recovery``.

    ``signing`` verifies what staff sign, ``signature`` is theirs of these fields, and ``serial`` counts the changes.
    The first format of a store had neither.
    """

    name: str
    region: str
    retention_days: int
    public: bytes
    recovery: bytes
    signing: bytes = b""
    serial: int = 0
    signature: bytes = b""

    @property
    def signs(self) -> bool:
        """Return whether its staff and terminals sign what they do."""
        return bool(self.signing)

    def sealed(self, key: bytes, response: str) -> bytes:
        """Seal the key of a response, for the staff and for the recovery key."""
        bound_to = key_associated_data(response)
        return seal_to(self.public, key, bound_to) + seal_to(self.recovery, key, bound_to)

    @property
    def digest(self) -> bytes:
        """The hash of all fields."""
        fields = [self.name, self.region, self.retention_days, self.public.hex(), self.recovery.hex()]
        if self.signing:
            fields += [self.signing.hex(), self.serial]
        return hashlib.sha256(json.dumps(fields).encode()).digest()

    def signed(self, secret: bytes) -> Clinic:
        """Return the clinic with the keys and the signature of its secret key."""
        signer = clinic_signer(secret)
        unsigned = replace(self, public=public_key_of(secret), signing=signer.public)
        return replace(unsigned, signature=signer.sign(_SIGNED + unsigned.digest))

    def require_signature(self) -> None:
        """Raise ``ScreenerError`` where its own staff did not sign it so."""
        if self.signing and not holds(self.signing, _SIGNED + self.digest, self.signature):
            raise ScreenerError(key_exchanged_message())

    def require_secret(self, secret: bytes) -> None:
        """Raise ``ScreenerError`` where its keys are not those of the secret key that a passphrase opened."""
        own = self.signing in (b"", clinic_signer(secret).public)
        if not own or public_key_of(secret) != self.public:
            raise ScreenerError(key_exchanged_message())
        self.require_signature()


def days_kept(clinic: Clinic | None) -> int:
    """Return for how many days after its last save a response is kept at least."""
    return min(clinic.retention_days, MOST_DAYS) if clinic else WITHOUT_CLINIC


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
        clinic = Clinic(
            **json.loads(values[_NAME]),
            public=values[_PUBLIC],
            recovery=values[_PAPER],
            signing=values.get(_SIGNING, b""),
            signature=values.get(_SIGNATURE, b""),
        )
        whole = values.keys() >= set(_ALL) and clinic.digest == values[_DIGEST]
    except (KeyError, TypeError, ValueError):
        whole = False
    if not whole:
        raise ScreenerError(_("What this store knows of its clinic is damaged. Restore a backup."))
    return clinic


def has_clinic(rows: Rows, clinic: Clinic) -> bool:
    """Return whether the store still has this clinic, as it is here."""
    return clinic_digest(rows) == clinic.digest


def clinic_digest(rows: Rows) -> bytes:
    """Return the hash of the clinic as the store has it; empty if there is none."""
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (_DIGEST,))
    return bytes(row[0]) if row else b""


def has_signing_key(rows: Rows, public: bytes) -> bool:
    """Return whether staff sign with this key; in format 1 they sign with none."""
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (_SIGNING,))
    return row is None or bytes(row[0]) == public


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
    start = audit_start_sealed(public, recovery, first)
    put_clinic(rows, Clinic(name, region, retention_days, public, recovery).signed(secret), secret)
    rows.run("INSERT INTO meta (name, value) VALUES (?, ?)", (audit.START_NAME, start))
    audit.start(rows, first)
    ensure_alarm_key(rows, secret)
    return secret, recovery_secret


def put_clinic(rows: Rows, clinic: Clinic, secret: bytes) -> None:
    """Write the clinic, in the format in which everything is signed, and its secret key for the recovery key."""
    described = {"name": clinic.name, "region": clinic.region, "retention_days": clinic.retention_days}
    values: dict[str, bytes] = {
        _NAME: json.dumps(described | {"serial": clinic.serial}).encode(),
        _PUBLIC: clinic.public,
        _PAPER: clinic.recovery,
        _SIGNING: clinic.signing,
        _SIGNATURE: clinic.signature,
        _DIGEST: clinic.digest,
        _FOR_RECOVERY: seal_to(clinic.recovery, secret, _FOR_RECOVERY.encode()),
        "format": str(FORMAT).encode(),
    }
    for name, value in values.items():
        put_value(rows, name, value)


def secret_of_recovery(rows: Rows, paper: bytes) -> bytes:
    """Return the clinic's secret key, for the recovery key. Raise ``Unreadable`` for that of another clinic."""
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (_FOR_RECOVERY,))
    if row is None:
        raise ScreenerError("This store is of an older format. Run: screener clinic upgrade")
    return opener(paper)(bytes(row[0]), _FOR_RECOVERY.encode())


def audit_start_sealed(public: bytes, recovery: bytes, first: bytes) -> bytes:
    """Return the first key of the audit chain, sealed to the staff and to the recovery key."""
    return b"".join(seal_to(each, first, b"screener/1|audit") for each in (public, recovery))


def audit_start(rows: Rows, secret: bytes) -> bytes:
    """Return the first key of the audit chain, opened with the clinic's secret key.

    Raise ``Unreadable`` if the secret key is a wrong one, ``ScreenerError`` if there is no chain.
    """
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (audit.START_NAME,))
    if row is None:
        raise ScreenerError("This store has no audit trail: no clinic was set up. Run: screener clinic init")
    return opener(secret)(for_staff(bytes(row[0])), b"screener/1|audit")
