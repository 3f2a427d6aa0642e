"""A document as Markdown that can also be read unrendered; nothing from content or a person is read as a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screener.display_text import visible
from screener.document.model import (
    Badge,
    Blanks,
    Block,
    BlockPart,
    Bullets,
    Chart,
    Document,
    Gap,
    Inline,
    InlineCode,
    Link,
    Pairs,
    Paragraph,
    Picture,
    Strong,
    Table,
    Target,
    Words,
    inlines,
)
from screener.i18n.gettext import _, speaking

_ANYWHERE = re.compile(
    r"[\\`*\[\]<~|$@]"  # marks, links, code, HTML, tables, formulas, names of accounts
    r"|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])"  # within a word it marks nothing
    r"|&(?=#?[0-9A-Za-z]+;)"
    r"|(?<=[Ww])\.|(?<=[a-z]):(?=//)"  # addresses that some readers turn into links
)
_AT_THE_START = re.compile(r"^([#>+=-]|\d+(?=[.)]))")


def render(document: Document) -> str:
    """Return the document as CommonMark with the tables of GitHub."""
    with speaking(document.language):
        lines = []
        if document.cover:
            lines += [f"# {_safe(document.title)}: {_safe(document.subtitle)}", "", _safe(document.foot), ""]
        for piece in (*document.cover, *document.blocks):
            lines += _piece(piece, 2)
        return "\n".join(lines)


def _piece(piece: BlockPart, level: int) -> Iterator[str]:
    match piece:
        case Block():
            badge = f" ({_safe(piece.badge.text)})" if piece.badge else ""
            yield f"{'#' * min(level, 6)} {_safe(piece.title)}{badge}"
            yield ""
            for part in piece.parts:
                yield from _piece(part, level + 1)
            return
        case Paragraph(words, kind):
            yield ("> " if kind == "said" else "") + _line(words)
        case Bullets(items):
            yield from (f"- {_line(bullet)}" for bullet in items)
        case Pairs(pairs, title):
            if title:
                yield f"{'#' * min(level, 6)} {_safe(title)}"
                yield ""
            yield from (f"- {_safe(pair.label)}: {_line(pair.value)}" for pair in pairs)
        case Table(caption, head, rows):
            if caption:
                yield _safe(f"{caption}:")
                yield ""
            if rows:
                yield from _table(tuple(head) if any(head) else ("",) * len(rows[0]), rows)
        case Picture(_svg, description):
            yield _safe(description)
        case Chart(rows):
            # Rows of a chart have words of the program in them and nothing that was authored or typed.
            yield from ("```text", *(visible(row) for row in rows), "```")
        case Blanks(labels):
            yield from _table((_("To fill in by hand"), ""), tuple((label, "") for label in labels))
    yield ""


def _table(head: tuple[Words, ...], rows: tuple[tuple[Words, ...], ...]) -> Iterator[str]:
    yield _row(head)
    yield "|" + " --- |" * len(head)
    yield from (_row(row) for row in rows)


def _row(cells: tuple[Words, ...]) -> str:
    return "| " + " | ".join(_line(cell) for cell in cells) + " |"


def _line(words: Words) -> str:
    return "".join(_inline(inline, first=not number) for number, inline in enumerate(inlines(words)))


def _inline(inline: Inline, *, first: bool) -> str:
    match inline:
        case Strong(words) | Badge(words) | Target(words):
            inner = _safe(words)
            return f"**{inner}**" if inner else ""
        case InlineCode(words) | Link(words):
            return _safe(words, first=first)
        case Gap():
            return " "
        case str():
            edges = len(inline) - len(inline.lstrip()), len(inline) - len(inline.rstrip())
            inner = _safe(inline, first=first)
            return " " * bool(edges[0] and not first) + inner + " " * bool(edges[1] and inline.strip())


def _safe(text: str, *, first: bool = True) -> str:
    """Return the text on one line, with a backslash before each character that Markdown would read here."""
    words = _ANYWHERE.sub(r"\\\g<0>", " ".join(visible(text).split()))
    return _AT_THE_START.sub(_escaped_start, words) if first else words


def _escaped_start(match: re.Match[str]) -> str:
    """Return the start of a line that would make it a list, quote or heading; of ``1.`` the point is escaped."""
    return f"{match[0]}\\" if match[0].isdecimal() else f"\\{match[0]}"
