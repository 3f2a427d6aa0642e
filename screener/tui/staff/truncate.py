"""Text in a column: never longer than its room, never more than its room needs to be looked at."""

from __future__ import annotations

from screener.display_text import visible
from screener.i18n.gettext import _
from screener.tui.rendering import cells

_MORE = "\u2026"
LONGEST, MOST_LINES = 4000, 200
"""Characters and lines of one text that a page shows; a text without an end would not be shown at all."""


def truncated(text: str, width: int) -> str:
    """The text in exactly ``width`` cells, cut with an ellipsis where it is longer."""
    short = cut_to(text, width)
    return short + " " * (width - cells(short))


def cut_to(text: str, width: int) -> str:
    """The text in at most ``width`` cells on one line, cut with an ellipsis where it is longer."""
    start = visible(text[: 4 * width]).replace("\n", " ")
    if len(text) <= 4 * width and cells(start) <= width:
        return start
    while start and cells(start) > width - 1:
        start = start[:-1]
    return start + _MORE


def cut(text: str) -> str:
    """A text of any length as a page shows it."""
    lines = text[:LONGEST].split("\n")
    if len(text) <= LONGEST and len(lines) <= MOST_LINES:
        return text
    return "\n".join(lines[:MOST_LINES]) + _("\u2026 The rest is in the copies.")
