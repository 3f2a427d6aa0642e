"""Sealing: bytes that only the holder of a key can read, each bound to its associated data.

AES-256-GCM for stored data, HPKE (RFC 9180; X25519, HKDF-SHA256, AES-256-GCM) for keys that a terminal gives away
and cannot take back, Argon2id (RFC 9106) for keys that rest on something a person knows.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.values import dataclass

# The cryptography is imported where it is used: a terminal opens its store before the first page, and seals after it.
if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hpke

KEY = 32
"""Bytes of every secret key."""
SEALED_KEY = KEY + 48
"""Bytes of a key that is sealed to a public key."""
_NONCE = 12
_LENGTH = 4


class Unreadable(ScreenerError):
    """The sealed data was changed, or this key does not open it."""


@dataclass(frozen=True)
class Cost:
    """The cost of one guess at a passphrase: memory in KiB, passes over it, and lanes."""

    memory: int = 256 * 1024
    passes: int = 3
    lanes: int = 4


def new_key() -> bytes:
    return os.urandom(KEY)


def seal(content: bytes, key: bytes, associated_data: bytes, *, padded_to: int = 1) -> bytes:
    """Seal content, bound to associated data. Its length shows in steps of ``padded_to`` bytes only."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    framed = len(content).to_bytes(_LENGTH) + content
    framed += bytes(-len(framed) % padded_to)
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, framed, associated_data)


def unseal(sealed: bytes, key: bytes, associated_data: bytes) -> bytes:
    """Return the content. Raise ``Unreadable`` if the sealed data, the key or the associated data differs."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        framed = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], associated_data)
    except (InvalidTag, ValueError):
        raise Unreadable(_("What is kept was changed, or it was sealed with another key.")) from None
    return framed[_LENGTH : _LENGTH + int.from_bytes(framed[:_LENGTH])]


def new_pair() -> tuple[bytes, bytes]:
    """Make a secret key, and the public key of it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    secret = X25519PrivateKey.generate()
    return secret.private_bytes_raw(), secret.public_key().public_bytes_raw()


def public_key_of(secret: bytes) -> bytes:
    """Return the public key of a secret one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def seal_to(public: bytes, content: bytes, associated_data: bytes) -> bytes:
    """Seal content so that only the holder of the secret key can read it; whoever seals it cannot."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _suite().encrypt(content, X25519PublicKey.from_public_bytes(public), associated_data)


def opener(secret: bytes) -> Callable[[bytes, bytes], bytes]:
    """Return a function that opens sealed data with a secret key and the associated data.

    The function raises ``Unreadable`` if the data, the key or the associated data differs.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    suite, key = _suite(), X25519PrivateKey.from_private_bytes(secret)

    def opened(sealed: bytes, associated_data: bytes) -> bytes:
        try:
            return suite.decrypt(sealed, key, associated_data)
        except (InvalidTag, ValueError):
            raise Unreadable(_("This key does not open what is kept.")) from None

    return opened


def _suite() -> hpke.Suite:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def derive_key(passphrase: str, salt: bytes, cost: Cost, length: int = KEY) -> bytes:
    """Derive a key from a passphrase or code, slowly, against guessing: half a second at the usual cost."""
    import unicodedata

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    derivation = Argon2id(salt=salt, length=length, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return derivation.derive(unicodedata.normalize("NFKC", passphrase).encode())
