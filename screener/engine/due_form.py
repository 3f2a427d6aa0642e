"""Until when the clinic sends the form of a response that staff recorded, as its questionnaire says."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from screener.i18n.formats import local
from screener.model.questionnaire import Questionnaire
from screener.model.response import Entry


def form_due(
    questionnaire: Questionnaire, entries: Mapping[str, Entry], started: datetime.datetime
) -> datetime.date | None:
    """Return the last day for the form; ``None`` where there is none, or it is recorded as sent.

    The days count from the day on which the response was begun, by the clock of the place.
    """
    form = questionnaire.form
    if form is None or entries.get(form.question) is True:
        return None
    return local(started).date() + datetime.timedelta(days=form.days)
