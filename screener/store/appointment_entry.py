"""From what staff type, or a table has, to an appointment that can be entered."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass

from screener.errors import CHECK_IT, ScreenerError, nearest
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.store.appointments import NewAppointment
from screener.store.person import new_person

_YEARS_AHEAD = 5
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class TypedAppointment:
    """The fields as they were typed; an empty one was left out."""

    name: str = ""
    reference: str = ""
    year_of_birth: str = ""
    contact: str = ""
    questionnaire: str = ""
    date: str = ""
    time: str = ""


def parse_appointment(
    typed: TypedAppointment, questionnaires: Collection[str], now: datetime.datetime, *, with_contact: bool
) -> NewAppointment:
    """Return an appointment from typed fields. Raise ``ScreenerError`` with the first that is wrong.

    ``with_contact``: whether the clinic keeps how to reach a person.
    """
    local_now = local(now)
    if typed.contact.strip() and not with_contact:
        raise ScreenerError(_("This clinic keeps no contact. Leave it out."))
    return NewAppointment(
        new_person(typed.name, typed.reference, typed.year_of_birth, typed.contact, "", local_now.year),
        parse_questionnaire(typed.questionnaire, questionnaires),
        parse_day(typed.date, local_now.date()),
        parse_time(typed.time),
    )


def parse_questionnaire(typed: str, questionnaires: Collection[str]) -> str:
    """Return the id of a questionnaire; where there is one only, it need not be typed. Raise ``ScreenerError``."""
    written = typed.strip()
    if not written and len(questionnaires) == 1:
        return next(iter(questionnaires))
    if not written:
        raise ScreenerError(_("The questionnaire is missing."))
    if written not in questionnaires:
        nowhere = _("There is no such questionnaire here.")
        raise ScreenerError(f"{nowhere} {nearest(written, questionnaires) or CHECK_IT}")
    return written


def parse_day(typed: str, today: datetime.date) -> datetime.date:
    """Return the day of an appointment. Raise ``ScreenerError`` for one that is over, or far ahead by a slip."""
    try:
        day = datetime.date.fromisoformat(typed.strip())
    except ValueError:
        raise ScreenerError(_("This is not a date. Write it like 2026-03-31.")) from None
    if day < today:
        raise ScreenerError(_("This day is over. Enter today or a later day."))
    if day.year > today.year + _YEARS_AHEAD:
        raise ScreenerError(_("The date is years ahead. Check the year."))
    return day


def parse_time(typed: str) -> datetime.time | None:
    """Return the time of an appointment, ``None`` for any time of its day. Raise ``ScreenerError``."""
    written = typed.strip()
    if not written:
        return None
    match = _TIME.fullmatch(written)
    if match is None:
        raise ScreenerError(_("This is not a time. Write it like 14:30."))
    return datetime.time(int(match[1]), int(match[2]))
