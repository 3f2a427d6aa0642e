"""Characters that JSON writes as two escapes, such as ``\\ud83d\\ude00``, which YAML does not read."""

from __future__ import annotations

import json
import re

from screener import file_text
from screener.errors import ContentError, Problem

JoinedSurrogates = dict[int, list[int]]
"""The columns of the pairs that were joined, by their lines."""
SAVED_COLUMNS = 2
"""The number of columns by which a joined escape is shorter than its pair."""
_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89a-fA-F][0-9a-fA-F]{2})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?")
"""The escapes in JSON of half a character, and of the other half if it follows."""


def with_joined_surrogates(text: str, name: str) -> tuple[str, JoinedSurrogates]:
    """Return a JSON text with each pair of escapes that makes one character as one escape, which YAML reads.

    Also return the columns after the pairs of each line. A text that is not JSON stays unchanged.
    """
    joined: JoinedSurrogates = {}
    if not text.lstrip().startswith(("{", "[")) or not _SURROGATES.search(text) or not _is_json(text):
        return text, joined

    def join(match: re.Match[str]) -> str:
        place = file_text.after(name, text[: match.start() + len(match[1])])
        if match[3] is None or match[2][1] not in "89abAB":
            raise ContentError([Problem(place, "This escape is half a character.", "Write the whole character.")])
        joined.setdefault(place.line, []).append(place.column)
        character = (int(match[2], 16) - 0xD800 << 10) + int(match[3], 16) - 0xDC00 + 0x10000
        return f"{match[1]}\\U{character:08x}"

    return _SURROGATES.sub(join, text), joined


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
