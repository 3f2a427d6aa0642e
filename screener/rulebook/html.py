"""The rule book as one HTML file: no script, nothing fetched, everything authored escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

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

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(book: Book) -> str:
    """Return the whole document."""
    style = files("screener.rulebook").joinpath("style.css").read_text("utf-8")
    title = _safe(f"{book.title}: {book.subtitle}")
    return "\n".join([
        "<!DOCTYPE html>",
        f'<html lang="{_safe(book.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>\n{style}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#main">Skip to the content</a>',
        f'<p class="foot">{_safe(book.version)}</p>',
        '<header class="cover">',
        f"<h1>{_safe(book.title)}<span class=\"subtitle\">{_safe(book.subtitle)}</span></h1>",
        *(_piece(piece, 2) for piece in book.cover),
        "</header>",
        '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2>',
        *_contents(book),
        "</nav>",
        '<main id="main">',
        *(_part(chapter, 2) for chapter in book.chapters),
        "</main>",
        "</body>",
        "</html>",
        "",
    ])  # fmt: skip


def _contents(book: Book) -> Iterator[str]:
    yield "<ul>"
    for chapter in book.chapters:
        below = [part for part in chapter.parts if isinstance(part, Chapter)] if chapter.listed else []
        yield f'<li><a href="#{_safe(chapter.id)}">{_safe(chapter.title)}</a>'
        if below:
            yield "<ul>"
            yield from (f'<li><a href="#{_safe(part.id)}">{_safe(part.title)}</a></li>' for part in below)
            yield "</ul>"
        yield "</li>"
    yield "</ul>"


def _part(part: Chapter, level: int) -> str:
    kind = {2: "chapter", 3: "section"}.get(level, "entry") + (" together" if part.together else "")
    place = _safe(part.id)
    badge = f" {_inline(part.badge)}" if part.badge else ""
    heading = min(level, 6)
    return "\n".join([
        f'<section class="{kind}" aria-labelledby="{place}">',
        f'<h{heading} id="{place}">{_safe(part.title)}{badge}</h{heading}>',
        *(_piece(piece, level + 1) for piece in part.parts),
        "</section>",
    ])  # fmt: skip


def _piece(piece: ChapterPart, level: int) -> str:
    match piece:
        case Chapter():
            return _part(piece, level)
        case RichParagraph(words, kind):
            return f'<p class="{kind}">{_line(words)}</p>'
        case RichBullets(items):
            return "<ul>" + "".join(f"<li>{_line(bullet)}</li>" for bullet in items) + "</ul>"
        case RichPairs(pairs):
            rows = (f"<div><dt>{_safe(label)}</dt><dd>{_line(words)}</dd></div>" for label, words in pairs)
            return f"<dl>{''.join(rows)}</dl>"
        case Table():
            return _table(piece)
        case Picture(svg, description):
            named = svg.replace("<svg ", f'<svg aria-label="{_safe(description)}" ', 1)
            return f"<figure>{named}</figure>"
        case Blanks(labels):
            rows = (f'<tr><th scope="row">{_safe(label)}</th><td></td></tr>' for label in labels)
            return f'<table class="blanks"><caption>To fill in by hand</caption><tbody>{"".join(rows)}</tbody></table>'


def _table(table: Table) -> str:
    widths = "".join(f'<col style="width:{width}%">' for width in table.widths)
    head = "".join(f'<th scope="col">{_safe(title)}</th>' for title in table.head)
    return "\n".join([
        f"<table><caption>{_safe(table.caption)}</caption>",
        f"<colgroup>{widths}</colgroup>" if widths else "",
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        *(_row(row) for row in table.rows),
        "</tbody></table>",
    ])  # fmt: skip


def _row(row: tuple[RichLine, ...]) -> str:
    first, *others = row
    cells = "".join(f"<td>{_line(cell)}</td>" for cell in others)
    return f'<tr><th scope="row">{_line(first)}</th>{cells}</tr>'


def _line(words: RichLine) -> str:
    return "".join(_inline(inline) for inline in words)


def _inline(inline: Inline) -> str:
    match inline:
        case Strong(words):
            return f"<strong>{_safe(words)}</strong>"
        case InlineCode(words):
            return f"<code>{_safe(words)}</code>"
        case Link(words, target):
            return f'<a href="#{_safe(target)}">{_safe(words)}</a>'
        case Target(words, place):
            return f'<strong id="{_safe(place)}">{_safe(words)}</strong>'
        case Badge(words, kind):
            return f'<span class="badge {kind}">{_safe(words)}</span>'
        case str():
            return _safe(inline)


def _safe(words: str) -> str:
    """Return the text with everything escaped that a browser would obey."""
    return escape(visible(words))
