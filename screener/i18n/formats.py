"""How dates and numbers are written in the current language. Stored values have no language.

The catalogue of each language holds all of it, so that no data about other languages are loaded.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal
from functools import cache

from screener.i18n.gettext import N_, _, pgettext, speaking, spoken

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_SHORTENED = (3, 4)
"""The lengths of a shortened month name that are accepted, if no other month begins with the same letters."""


def format_number(number: int | Decimal) -> str:
    """Write a number with all its digits and no separators between them, e.g. ``12.5``, or ``12,5`` in Spanish."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return text.replace(".", pgettext("decimal sign", "."))


def month_name(month: int) -> str:
    """Return the name of a month, counted from 1."""
    return _(MONTHS[month - 1])


def format_date(day: datetime.date) -> str:
    """Write a date in words, e.g. ``5 March 2024``, in the usual order of the language."""
    # Translators: how a date is written. Words besides the three names need not be typed by the person.
    return pgettext("a date", "{day} {month} {year}").format(day=day.day, month=month_name(day.month), year=day.year)


def local(at: datetime.datetime) -> datetime.datetime:
    """Return a time by the clock of this place, as everybody who reads it here reads their own clock."""
    return at.astimezone()


def format_moment(at: datetime.datetime) -> str:
    """Write a time by the clock of this place with its distance from UTC, e.g. ``2026-03-01 19:30 UTC-05:00``."""
    local_time = local(at)
    offset = f"{local_time:%z}"
    return f"{local_time:%Y-%m-%d %H:%M} UTC" + (
        "" if local_time.utcoffset() == datetime.timedelta() else f"{offset[:3]}:{offset[3:5]}"
    )


def parts_of_date(text: str) -> list[str]:
    """Return the numbers and names in a typed date, in lower case, without accents and without words such as ``de``."""
    endings = _endings()
    words = _words(spoken()) | set(endings)
    parts = (part for part in re.split(r"[\s./,-]+", bare(text)) if part and part not in words)
    return [re.sub(rf"(?<=\d)({'|'.join(map(re.escape, endings))})$", "", part) for part in parts]


def months() -> dict[str, int]:
    """Return the names that can be typed for each month: the whole name, or its start if no other month shares it."""
    return _months(spoken())


@cache
def _months(language: str) -> dict[str, int]:
    with speaking(language):
        names = [bare(month_name(number)) for number in range(1, 13)]
    starts = [name[:length] for name in names for length in _SHORTENED]
    short = {start: number for number, name in enumerate(names, 1) for start in starts if name.startswith(start)}
    once = {start: number for start, number in short.items() if sum(name.startswith(start) for name in names) == 1}
    return once | {name: number for number, name in enumerate(names, 1)}


@cache
def _words(language: str) -> frozenset[str]:
    """Return the words of a date that are neither a number nor a name, e.g. the two ``de`` of Spanish."""
    with speaking(language):
        pattern = pgettext("a date", "{day} {month} {year}")
    return frozenset(re.split(r"[\s./,-]+", bare(re.sub(r"\{\w+\}", " ", pattern))))


def _endings() -> list[str]:
    # Translators: what may follow the number of a day directly, as in 1st, 2nd, 3rd, 4th; separated by |.
    return pgettext("endings of the number of a day", "st|nd|rd|th").split("|")


def bare(text: str) -> str:
    """Return the text in lower case and without accents, as it is compared with typed text."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
