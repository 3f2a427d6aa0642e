"""Leaving before the end: a person from their own device, or staff from a terminal of the clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.store.database import NotKept
from screener.tui.dialogs.for_staff import Decision, ForStaff, StaffChoice
from screener.tui.dialogs.leave import Leave, Leaving
from screener.tui.profiles import Kiosk

if TYPE_CHECKING:
    from screener.tui.app import ScreenerApp

FINISHED, LEFT, CLOSED = 0, 3, 7
"""Exit codes: the questionnaire was finished, it was left before, staff closed the terminal."""


class Departure:
    """Asks before anybody leaves, and does what they choose."""

    def __init__(self, app: ScreenerApp) -> None:
        self._app = app

    def ask(self) -> None:
        """On a terminal of a clinic only staff may leave."""
        profile = self._app.profile
        if isinstance(profile, Kiosk):
            self._app.lay_over(ForStaff(profile.opens), self._admit)
        else:
            self._app.lay_over(Leave(self._app.sitting), self._leave)

    @property
    def _code(self) -> int:
        return FINISHED if self._app.sitting.finished else LEFT

    def _admit(self, opened: bool | None) -> None:
        if opened:
            self._app.lay_over(StaffChoice(needed=self._app.staff_needed), self._decide)

    def _decide(self, decision: Decision | None) -> None:
        match decision:
            case Decision.GO_ON:
                self._app.watching.unlock()
            case Decision.NEXT_PERSON:
                self._app.end(self._code)
            case Decision.CLOSE:
                self._app.end(CLOSED)

    def _leave(self, leaving: Leaving | None) -> None:
        match leaving:
            case Leaving.LEAVE:
                self._app.end(self._code)
            case Leaving.COME_BACK:
                self._give_code()
            case Leaving.SAVE_AND_LEAVE:
                from screener.tui.dialogs.save_copy import SaveCopy

                code = self._code
                self._app.lay_over(SaveCopy(self._app.sitting), lambda saved: self._app.end(code) if saved else None)

    def _give_code(self) -> None:
        from screener.tui.dialogs.your_code import YourCode

        try:
            code = self._app.sitting.return_code()
        except NotKept as error:
            self._app.not_saved(error, self._app.sitting.keep, self._give_code)
        else:
            self._app.lay_over(YourCode(code), lambda _: self._app.exit(LEFT, return_code=LEFT))
