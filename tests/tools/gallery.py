"""Any page by itself, without a terminal and without a walk that leads to it: to measure and review how pages look."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.strip import Strip

import screener.tui
from screener.tui.base_app import BaseApp
from screener.tui.screens.base import Page
from screener.tui.themes import Depth
from tests.tools.painting import painted_at_rest

USUAL = (80, 24)
"""Columns and rows."""


@dataclass(frozen=True)
class View:
    """A page in one of its states: ``keys`` are pressed once it is there."""

    name: str
    page: Callable[[], Page[Any]]
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = USUAL


class Gallery(BaseApp):
    """Shows one view after the other. What is pressed on a page leads nowhere."""

    CSS_PATH = Path(screener.tui.__file__).with_name("screener.tcss")

    def __init__(self, depth: Depth = "truecolor") -> None:
        self.depth: Depth = depth
        # Without this Textual would turn the colours that are to be looked at into greys.
        os.environ.pop("NO_COLOR", None)
        minutes = itertools.count(step=60.0)
        super().__init__(clock=lambda: next(minutes))  # Nobody presses a key too soon after another.

    def _depth(self) -> Depth:
        return self.depth


class Visit:
    """Somebody who looks at one view after the other, and at all of it each time."""

    def __init__(self, gallery: Gallery, pilot: Pilot[int]) -> None:
        self.gallery = gallery
        self._pilot = pilot

    async def see(self, view: View) -> None:
        """Show a view instead of the one before."""
        if len(self.gallery.screen_stack) > 1:
            self.gallery.pop_screen()
        self.gallery.push_screen(view.page())
        await self.rest()
        await self.press(*view.keys)
        await self.gallery.workers.wait_for_complete()
        await self.rest()

    async def press(self, *keys: str) -> None:
        """Press keys, each once the one before has had its effects."""
        for key in keys:
            self.gallery.post_message(events.Key(key, key if len(key) == 1 else {"space": " "}.get(key)))
            await self.rest()

    async def rest(self) -> None:
        """Wait until nothing is under way, which is told by the messages and not by the time."""
        quiet = 0
        with painted_at_rest(self.gallery):
            while quiet < 2 and self.gallery.is_running and self.gallery.return_code is None:
                await self._pilot.pause(0)
                quiet = quiet + 1 if self.gallery.input.at_rest else 0

    @property
    def lines(self) -> list[Strip]:
        """The screen as it goes to the terminal."""
        return self.gallery.screen._compositor.render_strips()


@asynccontextmanager
async def visit(size: tuple[int, int] = USUAL, gallery: Gallery | None = None) -> AsyncIterator[Visit]:
    """A gallery without a terminal."""
    gallery = gallery or Gallery()
    async with gallery.run_test(size=size) as pilot:
        yield Visit(gallery, pilot)
