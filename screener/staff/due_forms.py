"""The forms that the clinic has to send within the next days, or had to: by fact, and with no verdict."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from screener.i18n.formats import local
from screener.i18n.gettext import _, ngettext
from screener.store.response_list import ResponseListItem

WITHIN = 7
"""Days."""


def due_forms(responses: Iterable[ResponseListItem], now: datetime.datetime) -> list[ResponseListItem]:
    """Return the responses whose form is not recorded as sent and due within a week, or past; the earliest first."""
    last = local(now).date() + datetime.timedelta(days=WITHIN)
    due = [(day, each.id, each) for each in responses if (day := due_day(each)) and day <= last]
    return [each for _day, _id, each in sorted(due, key=lambda entry: entry[:2])]


def due_day(listed: ResponseListItem) -> datetime.date | None:
    """Return the last day for the form of a response; ``None`` where none is due."""
    return listed.entry.form_due if listed.entry else None


def due_words(day: datetime.date, now: datetime.datetime) -> str:
    """Return when a form is due, or was."""
    days = (day - local(now).date()).days
    if days == 0:
        return _("due today ({day})").format(day=day)
    if days > 0:
        return ngettext("due in {count} day ({day})", "due in {count} days ({day})", days).format(count=days, day=day)
    ago = ngettext("was due {count} day ago ({day})", "was due {count} days ago ({day})", -days)
    return ago.format(count=-days, day=day)


def forms_due(count: int) -> str:
    """Return how many forms are due, for the top of the list; nothing where none is."""
    return _("forms due: {count}").format(count=count) if count else ""


def due_search(listed: ResponseListItem) -> str:
    """Return the words by which a response is found on the list whose form is not recorded as sent."""
    return _("form due") if due_day(listed) else ""
