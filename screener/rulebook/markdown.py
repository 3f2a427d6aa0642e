"""The rule book as Markdown, for records and reviews that show differences; everything authored is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screener.display_text import visible
from screener.rulebook.model import (
    Badge,
    Blanks,
    Book,
    Chapter,
    ChapterPart,
    Inline,
    InlineCode,
    Link,
    Picture,
    RichBullets,
    RichLine,
    RichPairs,
    RichParagraph,
    Strong,
    Table,
    Target,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:=\"'$@^])")


def render(book: Book) -> str:
    """Return the book as CommonMark with the tables of GitHub."""
    lines = [f"# {_safe(book.title)}: {_safe(book.subtitle)}", "", _safe(book.version), ""]
    for piece in book.cover:
        lines += _piece(piece, 2)
    for chapter in book.chapters:
        lines += _piece(chapter, 2)
    return "\n".join(lines)


def _piece(piece: ChapterPart, level: int) -> Iterator[str]:
    match piece:
        case Chapter(title, _, parts, badge):
            yield f"{'#' * min(level, 6)} {_safe(title)}{f' ({_safe(badge.text)})' if badge else ''}"
            yield ""
            for part in parts:
                yield from _piece(part, level + 1)
            return
        case RichParagraph(words, kind):
            yield ("> " if kind == "said" else "") + _line(words)
        case RichBullets(items):
            yield from (f"- {_line(bullet)}" for bullet in items)
        case RichPairs(pairs):
            yield from (f"- {_safe(label)}: {_line(words)}" for label, words in pairs)
        case Table(caption, head, rows):
            yield _safe(f"{caption}:")
            yield ""
            yield from _table(tuple((title,) for title in head), rows)
        case Picture(_, description):
            yield _safe(description)
        case Blanks(labels):
            yield from _table((("To fill in by hand",), ("",)), tuple(((label,), ("",)) for label in labels))
    yield ""


def _table(head: tuple[RichLine, ...], rows: tuple[tuple[RichLine, ...], ...]) -> Iterator[str]:
    yield _row(head)
    yield "|" + " --- |" * len(head)
    yield from (_row(row) for row in rows)


def _row(cells: tuple[RichLine, ...]) -> str:
    return "| " + " | ".join(_line(cell) for cell in cells) + " |"


def _line(words: RichLine) -> str:
    return "".join(_inline(inline) for inline in words)


def _inline(inline: Inline) -> str:
    match inline:
        case Strong(words) | Badge(words) | Target(words):
            inner = _safe(words)
            return f"**{inner}**" if inner else ""
        case InlineCode(words) | Link(words):
            return _safe(words)
        case str():
            edges = len(inline) - len(inline.lstrip()), len(inline) - len(inline.rstrip())
            return " " * bool(edges[0]) + _safe(inline) + " " * bool(edges[1] and inline.strip())


def _safe(text: str) -> str:
    """Return the text on one line, with every character escaped that Markdown might read."""
    return _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))
