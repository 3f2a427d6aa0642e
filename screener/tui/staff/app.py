"""The staff's side: unlocked by name and passphrase, told of what every terminal saves, locked when nobody is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.binding import Binding

from screener.errors import ScreenerError
from screener.exit_codes import OK
from screener.i18n.gettext import _
from screener.staff.alarm import Alarm
from screener.staff.base_session import Locked
from screener.staff.handover import Handover
from screener.staff.session import StaffSession
from screener.tui.base_app import BaseApp
from screener.tui.dialogs.crisis_help import CrisisHelp
from screener.tui.idle import steady
from screener.tui.input.queue import INPUT
from screener.tui.screens.base import Page
from screener.tui.staff.alarm_flow import AlarmFlow
from screener.tui.staff.banner import BannerText
from screener.tui.staff.base_screen import StaffPage
from screener.tui.staff.dialogs.acknowledge import AcknowledgeDialog
from screener.tui.staff.dialogs.keys import KeysDialog
from screener.tui.staff.dialogs.record import RecordDialog
from screener.tui.staff.dialogs.start import GoOnDialog, StartDialog, StartForPersonDialog
from screener.tui.staff.screens.people import PeoplePage
from screener.tui.staff.screens.person import PersonPage
from screener.tui.staff.screens.response import ResponsePage
from screener.tui.staff.screens.series import SeriesPage
from screener.tui.staff.screens.unlock import UnlockPage
from screener.tui.staff.screens.worklist import WorklistPage
from screener.tui.staff.setup import ConsoleSetup

_HERE = Path(__file__).parent
LOOK_EVERY = 1.0
"""Seconds between two looks at what other terminals have saved."""
LOOKS_A_MINUTE = 60
_SIGNS = (*INPUT, events.MouseScrollDown, events.MouseScrollUp)


class StaffApp(BaseApp):
    """Shows nothing of any response before it is unlocked, nor after it is locked again."""

    CSS_PATH = [_HERE.parent / "screener.tcss", _HERE / "staff.tcss"]
    BINDINGS = [
        Binding("f8", "help_now", priority=True, show=False),
        Binding("f9", "acknowledge", priority=True, show=False),
        Binding("ctrl+l", "lock", priority=True, show=False),
        Binding("ctrl+q,ctrl+c", "quit_all", priority=True, show=False),
        Binding("f2", "next_theme", priority=True, show=False),
        Binding("f3", "start", show=False),
        Binding("f4", "people", show=False),
        Binding("f1", "keys", priority=True, show=False),
    ]

    def __init__(
        self,
        staff_session: StaffSession,
        place: ConsoleSetup,
        *,
        because: str = "",
        theme: str | None = None,
        no_color: bool = False,
        at_person: str | None = None,
        opens: str | None = None,
        alarm: Alarm | None = None,
        clock: Callable[[], float] = time.monotonic,
        idle_clock: Callable[[], float] = steady,
    ) -> None:
        """``because`` says why it is locked, or how the recording for ``at_person`` ended; ``alarm`` is what rang."""
        super().__init__(theme=theme, no_color=no_color, clock=clock)
        self.staff_session, self.setup = staff_session, place
        self.handover: Handover | None = None
        """Who is to answer here, where the app ended for them."""
        self.locked_because: str | None = None
        """Why it was locked, perhaps in no words, where that was since it was started."""
        self._because = because
        self._at_person = at_person
        self._opens = opens
        self._idle_clock = idle_clock
        self._touched = idle_clock()
        self._looking = False
        self._looks = 0
        self.alarm_flow = AlarmFlow(self, place, idle_clock, alarm)
        self._banner_shown = BannerText()
        """What pages were told last."""

    @property
    def clinic(self) -> str:
        return self.setup.clinic

    @property
    def banner_text(self) -> BannerText:
        return self.alarm_flow.banner_text

    def on_mount(self) -> None:
        if self.staff_session.is_open:
            self.enter()
            self.call_after_refresh(self._return_to_person)
        else:
            self._begin_at(UnlockPage(self.clinic, self._because))
        self.set_interval(LOOK_EVERY, self.tick)

    # In and out

    def enter(self) -> None:
        """It was unlocked: to the list."""
        self.alarm_flow.trouble = ""
        self.locked_because = None
        self._begin_at(WorklistPage())
        self.alarm_flow.look()

    def lock(self, because: str = "") -> None:
        """Let go of the keys and of everything that was read, then show the door."""
        self.staff_session.lock()
        self.alarm_flow.forget()
        self.locked_because = because
        if not self._end_locked():  # Else the door is the next process's, so that nothing is typed into one that goes.
            self._begin_at(UnlockPage(self.clinic, because))

    def _end_locked(self) -> bool:
        """End where a new process is to go on, once no command runs of the clinic's, and nobody types at the door."""
        busy = self.alarm_flow.is_calling or any(page.is_in_use for page in self._unlock_pages())
        if ends := self.setup.ends_at_lock and self.locked_because is not None and not busy:
            self.exit(OK, return_code=OK)
        return ends

    def _begin_at(self, page: StaffPage[None]) -> None:
        while len(self.screen_stack) > 1:
            if isinstance(self.screen, StaffPage):
                self.screen.forget()
            self.pop_screen()
        self._push(page)
        self.ask_for_room()

    def action_lock(self) -> None:
        if self.staff_session.is_open:
            self.lock()

    def action_quit_all(self) -> None:
        self.locked_because = None
        self.exit(OK, return_code=OK)

    # What other terminals save

    def tick(self) -> None:
        """Lock where nobody was here for too long; else look at what is new."""
        if self._idle_clock() - self._touched >= self.setup.lock_after:
            if self.staff_session.is_open:
                self.lock(_("It was locked because nobody pressed a key for a while."))
            for page in self._unlock_pages():
                page.empty()
        self._end_locked()
        if not self._looking and self.return_code is None:
            self._looking = True
            self.run_worker(self.look() if self.staff_session.is_open else self.look_while_locked())

    async def look(self) -> None:
        """Take over what any terminal has saved since the last look."""
        try:
            changed = await self.alarm_flow.take_over(self.lock)
        finally:
            self._looking = False
        if changed is not None and (changed or self._every_minute() or self.banner_text != self._banner_shown):
            self.news()

    async def look_while_locked(self) -> None:
        """While it is locked, tell who waits where, or that something was saved which may be urgent."""
        try:
            news = await self.staff_session.look_while_locked()
            self.alarm_flow.trouble = ""
        except ScreenerError as error:
            news = None
            self.alarm_flow.trouble = _("This console cannot tell whether an answer is urgent. {what}").format(
                what=error
            )
        finally:
            self._looking = False
        if self.staff_session.is_open:
            return
        for page in self._unlock_pages():
            if news:
                page.tell(news.saved)
            page.news()
        self.alarm_flow.look()

    def _every_minute(self) -> bool:
        """Whether what is said of the time is a minute old."""
        self._looks += 1
        return self._looks % LOOKS_A_MINUTE == 0

    def _unlock_pages(self) -> list[UnlockPage]:
        return [page for page in self.screen_stack if isinstance(page, UnlockPage)]

    def news(self) -> None:
        """The list is different, or what it says of the time is: tell every page."""
        self._banner_shown = self.banner_text
        for page in self.screen_stack:
            if isinstance(page, StaffPage) and page.is_mounted:
                page.news()

    # Pages

    def open(self, identity: str) -> None:
        """Open a response over whatever is shown."""
        if not (isinstance(self.screen, ResponsePage) and self.screen.identity == identity):
            self.run_worker(self._open(identity), group="open", exclusive=True)

    async def _open(self, identity: str) -> None:
        try:
            await self.staff_session.read(identity)
        except Locked:
            return
        except ScreenerError as error:
            if isinstance(self.screen, StaffPage):
                self.screen.say_error(error)
            return
        self._push(ResponsePage(identity))

    def _push(self, page: Page[Any], callback: Callable[[Any], None] | None = None) -> None:
        self.push_screen(page, callback)
        self._guard.page_changed(page.PAUSE)

    def action_acknowledge(self) -> None:
        """Say what is urgent, the longest waiting first."""
        for listed in self.staff_session.worklist.urgent[:1]:
            self.push_dialog(AcknowledgeDialog(listed.id), lambda identity: self.open(identity) if identity else None)

    def action_start(self) -> None:
        if self.staff_session.is_open and self.setup.offers:
            self.push_dialog(StartDialog(self.setup.offers), self._attend)

    def start_for(self, appointment: str) -> None:
        self.push_dialog(StartForPersonDialog(appointment), self._attend)

    def go_on_with(self, identity: str) -> None:
        self.push_dialog(GoOnDialog(identity), self._attend)

    def _attend(self, handover: Handover | None) -> None:
        """End: whoever started this app runs the pages of the questionnaire, and this one again after them.

        It is locked first where a person sits down; not where staff record for one.
        """
        if handover:
            self.handover = handover
            if handover.person is None:
                self.staff_session.lock()
            self.exit(OK, return_code=OK)

    def record_for(self, person: str, response: str | None = None) -> None:
        self.push_dialog(RecordDialog(person, response), self._attend)

    def _return_to_person(self) -> None:
        """Show the person for whom something was recorded, and how that ended."""
        if self._at_person:
            self.open_person(self._at_person)
            self.call_after_refresh(self._say_because)
        if self._opens:
            self.open(self._opens)

    def _say_because(self) -> None:
        if self._because and isinstance(self.screen, StaffPage):
            self.screen.say(self._because)

    def action_people(self) -> None:
        """Show the list by person; an open one comes back to the front."""
        if self.staff_session.is_open and not any(isinstance(page, PeoplePage) for page in self.screen_stack):
            self._push(PeoplePage())

    def open_person(self, identity: str) -> None:
        """Open the page of a person over whatever is shown."""
        if not (isinstance(self.screen, PersonPage) and self.screen.identity == identity):
            self._push(PersonPage(identity))

    def open_series(self, identity: str) -> None:
        """Open a person over time."""
        self._push(SeriesPage(identity))

    def action_keys(self) -> None:
        self.push_dialog(KeysDialog())

    def action_help_now(self) -> None:
        self.push_dialog(CrisisHelp(self.setup.region))

    # Keys and size

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, _SIGNS):
            self._touched = self._idle_clock()
        await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        self.ask_for_room(event.size)
