"""Between what a person types and an answer: reading it without guessing, and showing back what was understood."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from decimal import Decimal

from screener.questionnaire import Question
from screener.response import AbsentReason, AnswerValue, Entry

LONGEST_TEXT = 4000
"""Characters that a free-text answer may have."""

ABSENT_LABELS = {
    AbsentReason.UNKNOWN: "I don't know",
    AbsentReason.DECLINED: "Prefer not to say",
    AbsentReason.NOT_ASKED: "Not asked",
    AbsentReason.NOT_APPLICABLE: "Does not apply",
}

_EXPECTED = {
    "yes_no": "yes or no",
    "choice": "one of its options",
    "choices": "one or more of its options",
    "integer": "a whole number",
    "decimal": "a number",
    "date": "a date",
    "text": f"text of at most {LONGEST_TEXT} characters",
}

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}


class NotUnderstood(ValueError):
    """What was typed is not an answer; the message tells the person how to write it."""


def understand(question: Question, typed: str) -> AnswerValue:
    """The answer to an integer, decimal, date or text question that the typed text means.

    Nothing is dropped or guessed: ``70,5`` is 70.5, ``1,000`` is refused because it could be two numbers.
    Raises ``NotUnderstood`` with a message for the person.
    """
    text = _plain(typed)
    if question.type == "text":
        return _free_text(typed)
    if not text:
        raise NotUnderstood("Type an answer, or choose one of the other answers below.")
    if question.type == "date":
        return _date(text)
    return within_limits(question, _number(question, text))


def within_limits(question: Question, number: int | Decimal) -> int | Decimal:
    """The number itself, if the question's hard limits allow it. Raises ``NotUnderstood``."""
    limits = question.limits
    if limits and not limits.minimum <= number <= limits.maximum:
        unit = f" {question.unit}" if question.unit else ""
        raise NotUnderstood(f"This must be between {limits.minimum} and {limits.maximum}{unit}.")
    return number


def is_unusual(question: Question, answer: Entry) -> bool:
    """Whether a number lies outside the usual range, so that the person should be asked to check it."""
    if question.usual is None or isinstance(answer, bool) or not isinstance(answer, int | Decimal):
        return False
    return not question.usual.minimum <= answer <= question.usual.maximum


def shown(question: Question, entry: Entry | None) -> str:
    """An entry in words, as the person sees it on the check page and in the summary."""
    match entry:
        case None:
            return ABSENT_LABELS[AbsentReason.NOT_ASKED]
        case AbsentReason():
            return ABSENT_LABELS[entry]
        case bool():
            return "Yes" if entry else "No"
        case frozenset():
            return "; ".join(option.label for option in question.options if option.code in entry)
        case datetime.date():
            return f"{entry.day} {calendar.month_name[entry.month]} {entry.year}"
        case int() | Decimal():
            number = f"{entry:f}" if isinstance(entry, Decimal) else str(entry)
            return f"{number} {question.unit}" if question.unit else number
    return question.option[entry].label if question.type == "choice" else entry


def checked(question: Question, entry: Entry) -> Entry:
    """The entry itself, if it can be one for this question. Raises ``NotUnderstood``."""
    if isinstance(entry, AbsentReason):
        if entry not in question.absent:
            raise NotUnderstood(f'"{question.id}" cannot be left out as {entry}.')
        return entry
    if not _is_of_type(question, entry):
        raise NotUnderstood(f'"{question.id}" takes {_EXPECTED[question.type]}.')
    if question.type in ("integer", "decimal") and isinstance(entry, int | Decimal):
        within_limits(question, entry)
    if question.type == "choices" and isinstance(entry, frozenset):
        exclusive = [code for code in entry if question.option[code].exclusive]
        if exclusive and len(entry) > 1:
            raise NotUnderstood(f'"{exclusive[0]}" cannot be chosen together with other answers.')
    return entry


