"""The boundary to any terminal or file: typed or authored text is shown, never obeyed."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls, bidirectional controls, line separators, surrogates, byte order mark.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")

_PLAIN = {"\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "...",
          "\u00bf": "?", "\u00a1": "!", "\u00f1": "ni", "\u00d1": "NI"}  # fmt: skip
"""Characters with their replacements in ASCII; a Spanish year without its tilde would be another word."""


def visible(text: str) -> str:
    """Show every control, bidirectional and unpaired character of the text as ``<U+XXXX>``; keep line feeds."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return UNPRINTABLE.sub(_named, text)


def ascii_only(text: str) -> str:
    """Return the text in ASCII: drop accents, replace typographic characters, show all others as ``<U+XXXX>``."""
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() else f"<U+{ord(letter):04X}>" for letter in letters)


def width(text: str) -> int:
    """Return the number of columns that a terminal gives the text; an emoji sequence counts as one picture."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth, wcwidth  # Slow to import, and most text is ASCII.

    columns = wcswidth(text)
    return columns if columns >= 0 else sum(max(wcwidth(letter), 0) for letter in text)


def wrapped(text: str, columns: int) -> list[str]:
    """Return the text in lines of at most ``columns``. Cut words that are too long; an empty text is an empty line."""
    lines = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for word in paragraph.split(" "):
            needed = width(word)
            while needed > columns:
                room = columns - used - bool(line)
                if room < 1:
                    lines.append(line)
                    line, used = "", 0
                    continue
                head = _head(word, room)
                lines.append(f"{line} {head}" if line else head)
                line, used, word = "", 0, word[len(head) :]
                needed = width(word)
            if line and used + 1 + needed > columns:
                lines.append(line)
                line, used = word, needed
            elif line:
                line, used = f"{line} {word}", used + 1 + needed
            else:
                line, used = word, needed
        lines.append(line)
    return lines


def _named(match: object) -> str:
    return f"<U+{ord(match[0]):04X}>"  # type: ignore[index]


def _head(word: str, columns: int) -> str:
    """Return the longest start of the word that fits, at least one character."""
    end = 1
    while end < len(word) and width(word[: end + 1]) <= columns:
        end += 1
    return word[:end]
