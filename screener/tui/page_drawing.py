"""How the screens draw what a page says: the tone of each purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screener.page_text.paragraph import PageParagraph, Purpose
from screener.tui.rendering import Tone
from screener.tui.widgets.text_block import Passage

_TONES = {
    Purpose.HEADING: Tone.HEADING,
    Purpose.URGENT: Tone.URGENT,
    Purpose.SUBHEADING: Tone.STRONG,
    Purpose.TEXT: Tone.TEXT,
    Purpose.QUESTION: Tone.STRONG,
    Purpose.HINT: Tone.MUTED,
    Purpose.NOTE: Tone.MUTED,
    Purpose.WARNING: Tone.ERROR,
    Purpose.EMERGENCY: Tone.BLOCK,
    Purpose.ALARM: Tone.ALARM,
    Purpose.HELP_LINE: Tone.BLOCK,
    Purpose.TAKE_AWAY: Tone.BANNER,
}


def passages(paragraphs: Iterable[PageParagraph]) -> Iterator[Passage]:
    """Yield what stands in the body of a page; a caption stands above it."""
    for paragraph in paragraphs:
        if paragraph.purpose is not Purpose.CAPTION:
            yield Passage(paragraph.text, _TONES[paragraph.purpose], gap=0 if paragraph.joined else 1)


def caption(paragraphs: Iterable[PageParagraph]) -> str:
    """Return what stands above the page."""
    return next((paragraph.text for paragraph in paragraphs if paragraph.purpose is Purpose.CAPTION), "")
