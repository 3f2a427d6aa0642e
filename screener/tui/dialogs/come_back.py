"""Coming back with the four words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener import told
from screener.problem import ScreenerError
from screener.sitting import Sitting
from screener.translation import _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.fields import Field
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose


class ComeBack(Dialog[Sitting]):
    """Asks for the words; gives back the sitting that they open."""

    def __init__(self, opened: Callable[[str], Sitting]) -> None:
        super().__init__()
        self._opened = opened

    def content(self) -> Iterable[Widget]:
        yield Prose(Passage(_(told.HAVE_CODE), Tone.HEADING), Passage(_(told.ASK_CODE)), id="about")
        yield Field(id="code")
        yield Prose(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Action(_(told.GO_ON), "screen.open", primary=True)
        yield Action(_("Go back"), "screen.back")

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Say that the words are being checked, which takes a moment, and then check them."""
        self._say(Passage(_(told.CHECKING)))
        self.call_after_refresh(self._check)

    def _check(self) -> None:
        try:
            sitting = self._opened(self.query_one(Field).value)
        except ScreenerError as error:
            self._say(Passage(_("Error: {what}").format(what=error), Tone.ERROR))
            self.query_one(Field).focus()
        else:
            self.dismiss(sitting)

    def _say(self, passage: Passage) -> None:
        self.query_one("#result", Prose).show(passage)
        self.query_one("#result").scroll_visible(animate=False)
