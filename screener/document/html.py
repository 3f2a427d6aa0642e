"""A document as one HTML file: no script, nothing fetched, everything authored or typed escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import Literal

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

Paper = Literal["A4", "letter"]
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(document: Document, *, paper: Paper = "A4") -> str:
    """Return the whole document; ``paper`` is the size of its pages where it is printed."""
    with speaking(document.language):
        skip = _("Skip to the content")
        title = _safe(f"{document.title}: {document.subtitle}" if document.subtitle else document.title)
        return "\n".join([
            "<!DOCTYPE html>",
            f'<html lang="{_safe(document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>\n{_style(document, paper)}</style>",
            "</head>",
            f'<body class="{document.audience}">',
            f'<a class="skip" href="#main">{_safe(skip)}</a>',
            f'<p class="foot">{_safe(document.foot)}</p>',
            *_front(document),
            '<main id="main">',
            *(_block(block, 2) for block in document.blocks),
            "</main>",
            "</body>",
            "</html>",
            "",
        ])  # fmt: skip


def _style(document: Document, paper: Paper) -> str:
    """Return the style sheet, with what a summary has of its own, and the size of the paper."""
    folder = files("screener.document")
    names = ("style.css",) if document.audience == "lead" else ("style.css", "summary.css")
    style = "".join(folder.joinpath(name).read_text("utf-8") for name in names)
    return style + f"@page {{ size: {paper}; }}\n"


def _front(document: Document) -> Iterator[str]:
    if document.cover:
        yield '<header class="cover">'
        subtitle = f'<span class="subtitle">{_safe(document.subtitle)}</span>'
        yield f"<h1>{_safe(document.title)}{subtitle}</h1>"
        yield from (_piece(piece, 2) for piece in document.cover)
        yield "</header>"
    else:
        yield f'<h1 class="running">{_safe(document.title)}</h1>'
    if document.contents:
        contents = _("Contents")
        yield f'<nav aria-labelledby="contents"><h2 id="contents">{_safe(contents)}</h2>'
        yield from _contents(document)
        yield "</nav>"


def _contents(document: Document) -> Iterator[str]:
    yield "<ul>"
    for block in document.blocks:
        below = [part for part in block.parts if isinstance(part, Block)] if block.listed else []
        yield f'<li><a href="#{_safe(block.id)}">{_safe(block.title)}</a>'
        if below:
            yield "<ul>"
            yield from (f'<li><a href="#{_safe(part.id)}">{_safe(part.title)}</a></li>' for part in below)
            yield "</ul>"
        yield "</li>"
    yield "</ul>"


def _block(block: Block, level: int) -> str:
    kinds = [{2: "chapter", 3: "section"}.get(level, "entry"), f"of-{block.id}"]
    kinds += ["together"] * block.together + ["tight"] * block.tight + ["new-page"] * block.new_page
    place = _safe(block.id)
    badge = f" {_inline(block.badge)}" if block.badge else ""
    heading = min(level, 6)
    return "\n".join([
        f'<section class="{_safe(" ".join(kinds))}" aria-labelledby="{place}">',
        f'<h{heading} id="{place}">{_safe(block.title)}{badge}</h{heading}>',
        *(_piece(piece, level + 1) for piece in block.parts),
        "</section>",
    ])  # fmt: skip


def _piece(piece: BlockPart, level: int) -> str:
    match piece:
        case Block():
            return _block(piece, level)
        case Paragraph(words, kind):
            return f'<p class="{kind}">{_line(words)}</p>'
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{_line(bullet)}</li>" for bullet in items) + "</ul>"
        case Pairs():
            return _pairs(piece, level)
        case Table():
            return _table(piece)
        case Picture(svg, description) | Chart(svg=svg, description=description):
            named = svg.replace("<svg ", f'<svg aria-label="{_safe(description)}" ', 1)
            return f"<figure>{named}</figure>"
        case Blanks():
            return _blanks(piece)


def _pairs(part: Pairs, level: int) -> str:
    kinds = " ".join(["compact"] * part.compact + ["urgent"] * part.urgent)
    heading = min(level, 6)
    title = f"<h{heading}>{_safe(part.title)}</h{heading}>" if part.title else ""
    rows = "".join(f"<div><dt>{_safe(pair.label)}</dt><dd>{_line(pair.value)}</dd></div>" for pair in part.pairs)
    return f'<div class="pairs {kinds}">{title}<dl>{rows}</dl></div>'


def _blanks(part: Blanks) -> str:
    if part.beside:
        fields = "".join(f"<span>{_safe(label)}</span>" for label in part.labels)
        return f'<p class="to-fill-in">{fields}</p>'
    rows = "".join(f'<tr><th scope="row">{_safe(label)}</th><td></td></tr>' for label in part.labels)
    caption = _safe(_("To fill in by hand"))
    return f'<table class="blanks"><caption>{caption}</caption><tbody>{rows}</tbody></table>'


def _table(table: Table) -> str:
    widths = "".join(f'<col style="width:{width}%">' for width in table.widths)
    head = "".join(f'<th scope="col">{_safe(title)}</th>' for title in table.head)
    return "\n".join([
        f"<table><caption>{_safe(table.caption)}</caption>" if table.caption else "<table>",
        f"<colgroup>{widths}</colgroup>" if widths else "",
        f"<thead><tr>{head}</tr></thead>" if any(table.head) else "",
        "<tbody>",
        *(_row(row) for row in table.rows),
        "</tbody></table>",
    ])  # fmt: skip


def _row(row: tuple[Words, ...]) -> str:
    first, *others = row
    cells = "".join(f"<td>{_line(cell)}</td>" for cell in others)
    return f'<tr><th scope="row">{_line(first)}</th>{cells}</tr>'


def _line(words: Words) -> str:
    return "".join(map(_inline, inlines(words)))


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
        case Gap():
            return "<br>"
        case Badge(words, kind):
            return f'<span class="badge {kind}">{_safe(words)}</span>'
        case str():
            return _safe(inline)


def _safe(words: str) -> str:
    """Return the text with everything escaped that a browser would obey, and its lines kept apart by the style."""
    return escape(visible(words))
