"""Four words that a person takes along to come back to their answers."""

from __future__ import annotations

import secrets
from functools import cache

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.crypto import KEY, Cost, derive_key

WORDS = 4
_TAG = 16


class NotACode(ScreenerError):
    """The typed text cannot be a return code; the message says why."""


def new_code() -> str:
    """Four words of 2048, at random: 44 bits, and each guess costs half a second and a lot of memory."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS))


def normalise_code(typed: str) -> str:
    """Return the code as it was given out, without regard to capitals and spaces. Raise ``NotACode``."""
    words = typed.lower().replace("-", " ").split()
    if len(words) != WORDS:
        raise NotACode(_("A return code has {count} words.").format(count=WORDS))
    for word in words:
        if word not in _words():
            unknown = _("The word {number} is not one that return codes are made of. Check it.")
            raise NotACode(unknown.format(number=words.index(word) + 1))
    return " ".join(words)


def tag_and_key(code: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """Return the tag that finds the response of a code, and the key that opens it; neither leads to the other."""
    both = derive_key(code, salt, cost, _TAG + KEY)
    return both[:_TAG], both[_TAG:]


@cache
def _words() -> tuple[str, ...]:
    from mnemonic import Mnemonic

    return tuple(Mnemonic("english").wordlist)
