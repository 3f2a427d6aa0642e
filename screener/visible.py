"""The boundary to any terminal or file: what was typed or authored is shown, never obeyed."""

from __future__ import annotations

import unicodedata

from screener.authored import UNPRINTABLE

_PLAIN = {"\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "...",
          "\u00bf": "?", "\u00a1": "!", "\u00f1": "ni", "\u00d1": "NI"}  # fmt: skip
"""Signs and what is written for them in ASCII; a Spanish year without its tilde would be another word."""


def visible(text: str) -> str:
    """The text with every control, bidirectional and unpaired character shown as ``<U+XXXX>``; line feeds stay."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return UNPRINTABLE.sub(_named, text)


def ascii_only(text: str) -> str:
    """The text in ASCII: accents dropped, typographic signs replaced, anything else shown as ``<U+XXXX>``."""
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() else f"<U+{ord(letter):04X}>" for letter in letters)


def width(text: str) -> int:
    """The columns that a terminal gives the text; wide East Asian characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines of at most ``columns``; a word that is too long is cut, an empty text is one empty line."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            while width(word) > columns:
                room = columns - width(line) - bool(line)
                if room < 1:
                    lines.append(line)
                    line = ""
                    continue
                head = _head(word, room)
                lines.append(f"{line} {head}" if line else head)
                line, word = "", word[len(head) :]
            if line and width(line) + 1 + width(word) > columns:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return lines


def _named(found: object) -> str:
    return f"<U+{ord(found[0]):04X}>"  # type: ignore[index]


def _head(word: str, columns: int) -> str:
    """The longest start of the word that fits, at least one character."""
    end = 1
    while end < len(word) and width(word[: end + 1]) <= columns:
        end += 1
    return word[:end]
