"""The staff's side on the terminal of this process: its screens, and those at which staff record for one person."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from screener.crash import crash_message, record_crash
from screener.exit_codes import FAULT, TIMED_OUT
from screener.hardening import end_in_order
from screener.session.session import InterviewSession
from screener.staff.alarm import Alarm
from screener.staff.handover import Handover
from screener.staff.session import StaffSession
from screener.tui.base_app import without_colour
from screener.tui.profiles import Recording
from screener.tui.staff.app import StaffApp
from screener.tui.staff.recording_app import RecordingApp
from screener.tui.staff.setup import ConsoleSetup


@dataclass(frozen=True)
class ConsoleEnd:
    """How the screens of the staff's side ended."""

    code: int
    """The exit code of the process, where it ends now."""
    handover: Handover | None = None
    """Who is to answer here."""
    locked_because: str | None = None
    """Why it was locked, perhaps in no words, where a new process is to go on."""
    theme: str | None = None
    """The colours that were seen last."""


def run(
    staff_session: StaffSession,
    place: ConsoleSetup,
    *,
    because: str = "",
    at_person: str | None = None,
    opens: str | None = None,
    theme: str | None = None,
    no_color: bool = False,
    alarm: Alarm | None = None,
) -> ConsoleEnd:
    """Run the staff's side until somebody quits, or somebody is to answer here. While staff record, it stays unlocked.

    The exit code is 1 after a fault in the program and one sentence that names no answer; 129, 130, 143 after a signal.
    """
    handover = None
    try:
        colour_off = without_colour(no_color)
        app = StaffApp(
            staff_session,
            place,
            because=because,
            at_person=at_person,
            opens=opens,
            theme=theme,
            no_color=colour_off,
            alarm=alarm,
        )
        app.run()
        handover = app.handover
    except Exception as error:
        record_crash(error)
        print(crash_message(error), file=sys.stderr)  # noqa: T201
        return ConsoleEnd(FAULT)
    finally:
        end_in_order()  # Its handlers went with the app: until the next one, a signal must still restore the terminal.
        if handover is None or handover.person is None:
            staff_session.close()
    code = FAULT if app.return_code is None else app.return_code
    return ConsoleEnd(code, handover, None if handover else app.locked_because, app.theme)


@dataclass(frozen=True)
class RecordingEnd:
    """How the screens ended at which staff recorded something."""

    code: int
    because: str = ""
    """Why the staff's side is locked now, where there is something to say."""
    opens: str | None = None
    """The response that is to be opened next, by its id."""

    @property
    def locks(self) -> bool:
        """Whether the staff's side is locked after it."""
        return self.code in (TIMED_OUT, FAULT)


def record(
    staff_session: StaffSession,
    place: ConsoleSetup,
    session: InterviewSession,
    profile: Recording,
    *,
    theme: str | None = None,
    no_color: bool = False,
    alarm: Alarm | None = None,
) -> RecordingEnd:
    """Let staff record for one person, until they finish or leave, or the screens lock; what was recorded is kept."""
    try:
        colour_off = without_colour(no_color)
        app = RecordingApp(session, staff_session, place, profile, theme=theme, no_color=colour_off, alarm=alarm)
        app.run()
    except Exception as error:
        record_crash(error)
        print(crash_message(error), file=sys.stderr)  # noqa: T201
        return RecordingEnd(FAULT)
    finally:
        end_in_order()
    return RecordingEnd(FAULT if app.return_code is None else app.return_code, app.locked_because, app.opens)
