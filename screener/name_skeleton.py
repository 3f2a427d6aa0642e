"""The skeleton of a name, by which names are compared that look or sound the same to somebody who types them.

Letters that look alike are the same letter; accents, marks, capitals and what cannot be seen are left out. Nothing is
ever shown or stored in this form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_ALIKE = {
    "A": "\u0410\u0391",
    "B": "\u0412\u0392",
    "C": "\u0421\u03f9",
    "E": "\u0415\u0395",
    "H": "\u041d\u0397",
    "I": "\u0406\u0399",
    "J": "\u0408",
    "K": "\u041a\u039a",
    "M": "\u041c\u039c",
    "N": "\u039d",
    "O": "\u041e\u039f\u00d8",
    "P": "\u0420\u03a1",
    "S": "\u0405",
    "T": "\u0422\u03a4",
    "X": "\u0425\u03a7",
    "Y": "\u0423\u03a5\u04ae",
    "Z": "\u0396",
    "D": "\u0110\u00d0",
    "L": "\u0141",
    "a": "\u0430\u03b1\u0251",
    "b": "\u0432",
    "c": "\u0441\u03f2",
    "d": "\u0501\u0111\u00f0",
    "e": "\u0435",
    "g": "\u0261",
    "h": "\u04bb\u043d",
    "i": "\u0456\u03b9\u0131",
    "j": "\u0458",
    "k": "\u043a\u03ba",
    "l": "\u0142",
    "m": "\u043c",
    "n": "\u043f",
    "o": "\u043e\u03bf\u00f8",
    "p": "\u0440\u03c1",
    "q": "\u051b",
    "r": "\u0433",
    "s": "\u0455",
    "t": "\u0442\u03c4",
    "u": "\u03c5",
    "v": "\u03bd",
    "w": "\u051d\u03c9",
    "x": "\u0445\u03c7",
    "y": "\u0443\u03b3",
}
"""Cyrillic, Greek and other letters that look like a Latin one, capitals and small letters apart."""
_LATIN = str.maketrans({lookalike: letter for letter, others in _ALIKE.items() for lookalike in others})
_SAME = str.maketrans("01i|", "olll")
"""Letters that only the typeface tells apart, in lower case."""
_VARIANT = re.compile(r"LATIN (CAPITAL|SMALL) LETTER (?:DOTLESS )?([A-Z])(?: WITH .+)?$")
"""Unicode's own names of letters with a stroke, hook or other part that it does not take apart."""
_SPELT = {"\u00e6": "ae", "\u0153": "oe", "\u00fe": "th", "\u014b": "n", "\u0138": "k", "\u0133": "ij"}
"""Letters that are typed as others where a keyboard lacks them."""
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Signs that no font shows, although their category says otherwise."""


def skeleton(text: str) -> str:
    """Return the text for comparison: without accents, capitals, spaces, hyphens and invisible characters."""
    plain = "".join(map(_base, unicodedata.normalize("NFKD", text)))
    return plain.translate(_LATIN).casefold().translate(_LATIN).translate(_SAME)


def first_alike(texts: Sequence[str]) -> str | None:
    """Return the first text that looks the same as an earlier one, whatever its capitals, spaces and last point."""
    earlier: set[str] = set()
    for text in texts:
        words = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(" .:;,")
        if words in earlier:
            return text
        earlier.add(words)
    return None


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    """Return a letter without stroke, hook and the like; nothing for marks, signs and what cannot be seen.

    A modifier letter, such as the Hawaiian okina or a raised comma, is a mark; so is a free-standing accent.
    """
    category = unicodedata.category(letter)
    if category[0] in "CMZP" or category in ("Lm", "Sk") or letter in _INVISIBLE:
        return ""
    if named := _VARIANT.match(unicodedata.name(letter, "")):
        base = named[2].lower()
        return base.upper() if named[1] == "CAPITAL" else base
    return _SPELT.get(letter.lower(), letter)
