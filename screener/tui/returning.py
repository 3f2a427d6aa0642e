"""Coming back: to answers that were found on this terminal, or by a return code; or starting anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screener.exit_codes import LEFT

if TYPE_CHECKING:
    from screener.session.session import InterviewSession
    from screener.tui.interview_app import InterviewApp


class ReturningFlow:
    """Shows answers from before, or gives the terminal to a new session."""

    def __init__(self, app: InterviewApp, asks: bool) -> None:
        self._app = app
        self.asks = asks
        """Whether somebody has to say first whether they go on with answers that were found here."""

    def go_on(self) -> None:
        """Go on with the answers that were found here."""
        self.asks = False
        self._app.show_where_the_person_was()

    def restart(self) -> None:
        """Start anew; where the answers that were found would be removed, ask first."""
        if self._app.profile.is_shared:
            self._app.end(LEFT)  # The next person gets a process that never saw these answers.
        elif self._app.session.kept_by_clinic:
            self._start_anew(True)
        else:
            from screener.tui.dialogs.start_anew import StartAnew

            self._app.push_dialog(StartAnew(), self._start_anew)

    def _start_anew(self, sure: bool | None) -> None:
        if sure:
            self._app.session.discard()
            self._receive(self._app.session_factory.new() if self._app.session_factory else None)

    def ask_for_code(self) -> None:
        """Ask for a return code, and go on with the answers that it opens."""
        from screener.tui.dialogs.enter_return_code import EnterReturnCode

        if self._app.session_factory is not None:
            self._app.push_dialog(EnterReturnCode(self._app.session_factory.by_return_code), self._receive)

    def _receive(self, session: InterviewSession | None) -> None:
        if session is not None:
            self._app.next_session = session
            self._app.leave(LEFT)
