"""A summary on the screen: the document walked part by part, as every format does."""

from __future__ import annotations

from collections.abc import Iterator

from screener.summary.blocks import BlockPart, Bullets, Pair, Pairs, Paragraph, ScoreLine, Topic
from screener.summary.document import Document
from screener.summary.phrases import score_sentence
from screener.tui.rendering import Tone
from screener.tui.widgets.text_block import Passage


def summary_passages(document: Document) -> Iterator[Passage]:
    """The whole document; the notice is in its blocks, first and last."""
    for block in document.blocks:
        yield Passage(block.title, Tone.HEADING, gap=2)
        for part in block.parts:
            yield from _part(part)


def _part(part: BlockPart) -> Iterator[Passage]:
    match part:
        case Paragraph(text):
            yield Passage(text)
        case Bullets(items):
            yield from (Passage(item, start="- ", gap=0 if number else 1) for number, item in enumerate(items))
        case Pairs(pairs, title):
            if title:
                yield Passage(title, Tone.STRONG)
            yield from (_pair(pair, gap=0 if number or title else 1) for number, pair in enumerate(pairs))
        case Topic():
            yield Passage(part.title, Tone.STRONG)
            yield Passage(part.text, gap=0)
            yield from (_pair(pair, Tone.MUTED, "  ") for pair in part.because)
        case ScoreLine():
            yield Passage(score_sentence(part))


def _pair(pair: Pair, tone: Tone = Tone.TEXT, start: str = "", gap: int = 0) -> Passage:
    return Passage(f"{pair.label}: {pair.value}", tone, start, gap)
