"""What a page says: paragraphs, each with its purpose.

The screens draw a purpose; plain mode writes the words one below the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from screener.i18n.gettext import _
from screener.values import dataclass


class Purpose(StrEnum):
    """What a paragraph is for, and never how it looks."""

    CAPTION = "caption"
    """Names the kind of page, above everything else."""
    HEADING = "heading"
    URGENT = "urgent"
    """The heading of a page that calls for help now."""
    SUBHEADING = "subheading"
    TEXT = "text"
    QUESTION = "question"
    HINT = "hint"
    """How to answer, or what a question means."""
    NOTE = "note"
    """What is worth knowing and asks for nothing, such as whose an instrument is."""
    WARNING = "warning"
    """What is wrong."""
    EMERGENCY = "emergency"
    """What to do when a life is in danger."""
    ALARM = "alarm"
    """The same, on a page that is about nothing else."""
    HELP_LINE = "help-line"
    """Whom to call."""
    TAKE_AWAY = "take-away"
    """What the person should take away from the page, such as a reference."""


@dataclass(frozen=True)
class PageParagraph:
    """Words and what they are for."""

    text: str
    purpose: Purpose = Purpose.TEXT
    joined: bool = False
    """Whether it belongs to the paragraph before it."""


def error_paragraph(problem: object) -> PageParagraph:
    """Return what says that something went wrong; ``problem`` says what, and how to mend it."""
    return PageParagraph(_("Error: {problem}").format(problem=problem), Purpose.WARNING)


def texts(paragraphs: Iterable[PageParagraph]) -> Iterator[str]:
    """Yield the words alone, in their order."""
    return (paragraph.text for paragraph in paragraphs)


def plain_paragraphs(words: Iterable[str], purpose: Purpose = Purpose.TEXT) -> Iterator[PageParagraph]:
    """Yield a paragraph of one purpose for each text."""
    return (PageParagraph(text, purpose) for text in words)
