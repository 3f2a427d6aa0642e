"""Where the person is, how far they have come, and about how long is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screener.tui.rendering import Piece, Tone, cells, wrapped
from screener.tui.widgets.line_widget import Line, LineWidget
from screener.values import dataclass

DONE, HERE, AHEAD = "\u25cf", "\u25d0", "\u25cb"
_GAP = "  "


@dataclass(frozen=True)
class ProgressText:
    """What it says. ``reached`` of ``parts`` never falls; ``place`` is where the person is now."""

    title: str = ""
    place: str = ""
    reached: int = 0
    parts: int = 0
    notes: tuple[str, ...] = ()
    """What is left out first where there is little room, the last one before the others."""

    @property
    def bar(self) -> str:
        """Return a dot for each part: those behind the furthest one, that one, and those ahead."""
        return DONE * (self.reached - 1) + HERE + AHEAD * (self.parts - self.reached) if self.parts else ""


class ProgressLine(LineWidget):
    """One line where all that cannot be left out fits; else the title has lines of its own."""

    def __init__(self) -> None:
        super().__init__(id="progress")
        self.text = ProgressText()

    def show(self, text: ProgressText) -> None:
        """Show another place."""
        if text != self.text:
            self.text = text
            self.changed()

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        pieces: list[Piece] = [(self.text.title, Tone.ACCENT), (self.text.place, Tone.MUTED)]
        if not _fit(pieces, width):
            yield from (Line(((text, Tone.ACCENT),)) for text in wrapped(self.text.title, width))
            pieces = pieces[1:]
        if self.text.bar and _fit([*pieces, (self.text.bar, Tone.ACCENT)], width):
            pieces.insert(len(pieces) - 1, (self.text.bar, Tone.ACCENT))
        for note in self.text.notes:
            if not _fit([*pieces, (note, Tone.MUTED)], width):
                break
            pieces.append((note, Tone.MUTED))
        spaced = ((text + _GAP, tone) for text, tone in pieces)
        yield Line(tuple(spaced))


def _fit(pieces: Sequence[Piece], width: int) -> bool:
    return sum(cells(text) + len(_GAP) for text, _tone in pieces) - len(_GAP) <= width
