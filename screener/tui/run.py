"""The screens on the terminal of this process."""

from __future__ import annotations

import sys

from screener.crash import crash_message, record_crash
from screener.errors import ScreenerError
from screener.exit_codes import FAULT
from screener.session.open import SessionFactory
from screener.session.session import InterviewSession
from screener.tui.app import ScreenerApp
from screener.tui.base_app import without_colour
from screener.tui.profiles import Profile


def run(
    session_factory: SessionFactory,
    session: InterviewSession | None = None,
    *,
    theme: str | None = None,
    no_color: bool = False,
    profile: Profile | None = None,
    resume: bool = False,
) -> int:
    """Interview one person on this terminal; return the exit code of the process.

    ``session`` is one that staff opened. Else answers that were interrupted here are offered first, or gone on with
    unasked if they are to ``resume``.
    0: finished. 3: left early. 4: nobody came back. 7: staff closed a clinic's terminal. 1: a fault in the program,
    after one sentence that names no answer. 129, 130, 143: ended by a signal.
    """
    colour_off = without_colour(no_color)
    try:
        interrupted = None if session else session_factory.interrupted()
        current: InterviewSession | None = session or interrupted or session_factory.new()
        while current is not None:
            app = ScreenerApp(
                current,
                theme=theme,
                no_color=colour_off,
                profile=profile,
                session_factory=session_factory,
                asks=current is interrupted and not resume,
            )
            app.run()
            for line in app.last_words:
                print(line, file=sys.stderr)  # noqa: T201
            current = app.next_session
    except ScreenerError:
        raise
    except Exception as error:
        record_crash(error)
        print(crash_message(error), file=sys.stderr)  # noqa: T201
        return FAULT
    return FAULT if app.return_code is None else app.return_code
