"""The question type ``date``: a day, compared by its proleptic Gregorian ordinal."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from screener.i18n.formats import format_date, month_name, months, parts_of_date
from screener.i18n.gettext import _
from screener.model.types.base import Asked, Ends, InvalidAnswer, Quoted, normalised

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
"""The years that can be typed."""


def _parse(question: Asked, typed: str, in_file: bool) -> datetime.date:
    text = normalised(typed)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = (int(part) for part in match.groups())
        return _day(day, month, year)
    parts = parts_of_date(text)
    if len(parts) != 3:
        raise InvalidAnswer(_("Write the day, the month and the year, such as 5 March 2024."))
    named = [part for part in parts if part in months()]
    if named:
        rest = [part for part in parts if part not in months()]
        if len(rest) != 2 or not all(map(_is_short_number, rest)):
            raise InvalidAnswer(_("Write the day, the month and the year, such as 5 March 2024."))
        day, year = _year_last(rest)
        return _day(day, months()[named[0]], year)
    if not all(map(_is_short_number, parts)):
        raise InvalidAnswer(_("Write the name of the month, such as March."))
    if len(parts[0]) == 4:
        year, month, day = (int(part) for part in parts)
        return _day(day, month, year)
    first, second, year = (int(part) for part in parts)
    if first <= 12 and second <= 12 and first != second:
        raise InvalidAnswer(
            _("The day and the month could be mixed up. Write the month as a word, such as 5 March 2024.")
        )
    return _day(*((first, second) if second <= 12 else (second, first)), year)


def _year_last(parts: list[str]) -> list[int]:
    """Return day and year: a number of four digits is the year, wherever it stands."""
    return [int(part) for part in (reversed(parts) if len(parts[0]) == 4 else parts)]


def _is_short_number(part: str) -> bool:
    return re.fullmatch(r"[0-9]{1,4}", part) is not None


def _day(day: int, month: int, year: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise InvalidAnswer(_("The month must be between 1 and 12, or its name."))
    if year < 1000:
        raise InvalidAnswer(_("Write the year with four digits, such as 2024."))
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        between = _("The year must be between {first} and {last}. Check the year.")
        raise InvalidAnswer(between.format(first=_FIRST_YEAR, last=_LAST_YEAR))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        too_late = _("{month} {year} has {days} days. Check the day.")
        raise InvalidAnswer(too_late.format(month=month_name(month), year=year, days=last))
    return datetime.date(year, month, day)


def is_future(question: Asked, day: datetime.date) -> bool:
    """Return whether a day lies in the future that cannot, because the question is about the past."""
    return not question.future and day > datetime.date.today()


def _doubts(question: Asked, day: datetime.date) -> Iterator[str]:
    if is_future(question, day):
        yield _("You typed {answer}. That is in the future. Is that right?").format(answer=format_date(day))


def _ends(first: datetime.date, last: datetime.date) -> Ends:
    return first.toordinal(), last.toordinal()


DATE = Quoted(
    expected="a date",
    name="a date",
    remedy="Write {name} >= '2026-03-31'.",
    in_book="a date",
    alike="every date has the same effect",
    holds=datetime.date,
    seconds=15,
    parse=_parse,
    takes=frozenset({"future"}),
    doubts=_doubts,
    format=lambda question, day: format_date(day),
    as_typed=format_date,
    signs="-",
    hint=lambda question: _("Write a date, such as 5 March 2024."),
    example=lambda question: datetime.date(2000, 1, 1),
    to_yaml=datetime.date.isoformat,
    json_key="date",
    to_json=datetime.date.isoformat,
    from_json=datetime.date.fromisoformat,
    amount=datetime.date.toordinal,
    answer=lambda amount: datetime.date.fromordinal(int(amount)),
    bounds=lambda question: _ends(datetime.date.min, datetime.date.max),
    typed_bounds=lambda question: _ends(datetime.date(_FIRST_YEAR, 1, 1), datetime.date(_LAST_YEAR, 12, 31)),
    usual_bounds=lambda question: _ends(datetime.date(2000, 1, 1), datetime.date(2025, 12, 31)),
    literal="2026-03-31",
    in_english=lambda day: f"{day.day} {day:%B %Y}",
)
