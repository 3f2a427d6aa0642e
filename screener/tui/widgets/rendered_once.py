"""A widget that is not rendered again while nothing of it changed."""

from __future__ import annotations

from typing import Self

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from typing_extensions import override


class RenderedOnce(Widget):
    """Returns the lines of last time until it is refreshed or another part of it is seen.

    Textual asks every widget on a page for all its lines when one of them changed. In the bases of a class this comes
    last, because the style sheet knows a widget by its first base class only.
    """

    _rendered: tuple[Region, list[Strip]] | None = None

    @override
    def render_lines(self, crop: Region) -> list[Strip]:
        if self._rendered is None or self._rendered[0] != crop:
            self._rendered = (crop, super().render_lines(crop))
        return self._rendered[1]

    @override
    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        self._rendered = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