def _is_of_type(question: Question, answer: AnswerValue) -> bool:
    match question.type:
        case "yes_no":
            return isinstance(answer, bool)
        case "choice":
            return isinstance(answer, str) and answer in question.option
        case "choices":
            return isinstance(answer, frozenset) and bool(answer) and answer <= question.option.keys()
        case "integer":
            return isinstance(answer, int) and not isinstance(answer, bool)
        case "decimal":
            return isinstance(answer, Decimal) and answer.is_finite()
        case "date":
            return isinstance(answer, datetime.date) and not isinstance(answer, datetime.datetime)
        case "text":
            return isinstance(answer, str) and 0 < len(answer) <= LONGEST_TEXT


def _plain(typed: str) -> str:
    """Digits of any script as ASCII, and no spaces at the ends or doubled."""
    return " ".join("".join(map(_plain_sign, typed)).split())


def _plain_sign(sign: str) -> str:
    """A raised or circled digit stays what it is: 70² is not 702."""
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", sign)
    return sign if any(letter.isnumeric() for letter in plain) else plain


def _free_text(typed: str) -> str:
    text = unicodedata.normalize("NFC", typed).strip()
    if not text:
        raise NotUnderstood("Type an answer, or choose one of the other answers below.")
    if len(text) > LONGEST_TEXT:
        raise NotUnderstood(f"This is {len(text)} characters long. Shorten it to {LONGEST_TEXT}.")
    return text


def _number(question: Question, text: str) -> int | Decimal:
    whole = question.type == "integer"
    example = "Write a whole number, such as 12." if whole else "Write a number, such as 12 or 12.5."
    found = re.fullmatch(r"([+-]?\d{1,9})(?:([.,])(\d{1,6}))? ?(.*)", text)
    if found is None or (found[4] and _unit(found[4]) != _unit(question.unit or "")):
        raise NotUnderstood(f"{example} Use digits only.")
    before, separator, after, _ = found.groups()
    if separator and len(after) == 3 and before.lstrip("+-") != "0":
        raise NotUnderstood(f"This could mean two numbers. Write it without the {_sign(separator)}.")
    if not whole:
        return Decimal(f"{before}.{after}" if after else before)
    if after and after.strip("0"):
        raise NotUnderstood(example)
    return int(before)


def _unit(written: str) -> str:
    """A unit as it is compared: ``m2`` is as good as ``m²``."""
    return unicodedata.normalize("NFKC", written).casefold()


def _sign(separator: str) -> str:
    return "comma" if separator == "," else "point"


def _date(text: str) -> datetime.date:
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = (int(part) for part in found.groups())
        return _day(day, month, year)
    parts = [part for part in re.split(r"[\s./,-]+", text.lower()) if part]
    if len(parts) != 3:
        raise NotUnderstood("Write the day, the month and the year, such as 5 March 2024.")
    named = [part for part in parts if part in _MONTHS]
    if named:
        rest = [re.sub(r"(st|nd|rd|th)$", "", part) for part in parts if part not in _MONTHS]
        if len(rest) != 2 or not all(map(_is_short_number, rest)):
            raise NotUnderstood("Write the day, the month and the year, such as 5 March 2024.")
        return _day(int(rest[0]), _MONTHS[named[0]], int(rest[1]))
    if not all(map(_is_short_number, parts)):
        raise NotUnderstood("Write the name of the month, such as March.")
    first, second, year = (int(part) for part in parts)
    if first <= 12 and second <= 12 and first != second:
        raise NotUnderstood("The day and the month could be mixed up. Write the month as a word, such as 5 March 2024.")
    return _day(*((first, second) if second <= 12 else (second, first)), year)


def _is_short_number(part: str) -> bool:
    return re.fullmatch(r"[0-9]{1,4}", part) is not None


def _day(day: int, month: int, year: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise NotUnderstood("The month must be between 1 and 12, or its name.")
    if not 1900 <= year <= 2100:
        raise NotUnderstood("Write the year with four digits, such as 2024.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotUnderstood(f"{calendar.month_name[month]} {year} has {last} days. Check the day.")
    return datetime.date(year, month, day)
