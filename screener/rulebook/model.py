"""The document model of a rule book. A book is built once, and each format renders it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Strong:
    text: str


@dataclass(frozen=True)
class InlineCode:
    """Text as it is written in the files."""

    text: str


@dataclass(frozen=True)
class Link:
    """A link to another place in the book, by its id."""

    text: str
    target: str


@dataclass(frozen=True)
class Badge:
    """A word that must be seen. ``alert`` marks an open point."""

    text: str
    kind: Literal["plain", "alert", "urgent"] = "plain"


@dataclass(frozen=True)
class Target:
    """Words that links lead to."""

    text: str
    id: str


Inline = str | Strong | InlineCode | Link | Badge | Target
RichLine = tuple[Inline, ...]


@dataclass(frozen=True)
class RichParagraph:
    """A paragraph. ``said`` is wording that a reader of the questionnaire sees; ``note`` is about the book itself."""

    line: RichLine
    kind: Literal["plain", "said", "note", "alert"] = "plain"


@dataclass(frozen=True)
class RichBullets:
    items: tuple[RichLine, ...]


@dataclass(frozen=True)
class RichPairs:
    """Labels with their texts."""

    pairs: tuple[tuple[str, RichLine], ...]


@dataclass(frozen=True)
class Table:
    """A table. ``caption`` says what it shows; the first cell of a row names the row. ``widths`` are parts of 100."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[RichLine, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A drawing, with a description for people who do not see it."""

    svg: str
    description: str


@dataclass(frozen=True)
class Blanks:
    """Lines to fill in by hand, by their labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A heading with the parts below it. ``together``: a page break should not cut it. ``listed``: its parts are in the
    table of contents.
    """

    title: str
    id: str
    parts: tuple[ChapterPart, ...]
    badge: Badge | None = None
    together: bool = False
    listed: bool = False


ChapterPart = RichParagraph | RichBullets | RichPairs | Table | Picture | Blanks | Chapter


@dataclass(frozen=True)
class Book:
    title: str
    subtitle: str
    language: str
    version: str
    """One line on every page, so that a loose page can be told from one of another version."""
    cover: tuple[ChapterPart, ...]
    chapters: tuple[Chapter, ...]


def line(*inlines: Inline) -> RichLine:
    return inlines


def text(*words: str) -> RichParagraph:
    """Return a plain paragraph."""
    return RichParagraph((" ".join(words),))
