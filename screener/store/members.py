"""The members of staff: their names, their roles, and the key slots that their passphrases open.

In format 2 a passphrase opens the member's own key, and the clinic's key is sealed to that: so the clinic's key can be
exchanged without anybody's passphrase. In format 1 it opens the clinic's key itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from screener.display_text import is_blank, unseen
from screener.errors import CHECK_IT, ScreenerError, nearest
from screener.i18n.gettext import _
from screener.store.crypto import Cost, Unreadable, derive_key, new_pair, opener, seal, seal_to, unseal
from screener.store.database import Rows, one
from screener.store.passphrase import forms_of, plain_passphrase

LEAST_PASSPHRASE = 12
"""Characters. A passphrase guards every response, and a stolen disk can be guessed at for years."""
MOST_NAME = 80
_RATED = 72
"""Characters of a passphrase that are rated; rating takes long for more, and they make it only better."""
_LEAST_SCORE = 4
"""Of zxcvbn: more than ten thousand million guesses, at half a second each."""
_SALT = 16
RECOVERY_KEY = "recovery key"
"""Who used the key on paper, in the audit trail."""
Role = Literal["reception", "clinician", "administrator"]
"""Reception sees who waits and starts responses; a clinician also reads; an administrator also runs the clinic."""
ROLES: tuple[Role, ...] = get_args(Role)


class Refused(ScreenerError):
    """A name and a passphrase that open nothing."""


class MustWait(Refused):
    """So many refused guesses in a row that the next one has to wait."""


class Revoked(ScreenerError):
    """Whoever unlocked the store is no member of staff any more."""


class NotAllowed(ScreenerError):
    """What somebody wanted to do is not for their role."""


def require_own(name: str, by: str, means: str = "passphrase") -> None:
    """Raise ``NotAllowed`` where somebody changes the passphrase of another, under whose name they could act then.

    ``means`` is what they change: the passphrase, or the door code.
    """
    if name != by:
        raise NotAllowed(
            f"Only {name} can change the {means} of {name}. If it is forgotten, revoke {name} and add {name} anew."
            if means == "passphrase"
            else f"Only {name} can set the {means} of {name}, with the passphrase of {name}."
        )


def require_role(rows: Rows, name: str, least: Role) -> None:
    """Raise ``Revoked`` for somebody who is no member of staff any more, ``NotAllowed`` for one of a lower role."""
    role = role_of(rows, name)
    if role is None:
        raise Revoked(_("{name} is no longer a member of staff here.").format(name=name))
    if ROLES.index(role) < ROLES.index(least):
        if least == "clinician":
            raise NotAllowed(_("Only clinicians can do this. Ask one of them."))
        raise NotAllowed(_("Only administrators can do this. Ask one of them."))


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
    """Return the passphrase in its plain form.

    Raise ``ScreenerError`` if it is too short, has unseen characters, or can be guessed soon.
    """
    from zxcvbn import zxcvbn

    passphrase = plain_passphrase(typed)
    if len(passphrase) < LEAST_PASSPHRASE:
        raise ScreenerError(f"A passphrase has at least {LEAST_PASSPHRASE} characters. Take several words.")
    if unseen(passphrase):
        raise ScreenerError("The passphrase has an invisible character. Type it without.")
    if zxcvbn(passphrase[:_RATED])["score"] < _LEAST_SCORE:
        raise ScreenerError("This passphrase can be guessed soon. Take several words that do not belong together.")
    return passphrase


def staff_names(rows: Rows) -> list[str]:
    return [name for (name,) in rows.all("SELECT name FROM staff ORDER BY name")]


def role_of(rows: Rows, name: str) -> Role | None:
    """Return the role of a member of staff, ``None`` for somebody who is none; in format 1 everybody may everything."""
    if one(rows, "SELECT 1 FROM staff WHERE name = ?", (name,)) is None:
        return None
    row = one(rows, "SELECT role FROM member WHERE name = ?", (name,))
    return "administrator" if row is None else next((role for role in ROLES if role == row[0]), "reception")


@dataclass(frozen=True)
class KeySlot:
    """The key of one member of staff under their passphrase, and the clinic's secret key sealed to it."""

    name: str
    role: Role
    salt: bytes
    cost: Cost
    own: bytes
    """The member's own key, sealed with the passphrase."""
    public: bytes
    sealed: bytes
    """The clinic's secret key, sealed to the member."""

    @property
    def digest(self) -> bytes:
        """The hash of all that decides who comes in as whom, for the audit trail."""
        parts = (self.name.encode(), self.role.encode(), self.salt, self.own, self.public)
        return hashlib.sha256(b"".join(len(part).to_bytes(4) + part for part in parts)).digest()


