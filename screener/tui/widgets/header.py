"""Where the person is: the part of the questionnaire, and how far it goes."""

from __future__ import annotations

from collections.abc import Sequence

from screener.tui.rendering import Tone, cells, wrapped
from screener.tui.widgets.line_widget import Line, LineWidget


class Header(LineWidget):
    """A caption on the left and a place on the right, in one line where both fit."""

    def __init__(self, caption: str = "", place: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.caption = caption
        self.place = place
        self.set_class(not caption, "-empty")

    def show(self, caption: str, place: str) -> None:
        """Show another caption and place."""
        if (caption, place) != (self.caption, self.place):
            self.caption, self.place = caption, place
            self.set_class(not caption, "-empty")
            self.changed()

    def lay_out(self, width: int) -> Sequence[Line]:
        room = width - cells(self.caption) - cells(self.place)
        if room >= 2:
            return [Line(((self.caption, Tone.ACCENT), (" " * room, Tone.TEXT), (self.place, Tone.MUTED)))]
        caption = [Line(((text, Tone.ACCENT),)) for text in wrapped(self.caption, width)]
        return [*caption, *(Line(((text, Tone.MUTED),)) for text in wrapped(self.place, width))]
