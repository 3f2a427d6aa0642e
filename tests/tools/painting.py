"""A page is painted once, when what a key led to has come to its end, and not at every change in between.

Textual paints each change, and throws the picture away where there is no terminal: this is half of what such a test
takes. What the program notes when it is painted, such as the answers that were seen, it notes all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import RenderableType
from textual._compositor import Compositor
from textual.app import App
from textual.screen import Screen

_paint = Compositor.render_update


@contextmanager
def painted_at_rest(app: App[Any]) -> Iterator[None]:
    """Paint the page that is on top at the end of the block, if anything on it changed."""
    Compositor.render_update = _put_off  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        Compositor.render_update = _paint  # type: ignore[method-assign]
    if app.is_running and app.screen._compositor._dirty_regions:
        app.screen._compositor_refresh()


def _put_off(
    compositor: Compositor, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
) -> RenderableType | None:
    """Keep in mind what has to be painted."""
    if full:
        compositor._dirty_regions.add(compositor.size.region)
    return None
