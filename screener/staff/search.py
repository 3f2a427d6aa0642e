"""Finding a response by what somebody types of its name or reference.

Names are compared by a skeleton, in which letters that look alike are the same letter and what cannot be seen is left
out. It is used for finding only; nothing is ever shown or stored in this form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

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
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Signs that no font shows, although their category says otherwise."""


def skeleton(text: str) -> str:
    """Return the text for comparison: without accents, capitals, spaces, hyphens and invisible characters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if _counts(letter))
    return plain.translate(_LATIN).casefold().translate(_LATIN).translate(_SAME)


def matcher(typed: str) -> Callable[[str], bool]:
    """Return a test whether a skeleton contains every typed word; if nothing was typed, it always does."""
    words = [skeleton(word) for word in typed.split()]
    return lambda skeleton_of_entry: all(word in skeleton_of_entry for word in words)


def _counts(letter: str) -> bool:
    return unicodedata.category(letter)[0] not in "CMZP" and letter not in _INVISIBLE
