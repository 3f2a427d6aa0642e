"""Until when the clinic sends the form of a response that staff recorded, as its questionnaire says."""

from __future__ import annotations

import datetime

from screener.engine.response_state import ResponseState
from screener.i18n.formats import local


def form_due(state: ResponseState, started: datetime.datetime) -> datetime.date | None:
    """Return the last day for the form; ``None`` where there is none, it does not apply, or it is recorded as sent.

    It does not apply where an answer says that nobody asks whether it was sent; one that is missing says nothing. The
    days count from the day on which the response was begun, by the clock of the place.
    """
    form = state.form.questionnaire.form
    if form is None or state.is_enabled(form.question) is False or state.entries.get(form.question) is True:
        return None
    return local(started).date() + datetime.timedelta(days=form.days)
