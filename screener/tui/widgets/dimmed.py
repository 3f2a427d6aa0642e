"""The page below a dialog: its letters, faint, in one colour of the palette."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from textual.screen import Screen

_THUMB = dict.fromkeys(range(0x2581, 0x2588), " ")
"""The ends of a scroll bar: without its colours they would be all that is left of it."""


class Dimmed:
    """Draws a page in one style. Textual would blend its colours into some that not every terminal has."""

    def __init__(self, screen: Screen[object], style: Style) -> None:
        self._screen = screen
        self._style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text, _style, control in console.render(self._screen._compositor, options):
            yield Segment(text.translate(_THUMB), None if control else self._style, control)
