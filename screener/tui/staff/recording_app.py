"""The pages of a questionnaire where staff record something for one person, while their side stays unlocked.

They are the pages that everybody sees, with who waits elsewhere above them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from screener.exit_codes import LEFT, TIMED_OUT
from screener.session.session import InterviewSession
from screener.staff.alarm import Alarm
from screener.staff.session import StaffSession
from screener.staff.wording import recorded_for
from screener.tui.app import ScreenerApp
from screener.tui.idle import steady
from screener.tui.profiles import Recording
from screener.tui.rendering import Tone
from screener.tui.staff.alarm_flow import AlarmFlow
from screener.tui.staff.banner import Banner, BannerText
from screener.tui.staff.dialogs.acknowledge import AcknowledgeDialog
from screener.tui.staff.screens.recording import RecordingPage
from screener.tui.staff.setup import ConsoleSetup

if TYPE_CHECKING:
    from screener.tui.screens.question import QuestionPage
    from screener.tui.staff.setup import StaffConsole

_HERE = Path(__file__).parent
LOOK_EVERY = 1.0
"""Seconds between two looks at what other terminals have saved."""


class RecordingApp(ScreenerApp):
    """Ends where it is locked; whoever started it then shows the door of the staff's side."""

    CSS_PATH = [_HERE.parent / "screener.tcss", _HERE / "staff.tcss"]
    BINDINGS = [Binding("f9", "acknowledge", priority=True, show=False)]

    def __init__(
        self,
        session: InterviewSession,
        staff_session: StaffSession,
        setup: ConsoleSetup,
        profile: Recording,
        *,
        theme: str | None = None,
        no_color: bool = False,
        alarm: Alarm | None = None,
        clock: Callable[[], float] = time.monotonic,
        idle_clock: Callable[[], float] = steady,
    ) -> None:
        super().__init__(session, theme=theme, no_color=no_color, profile=profile, clock=clock, idle_clock=idle_clock)
        self.recording = profile
        self.staff_session = staff_session
        self.setup = setup
        self.locked_because = ""
        """Why the staff's side is to be locked, where there is something to say."""
        self.opens: str | None = None
        """The response that is to be opened on the staff's side next."""
        self._looking = False
        self.alarm_flow = AlarmFlow(cast("StaffConsole", self), setup, idle_clock, alarm)

    def on_mount(self) -> None:
        self.set_interval(LOOK_EVERY, self.tick)

    @property
    def sign(self) -> str:
        """Return for whom something is recorded, and by whom, for the top of every page."""
        return recorded_for(self.recording.person, self.recording.by)

    @property
    def sign_tone(self) -> Tone:
        """Return how the sign is seen: for whom something is recorded must not be overlooked."""
        return Tone.STRONG

    @cached_property
    def question_page(self) -> QuestionPage:
        """Return the page that asks, with the minutes that staff count."""
        page = RecordingPage(self.session)
        self.install_screen(page, "question")
        return page

    @property
    def banner_text(self) -> BannerText:
        return self.alarm_flow.banner_text

    def banners(self) -> Iterable[Widget]:
        """Who waits elsewhere stands above every page here too."""
        banner = Banner()
        banner.show(self.banner_text)
        return (banner,)

    def tick(self) -> None:
        """Look at what other terminals have saved."""
        if not self._looking:
            self._looking = True
            self.run_worker(self.look())

    async def look(self) -> None:
        """Ring for an urgent answer elsewhere, as the staff's side does."""
        try:
            changed = await self.alarm_flow.take_over(self._lock)
        finally:
            self._looking = False
        if changed is not None:
            self.news()

    def news(self) -> None:
        """Say above every page who waits now."""
        screens: list[Screen[Any]] = [*self.screen_stack, self.question_page]
        for screen in screens:
            for banner in screen.query(Banner):
                banner.show(self.banner_text)

    def action_acknowledge(self) -> None:
        """Say what is urgent elsewhere, the longest waiting first."""
        for listed in self.staff_session.worklist.urgent[:1]:
            self.push_dialog(AcknowledgeDialog(listed.id), self._open_next)

    def _open_next(self, identity: str | None) -> None:
        """Leave what is recorded here, which is kept, for what is urgent."""
        if identity:
            self.opens = identity
            self.end(LEFT)

    def action_hide(self) -> None:
        """Lock the staff's side. What was recorded is kept."""
        self._lock("")

    def _lock(self, because: str) -> None:
        self.locked_because = because
        self.end(TIMED_OUT)
