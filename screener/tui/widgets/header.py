"""Where the person is: the part of the questionnaire, how far it goes, and at which terminal of the clinic."""

from __future__ import annotations

from collections.abc import Sequence

from screener.tui.rendering import Tone, cells, wrapped
from screener.tui.widgets.line_widget import Line, LineWidget


class Header(LineWidget):
    """A caption on the left, a place and the sign of the terminal on the right, in one line where all fit."""

    def __init__(self, caption: str = "", place: str = "", *, sign: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.caption = caption
        self.place = place
        self.sign = sign
        self._set_empty()

    def show(self, caption: str, place: str) -> None:
        """Show another caption and place."""
        if (caption, place) != (self.caption, self.place):
            self.caption, self.place = caption, place
            self._set_empty()
            self.changed()

    def _set_empty(self) -> None:
        self.set_class(not (self.caption or self.sign), "-empty")

    def lay_out(self, width: int) -> Sequence[Line]:
        right = ", ".join(text for text in (self.place, self.sign) if text)
        room = width - cells(self.caption) - cells(right)
        if room >= 2:
            return [Line(((self.caption, Tone.ACCENT), (" " * room, Tone.TEXT), (right, Tone.MUTED)))]
        caption = [Line(((text, Tone.ACCENT),)) for text in wrapped(self.caption, width)]
        return [*caption, *(Line(((text, Tone.MUTED),)) for text in wrapped(right, width))]
