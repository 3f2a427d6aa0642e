"""Leaving before the end: a person from their own device, or staff from a terminal of the clinic."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from screener.exit_codes import CLOSED, LEFT, OK
from screener.session.staff_door import Admission
from screener.store.database import NotSaved
from screener.tui.dialogs.leave import Leave, Leaving
from screener.tui.dialogs.staff_passphrase import Admitted, Decision, StaffChoice, StaffPassphrase
from screener.tui.messages import Acknowledged

if TYPE_CHECKING:
    from screener.tui.dialogs.show_return_code import ShowReturnCode
    from screener.tui.interview_app import InterviewApp
    from screener.tui.saving import SavingFlow


HELD = 0.5
"""Seconds: what comes quicker after the first is a key that is held down."""


class LeavingFlow:
    """Asks before anybody leaves, and does what they choose."""

    def __init__(self, app: InterviewApp, saving: SavingFlow, clock: Callable[[], float]) -> None:
        self._app = app
        self._saving = saving
        self._clock = clock
        self._interrupted = 0.0

    def ask(self) -> None:
        """Ask. On a terminal of a clinic only staff may leave, and nobody leaves the words to come back unread."""
        from screener.tui.dialogs.show_return_code import ShowReturnCode

        if any(isinstance(page, ShowReturnCode) for page in self._app.screen_stack):
            return
        if door := self._app.profile.staff_door:
            self._app.push_dialog(StaffPassphrase(door), self._admit)
        else:
            self._app.push_dialog(Leave(self._app.session), self._leave)

    def open_emergency(self, rule: str) -> None:
        """Let staff go on from an emergency page by their door code or passphrase; the name is then a checked one."""
        door = self._app.profile.staff_door
        assert door

        def admit(admitted: Admitted | None) -> None:
            if admitted:
                self._app.post_message(Acknowledged(rule, admitted.name, checked=True))

        self._app.push_dialog(StaffPassphrase(door), admit)

    def interrupt(self) -> None:
        """Ask; or leave at once, where it is asked already on somebody's own device, and not because a key is held."""
        now, asks = self._clock(), isinstance(self._app.screen, Leave)
        held, self._interrupted = now - self._interrupted < HELD, now
        if not asks:
            self.ask()
        elif not held:
            autosave = self._app.session.autosave
            keeps = autosave is not None and autosave.survives_a_crash and not self._app.session.finished
            keeps = keeps and not self._app.session.for_staff
            (self._app.leave if keeps else self._app.end)(self._code)

    @property
    def _code(self) -> int:
        return OK if self._app.session.finished else LEFT

    def _admit(self, admitted: Admitted | None) -> None:
        if admitted:
            may_close = admitted.admission is Admission.BY_PASSPHRASE
            self._app.push_dialog(StaffChoice(needed=self._app.staff_needed, may_close=may_close), self._decide)

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

                def end(saved: Path | None) -> None:
                    if saved:
                        self._app.copies.append(saved)
                        self._app.end(code)

                self._app.push_dialog(SaveCopy(self._app.session), end)

    def _give_code(self) -> None:
        from screener.tui.dialogs.show_return_code import ShowReturnCode

        dialog = ShowReturnCode()
        self._app.push_dialog(dialog, self._close_code)
        self._app.run_worker(self._make_code(dialog))

    async def _make_code(self, dialog: ShowReturnCode) -> None:
        """Make the words in a thread, because that is made slow; the page and help can be used meanwhile."""
        session = self._app.session
        try:
            code, days = await asyncio.to_thread(lambda: (session.return_code(), session.days_kept))
        except NotSaved as error:
            dialog.give_back(error)
        else:
            self._app.days_to_return = days
            dialog.show_code(code, days)
            self._app.page_changed(dialog.PAUSE)

    def _close_code(self, error: NotSaved | None) -> None:
        if error is None:
            self._app.leave(LEFT)
        else:
            self._saving.ask_again(error, self._app.session.keep, self._give_code)
