"""A summary on the screen: the document walked part by part, as every format does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from screener.document.model import (
    Blanks,
    Block,
    BlockPart,
    Bullets,
    Chart,
    Document,
    Pair,
    Pairs,
    Paragraph,
    Picture,
    Table,
    plain,
)
from screener.i18n.for_staff import words_for
from screener.i18n.gettext import _, speaking
from screener.tui.rendering import Tone, cells
from screener.tui.widgets.text_block import Passage

_LABEL = 15
_ON_SCREEN = ("about", "first-page")
"""The blocks of the clinician's copy that are its first page."""


def summary_passages(document: Document) -> Iterator[Passage]:
    """The whole document; the notice is in its blocks, first and last."""
    return _blocks(document.blocks)


def page_one_passages(document: Document) -> Iterator[Passage]:
    """The first page: the notice in a line, the facts, and the whole notice below them."""
    opening, *body, closing = document.blocks
    with speaking(document.language, words_for(document.by_staff)):
        yield Passage(_short_notice(opening), Tone.STRONG)
    for block in body:
        if block.id in _ON_SCREEN:
            for part in block.parts:
                yield from _part(part)
    yield from _blocks((opening, closing))


def detail_passages(document: Document) -> Iterator[Passage]:
    """Everything of the clinician's copy below its first page, between the notices."""
    opening, *body, closing = document.blocks
    return _blocks((opening, *(block for block in body if block.id not in _ON_SCREEN), closing))


def series_passages(document: Document, columns: int) -> Iterator[Passage]:
    """The document of a series: what is urgent first, and the whole notice at the end.

    A chart that is wider than ``columns`` is left out, with a word of it: the table below it has its figures.
    """
    opening, *body, closing = document.blocks
    with speaking(document.language, words_for(document.by_staff)):
        yield Passage(_short_notice(opening), Tone.STRONG)
    with speaking(document.language):
        for block in sorted(body, key=lambda block: block.id != "urgent"):
            parts = tuple(_for_series(part, columns) for part in block.parts)
            yield from _blocks((replace(block, parts=parts),))
    yield from _blocks((opening, closing))


def _for_series(part: BlockPart, columns: int) -> BlockPart:
    match part:
        case Table(head=head) if any(head):
            return replace(part, rows=(head, *part.rows))
        case Chart(rows) if max(map(cells, rows), default=0) > columns:
            return Paragraph(_("This window is too narrow for the chart. The figures are below."), "note")
    return part


def _short_notice(opening: Block) -> str:
    return _("{heading}: self-report, nothing verified; not a diagnosis.").format(heading=opening.title)


def _blocks(blocks: Iterable[Block]) -> Iterator[Passage]:
    for block in blocks:
        yield Passage(block.title, Tone.HEADING, gap=2)
        for part in block.parts:
            yield from _part(part)


def _part(part: BlockPart) -> Iterator[Passage]:
    match part:
        case Paragraph(words, kind):
            yield Passage(plain(words), Tone.STRONG if kind == "alert" else Tone.TEXT)
        case Bullets(items):
            yield from (Passage(plain(entry), start="- ", gap=0 if number else 1) for number, entry in enumerate(items))
        case Pairs():
            yield from _pairs(part)
        case Table():
            if part.caption:
                yield Passage(part.caption, Tone.STRONG)
            for number, (first, *others) in enumerate(part.rows):
                label = plain(first)
                gap = 0 if number or part.caption else 1
                yield Passage(f"{label}: {'; '.join(map(plain, others))}", gap=gap)
        case Picture(_svg, description):
            yield Passage(description)
        case Chart(rows):
            for number, row in enumerate(rows):
                words = row.lstrip(" ")
                yield Passage(words, start=" " * (len(row) - len(words)), gap=0 if number else 1)
        case Blanks():
            return
        case Block():
            yield Passage(part.title + (f" ({part.badge.text})" if part.badge else ""), Tone.STRONG)
            for each in part.parts:
                yield from _part(each)


def _pairs(part: Pairs) -> Iterator[Passage]:
    if part.title:
        yield Passage(part.title, Tone.URGENT if part.urgent else Tone.STRONG)
    for number, pair in enumerate(part.pairs):
        gap = 0 if number or part.title else 1
        yield _row(pair, gap) if part.compact else Passage(f"{pair.label}: {plain(pair.value)}", gap=gap)


def _row(pair: Pair, gap: int) -> Passage:
    """Return a row with its label in a narrow column, or above it where it is longer."""
    if cells(pair.label) < _LABEL:
        return Passage(plain(pair.value), start=pair.label + " " * (_LABEL - cells(pair.label)), gap=gap)
    return Passage(f"{pair.label}: {plain(pair.value)}", gap=gap)
