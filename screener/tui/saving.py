"""Save what the person does while the interview goes on, and show what is urgent before anything is saved.

A page waits for the store for a moment only. After that the person goes on, and the page says that it is not saved yet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from screener.model.response import Entry
from screener.page_text import leaving, urgent
from screener.page_text.paragraph import PageParagraph
from screener.session import store_worker
from screener.session.store_worker import DELIVERED_WITHIN, started
from screener.store.database import AlreadyFinished, NotSaved
from screener.tui.messages import InterviewFinished
from screener.tui.screens.urgent import UrgentPage

if TYPE_CHECKING:
    from screener.tui.interview_app import InterviewApp

RETRY_AFTER = 5.0
"""Seconds until what could not be saved is tried again."""


class SavingFlow:
    """Saves for the app, and asks again where it cannot."""

    def __init__(self, app: InterviewApp) -> None:
        self._app = app
        self.follower: asyncio.Task[None] | None = None
        """Follows what is not saved yet, until it is."""

    def record(self, question: str, entry: Entry, carried_over: bool = False, reason: str | None = None) -> None:
        """Record an answer. An urgent page is shown before anything is saved: help waits for no store."""
        self._app.session.record(question, entry, carried_over, reason)
        if self._app.interview.interruptions:
            self.show_urgent_page()
        else:
            self.keep(self._app.go_on)

    def show_urgent_page(self) -> None:
        """Show the urgent page that waits, and then tell staff that the person is at it."""
        self._app.go_on()
        self._app.call_after_refresh(self._save_after_urgent_page)

    def keep(self, then: Callable[[], None]) -> None:
        """Save, and go on. A store that takes long holds up no page; an urgent page that waits comes first."""
        if self._app.interview.interruptions:
            then()
            self._app.call_after_refresh(self._save_after_urgent_page)
            return
        saving = self._app.session.keep_in_background()
        try:
            if saving is not None:
                saving.result(0 if self.follower else store_worker.PATIENCE)
        except AlreadyFinished:
            self._app.post_message(InterviewFinished())
        except NotSaved as error:
            self.ask_again(error, self._app.session.keep, then)
        except TimeoutError:
            self._follow(saving)
            then()
        else:
            self._saved(then)

    def _saved(self, then: Callable[[], None]) -> None:
        if self._app.saving_notice and not self.follower:
            self._app.show_saving("")
        then()

    def finish(self, then: Callable[[], None]) -> None:
        """Save the finished answers, then go on. Meanwhile a page lies over the others, and help can be read."""
        finishing = started(self._app.session.finish)
        try:
            finishing.result(store_worker.PATIENCE)
        except NotSaved as error:
            self.ask_again(error, self._app.session.finish, then)
        except TimeoutError:
            from screener.tui.dialogs.saving import SavingDialog

            dialog = SavingDialog()

            def finished(error: NotSaved | None) -> None:
                if error is None:
                    then()
                else:
                    self.ask_again(error, self._app.session.finish, then)

            self._app.push_dialog(dialog, finished)
            self._app.run_worker(dialog.wait_for(finishing))
        else:
            then()

    def ask_again(self, error: NotSaved, again: Callable[[], None], then: Callable[[], None]) -> None:
        """Say that something is not saved, and try again as often as the person asks."""
        from screener.tui.dialogs.not_saved import NotSavedDialog

        def answered(saved: bool | None) -> None:
            if saved:
                self._saved(then)
            else:
                self._app.show_saving(leaving.last_not_saved())

        self._app.push_dialog(NotSavedDialog(error, again), answered)

    # What is not saved yet

    def _follow(self, saving: Future[None] | None) -> None:
        if saving is not None and self.follower is None:
            self.follower = asyncio.create_task(self._until_saved(saving))
            # What is wrong in it ends the app, as what fails in a page does.
            self.follower.add_done_callback(lambda task: task.cancelled() or task.result())

    async def _until_saved(self, saving: Future[None]) -> None:
        """Say on the pages that something is not saved yet, and try again, until all of it is saved.

        If the end was saved meanwhile, although no page waited for it any more, go to the last page, which says so; an
        urgent page is read first.
        """
        session = self._app.session
        while not session.saved:
            self._app.show_saving(leaving.not_saved_yet())
            try:
                await asyncio.shield(asyncio.wrap_future(saving))
            except AlreadyFinished:
                if not session.saved and not session.interview.interruptions:
                    self._app.post_message(InterviewFinished())
                break
            except NotSaved:
                await asyncio.sleep(0 if session.saved else RETRY_AFTER)
            if not session.saved and (newest := session.keep_in_background()) is not None:
                saving = newest
        self.follower = None
        self._app.show_saving("")
        if session.saved:
            self._show_delivery()

    def _save_after_urgent_page(self) -> None:
        """Save behind the page, which stays usable meanwhile, and say on it where that fails or takes too long."""
        saving = self._app.session.keep_in_background()
        if saving is not None:
            self._app.run_worker(self._tell_where_not_saved(saving))

    async def _tell_where_not_saved(self, saving: Future[None]) -> None:
        late = asyncio.get_running_loop().time() + DELIVERED_WITHIN
        try:
            async with asyncio.timeout_at(late):
                await asyncio.shield(asyncio.wrap_future(saving))
        except (NotSaved, TimeoutError):
            self._show(urgent.not_saved_notice())
            self._follow(saving)
            return
        if delivery := self._app.session.delivery():
            try:
                async with asyncio.timeout_at(late):
                    await asyncio.shield(asyncio.wrap_future(delivery))
            except TimeoutError:
                self._show_delivery()

    def _show_delivery(self) -> None:
        """Say on urgent pages that the clinic does not have the answer yet, until it has."""
        session = self._app.session
        delivery = None if session.at_clinic else session.delivery()
        self._show(urgent.not_delivered_notice() if delivery else ())
        if delivery:
            loop = asyncio.get_running_loop()

            def delivered(_: Future[None]) -> None:
                with suppress(RuntimeError):  # The app ended meanwhile.
                    loop.call_soon_threadsafe(look_again)

            def look_again() -> None:
                if self._app.is_running and session.saved and self._app.session is session:
                    self._show_delivery()

            delivery.add_done_callback(delivered)

    def _show(self, notice: Iterable[PageParagraph]) -> None:
        paragraphs = tuple(notice)
        for screen in self._app.screen_stack:
            if isinstance(screen, UrgentPage):
                screen.show_notice(paragraphs)
