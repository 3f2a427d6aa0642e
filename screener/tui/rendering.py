"""The one door between text and the screen.

Nothing authored or typed is ever given to Textual as markup: text is made visible here, wrapped here, and drawn as
plain segments. What is typed is cleaned here before a field keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from screener.display_text import visible, without_controls


class Tone(StrEnum):
    """How a piece of text is drawn: the names of component classes in ``screener.tcss``."""

    TEXT = "line--text"
    STRONG = "line--strong"
    MUTED = "line--muted"
    HEADING = "line--heading"
    ACCENT = "line--accent"
    ERROR = "line--error"
    URGENT = "line--urgent"
    ALARM = "line--alarm"
    """In a filled block: what to do when a life is in danger."""
    BLOCK = "line--block"
    """In a filled block: what somebody may want to find again, such as a telephone number."""

    BANNER = "line--banner"
    """In a filled block with room above and below: the one thing to take away from a page."""

    @property
    def filled(self) -> bool:
        """Return whether the whole line has a colour of its own."""
        return self in (Tone.ALARM, Tone.BLOCK, Tone.BANNER)


FOCUSED = "line--focused"
"""The component class of a line that keys act on."""
DIMMED = "line--dimmed"
"""The component class of a page that a dialog lies over."""
Piece = tuple[str, Tone]


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines that fit into ``width`` cells, with nothing hidden, obeyed or cut."""
    return [line.plain.rstrip() for line in Content(visible(text)).wrap(max(width, 2))]


def cells(text: str) -> int:
    """The cells that the text takes on one line of the screen."""
    return Content(_on_one_line(text)).cell_length


def strip(pieces: Iterable[tuple[str, Style]], width: int, background: Style) -> Strip:
    """One line of the screen, filled up to its width."""
    segments = [Segment(_on_one_line(text), background + style) for text, style in pieces]
    return Strip(segments).adjust_cell_length(width, background)


def typed(text: str) -> str:
    """What a field keeps of what was typed or pasted: line feeds stay, no other control character does."""
    return without_controls(text)


def _on_one_line(text: str) -> str:
    """A line feed within a line would move everything after it to where something else stands."""
    return visible(text).replace("\n", " ")
