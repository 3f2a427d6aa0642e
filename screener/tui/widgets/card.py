"""The surface on which a page stands: as high as what it says, with its buttons right below."""

from __future__ import annotations

from textual.containers import Vertical
from textual.geometry import Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.layouts.vertical import VerticalLayout
from textual.widget import Widget

from screener.tui.widgets.rendered_once import RenderedOnce
from screener.tui.widgets.scroll_body import ScrollBody


class CardLayout(VerticalLayout):
    """One below the other; where the room is too low for all, the part that scrolls is lower."""

    name = "card"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        placements = list(super().arrange(parent, children, size, greedy))
        too_high = max((placement.region.bottom for placement in placements), default=0) - size.height
        if not size.height or too_high <= 0:
            return placements
        return list(_lowered(placements, too_high))


def _lowered(placements: list[WidgetPlacement], by: int) -> list[WidgetPlacement]:
    """Return the places with the scrolling one lower by so many lines, and those below it moved up."""
    moved, lowered = 0, []
    for placement in placements:
        region = placement.region.translate((0, -moved))
        if isinstance(placement.widget, ScrollBody):
            moved = min(by, region.height)
            region = region.shrink((0, 0, moved, 0))
        lowered.append(placement._replace(region=region))
    return lowered


_LAYOUT = CardLayout()


class Card(Vertical, RenderedOnce):
    """Holds a ``ScrollBody`` and what stands below it."""

    @property
    def layout(self) -> Layout:
        return _LAYOUT
