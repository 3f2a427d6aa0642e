"""The recovery key on paper: the second key to everything, for the day on which all passphrases are lost."""

from __future__ import annotations

import base64
import hashlib

from screener.errors import ScreenerError
from screener.store.crypto import KEY

_CHECK = 3
_GROUP = 4


def format_recovery_key(secret: bytes) -> str:
    """Return a secret key (32 bytes) and 3 check bytes as 14 groups of four letters and digits."""
    text = base64.b32encode(secret + _check(secret)).decode()
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def parse_recovery_key(typed: str) -> bytes:
    """Return the secret key that was typed. Raise ``ScreenerError`` if a letter is wrong or missing."""
    text = "".join(typed.split()).replace("-", "").upper()
    text = text.replace("0", "O").replace("1", "I").replace("8", "B")
    try:
        decoded = base64.b32decode(text)
    except ValueError:
        decoded = b""
    secret, check = decoded[:KEY], decoded[KEY:]
    if len(secret) != KEY or check != _check(secret):
        raise ScreenerError("This is not the key on the paper: a letter is wrong or missing. Type all 14 groups again.")
    return secret


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"screener paper key" + secret).digest()[:_CHECK]
