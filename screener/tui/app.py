"""The walk of one person through the screens."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.binding import Binding
from textual.geometry import Size

from screener.content.compiled import Content
from screener.interview import Interview
from screener.response import Entry
from screener.sitting import Sitting
from screener.summary.parts import Copy
from screener.tui import THEMES
from screener.tui.dialogs.help_now import HelpNow
from screener.tui.dialogs.leave import Leave, Leaving
from screener.tui.dialogs.please_check import PleaseCheck
from screener.tui.dialogs.save_copy import SaveCopy
from screener.tui.dialogs.too_small import TooSmall, is_too_small
from screener.tui.dialogs.why import Why
from screener.tui.enter_guard import EnterGuard
from screener.tui.moves import Acknowledged, Change, Given
from screener.tui.page import Page
from screener.tui.pages.check import CheckPage
from screener.tui.pages.confirmation import ConfirmationPage
from screener.tui.pages.question import QuestionPage
from screener.tui.pages.urgent import EmergencyPage, UrgentPage
from screener.tui.pages.welcome import WelcomePage
from screener.tui.shell import Shell, apology, tolerate_invalid_bytes
from screener.tui.themes import themes

FINISHED, FAULT, LEFT = 0, 1, 3
"""Exit codes; ended by a signal it is 128 and the number of the signal."""


class ScreenerApp(Shell):
    """Shows one page after the other as the interview says, and lets help, reasons and leaving lie over any of them."""

    CSS_PATH = "screener.tcss"
    BINDINGS = [
        Binding("f8", "help_now", priority=True, show=False),
        Binding("ctrl+q,ctrl+c", "leave", priority=True, show=False),
        Binding("f2", "next_theme", priority=True, show=False),
        Binding("f1,question_mark", "why", show=False),
    ]

    def __init__(
        self,
        sitting: Sitting,
        *,
        theme: str | None = None,
        no_color: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(ansi_color=True if no_color else None)
        self.sitting = sitting
        self.question_page = QuestionPage(sitting)
        self._guard = EnterGuard(clock)
        self._changing: str | None = None
        """The question being changed from the check of all answers."""
        self._saved = False
        for offered in themes():
            self.register_theme(offered)
        self.theme = theme or THEMES[0]
        self.install_screen(self.question_page, "question")

    @property
    def interview(self) -> Interview:
        return self.sitting.interview

    def on_mount(self) -> None:
        self.push_screen(WelcomePage(self.sitting))
        self._ask_for_room(self.size)

    # The walk

    def on_go_on(self) -> None:
        self._show_current()

    def on_go_back(self) -> None:
        if self._changing and self.interview.current and self.interview.current.id == self._changing:
            self.question_page.forget_draft(self._changing)
            self.interview.next()
        else:
            before = self.interview.current
            self._changing = None
            if self.interview.back() is before:
                self._show(WelcomePage(self.sitting))
                return
        self._show_current()

    def on_given(self, message: Given) -> None:
        question = self.interview.current
        if question is None:
            return
        doubts = self.interview.please_check(question.id, message.entry)
        if not doubts:
            self._record(question.id, message.entry)
            return

        def decided(right: bool | None) -> None:
            if right:
                self._record(question.id, message.entry)

        self._lay_over(PleaseCheck(doubts), decided)

    def _record(self, question: str, entry: Entry) -> None:
        self.interview.record(question, entry)
        self._go_on()

    def on_acknowledged(self, message: Acknowledged) -> None:
        self.interview.acknowledge(message.rule, self.sitting.now(), message.by)
        self._go_on()

    def _go_on(self) -> None:
        """Urgent pages first; the interview does not move before they are acknowledged."""
        waiting = self.interview.interruptions
        if waiting:
            rule = waiting[0]
            emergency = rule.interruption is not None and rule.interruption.page == "emergency"
            self._show((EmergencyPage if emergency else UrgentPage)(self.sitting, rule))
        else:
            self.interview.next()
            self._show_current()

    def on_change(self, message: Change) -> None:
        self._changing = message.question
        self.interview.change(message.question)
        self._show_current()

    def on_finished(self) -> None:
        self.sitting.finish()
        self._show(ConfirmationPage(self.sitting))

    def on_done(self) -> None:
        """End, unless nothing was saved: then the clinic would be left without any answers, so ask first."""
        if self._saved:
            self.exit(FINISHED, return_code=FINISHED)
        else:
            self.action_leave()

    def _show_current(self) -> None:
        if self.interview.current is None:
            self._show(CheckPage(self.sitting, self._changing))
            self._changing = None
        else:
            self._show(self.question_page)

    def _show(self, page: Page[None]) -> None:
        if page is self.question_page and page.is_mounted:
            self.question_page.update_question()
        if page is not self.screen:
            self.switch_screen(page)
        self._guard.page_changed(page.PAUSE)

    # What lies over any page

    def _lay_over(self, page: Page[Any], callback: Callable[[Any], None] | None = None) -> None:
        """Push a page over the others, unless one of its kind is there already."""
        if not any(isinstance(screen, type(page)) for screen in self.screen_stack):
            self.push_screen(page, callback)
            self._guard.page_changed(page.PAUSE)

    def action_help_now(self) -> None:
        self._lay_over(HelpNow(self.sitting.region))

    def action_why(self) -> None:
        self._lay_over(Why(self.screen.question if isinstance(self.screen, Page) else None))

    def action_leave(self) -> None:
        self._lay_over(Leave(finished=self.sitting.finished), self._leave)

    def action_save_copy(self, copy: Copy) -> None:
        self._lay_over(SaveCopy(self.sitting, copy), self._note_saved)

    def _note_saved(self, path: Path | None) -> None:
        self._saved = self._saved or path is not None

    def action_next_theme(self) -> None:
        """Other colours; where colours are off, they stay off."""
        if not self.native_ansi_color:
            self.theme = THEMES[(THEMES.index(self.theme) + 1) % len(THEMES)]

    def _leave(self, leaving: Leaving | None) -> None:
        code = FINISHED if self.sitting.finished else LEFT
        if leaving is Leaving.LEAVE:
            self.exit(code, return_code=code)
        elif leaving is Leaving.SAVE_AND_LEAVE:
            self._lay_over(SaveCopy(self.sitting), lambda saved: self.exit(code, return_code=code) if saved else None)

    # Keys and size

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and self._guard.refuses(event.key):
            return
        await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        if isinstance(self.screen, Page):
            self._ask_for_room(event.size)

    def _ask_for_room(self, size: Size) -> None:
        if is_too_small(*size):
            self._lay_over(TooSmall())


def run(
    content: Content,
    *,
    theme: str | None = None,
    no_color: bool = False,
    export_folder: Path,
) -> int:
    """Interview one person on this terminal; returns the exit code of the process.

    0: finished. 3: left early. 1: a fault in the program, after one sentence that names no answer. 129, 130, 143: ended
    by a signal.
    """
    no_color = no_color or bool(os.environ.get("NO_COLOR"))
    if no_color:
        os.environ["NO_COLOR"] = "1"
    else:
        # Textual takes an empty NO_COLOR for a set one; no-color.org does not.
        os.environ.pop("NO_COLOR", None)
    tolerate_invalid_bytes()
    try:
        app = ScreenerApp(Sitting(content, export_folder), theme=theme, no_color=no_color)
        app.run()
    except Exception as error:
        print(apology(error), file=sys.stderr)  # noqa: T201
        return FAULT
    return FAULT if app.return_code is None else app.return_code
