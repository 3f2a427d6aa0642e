"""Save what the person does before the interview goes on, and show what is urgent before anything is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from screener.model.response import Entry
from screener.page_text import urgent
from screener.page_text.paragraph import PageParagraph
from screener.session.store_worker import DEADLINE, DELIVERED_WITHIN
from screener.store.database import NotSaved
from screener.tui.screens.urgent import UrgentPage

if TYPE_CHECKING:
    from screener.tui.interview_app import InterviewApp


class SavingFlow:
    """Saves for the app, and asks again where it cannot."""

    def __init__(self, app: InterviewApp) -> None:
        self._app = app

    def record(self, question: str, entry: Entry, carried_over: bool = False, reason: str | None = None) -> None:
        """Record an answer. An urgent page is shown before anything is saved: help waits for no store."""
        self._app.session.record(question, entry, carried_over, reason)
        if self._app.interview.interruptions:
            self.show_urgent_page()
        else:
            self.save(self._app.session.keep, self._app.go_on)

    def show_urgent_page(self) -> None:
        """Show the urgent page that waits, and then tell staff that the person is at it."""
        self._app.go_on()
        self._app.call_after_refresh(self._save_after_urgent_page)

    def save(self, do: Callable[[], None], then: Callable[[], None]) -> None:
        """Go on once what was done is saved; an urgent page that is waiting comes first all the same."""
        try:
            do()
        except NotSaved as error:
            if self._app.interview.interruptions:
                then()
                self._app.call_after_refresh(self._save_after_urgent_page)
            else:
                self.ask_again(error, do, then)
        else:
            then()

    def ask_again(self, error: NotSaved, again: Callable[[], None], then: Callable[[], None]) -> None:
        """Say that something is not saved, and try again as often as the person asks."""
        from screener.tui.dialogs.not_saved import NotSavedDialog

        self._app.push_dialog(NotSavedDialog(error, again), lambda saved: then() if saved else None)

    def _save_after_urgent_page(self) -> None:
        """Save behind the page, which stays usable meanwhile, and say on it where that fails or takes too long."""
        saving = self._app.session.keep_in_background()
        if saving is not None:
            self._app.run_worker(self._tell_where_not_saved(saving))

    async def _tell_where_not_saved(self, saving: Future[None]) -> None:
        try:
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(saving)), DEADLINE)
        except (NotSaved, TimeoutError):
            self._show(urgent.not_saved_notice())
            return
        if delivery := self._app.session.delivery():
            try:
                await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(delivery)), DELIVERED_WITHIN)
            except TimeoutError:
                self._show(urgent.not_delivered_notice())

    def _show(self, notice: Iterable[PageParagraph]) -> None:
        paragraphs = tuple(notice)
        for screen in self._app.screen_stack:
            if isinstance(screen, UrgentPage):
                screen.show_notice(paragraphs)
