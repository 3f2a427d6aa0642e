"""Four words that a person takes along to come back to their answers.

The words are from ``return_code_words.txt``: 2048 everyday words, so four of them have 44 bits, as before. The list
keeps every word of the list before (the English one of BIP-39) that is fit for somebody who is ill or in distress, and
is spelled and understood alike by British and American readers; ``tests/store/unfit_words.txt`` names each word that
was left out, by its reason. Everyday words took their places. As before, each has 3 to 8 letters, and no two begin with
the same four. Codes made of the list before stay valid.
"""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.crypto import KEY, Cost, derive_key, seal, unseal

WORDS = 4
_TAG = 16
_SALT = 16
_SEALED_BEFORE = 64
"""Bytes of the sealed key of a response where 0.1.0 made the code."""
_CLOSE, _NEAR = 0.75, 0.6
"""How alike a word must be to be suggested: one that codes are made of now, and any that a code can have."""


class NotACode(ScreenerError):
    """The typed text cannot be a return code; the message says why."""


def new_code() -> str:
    """Four words of 2048, at random: 44 bits, and each guess costs half a second and a lot of memory."""
    return " ".join(secrets.choice(code_words()) for _ in range(WORDS))


_LONGEST_SHOWN = 30
"""Letters of an unknown word that are repeated to whoever typed it."""


def normalise_code(typed: str) -> str:
    """Return the code as it was given out, without regard to capitals and what stands between the words.

    Raise ``NotACode``.
    """
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", typed).casefold())
    if len(words) != WORDS:
        raise NotACode(_("A return code has {count} words.").format(count=WORDS))
    for number, word in enumerate(words, 1):
        if word not in _valid_words():
            unknown = _('We do not know word {number}, "{word}".').format(number=number, word=word[:_LONGEST_SHOWN])
            raise NotACode(" ".join([unknown, *_suggestion(word)]))
    return " ".join(words)


def seal_for_code(code: str, key: bytes, response: str, cost: Cost) -> bytes:
    """Seal the key of a response with a key of its code alone, derived with a salt of its own; in half a second."""
    salt = os.urandom(_SALT)
    return salt + seal(key, derive_key(code, salt, cost), _associated_data(response))


def unseal_for_code(code: str, sealed: bytes, response: str, cost: Cost, key_of_tag: bytes) -> bytes:
    """Return the key of a response for its code. Raise ``Unreadable``.

    ``key_of_tag`` was derived with the salt of all codes, as 0.1.0 did.
    """
    if len(sealed) == _SEALED_BEFORE:
        return unseal(sealed, key_of_tag, _associated_data(response))
    salt, rest = sealed[:_SALT], sealed[_SALT:]
    return unseal(rest, derive_key(code, salt, cost), _associated_data(response))


def _associated_data(response: str) -> bytes:
    return f"screener/1|return|{response}|".encode()


def tag_and_key(code: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """Return the tag that finds the response of a code, and the key that opens it; neither leads to the other."""
    both = derive_key(code, salt, cost, _TAG + KEY)
    return both[:_TAG], both[_TAG:]


@cache
def code_words() -> tuple[str, ...]:
    """Return the words of which codes are made."""
    return tuple(files("screener.store").joinpath("return_code_words.txt").read_text("ascii").split())


@cache
def _valid_words() -> frozenset[str]:
    """Return the words that a code can have, with those of codes that were given out before."""
    from mnemonic import Mnemonic

    return frozenset((*code_words(), *Mnemonic("english").wordlist))


def _suggestion(word: str) -> list[str]:
    close = get_close_matches(word, code_words(), 1, _CLOSE) or get_close_matches(word, _valid_words(), 1, _NEAR)
    return [_('Did you mean "{word}"?').format(word=close[0])] if close else []
