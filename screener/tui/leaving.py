"""Leaving before the end: a person from their own device, or staff from a terminal of the clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.exit_codes import CLOSED, LEFT, OK
from screener.store.database import NotSaved
from screener.tui.dialogs.leave import Leave, Leaving
from screener.tui.dialogs.staff_passphrase import Decision, StaffChoice, StaffPassphrase
from screener.tui.profiles import Kiosk

if TYPE_CHECKING:
    from screener.tui.interview_app import InterviewApp
    from screener.tui.saving import SavingFlow


class LeavingFlow:
    """Asks before anybody leaves, and does what they choose."""

    def __init__(self, app: InterviewApp, saving: SavingFlow) -> None:
        self._app = app
        self._saving = saving

    def ask(self) -> None:
        """On a terminal of a clinic only staff may leave."""
        profile = self._app.profile
        if isinstance(profile, Kiosk):
            self._app.push_dialog(StaffPassphrase(profile.opens), self._admit)
        else:
            self._app.push_dialog(Leave(self._app.session), self._leave)

    @property
    def _code(self) -> int:
        return OK if self._app.session.finished else LEFT

    def _admit(self, opened: bool | None) -> None:
        if opened:
            self._app.push_dialog(StaffChoice(needed=self._app.staff_needed), self._decide)

    def _decide(self, decision: Decision | None) -> None:
        match decision:
            case Decision.GO_ON:
                self._app.unlock()
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
                self._app.push_dialog(SaveCopy(self._app.session), lambda saved: self._app.end(code) if saved else None)

    def _give_code(self) -> None:
        from screener.tui.dialogs.show_return_code import ShowReturnCode

        try:
            code = self._app.session.return_code()
        except NotSaved as error:
            self._saving.ask_again(error, self._app.session.keep, self._give_code)
        else:
            self._app.push_dialog(ShowReturnCode(code, self._app.session.days_kept), lambda _: self._app.leave(LEFT))
