"""How long ago the moment was that a questionnaire names, and what the clinic's own schedule says comes next.

Both are facts of the clock. Nothing is said of what was recorded, and nothing rings.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from screener.engine.day_of_time import on_its_day
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.session.session import InterviewSession

_MINUTE = datetime.timedelta(minutes=1)


def elapsed(session: InterviewSession) -> Iterator[str]:
    """Yield the minutes since the moment, and what comes next; nothing before the moment is recorded."""
    moment, named = moment_of(session), session.content.questionnaire.moment
    if moment is None or named is None:
        return
    minutes = (session.now() - moment) // _MINUTE
    words = (
        _("Now {count} min since {moment} ({time}).")
        if minutes >= 0
        else _("Now {count} min before {moment} ({time}).")
    )
    yield words.format(count=abs(minutes), moment=named.name, time=f"{local(moment):%H:%M}")
    yield from _scheduled(session, moment, minutes)


def _scheduled(session: InterviewSession, moment: datetime.datetime, minutes: int) -> Iterator[str]:
    """Yield the next reading of the clinic's schedule and the one before it, which may not be recorded yet."""

    def at(reading: int) -> str:
        time = f"{local(moment + reading * _MINUTE):%H:%M}"
        return _("{count} min ({time})").format(count=reading, time=time)

    coming = [reading for reading in session.readings_at if reading >= minutes]
    past = [reading for reading in session.readings_at if reading < minutes]
    if coming:
        yield _("Next by your schedule: {reading}.").format(reading=at(coming[0]))
    if past:
        yield (
            _("Before it: {reading}.").format(reading=at(past[-1]))
            if coming
            else _("Last by your schedule: {reading}.").format(reading=at(past[-1]))
        )


def moment_of(session: InterviewSession) -> datetime.datetime | None:
    """Return the moment on its day; ``None`` while it is not recorded or does not apply."""
    named = session.content.questionnaire.moment
    entry = session.interview.state.enabled_entries().get(named.question) if named else None
    if named is None or not isinstance(entry, datetime.time):
        return None
    entered = (past for past in session.history if past.question == named.question)
    return on_its_day(entry, entered, session.now())
