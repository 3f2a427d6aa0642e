"""The one model of a document: a summary for the person or the clinician, and the rule book.

A document is built once, and every format renders it. It adds its notice itself, so that no format and no content can
leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, Literal

from screener.document.notice import Audience, End, notice_words
from screener.i18n.gettext import SOURCE
from screener.values import dataclass

Reader = Literal["patient", "clinician", "lead"]
"""The reader of a document; ``lead``: the clinical lead who signs the rule book."""
DocumentKind = Literal["summary", "timeline", "form"]
"""What a document says of a response: all of it, or of what staff recorded its course or what a form asks for."""


@dataclass(frozen=True)
class Strong:
    text: str


@dataclass(frozen=True)
class InlineCode:
    """Text as it is written in the files."""

    text: str


@dataclass(frozen=True)
class Link:
    """A link to another place in the document, by its id."""

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


@dataclass(frozen=True)
class Gap:
    """Where a new thought begins: a gap in text, whose lines are few, and a new line on a page."""

    text: str = "  "


Inline = str | Strong | InlineCode | Link | Badge | Target | Gap
Words = str | tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``said`` is wording that a reader of the questionnaire sees; ``note`` is about the document."""

    words: Words
    kind: Literal["plain", "said", "note", "alert"] = "plain"


@dataclass(frozen=True)
class Bullets:
    items: tuple[Words, ...]


@dataclass(frozen=True)
class Pair:
    """A label with its text, e.g. a question and its answer."""

    label: str
    value: Words


@dataclass(frozen=True)
class Pairs:
    """Labels with their texts. ``compact``: rows with a narrow column of labels, as on the first page of a summary."""

    pairs: tuple[Pair, ...]
    title: str | None = None
    """A heading of their own, e.g. the section of the questionnaire that these answers belong to."""
    compact: bool = False
    urgent: bool = False


@dataclass(frozen=True)
class Table:
    """A table. ``caption`` says what it shows; the first cell of a row names the row. ``widths`` are parts of 100."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A drawing, with a description for people who do not see it."""

    svg: str
    description: str


@dataclass(frozen=True)
class Chart:
    """A chart as rows of signs, as the same rows in ASCII, and as a drawing. A table beside it has the same figures."""

    rows: tuple[str, ...]
    ascii_rows: tuple[str, ...]
    svg: str
    description: str


@dataclass(frozen=True)
class Blanks:
    """Lines to fill in by hand, by their labels. ``beside``: on one line where they fit."""

    labels: tuple[str, ...]
    beside: bool = False


@dataclass(frozen=True)
class Block:
    """A heading with the parts below it. ``id`` is stable, because the checksum and links name it."""

    id: str
    title: str
    parts: tuple[BlockPart, ...]
    badge: Badge | None = None
    together: bool = False
    """A page break should not cut it."""
    listed: bool = False
    """The blocks in it are in the table of contents."""
    tight: bool = False
    """Text has no blank lines between its parts."""
    new_page: bool = False
    """It begins on a page of its own, where a format has pages."""


BlockPart = Paragraph | Bullets | Pairs | Table | Picture | Chart | Blanks | Block


@dataclass(frozen=True)
class Document:
    """A document for one reader. ``body`` is the part between the two notices of a summary."""

    audience: Reader
    title: str
    language: str
    body: tuple[Block, ...] = field(repr=False)
    subtitle: str = ""
    foot: str = ""
    """One line on every page, so that a loose page can be told from one of another document."""
    cover: tuple[BlockPart, ...] = ()
    contents: bool = False
    """Whether it has a table of contents."""
    data: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)
    """For a summary, what it was built from, as data for other programs."""
    by_staff: bool = False
    """Whether staff recorded what a summary is of, and no person answered it."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the notice, the body, and the notice again; a rule book says what it is in its own first chapter."""
        if self.audience == "lead":
            return self.body
        about = self.audience, self.language
        opening, closing = (notice(*about, by_staff=self.by_staff) for notice in (opening_notice, closing_notice))
        return opening, *self.body, closing


def opening_notice(audience: Audience, language: str = SOURCE, *, by_staff: bool = False) -> Block:
    """Return the first block of every summary."""
    return _notice("notice", audience, language, by_staff)


def closing_notice(audience: Audience, language: str = SOURCE, *, by_staff: bool = False) -> Block:
    """Return the last block of every summary."""
    return _notice("closing-notice", audience, language, by_staff)


def _notice(end: End, audience: Audience, language: str, by_staff: bool) -> Block:
    title, paragraphs = notice_words(end, audience, language, by_staff=by_staff)
    return Block(end, title, tuple(map(Paragraph, paragraphs)), tight=len(paragraphs) == 1)


def line(*inlines: Inline) -> tuple[Inline, ...]:
    return inlines


def inlines(words: Words) -> tuple[Inline, ...]:
    """Return the words of a line, of which a text alone is one."""
    return (words,) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """Return the words of a line without their marks."""
    return "".join(inline if isinstance(inline, str) else inline.text for inline in inlines(words))


def text(*words: str) -> Paragraph:
    """Return a plain paragraph."""
    return Paragraph(" ".join(words))


def nested(blocks: tuple[BlockPart, ...]) -> Iterator[BlockPart]:
    """Yield every part, and all parts of the blocks among them."""
    for part in blocks:
        yield part
        if isinstance(part, Block):
            yield from nested(part.parts)
