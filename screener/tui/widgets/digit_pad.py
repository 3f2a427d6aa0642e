"""Digits on the screen, for those who answer with the mouse or a finger alone."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from screener.tui.rendering import Tone
from screener.tui.widgets.line_widget import Line, LineWidget

TAKE_BACK = "\u2190"
_DIGITS = "1234567890"
_WIDTH = 3


class DigitPad(LineWidget):
    """Signs to click on. The keyboard does not need it, so that it never takes the focus."""

    class Pressed(Message):
        """A sign was clicked."""

        def __init__(self, sign: str) -> None:
            super().__init__()
            self.sign = sign

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._signs: tuple[str, ...] = (*_DIGITS, TAKE_BACK)

    def show(self, between: str) -> None:
        """Offer the digits, and what stands between the digits of an answer."""
        self._signs = (*_DIGITS, *between, TAKE_BACK)
        self.changed()

    def lay_out(self, width: int) -> Sequence[Line]:
        signs = self._signs[: width // _WIDTH]
        return [Line(tuple((sign.center(_WIDTH), Tone.BLOCK) for sign in signs))]

    def on_click(self, event: events.Click) -> None:
        number = event.get_content_offset_capture(self).x // _WIDTH
        if 0 <= number < len(self._signs):
            self.post_message(self.Pressed(self._signs[number]))
