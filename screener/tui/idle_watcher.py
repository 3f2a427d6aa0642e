"""Watches over a page that nobody touches: hides it, or asks, locks and at last takes it off this terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events

from screener.exit_codes import TIMED_OUT
from screener.tui.dialogs.idle_warning import IdleWarning
from screener.tui.dialogs.staff_passphrase import StaffChoice, StaffPassphrase
from screener.tui.idle import Clock, Idle
from screener.tui.profiles import LONGEST_NOTICE, Stage
from screener.tui.screens.base import Dialog, Page
from screener.tui.screens.lock import HiddenPage, LockedPage, LockScreen
from screener.tui.screens.welcome import WelcomePage
from screener.tui.widgets.key_bar import HELP

if TYPE_CHECKING:
    from screener.tui.interview_app import InterviewApp

_SIGNS = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
"""What shows that a person is there. A mouse that moves may only have been pushed."""


class IdleWatcher:
    """Lays the pages of idleness over those of the app, and takes them away."""

    def __init__(self, app: InterviewApp, clock: Clock) -> None:
        self._app = app
        self._idle = Idle(app.profile, clock)
        self._begun = False
        self._over = False

    def start(self) -> None:
        """Look at the clock from now on."""
        if self._idle.counts:
            self._app.set_interval(1, self.look)

    def look(self) -> None:
        """Do what the time asks for."""
        if self._over or not self._counts:
            return
        if self._idle.untouched >= LONGEST_NOTICE:
            self._close(StaffPassphrase, StaffChoice)
        stage, top = self._stage(), self._app.screen
        if stage is not Stage.WARNED and isinstance(top, IdleWarning):
            top.dismiss()
        match stage:
            case Stage.HIDDEN:
                self._cover_page(HiddenPage(self._app.session.region))
            case Stage.WARNED if isinstance(top, IdleWarning):
                top.count_down(self._idle.left)
            case Stage.WARNED:
                self._app.push_dialog(IdleWarning(self._idle.left, finished=self._app.session.finished))
            case Stage.LOCKED:
                self._close(HiddenPage)
                self._cover_page(LockedPage(self._app.session.region, staff_needed=self._app.staff_needed))
            case Stage.OVER:
                self._over = True
                self._app.end(TIMED_OUT)

    def takes(self, event: events.Event) -> bool:
        """Note that somebody is there. Whether that was all the event says, so that it must do nothing else."""
        if not self._counts or not isinstance(event, _SIGNS):
            return False
        before = self._app.screen
        if self._stage() is not Stage.WARNED:
            self.look()
        self._idle.somebody_is_there()
        if self._over or self._app.screen is not before:
            return True
        if self._covered_by(LockedPage):
            return False
        self._idle.person_is_there()
        if not isinstance(event, events.Key | events.Paste) or not isinstance(before, HiddenPage | IdleWarning):
            return False
        wants_help = isinstance(event, events.Key) and event.key == HELP.name.lower()
        if wants_help and isinstance(before, HiddenPage):
            return False
        before.dismiss()
        self._app.page_changed()
        return not wants_help

    def unlock(self) -> None:
        """Staff opened the terminal: show the page as it was."""
        self._close(LockedPage)
        self._idle.person_is_there()

    @property
    def _counts(self) -> bool:
        """Whether there is a limit to watch, and still a page: an app that ends has none left."""
        return self._idle.counts and self._app.is_running

    def _stage(self) -> Stage:
        """What the time asks for. Before anything was begun there is nothing to protect; an urgent page is kept."""
        interview = self._app.interview
        self._begun = (
            self._begun
            or bool(interview.state.entries)
            or any(
                isinstance(screen, Page) and not isinstance(screen, Dialog | WelcomePage)
                for screen in self._app.screen_stack
            )
        )
        if not self._begun:
            self._idle.person_is_there()
        stage = self._idle.stage(finished=self._app.session.finished)
        if self._app.session.for_staff:
            return stage  # Whoever unlocks the staff's side goes on at the page that nobody has read.
        return Stage.LOCKED if stage is Stage.OVER and interview.interruptions else stage

    def _covered_by(self, *kinds: type[Page[Any]]) -> bool:
        return any(isinstance(screen, kinds) for screen in self._app.screen_stack)

    def _cover_page(self, cover: LockScreen) -> None:
        if not self._covered_by(LockScreen):
            self._close(StaffPassphrase, StaffChoice)
            self._app.push_dialog(cover)

    def _close(self, *kinds: type[Page[Any]]) -> None:
        """Take pages away, with whatever lies over them."""
        if self._covered_by(*kinds):
            while self._covered_by(*kinds):
                self._app.pop_screen()
            self._app.ask_for_room()
