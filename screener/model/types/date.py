"""The question type ``date``: a day."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from fractions import Fraction

from screener.i18n.formats import format_date, month_name, months, parts_of_date
from screener.i18n.gettext import _
from screener.model.types.base import Asked, InvalidAnswer, QuotedType, TypeWords, normalised

_FIRST, _LAST = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)
"""The days that can be typed."""


class DateType(QuotedType[datetime.date]):
    """A day, compared by its proleptic Gregorian ordinal."""

    literal = "2026-03-31"

    def parse(self, question: Asked, typed: str, *, in_file: bool) -> datetime.date:
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
            return _day(int(rest[0]), months()[named[0]], int(rest[1]))
        if not all(map(_is_short_number, parts)):
            raise InvalidAnswer(_("Write the name of the month, such as March."))
        first, second, year = (int(part) for part in parts)
        if first <= 12 and second <= 12 and first != second:
            raise InvalidAnswer(
                _("The day and the month could be mixed up. Write the month as a word, such as 5 March 2024.")
            )
        return _day(*((first, second) if second <= 12 else (second, first)), year)

    def accepts(self, question: Asked, answer: object) -> bool:
        return isinstance(answer, datetime.date) and not isinstance(answer, datetime.datetime)

    def doubts(self, question: Asked, answer: datetime.date) -> Iterator[str]:
        if answer > datetime.date.today():
            future = _("You typed {answer}. That is in the future. Is that right?")
            yield future.format(answer=self.format(question, answer))

    def format(self, question: Asked, answer: datetime.date) -> str:
        return format_date(answer)

    def as_typed(self, question: Asked, answer: datetime.date) -> str:
        return format_date(answer)

    def how_to_write(self) -> str:
        return _("Write a date, such as 5 March 2024.")

    def example(self, question: Asked) -> datetime.date:
        return datetime.date(2000, 1, 1)

    def from_text(self, text: str) -> datetime.date:
        return datetime.date.fromisoformat(text)

    def to_text(self, answer: datetime.date) -> str:
        return answer.isoformat()

    def in_english(self, answer: datetime.date) -> str:
        return f"{answer.day} {answer:%B %Y}"

    def bounds(self, question: Asked) -> tuple[int, int]:
        return datetime.date.min.toordinal(), datetime.date.max.toordinal()

    def typed_bounds(self, question: Asked) -> tuple[int, int]:
        return _FIRST.toordinal(), _LAST.toordinal()

    def usual_bounds(self, question: Asked) -> tuple[int, int]:
        return datetime.date(2000, 1, 1).toordinal(), datetime.date(2025, 12, 31).toordinal()

    def amount(self, answer: datetime.date) -> int:
        return answer.toordinal()

    def answer(self, amount: int | Fraction) -> datetime.date:
        return datetime.date.fromordinal(int(amount))


def _is_short_number(part: str) -> bool:
    return re.fullmatch(r"[0-9]{1,4}", part) is not None


def _day(day: int, month: int, year: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise InvalidAnswer(_("The month must be between 1 and 12, or its name."))
    if not _FIRST.year <= year <= _LAST.year:
        raise InvalidAnswer(_("Write the year with four digits, such as 2024."))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        too_late = _("{month} {year} has {days} days. Check the day.")
        raise InvalidAnswer(too_late.format(month=month_name(month), year=year, days=last))
    return datetime.date(year, month, day)


DATE = DateType(
    words=TypeWords("a date", "a date", "Write {name} >= '2026-03-31'.", "a date", "every date has the same effect"),
    holds=datetime.date,
    seconds=15,
    json_key="date",
)
