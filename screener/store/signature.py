"""Signatures (Ed25519, RFC 8032): everybody with the public key can tell who wrote something."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cached_property

SECRET = 32
"""Bytes of a secret key; the public key has as many."""


@dataclass(frozen=True)
class Signer:
    """Whoever holds a secret key: a terminal, or the staff of a clinic."""

    secret: bytes

    @cached_property
    def public(self) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        """Return the name of the key in the audit trail."""
        return fingerprint(self.public)

    def sign(self, message: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


def new_signer() -> Signer:
    return Signer(os.urandom(SECRET))


def clinic_signer(secret: bytes) -> Signer:
    """Return the signer of the clinic with this secret key; it does not lead back to that key."""
    return Signer(hmac.digest(secret, b"screener/2|signing key", "sha256"))


def fingerprint(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the holder of the key signed the message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
