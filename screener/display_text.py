"""The boundary to any terminal or file: typed or authored text is shown, never obeyed."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# C0 and C1 controls, bidirectional controls, line separators, surrogates, byte order mark.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""The ends of lines as systems, word processors and web pages write them."""
_JOINED = "\u0600-\u085f\u08a0-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
"""Letters of the scripts in which a joiner or its opposite changes how the next letter looks."""
_PICTURES = "\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SHAPING = "|".join(
    (
        f"(?<=[{_JOINED}])[\u200c\u200d]",
        f"(?<=[{_PICTURES}\ufe0f])\u200d(?=[{_PICTURES}])",
        f"(?<=[{_PICTURES}])[\ufe0e\ufe0f]",
        "(?<=[#*0-9])\ufe0f(?=\u20e3)",
        f"(?<=[{_IDEOGRAPHS}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
        "(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    )
)
"""Where characters that are not seen change how their neighbours look: joined letters, emoji, variants, flags."""
_NEVER_SEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters without any picture of their own: of width zero, fillers, tags, variation selectors."""
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_SUSPECT = re.compile(f"[{_NEVER_SEEN}\ufeff]")
_BLANK = re.compile(f"[\\s\u2800{_NEVER_SEEN}{_BIDI}]")

_PLAIN = {"\u2013": "-", "\u2014": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "...",
          "\u00bf": "?", "\u00a1": "!", "\u00f1": "ni", "\u00d1": "NI"}  # fmt: skip
"""Characters with their replacements in ASCII; a Spanish year without its tilde would be another word."""


@cache
def _unseen_or_shaping() -> re.Pattern[str]:
    """Return the pattern of a character that shapes its neighbours, or, as its group, of one that nobody sees.

    It is compiled only where a text needs it, because that takes as long as all else of this module.
    """
    return re.compile(f"(?:{_SHAPING})|([{_NEVER_SEEN}\ufeff])")


def visible(text: str) -> str:
    """Show every control, bidirectional, unpaired and unseen character of the text as ``<U+XXXX>``; keep line feeds."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return UNPRINTABLE.sub(lambda match: _named(match[0]), unseen_named(text))


def without_controls(text: str) -> str:
    """Return what a field keeps of what was typed or pasted: line feeds stay, no other control character does."""
    return UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def unseen_named(text: str) -> str:
    """Show every character that nobody sees as ``<U+XXXX>``, except where it changes how its neighbours look."""
    if not _SUSPECT.search(text):
        return text
    return _unseen_or_shaping().sub(lambda match: _named(match[1]) if match[1] else match[0], text)


def unseen(text: str) -> str | None:
    """Return the first character of the text that nobody sees, or ``None``; shaping its neighbours counts as seen."""
    if not _SUSPECT.search(text):
        return None
    return next((match[1] for match in _unseen_or_shaping().finditer(text) if match[1]), None)


def is_blank(text: str) -> bool:
    """Return whether nobody would see anything of the text: it is empty, or has spaces and unseen characters only."""
    return not _BLANK.sub("", text)


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
                if line and room < width(word[0]):
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


def _named(character: str) -> str:
    return f"<U+{ord(character):04X}>"


def _head(word: str, columns: int) -> str:
    """Return the longest start of the word that fits, at least one character."""
    end = 1
    while end < len(word) and width(word[: end + 1]) <= columns:
        end += 1
    return word[:end]
