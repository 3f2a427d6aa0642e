"""An answer that could not be kept. The page below does not go on before it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future

from textual.widget import Widget

from screener import page_text
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.session import store_worker
from screener.session.store_worker import started
from screener.store.database import NotSaved
from screener.tui.rendering import Tone
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
        self._trying = False

    def content(self) -> Iterable[Widget]:
        yield TextBlock(Passage(_(page_text.NOT_SAVED), Tone.HEADING), *self._why(), id="about")

    def actions(self) -> Iterable[Widget]:
        yield Button(_(page_text.TRY_AGAIN), "screen.again", primary=True)
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
            self._show(Passage(_(page_text.ONE_MOMENT)))
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
        self._show(*self._why())

    def _show(self, *passages: Passage) -> None:
        self.query_one("#about", TextBlock).show(Passage(_(page_text.NOT_SAVED), Tone.HEADING), *passages)

    def _why(self) -> Iterable[Passage]:
        error, *rest = page_text.not_saved_paragraphs(self._error)
        yield Passage(error, Tone.ERROR)
        if self._tries > 1:
            yield Passage(_("Tried {count} times.").format(count=self._tries))
        yield from map(Passage, rest)
