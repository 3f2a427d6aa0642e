"""A summary as Markdown, for records that render it; everything from content or a person is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screener.display_text import visible
from screener.i18n.gettext import speaking
from screener.summary.blocks import BlockPart, Bullets, Pair, Pairs, Paragraph, ScoreLine, Topic
from screener.summary.document import Document
from screener.summary.phrases import priority_name, published_ranges, score_sentence, traced

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:=\"'$@^])")


def render(document: Document) -> str:
    """Return the document as CommonMark."""
    with speaking(document.language):
        return "\n".join(
            line for block in document.blocks for line in (f"## {_safe(block.title)}", "", *_parts(block.parts))
        )


def _parts(parts: tuple[BlockPart, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Paragraph(text):
                yield _safe(text)
            case Bullets(items):
                yield from (f"- {_safe(bullet)}" for bullet in items)
            case Pairs(pairs, title):
                if title:
                    yield f"### {_safe(title)}"
                    yield ""
                yield from (f"- {_pair(pair)}" for pair in pairs)
            case Topic():
                yield from _topic(part)
            case ScoreLine():
                yield f"- {_safe(score_sentence(part))}"
                if part.ranges:
                    yield f"    - {_safe(published_ranges(part))}"
                if part.note:
                    yield f"    - {_safe(part.note)}"
        yield ""


def _topic(topic: Topic) -> Iterator[str]:
    priority = f" ({_safe(priority_name(topic.priority))})" if topic.priority else ""
    yield f"### {_safe(topic.title)}{priority}"
    yield ""
    yield _safe(topic.text)
    yield ""
    yield from (f"- {_pair(pair)}" for pair in topic.because)
    yield f"- {_safe(traced(topic))}"


def _pair(pair: Pair) -> str:
    return f"{_safe(pair.label)}: **{_safe(pair.value)}**"


def _safe(text: str) -> str:
    """Return the text on one line, with every character escaped that Markdown might read."""
    return _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))
