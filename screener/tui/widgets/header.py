"""The top line: whose questionnaire it is, at which terminal of the clinic, and help now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import events

from screener.tui.rendering import Piece, Tone, cells, wrapped
from screener.tui.widgets.key_bar import HELP
from screener.tui.widgets.line_widget import Line, LineWidget

_GAP = 2


class Header(LineWidget):
    """A caption on the left; a place, the sign of the terminal and help on the right. The caption gives way to them."""

    def __init__(
        self,
        caption: str = "",
        place: str = "",
        *,
        sign: str = "",
        sign_tone: Tone = Tone.MUTED,
        help_now: bool = True,
        id: str | None = None,
    ) -> None:
        """``help_now``: whether the key for help stands on it, and can be clicked."""
        super().__init__(id=id)
        self.caption = caption
        self.place = place
        self.sign = sign
        self.sign_tone = sign_tone
        self.help_now = help_now
        self.warning = ""

    def warn(self, warning: str) -> None:
        """Show a warning below the line, or take it away."""
        if warning != self.warning:
            self.warning = warning
            self.changed()

    def show(self, caption: str, place: str) -> None:
        """Show another caption and place."""
        if (caption, place) != (self.caption, self.place):
            self.caption, self.place = caption, place
            self.changed()

    @property
    def _help(self) -> str:
        return f"  {' '.join(HELP.shown)}  " if self.help_now else ""

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        right = ", ".join(text for text in (self.place, self.sign) if text)
        room = width - cells(self._help) - (_GAP if self._help else 0)
        between = room - cells(self.caption) - cells(right)
        if between >= (_GAP if self.caption and right else 0):
            yield self._line(width, (self.caption, Tone.STRONG), (" " * between, Tone.TEXT), (right, self.sign_tone))
        else:
            first, *rest = wrapped(self.caption, room)
            yield self._line(width, (first, Tone.STRONG))
            yield from (Line(((text, Tone.STRONG),)) for text in rest)
            yield from (Line(((text, self.sign_tone),)) for text in wrapped(right, width) if right)
        yield from (Line(((text, Tone.ERROR),)) for text in wrapped(self.warning, width) if self.warning)

    def _line(self, width: int, *pieces: Piece) -> Line:
        used_width = sum(cells(text) for text, _tone in pieces)
        space = " " * (width - used_width - cells(self._help))
        return Line((*pieces, (space, Tone.TEXT), *([(self._help, HELP.tone)] if self._help else ())))

    async def on_click(self, event: events.Click) -> None:
        clicked = event.get_content_offset_capture(self)
        if self.help_now and clicked.y == 0 and clicked.x >= self.size.width - cells(self._help):
            await self.run_action(HELP.action)
