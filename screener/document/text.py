"""A document as plain text: 80 columns, no control characters, with its checksum.

Every line of content or of a person is indented, so that none of it can pass for a heading or the checksum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from screener.display_text import ascii_only, visible, width, wrapped
from screener.document.checksum import HEADING, add_checksum, add_checksum_line
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
from screener.i18n.gettext import speaking

COLUMNS = 80
_LABEL = 34
_NARROW_LABEL = 14
_INDENT = 2
Show = Callable[[str], str]
"""A function that prepares a text for the output, applied before lines are wrapped, because it may change the width."""


def render(document: Document, *, plain: bool = False) -> str:
    """Return the text with its checksum; ``plain`` makes it ASCII, for printers and terminals that need that."""
    with speaking(document.language):
        show = in_ascii if plain else visible
        blocks = [(block.id, _block(block, show)) for block in (*_front(document), *document.blocks)]
        if document.audience == "patient":
            return add_checksum_line(blocks, document.language)
        return add_checksum(blocks, document.language)


def lines(block: Block, show: Show = visible) -> Iterator[str]:
    """Yield the lines of a block below its heading, each at most 80 columns and indented by at least two."""
    for part in block.parts:
        yield from part_lines(part, show)
        if not block.tight:
            yield ""
    if block.tight:
        yield ""


def _front(document: Document) -> Iterator[Block]:
    if document.cover:
        yield Block("cover", f"{document.title}: {document.subtitle}", (Paragraph(document.foot), *document.cover))


def _block(block: Block, show: Show) -> str:
    badge = f" ({show(block.badge.text)})" if block.badge else ""
    title = f"{HEADING}{show(block.title)}{badge} "
    heading = [title + "=" * (COLUMNS - width(title)), *([] if block.tight else [""])]
    return "\n".join([*heading, *lines(block, show)])


def in_ascii(text: str) -> str:
    """Return a text in ASCII, with nothing in it that a terminal obeys."""
    return ascii_only(visible(text))


def part_lines(part: BlockPart, show: Show = visible, indent: int = _INDENT) -> Iterator[str]:
    """Yield the lines of one part."""
    match part:
        case Paragraph(words, kind):
            yield from _paragraph(show(plain(words)), indent + 2 * (kind == "said"))
        case Bullets(items):
            for bullet in items:
                yield from _hanging(" " * indent + "- ", show(plain(bullet)))
        case Pairs():
            yield from _pairs(part, show, indent)
        case Table():
            yield from _table(part, show, indent)
        case Picture(_, description):
            yield from _paragraph(show(description), indent)
        case Chart(rows, ascii_rows):
            yield from ((" " * indent + show(row)).rstrip() for row in (ascii_rows if show is in_ascii else rows))
        case Blanks():
            yield from _blanks(part, show, indent)
        case Block():
            yield from _nested(part, show, indent)


def _nested(block: Block, show: Show, indent: int) -> Iterator[str]:
    title = show(block.title) + (f" ({show(block.badge.text)})" if block.badge else "")
    yield from _paragraph(title, indent)
    if not block.tight:
        yield " " * indent + "-" * min(width(title), COLUMNS - indent)
    for number, part in enumerate(block.parts):
        if number and not block.tight:
            yield ""
        yield from part_lines(part, show, indent + 2)


def _pairs(part: Pairs, show: Show, indent: int) -> Iterator[str]:
    if part.title:
        title = show(part.title)
        yield from _paragraph(title.upper() if part.compact else title, indent)
        indent += 1 if part.compact else 2
        if not part.compact:
            yield ""
    for pair in part.pairs:
        yield from pair_lines(pair, show, indent, _NARROW_LABEL if part.compact else _LABEL)


def pair_lines(pair: Pair, show: Show = visible, indent: int = _INDENT, room: int = _NARROW_LABEL) -> Iterator[str]:
    """Yield label and value side by side if the label is short, else the value below it."""
    value, narrow = show(plain(pair.value)), room == _NARROW_LABEL
    label = show(pair.label) + ("" if narrow else ":")
    beside = wrapped(label, room)
    if len(beside) == 1:
        yield from _hanging(" " * indent + beside[0] + " " * (room + 1 - width(beside[0])), value)
    else:
        yield from _paragraph(label, indent)
        yield from _paragraph(value, indent + (room + 1 if narrow else 4))


def _blanks(part: Blanks, show: Show, indent: int) -> Iterator[str]:
    labels = [" ".join(show(label).split()) for label in part.labels]
    room = (COLUMNS - indent - sum(map(width, labels)) - 3 * len(labels)) // max(len(labels), 1)
    if part.beside and room >= 12:
        yield " " * indent + "  ".join(f"{label} {'_' * room}" for label in labels)
    else:
        for label in labels:
            yield from _hanging(" " * indent, label + " " + "_" * max(COLUMNS - indent - width(label) - 1, 12))


def _table(table: Table, show: Show, indent: int) -> Iterator[str]:
    columns = max([len(table.head), *map(len, table.rows)], default=1)
    rooms = _rooms(table.widths or (100 // columns,) * columns, COLUMNS - indent - 2 * (columns - 1))
    if table.caption:
        yield from _paragraph(show(table.caption), indent)
    if any(table.head):
        yield from _row(tuple(show(title) for title in table.head), rooms, indent)
        yield " " * indent + "  ".join("-" * room for room in rooms)
    for row in table.rows:
        yield from _row(tuple(show(plain(cell)) for cell in row), rooms, indent)


def _rooms(widths: tuple[int, ...], room: int) -> list[int]:
    """Return the columns of a table in characters; what is left over belongs to the last one."""
    rooms = [max(room * part // max(sum(widths), 1), 4) for part in widths]
    rooms[-1] += room - sum(rooms)
    return rooms


def _row(cells: tuple[str, ...], rooms: list[int], indent: int) -> Iterator[str]:
    columns = [wrapped(cell, room) for cell, room in zip(cells, rooms, strict=False)]
    for number in range(max(map(len, columns))):
        texts = [column[number] if number < len(column) else "" for column in columns]
        padded = (text + " " * (room - width(text)) for text, room in zip(texts, rooms, strict=False))
        yield (" " * indent + "  ".join(padded)).rstrip()


def _paragraph(text: str, indent: int) -> Iterator[str]:
    return _hanging(" " * indent, text)


def _hanging(start: str, text: str) -> Iterator[str]:
    """Yield the text after ``start``, with its further lines below its first character."""
    for number, words in enumerate(wrapped(text, COLUMNS - width(start))):
        yield ((start if number == 0 else " " * width(start)) + words).rstrip()
