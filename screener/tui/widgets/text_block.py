"""Text to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screener.tui.rendering import Tone, cells, wrapped
from screener.tui.widgets.line_widget import Line, LineWidget
from screener.values import dataclass

_MARGIN = 2
"""Cells on both sides of what stands in a filled block."""


@dataclass(frozen=True)
class Passage:
    """A paragraph. ``start`` stands before its first line, and the others hang below the first letter."""

    text: str
    tone: Tone = Tone.TEXT
    start: str = ""
    gap: int = 1
    """Blank lines before it, unless it is the first."""


class TextBlock(LineWidget):
    """Paragraphs, one below the other."""

    def __init__(self, *passages: Passage, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.passages = passages
        self.display = bool(passages)

    def show(self, *passages: Passage) -> None:
        """Show these paragraphs instead; with none, the widget takes no room."""
        if passages != self.passages:
            self.passages = passages
            self.display = bool(passages)
            self.changed()

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        for number, passage in enumerate(self.passages):
            if number:
                yield from [Line()] * passage.gap
            if passage.tone.filled:
                yield from self._filled(passage, width)
                continue
            indent = cells(passage.start)
            for position, text in enumerate(wrapped(passage.text, width - indent)):
                start = passage.start if position == 0 else " " * indent
                yield Line(((start, passage.tone), (text, passage.tone)))

    def _filled(self, passage: Passage, width: int) -> Iterator[Line]:
        """Yield a passage in a block, with room on both sides."""
        start = " " * _MARGIN + passage.start
        edge = [Line(fill=passage.tone)] * (passage.tone is Tone.BANNER and not self.is_short)
        yield from edge
        for text in wrapped(passage.text, width - cells(start) - _MARGIN):
            yield Line(((start + text, passage.tone),), fill=passage.tone)
        yield from edge
