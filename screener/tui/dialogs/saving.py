"""The end waits until all is saved. Help can be read meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import Future

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text import leaving
from screener.store.database import NotSaved
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.text_block import Passage, TextBlock


class SavingDialog(Dialog[NotSaved | None]):
    """Says that the answers are being saved; gives back why they are not, or ``None`` once they are."""

    KEYS = ()

    def content(self) -> Iterable[Widget]:
        yield TextBlock(Passage(_(leaving.SAVING), Tone.HEADING), Passage(_(leaving.ONE_MOMENT)))

    def action_back(self) -> None:
        """Nothing but the end of saving closes this page."""

    async def wait_for(self, saving: Future[None]) -> None:
        """Wait until it is saved, or cannot be."""
        try:
            await asyncio.shield(asyncio.wrap_future(saving))
        except NotSaved as error:
            self.give_back(error)
        else:
            self.give_back(None)
