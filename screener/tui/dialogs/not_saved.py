"""An answer that could not be kept. The page below does not go on before it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future

from textual.widget import Widget

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.page_text import leaving
from screener.session import store_worker
from screener.session.store_worker import started
from screener.store.database import NotSaved
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import CLOSE, NEXT_BUTTON, PRESS
from screener.tui.widgets.text_block import Passage, TextBlock


class NotSavedDialog(Dialog[bool]):
    """Says why, and tries again as often as it is asked to; gives back ``True`` once it is kept."""

    KEYS = (PRESS, NEXT_BUTTON, CLOSE)

    def __init__(self, error: ScreenerError, again: Callable[[], None]) -> None:
        super().__init__()
        self._error = error
        self._again = again
        self._tries = 1
        self._trying = False

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*self._passages(), id="about")

    def actions(self) -> Iterable[Widget]:
        yield Button(_(leaving.TRY_AGAIN), "screen.again", primary=True)
        yield Button(_("Go back"), "screen.back")

    def action_again(self) -> None:
        """Try again; where that takes long, the page and help can be used meanwhile."""
        if self._trying:
            return
        trying = started(self._again)
        try:
            trying.result(store_worker.PATIENCE)
        except NotSaved as error:
            self._failed(error)
        except TimeoutError:
            self._trying = True
            self.query_one("#about", TextBlock).show(Passage(_(leaving.ONE_MOMENT)))
            self.run_worker(self._wait_for(trying))
        else:
            self.give_back(True)

    async def _wait_for(self, trying: Future[None]) -> None:
        try:
            await asyncio.shield(asyncio.wrap_future(trying))
        except NotSaved as error:
            self._failed(error)
        else:
            self.give_back(True)
        finally:
            self._trying = False

    def _failed(self, error: NotSaved) -> None:
        self._error = error
        self._tries += 1
        self.query_one("#about", TextBlock).show(*self._passages())

    def _passages(self) -> Iterable[Passage]:
        return passages(leaving.not_saved(self._error, self._tries))
