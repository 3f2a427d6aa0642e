"""A summary as plain text: 80 columns, no control characters, sealed.

Every line that comes from content or from a person is indented, so that none of it can pass for a heading or the seal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from screener.export.seal import HEADING, seal
from screener.summary.document import Document
from screener.summary.parts import Block, Bullets, Pair, Pairs, Paragraph, Part, ScoreLine, Topic
from screener.translation import N_, _, ngettext, speaking
from screener.visible import ascii_only, visible, width, wrapped

COLUMNS = 80
_LABEL = 34
_PRIORITIES = {
    "urgent": N_("urgent"),
    "priority": N_("priority"),
    "discuss": N_("discuss"),
    "inform": N_("inform"),
}


def render(document: Document, *, plain: bool = False) -> str:
    """The sealed text. With ``plain`` it is ASCII only, for printers and terminals that know nothing else."""
    with speaking(document.language):
        blocks = [(block.id, _block(_in_ascii(block) if plain else block)) for block in document.blocks]
        return seal(blocks, document.language)


def lines(block: Block) -> Iterator[str]:
    """The lines of a block below its heading, each at most 80 columns and indented by at least two."""
    for part in block.parts:
        yield from _part(part)
        yield ""


def _block(block: Block) -> str:
    title = f"{HEADING}{block.title} "
    return "\n".join([title + "=" * (COLUMNS - width(title)), "", *lines(block)])


def _in_ascii(value: Any) -> Any:
    """The same in ASCII, before it is laid out, because a sign may take more columns there."""
    match value:
        case str():
            return ascii_only(visible(value))
        case tuple():
            return tuple(map(_in_ascii, value))
        case Block() | Paragraph() | Bullets() | Pairs() | Pair() | Topic() | ScoreLine():
            return replace(value, **{field.name: _in_ascii(getattr(value, field.name)) for field in fields(value)})
    return value


def _part(part: Part) -> Iterator[str]:
    match part:
        case Paragraph(text):
            yield from _paragraph(text)
        case Bullets(items):
            for item in items:
                yield from _hanging("  - ", item)
        case Pairs(pairs, title):
            if title:
                yield from _paragraph(title)
                yield ""
            for pair in pairs:
                yield from _pair(pair, 4 if title else 2)
        case Topic():
            yield from _topic(part)
        case ScoreLine():
            yield from _score(part)


def _topic(topic: Topic) -> Iterator[str]:
    marker = f"[{priority_name(topic.priority)}] " if topic.priority else ""
    yield from _hanging("  * ", marker + topic.title)
    yield from _paragraph(topic.text, 4)
    for pair in topic.because:
        yield from _hanging("      > ", f"{pair.label}: {pair.value}")
    yield from _hanging("      ", traced(topic))


def _score(score: ScoreLine) -> Iterator[str]:
    yield from _paragraph(score_sentence(score))
    if score.ranges:
        yield from _paragraph(published_ranges(score) + ".", 4)
    if score.note:
        yield from _paragraph(score.note, 4)


def score_sentence(score: ScoreLine) -> str:
    """A total where every item was answered, else the range it could still have; never a total with items missing."""
    if score.missing == 0:
        total = _("{score}: {points} of {most} (self-report)")
        return total.format(score=score.title, points=score.low, most=score.maximum)
    range = ngettext(
        "{score}: between {low} and {high} of {most}, {count} item missing (self-report)",
        "{score}: between {low} and {high} of {most}, {count} items missing (self-report)",
        score.missing,
    )
    return range.format(score=score.title, low=score.low, high=score.high, most=score.maximum, count=score.missing)


def published_ranges(score: ScoreLine) -> str:
    """The published ranges of a score with their published names."""
    return _("Published ranges: {ranges}").format(ranges="; ".join(score.ranges))


def traced(topic: Topic) -> str:
    """Where a topic comes from: its rule and the sources of that."""
    return _("Rule {rule}. Sources: {sources}.").format(rule=topic.rule, sources="; ".join(topic.sources))


def priority_name(priority: str) -> str:
    """The name of a priority for the reader; its code where it has none."""
    return _(_PRIORITIES.get(priority, priority))


def _paragraph(text: str, indent: int = 2) -> Iterator[str]:
    return _hanging(" " * indent, text)


def _pair(pair: Pair, indent: int) -> Iterator[str]:
    """Label and value side by side where the label is short, else the value below it."""
    label = wrapped(visible(f"{pair.label}:"), _LABEL)
    if len(label) == 1:
        yield from _hanging(" " * indent + label[0] + " " * (_LABEL + 1 - width(label[0])), pair.value)
    else:
        yield from _paragraph(f"{pair.label}:", indent)
        yield from _paragraph(pair.value, indent + 4)


def _hanging(start: str, text: str) -> Iterator[str]:
    """The text after ``start``, its further lines below its own first character."""
    for number, line in enumerate(wrapped(visible(text), COLUMNS - width(start))):
        yield ((start if number == 0 else " " * width(start)) + line).rstrip()
