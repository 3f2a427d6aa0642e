"""A note, a name or words to look for, typed by staff."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.display_text import is_blank
from screener.i18n.gettext import _
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field, LongField
from screener.tui.widgets.key_bar import CONTINUE
from screener.tui.widgets.text_block import Passage, TextBlock


class TextPrompt(StaffDialog[str]):
    """Gives back what was typed, or nothing. ``most`` is how many characters it may have."""

    def __init__(
        self, heading: str, label: str, most: int, before: str = "", *, one_line: bool = False, button: str = ""
    ) -> None:
        super().__init__()
        self._heading = heading
        self._label = label
        self._most = most
        self._before = before
        self._one_line = one_line
        self._button = button or _("Keep it")

    def content(self) -> Iterable[Widget]:
        yield TextBlock(Passage(self._heading, Tone.HEADING), Passage(self._label))
        yield Field(self._before, id="line") if self._one_line else LongField(id="long-field")
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(self._button, "screen.keep", key=CONTINUE.name, primary=True)
        yield Button(_("Close"), "screen.back")

    @on(Input.Submitted)
    @on(LongField.Submitted)
    def action_keep(self) -> None:
        typed = (self.query_one(Field).value if self._one_line else self.query_one(LongField).text).strip()
        if is_blank(typed):
            self.say(_("Error: Type something, or choose Close."), Tone.ERROR)
        elif len(typed) > self._most:
            too_long = _("Error: This is {length} characters long. Shorten it to {most}.")
            self.say(too_long.format(length=len(typed), most=self._most), Tone.ERROR)
        else:
            self.dismiss(typed)