def new_key_slot(name: str, role: Role, passphrase: str, secret: bytes, cost: Cost) -> KeySlot:
    """Return a key slot that a passphrase opens. This takes about half a second: call it outside a transaction.

    Raise ``ScreenerError`` for a passphrase that is too short, or an invalid name.
    """
    return carried_key_slot(validate_name(name), role, validate_passphrase(passphrase), secret, cost)


def carried_key_slot(name: str, role: Role, passphrase: str, secret: bytes, cost: Cost) -> KeySlot:
    """Return a key slot for a passphrase that opened one of an older format, and need not be a good one today."""
    salt = os.urandom(_SALT)
    own, public = new_pair()
    key = derive_key(passphrase, salt, cost)
    sealed = seal_to(public, secret, _associated_data(name))
    return KeySlot(name, role, salt, cost, seal(own, key, _associated_data(name)), public, sealed)


def put_key_slot(rows: Rows, key_slot: KeySlot) -> None:
    """Store a key slot, and replace any that the same person had."""
    _delete(rows, key_slot.name)
    rows.run(
        "INSERT INTO staff (name, salt, cost, sealed) VALUES (?, ?, ?, ?)",
        (key_slot.name, key_slot.salt, json.dumps(asdict(key_slot.cost)), key_slot.own),
    )
    rows.run(
        "INSERT INTO member (name, role, public, sealed) VALUES (?, ?, ?, ?)",
        (key_slot.name, key_slot.role, key_slot.public, key_slot.sealed),
    )


def put_secret_of_member(rows: Rows, key_slot: KeySlot, secret: bytes) -> None:
    """Seal another secret key of the clinic to a member of staff, whose passphrase stays as it is."""
    sealed = seal_to(key_slot.public, secret, _associated_data(key_slot.name))
    rows.run("UPDATE member SET sealed = ? WHERE name = ?", (sealed, key_slot.name))


def read_key_slot(rows: Rows, name: str) -> KeySlot | None:
    """Return the key slot of a member of staff; one of format 1 has no key of their own. ``None``: there is none."""
    row = one(
        rows,
        "SELECT s.salt, s.cost, s.sealed, m.role, m.public, m.sealed"
        " FROM staff s LEFT JOIN member m ON m.name = s.name WHERE s.name = ?",
        (name,),
    )
    if row is None:
        return None
    try:
        cost = Cost(**json.loads(row[1]))
        rest: tuple[Role, bytes, bytes] = ("administrator", b"", b"")
        if row[3] is not None:
            rest = row[3], bytes(row[4]), bytes(row[5])
        return KeySlot(name, rest[0], bytes(row[0]), cost, bytes(row[2]), *rest[1:])
    except (TypeError, ValueError, RecursionError):
        return None


def remove_staff(rows: Rows, name: str) -> None:
    """Remove a member of staff. Raise ``ScreenerError`` for an unknown name, or the last one who can run the clinic."""
    names, name = staff_names(rows), normalise_name(name)
    if name not in names:
        raise ScreenerError(f"There is no member of staff of this name. {nearest(name, names) or CHECK_IT}")
    if len(names) == 1:
        raise ScreenerError("This is the last member of staff. Add another one first.")
    if not any(role_of(rows, member) == "administrator" for member in names if member != name):
        raise ScreenerError("This is the last administrator. Add another one first.")
    _delete(rows, name)


def _delete(rows: Rows, name: str) -> None:
    for table in ("staff", "member"):
        rows.run(f"DELETE FROM {table} WHERE name = ?", (name,))  # noqa: S608


def secret_of_staff(rows: Rows, name: str, passphrase: str) -> bytes:
    """Return the clinic's secret key, for a name and a passphrase, in about half a second. Raise ``Refused``."""
    name = normalise_name(name)
    row = one(rows, "SELECT salt, cost, sealed FROM staff WHERE name = ?", (name,))
    member = one(rows, "SELECT sealed FROM member WHERE name = ?", (name,))
    if row is None:
        raise Refused(_("This name and passphrase do not open it."))
    for form in forms_of(passphrase):
        with suppress(Unreadable, TypeError, ValueError, OverflowError, MemoryError, RecursionError):  # Or a bad row.
            key = derive_key(form, bytes(row[0]), Cost(**json.loads(row[1])))
            opened = unseal(bytes(row[2]), key, _associated_data(name))
            return opener(opened)(bytes(member[0]), _associated_data(name)) if member else opened
    raise Refused(_("This name and passphrase do not open it."))


def _associated_data(name: str) -> bytes:
    return f"screener/1|staff|{name}".encode()
