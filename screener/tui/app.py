"""The walk of one person through the screens."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from typing_extensions import override

from screener.display_text import visible
from screener.engine.interview import Interview
from screener.exit_codes import OK
from screener.i18n.for_staff import words_for
from screener.i18n.gettext import use
from screener.session.open import SessionFactory
from screener.session.session import InterviewSession
from screener.tui.app_parts import AppWithParts
from screener.tui.idle import steady
from screener.tui.messages import Acknowledged, AnswerSubmitted, ChangeRequested, SectionChosen, StaffAsked
from screener.tui.profiles import Personal, Profile
from screener.tui.returning import ReturningFlow
from screener.tui.screens.base import Page
from screener.tui.screens.welcome import WelcomePage

# Pages that come late, if at all, are imported when they do: they would only delay the first one.
if TYPE_CHECKING:
    from screener.document.notice import Audience

_LONGEST_TERMINAL = 30
READING = 0.5
"""Seconds in which a list that scrolled on is not passed, so that a double click or a held key does not."""


class ScreenerApp(AppWithParts):
    """Shows one page after the other as the interview says, and lets help, reasons and leaving lie over any of them."""

    CSS_PATH = [Path(__file__).with_name("screener.tcss")]
    BINDINGS = [
        Binding("f8", "help_now", priority=True, show=False),
        Binding("ctrl+q", "leave", priority=True, show=False),
        Binding("ctrl+c", "interrupt", priority=True, show=False),
        Binding("ctrl+l", "hide", priority=True, show=False),
        Binding("f2", "next_theme", priority=True, show=False),
        Binding("f1,question_mark", "why", show=False),
    ]

    def __init__(
        self,
        session: InterviewSession,
        *,
        theme: str | None = None,
        no_color: bool = False,
        profile: Profile | None = None,
        session_factory: SessionFactory | None = None,
        asks: bool = False,
        clock: Callable[[], float] = time.monotonic,
        idle_clock: Callable[[], float] = steady,
    ) -> None:
        super().__init__(session, theme=theme, no_color=no_color, clock=clock, idle_clock=idle_clock)
        use(session.content.questionnaire.language, words_for(session.for_staff))
        self.profile = profile or Personal()
        self.session_factory = session_factory
        self.next_session: InterviewSession | None = None
        """Whom the terminal receives after this, where this app ends for them."""
        self._returning = ReturningFlow(self, asks)
        self._changing: str | None = None
        """The question being changed from the check of all answers."""
        self.copies: list[Path] = []
        """Where the person saved copies."""
        self.days_to_return: int | None = None
        """How long four words open the answers, where the person left with them."""

    @property
    def sign(self) -> str:
        """Return by what staff find somebody at a kiosk: what it is called, and the reference of the answers."""
        if not self.profile.is_shared:
            return ""
        metadata = self.session.metadata
        terminal = visible(metadata.terminal or "")[:_LONGEST_TERMINAL]
        return f"{terminal}, {metadata.reference}" if terminal else metadata.reference

    @property
    def interview(self) -> Interview:
        return self.session.interview

    @override
    def get_default_screen(self) -> Page[None]:
        """Return the first page, so that none is made that nobody sees."""
        return self._first_page()

    def on_mount(self) -> None:
        self.ask_for_room()
        self.call_after_refresh(self.load_parts)
        if self.session.resumed and not self._returning.asks:
            self.call_next(self.show_where_the_person_was)

    def _first_page(self) -> Page[None]:
        if self._returning.asks:
            from screener.tui.screens.resume import ResumePage

            return ResumePage(self.session)
        comes_back = self.session_factory is not None and self.session.can_return
        by_code = not self.profile.is_shared
        return WelcomePage(self.session, *self.profile.announced(), by_code=by_code, comes_back=comes_back)

    # The walk

    def on_resume_requested(self) -> None:
        self._returning.go_on()

    def on_restart_requested(self) -> None:
        self._returning.restart()

    def action_come_back(self) -> None:
        self._returning.ask_for_code()

    def show_where_the_person_was(self) -> None:
        """Show an urgent page that was not read first."""
        if self.session.finished:
            self._show_end()
        elif self.interview.interruptions:
            self._saving.show_urgent_page()
        else:
            self._show_current()

    def on_back_requested(self) -> None:
        if self._changing and self.interview.current and self.interview.current.id == self._changing:
            self.question_page.forget_draft(self._changing)
            self.interview.next()
        else:
            before = self.interview.current
            self._changing = None
            if self.interview.back() is before:
                self._show(self._first_page())
                return
        self._show_current()

    def on_answer_submitted(self, message: AnswerSubmitted) -> None:
        question = self.interview.current
        if question is None or question.id != message.question:
            return  # Its page is gone: another question must not get this answer.
        doubts = self.session.please_check(question.id, message.entry)
        if not doubts:
            self._record(question.id, message)
            return

        from screener.tui.dialogs.confirm_answer import ConfirmAnswer

        def decided(right: bool | None) -> None:
            if right:
                self._record(question.id, message)

        self.push_dialog(ConfirmAnswer(doubts), decided)

    def _record(self, question: str, message: AnswerSubmitted) -> None:
        """Record an answer; where staff correct one, ask why first."""
        if not self.session.corrects(question, message.entry):
            self._saving.record(question, message.entry, message.carried_over)
            return
        from screener.tui.dialogs.correction import Correction

        def with_reason(reason: str | None) -> None:
            if reason:
                self._saving.record(question, message.entry, reason=reason)

        self.push_dialog(Correction(self.session, question, message.entry), with_reason)

    def on_read_on(self) -> None:
        self.page_changed(READING)

    def on_acknowledged(self, message: Acknowledged) -> None:
        if self.session.note_read(message.rule, message.by, message.checked):
            self._saving.keep(self.go_on)

    def on_staff_asked(self, message: StaffAsked) -> None:
        self._leaving.open_emergency(message.rule)

    def go_on(self) -> None:
        """Urgent pages first; the interview does not move before they are acknowledged."""
        waiting = self.interview.interruptions
        if waiting:
            from screener.tui.screens.urgent import EmergencyPage, UrgentPage

            rule, apart, within = waiting[0], self.pressed_among, self.profile.urgent_after
            if self.staff_needed:
                door, page = self.profile.staff_door is not None, EmergencyPage
                self._show(page(self.session, rule, apart_from=apart, confirmed_within=within, has_door=door))
            else:
                self._show(UrgentPage(self.session, rule, apart_from=apart, confirmed_within=within))
        else:
            self.interview.next()
            self._show_current()

    @property
    def staff_needed(self) -> bool:
        """Whether a page waits for a member of staff."""
        return self.session.staff_needed

    def on_change_requested(self, message: ChangeRequested) -> None:
        self._changing = message.question
        self.interview.change(message.question)
        self._show_current()

    def on_section_chosen(self, message: SectionChosen) -> None:
        self._changing = None
        self.interview.go_to(message.section)
        self._show_current()

    def on_interview_finished(self) -> None:
        self._saving.finish(self._show_end)

    def _show_end(self) -> None:
        from screener.tui.screens.confirmation import ConfirmationPage

        self._show(ConfirmationPage(self.session, self.profile))

    def on_last_page_read(self) -> None:
        """End, unless nothing was saved: then the clinic would be left without any answers, so ask first."""
        if self.copies or self.session.kept_by_clinic or self.profile.is_shared:
            self.end(OK)
        else:
            self.action_leave()

    def _show_current(self) -> None:
        if self.interview.current is None:
            from screener.tui.screens.review import ReviewPage

            self._show(ReviewPage(self.session, self._changing))
            self._changing = None
        else:
            self._show(self.question_page)

    def _show(self, page: Page[None]) -> None:
        if page is self.question_page and page.is_mounted:
            self.question_page.update_question()
        if len(self.screen_stack) == 1:  # Textual needs a screen below; the first page stays there, covered.
            self.push_screen(page)
        elif page is not self.screen:
            self.switch_screen(page)
        self.page_changed(page.PAUSE)

    # Leaving and hiding

    def action_leave(self) -> None:
        self._leaving.ask()

    def action_interrupt(self) -> None:
        """Ask before anybody leaves; on somebody's own device a second time leaves at once."""
        self._leaving.interrupt()

    def unlock(self) -> None:
        """Show the page again that was locked."""
        self.idle_watcher.unlock()

    @property
    def last_words(self) -> Sequence[str]:
        """Return what stands on the usual screen afterwards; nothing where the next person would read it."""
        from screener.page_text.leaving import last_words

        return () if self.profile.is_shared else tuple(last_words(self.copies, self.days_to_return))

    def leave(self, code: int) -> None:
        """End with this exit code, and leave what is kept as it is."""
        self.exit(code, return_code=code)

    def end(self, code: int) -> None:
        """End with this exit code. Nothing stays that this terminal could read."""
        self.profile.let_go(self.session)
        self.exit(code, return_code=code)

    def action_save_copy(self, copy: Audience) -> None:
        from screener.tui.dialogs.save_copy import SaveCopy

        in_clinic = self.profile.is_shared
        dialog = SaveCopy(self.session, "patient" if in_clinic else copy, anywhere=not in_clinic)
        self.push_dialog(dialog, lambda path: self.copies.extend([path] if path else []))

    # Keys and size

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.MouseScrollDown | events.MouseScrollUp) and self.idle_watcher.takes(event):
            return
        await super().on_event(event)

    def refuses(self, event: events.Event) -> bool:
        return self.idle_watcher.takes(event) or super().refuses(event)

    def on_resize(self, event: events.Resize) -> None:
        if isinstance(self.screen, Page):
            self.ask_for_room(event.size)
