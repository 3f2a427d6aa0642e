"""An answer that could not be kept. The page below does not go on before it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.page_text import leaving
from screener.store.database import NotSaved
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock


class NotSavedDialog(Dialog[bool]):
    """Says why, and tries again as often as it is asked to; gives back ``True`` once it is kept."""

    def __init__(self, error: ScreenerError, again: Callable[[], None]) -> None:
        super().__init__()
        self._error = error
        self._again = again
        self._tries = 1

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*self._passages(), id="about")

    def actions(self) -> Iterable[Widget]:
        yield Button(_(leaving.TRY_AGAIN), "screen.again", primary=True)
        yield Button(_("Go back"), "screen.back")

    def action_again(self) -> None:
        try:
            self._again()
        except NotSaved as error:
            self._error = error
            self._tries += 1
            self.query_one("#about", TextBlock).show(*self._passages())
        else:
            self.dismiss(True)

    def _passages(self) -> Iterable[Passage]:
        return passages(leaving.not_saved(self._error, self._tries))
