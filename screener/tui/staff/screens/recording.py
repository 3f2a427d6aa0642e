"""The page that asks where staff record: the same as everybody's, with the minutes since a moment above it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.page_text.elapsed import elapsed
from screener.tui.rendering import Tone
from screener.tui.screens.base import set_display
from screener.tui.screens.question import QuestionPage
from screener.tui.widgets.text_block import Passage, TextBlock

EVERY = 15.0
"""Seconds between two looks at the clock."""


class RecordingPage(QuestionPage):
    """Says how long ago the moment was that the questionnaire names, and what the clinic's schedule says comes next."""

    def above(self) -> Iterable[Widget]:
        yield from super().above()
        yield TextBlock(id="elapsed")

    def on_mount(self) -> None:
        self.set_interval(EVERY, self.show_elapsed)

    def update_question(self) -> None:
        super().update_question()
        self.show_elapsed()

    def show_elapsed(self) -> None:
        """Say what is so by the clock now."""
        texts = tuple(elapsed(self.session))
        block = self.query_one("#elapsed", TextBlock)
        set_display(block, bool(texts))
        block.show(*([Passage(" ".join(texts), Tone.STRONG)] if texts else []))
