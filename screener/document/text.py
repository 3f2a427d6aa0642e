"""A summary as plain text: 80 columns, no control characters, with its checksum.

Every line of content or of a person is indented, so that none of it can pass for a heading or the checksum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from screener.display_text import ascii_only, visible, width, wrapped
from screener.document.checksum import HEADING, add_checksum
from screener.i18n.gettext import speaking
from screener.summary.blocks import Block, BlockPart, Bullets, Pairs, Paragraph, ScoreLine, Topic
from screener.summary.document import Document
from screener.summary.phrases import priority_name, published_ranges, score_sentence, traced

COLUMNS = 80
_LABEL = 34
Show = Callable[[str], str]
"""A function that prepares a text for the output, applied before lines are wrapped, because it may change the width."""


def render(document: Document, *, plain: bool = False) -> str:
    """Return the text with its checksum; ``plain`` makes it ASCII, for printers and terminals that need that."""
    with speaking(document.language):
        show = _in_ascii if plain else visible
        return add_checksum([(block.id, _block(block, show)) for block in document.blocks], document.language)


def lines(block: Block, show: Show = visible) -> Iterator[str]:
    """Yield the lines of a block below its heading, each at most 80 columns and indented by at least two."""
    for part in block.parts:
        yield from _part(part, show)
        yield ""


def _block(block: Block, show: Show) -> str:
    title = f"{HEADING}{show(block.title)} "
    return "\n".join([title + "=" * (COLUMNS - width(title)), "", *lines(block, show)])


def _in_ascii(text: str) -> str:
    return ascii_only(visible(text))


def _part(part: BlockPart, show: Show) -> Iterator[str]:
    match part:
        case Paragraph(text):
            yield from _paragraph(show(text))
        case Bullets(items):
            for bullet in items:
                yield from _hanging("  - ", show(bullet))
        case Pairs(pairs, title):
            if title:
                yield from _paragraph(show(title))
                yield ""
            for pair in pairs:
                yield from _pair(show(pair.label), show(pair.value), 4 if title else 2)
        case Topic():
            yield from _topic(part, show)
        case ScoreLine():
            yield from _score(part, show)


def _topic(topic: Topic, show: Show) -> Iterator[str]:
    marker = f"[{priority_name(topic.priority)}] " if topic.priority else ""
    yield from _hanging("  * ", show(marker + topic.title))
    yield from _paragraph(show(topic.text), 4)
    for pair in topic.because:
        yield from _hanging("      > ", show(f"{pair.label}: {pair.value}"))
    yield from _hanging("      ", show(traced(topic)))


def _score(score: ScoreLine, show: Show) -> Iterator[str]:
    yield from _paragraph(show(score_sentence(score)))
    if score.ranges:
        yield from _paragraph(show(published_ranges(score)) + ".", 4)
    if score.note:
        yield from _paragraph(show(score.note), 4)


def _paragraph(text: str, indent: int = 2) -> Iterator[str]:
    return _hanging(" " * indent, text)


def _pair(label: str, value: str, indent: int) -> Iterator[str]:
    """Yield label and value side by side if the label is short, else the value below it."""
    beside = wrapped(f"{label}:", _LABEL)
    if len(beside) == 1:
        yield from _hanging(" " * indent + beside[0] + " " * (_LABEL + 1 - width(beside[0])), value)
    else:
        yield from _paragraph(f"{label}:", indent)
        yield from _paragraph(value, indent + 4)


def _hanging(start: str, text: str) -> Iterator[str]:
    """Yield the text after ``start``, with its further lines below its first character."""
    for number, line in enumerate(wrapped(text, COLUMNS - width(start))):
        yield ((start if number == 0 else " " * width(start)) + line).rstrip()
