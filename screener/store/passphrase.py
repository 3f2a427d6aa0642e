"""What a typed passphrase is, for every door that takes one: spaces and tabs at its ends or doubled do not count.

A paste, a field and a pipe keep them differently, so that a passphrase which depends on them would open one door only.
"""

from __future__ import annotations

import unicodedata


def plain_passphrase(typed: str) -> str:
    """Return the passphrase in one form: compatible characters are one, and words are apart by one space."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())


def forms_of(typed: str) -> tuple[str, ...]:
    """Return what can open a key slot: the plain form, then as it was typed, which 0.1.0 took."""
    plain = plain_passphrase(typed)
    return (plain,) if plain == unicodedata.normalize("NFKC", typed) else (plain, typed)
