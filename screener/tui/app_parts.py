"""The parts of the person's app that the first page does not show.

They are imported and made once it was painted, before a key can need them; a key that comes sooner waits for its part.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast

from screener.session.session import InterviewSession
from screener.tui.base_app import BaseApp
from screener.tui.idle import steady
from screener.tui.input.enter_guard import PAUSE
from screener.tui.screens.base import Page
from screener.tui.widgets.header import Header

if TYPE_CHECKING:
    from textual.screen import Screen

    from screener.tui.idle_watcher import IdleWatcher
    from screener.tui.interview_app import InterviewApp
    from screener.tui.leaving import LeavingFlow
    from screener.tui.saving import SavingFlow
    from screener.tui.screens.question import QuestionPage


class AppWithParts(BaseApp):
    """Makes the page that asks, what watches over all pages, and what lies over them."""

    def __init__(
        self,
        session: InterviewSession,
        *,
        theme: str | None = None,
        no_color: bool = False,
        clock: Callable[[], float] = time.monotonic,
        idle_clock: Callable[[], float] = steady,
    ) -> None:
        super().__init__(theme=theme, no_color=no_color, clock=clock)
        self.session = session
        self._clock = clock
        self._idle_clock = idle_clock

    def load_parts(self) -> None:
        """Load what the next keys need, so that none of them waits for it."""
        from screener.tui.dialogs import crisis_help, help  # noqa: F401
        from screener.tui.screens import review, urgent  # noqa: F401

        _ = self.idle_watcher, self.question_page, self._leaving

    @property
    def _as_seen_by_parts(self) -> InterviewApp:
        return cast("InterviewApp", self)

    @cached_property
    def idle_watcher(self) -> IdleWatcher:
        from screener.tui.idle_watcher import IdleWatcher

        watcher = IdleWatcher(self._as_seen_by_parts, self._idle_clock)
        watcher.start()
        return watcher

    @cached_property
    def question_page(self) -> QuestionPage:
        """Return the page that asks: there is one of it, which is kept while another page is seen."""
        from screener.tui.screens.question import QuestionPage

        page = QuestionPage(self.session)
        self.install_screen(page, "question")
        return page

    @cached_property
    def _saving(self) -> SavingFlow:
        from screener.tui.saving import SavingFlow

        return SavingFlow(self._as_seen_by_parts)

    @cached_property
    def _leaving(self) -> LeavingFlow:
        from screener.tui.leaving import LeavingFlow

        return LeavingFlow(self._as_seen_by_parts, self._saving, self._clock)

    def page_changed(self, pause: float = PAUSE) -> None:
        """Another page is seen: an Enter that was meant for the one before must not act on it."""
        self._guard.page_changed(pause)

    saving_notice = ""
    """What every page says while something is not saved yet."""

    def show_saving(self, notice: str) -> None:
        """Say on every page that something is not saved yet, or no longer say so."""
        self.saving_notice = notice
        for screen in self.screen_stack:
            for header in screen.query(Header):
                header.warn(notice)
        if self.question_page.is_mounted:
            from screener.tui.question_text import progress_text
            from screener.tui.widgets.progress_line import ProgressLine

            text = progress_text(self.session)
            self.question_page.query_one(ProgressLine).show(text)

    # What lies over any page

    def reachable_screens(self) -> Iterable[Screen[Any]]:
        """Return those above the lock, if it is locked."""
        from screener.tui.screens.lock import LockScreen

        return takewhile(lambda screen: not isinstance(screen, LockScreen), reversed(self.screen_stack))

    def action_help_now(self) -> None:
        from screener.tui.dialogs.crisis_help import CrisisHelp

        self.push_dialog(CrisisHelp(self.session.region))

    def action_why(self) -> None:
        from screener.tui.dialogs.help import Help

        self.push_dialog(Help(self.screen.question if isinstance(self.screen, Page) else None))

    def action_more(self) -> None:
        """Show what the person can read too before they begin."""
        from screener.page_text.first_page import more_about_this
        from screener.tui.dialogs.more import More

        self.push_dialog(More(more_about_this(self.session)))

    def action_hide(self) -> None:
        """Hide the page from somebody who walks by; any key brings it back."""
        from screener.tui.screens.lock import HiddenPage, LockScreen

        if not any(isinstance(screen, LockScreen) for screen in self.screen_stack):
            self.push_dialog(HiddenPage(self.session.region))
