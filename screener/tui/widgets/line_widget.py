"""A widget drawn line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from typing_extensions import override

from screener.tui.rendering import FOCUSED, Piece, Tone, strip
from screener.tui.widgets.rendered_once import RenderedOnce
from screener.values import dataclass


@dataclass(frozen=True)
class Line:
    """One line: its pieces, and the number of the row it belongs to where it can be chosen."""

    pieces: tuple[Piece, ...] = ()
    row: int | None = None
    first: bool = True
    """Whether it is the first line of its row."""
    fill: Tone | None = None
    """In which block the whole line stands, where it stands in one."""


class LineWidget(RenderedOnce):
    """Lays its lines out for a width once and paints each on demand, so that a key repaints only what it changed."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._laid_out: tuple[tuple[int, bool], Sequence[Line]] | None = None
        self._background: Style | None = None

    def lay_out(self, width: int) -> Sequence[Line]:
        """The lines for a width; they are kept until ``changed`` is called."""
        raise NotImplementedError

    def paint(self, line: Line) -> Iterable[Piece]:
        """The pieces of a line as it is now."""
        return line.pieces

    @property
    def focused_row(self) -> int | None:
        """The row that stands out as the one that keys act on."""
        return None

    def lines(self, width: int) -> Sequence[Line]:
        room = (width, self.is_short)
        if self._laid_out is None or self._laid_out[0] != room:
            self._laid_out = (room, self.lay_out(width))
        return self._laid_out[1]

    @property
    def is_short(self) -> bool:
        """Return whether there are so few rows that blank lines are left out."""
        return self.screen.has_class("-short")

    def changed(self) -> None:
        """Lay out again: the text itself is different."""
        self._laid_out = None
        self.refresh(layout=True)

    def style_of(self, name: str) -> Style:
        """A style of the page. The page has them all, so that the style sheet is not applied again in every widget."""
        return self.screen.get_component_rich_style(name, partial=True)

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    @override
    def render_lines(self, crop: Region) -> list[Strip]:
        self._background = None  # All its lines have the same, which is worked out from everything that it lies in.
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        lines = self.lines(width)
        background = self._background = self._background or self.rich_style
        if y >= len(lines):
            return Strip.blank(width, background)
        line = lines[y]
        if line.row is not None and line.row == self.focused_row:
            background += self.style_of(FOCUSED)
        if line.fill:
            background += self.style_of(line.fill)
        styled = ((text, self.style_of(tone)) for text, tone in self.paint(line))
        return strip(styled, width, background)
