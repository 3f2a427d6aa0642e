"""The base of authored values, and the types of their fields: how a text must be written, and which value it becomes.

Values arrive here as strings, lists and mappings only, and nothing is guessed from how they look. The types tell
pydantic what to check without importing it, so that content that was checked before loads without that import.
"""

from __future__ import annotations

import datetime
import keyword
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from screener.display_text import UNPRINTABLE, is_blank, unseen
from screener.errors import quoted
from screener.file_text import is_archived
from screener.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Authored:
    """A value written by an author: immutable, and an unknown key is an error."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True)
class StringRule:
    """How the text of a field must be written. ``read`` converts the text to the value, or raises ``ValueError``."""

    pattern: str | None = None
    most: int | None = None
    read: Callable[[object], Any] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import core_schema

        inner = handler(source)
        if source is str:
            inner = core_schema.str_schema(pattern=self.pattern, min_length=1, max_length=self.most)
        return core_schema.no_info_before_validator_function(self.read, inner) if self.read else inner


@dataclass(frozen=True)
class ListLength:
    """The number of entries that a list may have, so that a hostile file cannot ask for a million options."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        return handler(source) | {"min_length": self.least, "max_length": self.most}


@dataclass(frozen=True)
class FromAnotherFile:
    """A field that the program fills from another file, which is named after ``such as``: no author writes it here."""

    file: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self._refuse)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        from pydantic_core import PydanticOmit

        raise PydanticOmit

    def _refuse(self, _raw: object) -> None:
        if not is_archived():
            raise ValueError(f"this stands in a file of its own, such as {self.file}; remove it here")


def printable(raw: object) -> object:
    """Return a text without spaces at its ends; raise ``ValueError`` where it has a control character."""
    if isinstance(raw, str):
        if match := UNPRINTABLE.search(raw):
            raise ValueError(f"this contains the control character U+{ord(match[0]):04X}; remove it")
        if (character := unseen(raw)) and not is_archived():
            raise ValueError(f"this contains the invisible character U+{ord(character):04X}; remove it")
        if is_blank(raw) and raw.strip() and not is_archived():
            raise ValueError("nobody can see anything of this; fill it in")
        return unicodedata.normalize("NFC", raw).strip()
    return raw


def _from_text(pattern: str, convert: Callable[[str], Any], expected: str) -> Callable[[object], Any]:
    def read(raw: object) -> Any:
        if not isinstance(raw, str):
            return raw
        try:
            if re.fullmatch(pattern, raw):
                return convert(raw)
        except ValueError:
            pass
        raise ValueError(f"{quoted(raw)} is not {expected}")

    return read


def _identifier(raw: object) -> object:
    if isinstance(raw, str) and (keyword.iskeyword(raw) or raw in ("count", "answered")):
        raise ValueError(f'"{raw}" is a word of the condition language; choose another name')
    return raw


Text = Annotated[str, StringRule(most=2000, read=printable)]
Identifier = Annotated[str, StringRule(r"^[a-z][a-z0-9_]*$", 60, _identifier)]
"""A name that conditions use: lower-case letters, digits and underscores."""
FileName = Annotated[str, StringRule(r"^[a-z][a-z0-9-]*$", 60)]
"""A name that only other files use: lower-case letters, digits and hyphens."""
SourceId = Annotated[str, StringRule(r"^[A-Z][A-Za-z0-9]*$", 30)]
"""An id of the bibliography ``rules/sources.yaml``."""
OptionCode = Annotated[str, StringRule(r"^[a-z0-9][a-z0-9-]*$", 60)]
Condition = Annotated[str, StringRule(most=1000, read=printable)]
"""An expression of the condition language, e.g. ``age < 18``."""
Whole = Annotated[
    int, StringRule(read=_from_text(r"-?(0|[1-9][0-9]{0,8})", int, "a whole number; write one such as 12"))
]
AuthoredNumber = Annotated[
    Decimal,
    StringRule(
        read=_from_text(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?", Decimal, "a number; write one such as 12 or 36.5")
    ),
]
Flag = Annotated[
    bool, StringRule(read=_from_text("true|false", lambda text: text == "true", "true or false; write one of the two"))
]
Date = Annotated[
    datetime.date,
    StringRule(read=_from_text(r"\d{4}-\d{2}-\d{2}", datetime.date.fromisoformat, "a date; write it as 2026-03-31")),
]
Version = Annotated[str, StringRule(r"^[0-9]+\.[0-9]+\.[0-9]+$")]
LANGUAGE_TAG = (
    r"^[a-z]{2,3}(-[a-z]{3}){0,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$"
)
"""A language tag of BCP 47 in its usual letters: language, script, region, variants, extensions, private use."""
Language = Annotated[str, StringRule(LANGUAGE_TAG, 60)]
"""Such as en, es-419, fil or zh-Hans."""
Recall = Annotated[str, StringRule(r"^[1-9][0-9]{0,2} (day|week|month|year)s?$")]
"""A time before the day of answering, e.g. ``2 weeks``; the day of answering is the last day of it."""
Loinc = Annotated[str, StringRule(r"^([0-9]+|L[AL][0-9]+)-[0-9]$")]
