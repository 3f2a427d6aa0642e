"""How dates and numbers are written where the spoken language is spoken; what is stored knows no language.

All of it stands in the catalogue of the language, so that no data on other languages are read.
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
"""Letters that are enough of the name of a month, where no other month begins with them."""


def format_number(number: int | Decimal) -> str:
    """The number with all its digits and nothing between them, e.g. ``12.5``, or ``12,5`` where that is usual."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return text.replace(".", pgettext("decimal sign", "."))


def month_name(month: int) -> str:
    """The name of a month, counted from 1."""
    return _(MONTHS[month - 1])


def format_date(day: datetime.date) -> str:
    """The day in words, e.g. ``5 March 2024``, in the usual order."""
    # Translators: how a date is written. Words besides the three names need not be typed by the person.
    return pgettext("a date", "{day} {month} {year}").format(day=day.day, month=month_name(day.month), year=day.year)


def parts_of_date(text: str) -> list[str]:
    """The numbers and names in a typed date, in small letters, without accents and without words that say nothing."""
    endings = _endings()
    words = _words(spoken()) | set(endings)
    parts = (part for part in re.split(r"[\s./,-]+", bare(text)) if part and part not in words)
    return [re.sub(rf"(?<=\d)({'|'.join(map(re.escape, endings))})$", "", part) for part in parts]


def months() -> dict[str, int]:
    """What can be typed for each month: its name, or a start of it that no other month has."""
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
    """The words of a date that are neither a number nor a name, e.g. the two ``de`` of Spanish."""
    with speaking(language):
        pattern = pgettext("a date", "{day} {month} {year}")
    return frozenset(re.split(r"[\s./,-]+", bare(re.sub(r"\{\w+\}", " ", pattern))))


def _endings() -> list[str]:
    # Translators: what may stand right after the number of a day, as in 1st, 2nd, 3rd, 4th; separated by |.
    return pgettext("endings of the number of a day", "st|nd|rd|th").split("|")


def bare(text: str) -> str:
    """The text in small letters and without accents, as it is compared with what was typed."""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
