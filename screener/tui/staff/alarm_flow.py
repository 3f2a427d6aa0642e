"""Rings while somebody waits, says who and where on every page, and runs the clinic's own command when it is due."""

from __future__ import annotations

from collections.abc import Callable

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.staff.alarm import Alarm
from screener.staff.base_session import Locked
from screener.staff.urgent_command import run_urgent_command
from screener.staff.wording import reference, seen_to
from screener.store.members import Revoked
from screener.tui.staff.banner import BannerText, locked_text, urgent_text
from screener.tui.staff.setup import ConsoleSetup, StaffConsole

NOTICE_FOR = 60.0
"""Seconds for which it is said who sees to somebody from another console."""


class AlarmFlow:
    """The same while it is locked, with what a locked console may know."""

    def __init__(
        self, app: StaffConsole, setup: ConsoleSetup, clock: Callable[[], float], alarm: Alarm | None = None
    ) -> None:
        """``alarm`` is what rang before on this console, in another app or process; its clock is the same."""
        self._app = app
        self._command = setup.on_urgent
        self._alarm = alarm or Alarm(clock, setup.urgent_after)
        self._clock = clock
        self.trouble = ""
        """Why nothing new can be seen, where that is so."""
        self._calls = 0
        """How many of the clinic's commands run now."""
        self._notice, self._notice_until = "", 0.0

    @property
    def banner_text(self) -> BannerText:
        """What stands on every page; while it is locked, terminals and times and no more."""
        session, now = self._app.staff_session, self._app.staff_session.now()
        if session.is_open:
            urgent = urgent_text(session.worklist.urgent, now)
        else:
            urgent = locked_text(session.watch.alarms.values(), now)
        return BannerText(urgent, self._notice, tuple(filter(None, (self.trouble, self._alarm.command_trouble))))

    @property
    def is_calling(self) -> bool:
        """Whether the clinic's command runs now."""
        return self._calls > 0

    def forget(self) -> None:
        """Let go of what names a person: it is locked."""
        self.trouble = self._notice = ""

    async def take_over(self, lock: Callable[[str], None]) -> bool | None:
        """Take over what any terminal has saved since the last look, and do what is due.

        Return whether the list changed; ``None`` where it is locked, also because ``lock`` was called with the reason.
        """
        try:
            changed = await self._app.staff_session.look()
            self.trouble = ""
        except Locked:
            return None
        except Revoked as error:
            lock(str(error))
            return None
        except ScreenerError as error:
            changed = False
            self.trouble = _("What is shown may be old. {what}").format(what=error)
        self.look()
        return changed

    def look(self) -> None:
        """Do what is due, now that it was looked at what other terminals and consoles have saved."""
        self._notice_others()
        session = self._app.staff_session
        alarms = session.alarms if session.is_open else session.watch.alarms
        ring = self._alarm.look(alarms, session.now())
        if ring.rings:
            self._app.bell()
        if self._command:
            for response in ring.overdue:
                listed = session.worklist.get(response)
                self._calls += 1
                called = self._call(response, alarms[response].terminal, reference(listed) if listed else "")
                self._app.run_worker(called)

    async def _call(self, response: str, terminal: str, shown_reference: str) -> None:
        try:
            trouble = await run_urgent_command(self._command or "", terminal, shown_reference)
            self._alarm.note_command(response, trouble)
        finally:
            self._calls -= 1
        self._app.news()

    def _notice_others(self) -> None:
        """Say for a while who sees to somebody from another console."""
        session = self._app.staff_session
        if acknowledged := session.take_seen_to_elsewhere():
            self._notice = " ".join(seen_to(listed, session.now()) for listed in acknowledged)
            self._notice_until = self._clock() + NOTICE_FOR
        elif self._clock() >= self._notice_until:
            self._notice = ""
