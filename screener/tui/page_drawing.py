"""How the screens draw what a page says: the tone of each role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screener.page_text.paragraph import Paragraph, Role
from screener.tui.rendering import Tone
from screener.tui.widgets.text_block import Passage

_TONES = {
    Role.HEADING: Tone.HEADING,
    Role.URGENT: Tone.URGENT,
    Role.SUBHEADING: Tone.STRONG,
    Role.TEXT: Tone.TEXT,
    Role.QUESTION: Tone.STRONG,
    Role.HINT: Tone.MUTED,
    Role.NOTE: Tone.MUTED,
    Role.WARNING: Tone.ERROR,
    Role.EMERGENCY: Tone.BLOCK,
    Role.ALARM: Tone.ALARM,
    Role.HELP_LINE: Tone.BLOCK,
    Role.TAKE_AWAY: Tone.BANNER,
}


def passages(paragraphs: Iterable[Paragraph]) -> Iterator[Passage]:
    """Yield what stands in the body of a page; a caption stands above it."""
    for paragraph in paragraphs:
        if paragraph.role is not Role.CAPTION:
            yield Passage(paragraph.text, _TONES[paragraph.role], gap=0 if paragraph.joined else 1)


def caption(paragraphs: Iterable[Paragraph]) -> str:
    """Return what stands above the page."""
    return next((paragraph.text for paragraph in paragraphs if paragraph.role is Role.CAPTION), "")
