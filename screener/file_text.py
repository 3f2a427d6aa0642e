"""The boundary to files that people write: every file is read as it was meant, or refused with place and remedy.

Content, configuration, answers, scripts and copies pass here. Nothing is changed in silence: what a text editor or
another system does to a file (encoding, line ends, names) is undone here, or named.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from screener.errors import ContentError, Place, Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark is its beginning.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The byte order marks and their encodings."""
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32", "utf-32-be": "UTF-32"}

_LEFT_BY_SYSTEMS = ("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "lost+found", "icon\r")
_LEFT_BY_EDITORS = (".bak", ".orig", ".rej", ".swp", ".swo", ".swn", ".tmp", ".temp", ".part", ".crdownload", ".save")
_YAML_ENDINGS = (".yaml", ".yml", ".json", ".jsn")
_LETTERS = ({*"yaml"}, {*"yml"})
"""The letters of an ending that somebody mistyped, such as ``.ymal``."""
_OLDER = re.compile(r"\.(ya?ml|jso?n)[^/]+$")
"""The end of the name of an older or another copy, such as ``one.yaml.old`` or ``one.yaml;1``."""
_UNSEEN_AT_END = re.compile(r"[\s.\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+$")
_ADDED_ENDINGS = (".txt", ".text", ".rtf", ".doc", ".docx")
"""What some editors and systems add to the name of a file, often where nobody sees it."""


_archived: ContextVar[bool] = ContextVar("archived", default=False)


@contextmanager
def reading_archive() -> Iterator[None]:
    """Read content that an older version accepted, kept with a response, as that version did."""
    before = _archived.set(True)
    try:
        yield
    finally:
        _archived.reset(before)


def is_archived() -> bool:
    """Return whether content is read that was accepted before, and that nobody can correct any more."""
    return _archived.get()


def read_text(content: bytes, name: str) -> str:
    """Return the text of a file with line feeds as its line ends. Raise ``ContentError`` if it has none.

    A byte order mark names the encoding; without one it is UTF-8.
    """
    mark, encoding = next(((mark, code) for mark, code in _MARKS if content.startswith(mark)), (b"", "utf-8"))
    body = content[len(mark) :]
    if not mark and _is_wide(body):
        message = "The file is UTF-16 or UTF-32 without its mark."
        raise ContentError([Problem(Place(name, 1, 1), message, "Save it as UTF-8.")])
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        place = after(name, body[: error.start].decode(encoding))
        if error.reason in ("unexpected end of data", "truncated data"):
            message = "The file ends in the middle of a character."
            remedy = f"Copy it again if its end is missing, or save it as {_NAMES[encoding]}."
        else:
            message, remedy = f"The file is not {_NAMES[encoding]}.", "Save it as UTF-8."
        raise ContentError([Problem(place, message, remedy)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_leftover(name: str) -> bool:
    """Return whether a system or an editor left a file or folder of this name, so that nobody means it to be read."""
    lower = name.lower()
    if _OLDER.search(lower) and not lower.endswith(_YAML_ENDINGS) and not intended_name(name):
        return True
    return (
        name.startswith((".", "~$", "#"))
        or name.endswith("~")
        or lower in _LEFT_BY_SYSTEMS
        or lower.endswith(_LEFT_BY_EDITORS)
    )


def intended_name(name: str) -> str | None:
    """Return the name that a file of content was meant to have, such as ``one.yaml`` for ``one.YML.txt``.

    Return ``None`` if the name is right, or is none of a file of content.
    """
    if name.endswith(".yaml"):
        return None
    # Systems put spaces, points and what nobody sees at the end of a name, and letters of another width into it.
    stem = unicodedata.normalize("NFKC", _UNSEEN_AT_END.sub("", name))
    for ending in _ADDED_ENDINGS:
        if stem.lower().endswith(tuple(f"{first}{ending}" for first in _YAML_ENDINGS)):
            stem = stem[: -len(ending)]
    stem, point, ending = stem.rpartition(".")
    letters = ending.lower()
    if point and (f".{letters}" in _YAML_ENDINGS or (len(letters) < 7 and set(letters) in _LETTERS)):
        return f"{stem}.yaml"
    return None


def after(file: str, text: str) -> Place:
    """Return the place of the character that follows ``text`` in a file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Place(file, text.count("\n") + 1, len(text) - text.rfind("\n"))


def _is_wide(content: bytes) -> bool:
    """Return whether the first characters have two or four bytes each, of which some are zero."""
    start = content[:4]
    return b"\0" in start and any(start) and content.count(0, 0, 64) > 1
