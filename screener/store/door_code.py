"""Door codes: the short codes by which staff open the emergency page and a locked kiosk, and nothing that is stored.

The store holds all codes of a clinic in one list, hashed slowly and signed by the staff, so that terminals can keep the
list and check a code while the store is away.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace

from screener.errors import ScreenerError
from screener.store.crypto import Cost, Unreadable, derive_key
from screener.store.database import Rows, one, put_value
from screener.store.decoding import as_bytes, decoding, small_json
from screener.store.signature import Signer, holds

LEAST, MOST = 6, 10
"""Characters. Every passphrase is longer, so that what was typed shows which of the two it is."""
LIST_NAME = "door codes"
_LEAST_GUESSES = 100_000
SALT = 16
_SIGNED = b"screener/2|door codes|"


@dataclass(frozen=True)
class DoorCode:
    """What a code of one member of staff is compared with."""

    name: str
    salt: bytes
    cost: Cost
    derived: bytes

    def is_opened_by(self, typed: str) -> bool:
        """Return whether this is the code that was typed, in about half a second."""
        return hmac.compare_digest(derive_key(plain_code(typed), self.salt, self.cost), self.derived)


@dataclass(frozen=True)
class DoorCodes:
    """The codes of a clinic. A list with a higher ``serial`` replaces an earlier one, and never the other way round."""

    serial: int = 0
    codes: tuple[DoorCode, ...] = ()

    def of(self, name: str) -> DoorCode | None:
        """Return the code of a member of staff, if they set one."""
        return next((code for code in self.codes if code.name == name), None)

    def only_of(self, names: Collection[str]) -> DoorCodes:
        """Return the list without the codes of anybody else."""
        return replace(self, codes=tuple(each for each in self.codes if each.name in names))

    def with_code(self, name: str, code: DoorCode | None) -> DoorCodes:
        """Return the list with this code of a member of staff, or without any of theirs."""
        others = tuple(each for each in self.codes if each.name != name)
        return replace(self, codes=(*others, code) if code else others)


def plain_code(typed: str) -> str:
    """Return a code in one form: capitals and spaces do not count."""
    return "".join(typed.split()).casefold()


def is_door_code(typed: str) -> bool:
    """Return whether what was typed can be a door code and no passphrase."""
    return len("".join(typed.split())) <= MOST


def validate_door_code(typed: str) -> str:
    """Return the code in its plain form. Raise ``ScreenerError`` for one that is too short, too long or too simple."""
    from zxcvbn import zxcvbn

    code = plain_code(typed)
    if not code.isalnum() or not code.isascii() or not LEAST <= len(code) <= MOST:
        raise ScreenerError(f"A door code has {LEAST} to {MOST} letters (A to Z) and digits.")
    if zxcvbn(code)["guesses"] < _LEAST_GUESSES:
        raise ScreenerError("This code can be guessed soon. Take one without dates, rows or repeats.")
    return code


def read_door_codes(rows: Rows, signing: bytes) -> DoorCodes:
    """Return the codes that the staff signed with a key; none where nobody did."""
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (LIST_NAME,))
    return parse_door_codes(row[0], signing) if row else DoorCodes()


def parse_door_codes(value: object, signing: bytes) -> DoorCodes:
    """Return the codes of a list as it is stored; none where it was changed or the staff did not sign it."""
    try:
        with decoding():
            signed = small_json(as_bytes(value))
            text = signed["list"]
            if not signing or not holds(signing, _SIGNED + text.encode(), bytes.fromhex(signed["signature"])):
                return DoorCodes()
            listed = json.loads(text)
            codes = tuple(
                DoorCode(name, bytes.fromhex(salt), Cost(**cost), bytes.fromhex(derived))
                for name, salt, cost, derived in listed["codes"]
            )
            return DoorCodes(int(listed["serial"]), codes)
    except Unreadable:
        return DoorCodes()


def put_door_codes(rows: Rows, codes: DoorCodes, signer: Signer, at: int) -> bytes:
    """Write a list that replaces the one with the serial of ``codes``; return its hash for the audit trail."""
    # Also after an older backup was restored, terminals that know a later list take the next one.
    serial = max(codes.serial + 1, at)
    values = [[each.name, each.salt.hex(), asdict(each.cost), each.derived.hex()] for each in codes.codes]
    text = json.dumps({"serial": serial, "codes": values})
    value = json.dumps({"list": text, "signature": signer.sign(_SIGNED + text.encode()).hex()}).encode()
    put_value(rows, LIST_NAME, value)
    return hashlib.sha256(value).digest()


def list_digest(rows: Rows) -> bytes:
    """Return the hash of the list as it is stored; empty where there is none."""
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (LIST_NAME,))
    return hashlib.sha256(as_bytes(row[0])).digest() if row else b""
