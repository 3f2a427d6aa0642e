"""An answer that could not be kept. The page below does not go on before it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget

from screener import told
from screener.problem import ScreenerError
from screener.store.database import NotKept
from screener.translation import _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose


class NotSaved(Dialog[bool]):
    """Says why, and tries again as often as it is asked to; gives back ``True`` once it is kept."""

    def __init__(self, error: ScreenerError, again: Callable[[], None]) -> None:
        super().__init__()
        self._error = error
        self._again = again
        self._tries = 1

    def content(self) -> Iterable[Widget]:
        yield Prose(Passage(_(told.NOT_SAVED), Tone.HEADING), *self._why(), id="about")

    def actions(self) -> Iterable[Widget]:
        yield Action(_(told.TRY_AGAIN), "screen.again", primary=True)
        yield Action(_("Go back"), "screen.back")

    def action_again(self) -> None:
        try:
            self._again()
        except NotKept as error:
            self._error = error
            self._tries += 1
            self.query_one("#about", Prose).show(Passage(_(told.NOT_SAVED), Tone.HEADING), *self._why())
        else:
            self.dismiss(True)

    def _why(self) -> Iterable[Passage]:
        error, *rest = told.not_saved_paragraphs(self._error)
        yield Passage(error, Tone.ERROR)
        if self._tries > 1:
            yield Passage(_("Tried {count} times.").format(count=self._tries))
        yield from map(Passage, rest)
