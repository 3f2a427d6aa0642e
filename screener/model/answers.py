"""From the text that a person types to an answer, and back: parse without guessing, format, validate."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from decimal import Decimal

from screener.display_text import is_blank
from screener.i18n.formats import bare, format_date, format_number, month_name, months, parts_of_date
from screener.i18n.gettext import N_, _
from screener.model.medicines import without_closing
from screener.model.question_types import LONGEST_TEXT, QUESTION_TYPES
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, AnswerValue, Entry

ABSENT_LABELS = {
    AbsentReason.UNKNOWN: N_("I don't know"),
    AbsentReason.DECLINED: N_("Prefer not to say"),
    AbsentReason.NOT_ASKED: N_("Not asked"),
    AbsentReason.NOT_APPLICABLE: N_("Does not apply"),
}

_YEARS = N_("years year yrs yr y")
"""The words for years, as people write them behind a number."""


class InvalidAnswer(ValueError):
    """The typed text is not an answer; the message tells the person how to write one."""


def parse_answer(question: Question, typed: str, *, in_file: bool = False) -> AnswerValue:
    """Return the answer that the typed text means, for an integer, decimal, date or text question.

    Nothing is dropped or guessed: ``70,5`` is 70.5, and ``1,000`` is refused where it could be two numbers. In a file
    a point is always a decimal point. Raise ``InvalidAnswer`` with a message for the person.
    """
    text = _normalised(typed)
    if question.type in ("text", "medicines"):
        return _free_text(question, typed)
    if not text:
        raise InvalidAnswer(_nothing_typed(question))
    if question.type == "date":
        return _date(text)
    return within_limits(question, _number(question, text, in_file=in_file))


def split_numbers(question: Question, typed: str) -> tuple[str, str] | None:
    """Return the two numbers of a question that may be typed as one, such as ``142/91``; ``None`` if it is not two."""
    if question.written_with is None:
        return None
    over = re.escape(bare(_("over")))
    match = re.fullmatch(rf"(\d{{1,9}}) ?(?:/|\\|:|{over}) ?(\d{{1,9}})( ?[^\d]*)", bare(_normalised(typed)))
    if match is None or (match[3].strip() and _unit(match[3].strip()) != _unit(question.unit or "")):
        return None
    return match[1], match[2]


def within_limits(question: Question, number: int | Decimal) -> int | Decimal:
    """Return the number if the question's hard limits allow it. Raise ``InvalidAnswer`` otherwise."""
    limits = question.limits
    if limits and not limits.minimum <= number <= limits.maximum:
        least, most = format_number(limits.minimum), _with_unit(question, limits.maximum)
        raise InvalidAnswer(_("This must be between {least} and {most}.").format(least=least, most=most))
    return number


def is_unusual(question: Question, answer: Entry) -> bool:
    """Return whether a number lies outside the usual range, so that the person should be asked to check it."""
    if question.usual is None or isinstance(answer, bool) or not isinstance(answer, int | Decimal):
        return False
    return not question.usual.minimum <= answer <= question.usual.maximum


def format_answer(question: Question, entry: Entry | None) -> str:
    """Return an entry in words, as the person sees it on the check page and in the summary."""
    match entry:
        case None:
            return absent_label(AbsentReason.NOT_ASKED)
        case AbsentReason():
            return absent_label(entry)
        case bool():
            return _("Yes") if entry else _("No")
        case frozenset():
            return "; ".join(option.label for option in question.options if option.code in entry)
        case datetime.date():
            return format_date(entry)
        case int() | Decimal():
            return _with_unit(question, entry)
    if question.type == "choice":
        return question.option[entry].label
    if question.type == "medicines" and entry:
        ending = [question.nothing or ""] if entry != without_closing(entry) else []
        return "; ".join([*without_closing(entry).split("\n"), *ending])
    return entry or question.nothing or ""


def absent_label(reason: AbsentReason) -> str:
    """Return why there is no answer, in the words by which the person chooses it."""
    return _(ABSENT_LABELS[reason])


def validate_answer(question: Question, entry: Entry) -> Entry:
    """Return the entry if the question accepts it. Raise ``InvalidAnswer`` otherwise."""
    if isinstance(entry, AbsentReason):
        if entry not in question.absent:
            raise InvalidAnswer(f'"{question.id}" cannot be left out as {entry}.')
        return entry
    if not _is_of_type(question, entry):
        raise InvalidAnswer(f'"{question.id}" takes {QUESTION_TYPES[question.type].expected}.')
    if question.type in ("integer", "decimal") and isinstance(entry, int | Decimal):
        within_limits(question, entry)
    if question.type == "choices" and isinstance(entry, frozenset):
        exclusive = [code for code in entry if question.option[code].exclusive]
        if exclusive and len(entry) > 1:
            raise InvalidAnswer(f'"{exclusive[0]}" cannot be chosen together with other answers.')
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
        case "text" | "medicines":
            shortest = 0 if question.nothing else 1
            return isinstance(answer, str) and shortest <= len(answer) <= LONGEST_TEXT


def _with_unit(question: Question, number: int | Decimal) -> str:
    return f"{format_number(number)} {question.unit}" if question.unit else format_number(number)


def _normalised(typed: str) -> str:
    """Write digits of any script in ASCII, and remove spaces at the ends and doubled ones."""
    return " ".join("".join(map(_normalised_character, typed)).split())


def _normalised_character(sign: str) -> str:
    """Normalise one character, but keep a raised or circled digit: 70² is not 702."""
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", sign)
    return sign if any(letter.isnumeric() for letter in plain) else plain


def _free_text(question: Question, typed: str) -> str:
    text = unicodedata.normalize("NFC", typed).strip()
    if is_blank(text):
        raise InvalidAnswer(_nothing_typed(question))
    if len(text) > LONGEST_TEXT:
        too_long = _("This is {length} characters long. Shorten it to {most}.")
        raise InvalidAnswer(too_long.format(length=len(text), most=LONGEST_TEXT))
    return text


def _nothing_typed(question: Question) -> str:
    """Return what to do where nothing was typed, with the other answers that this question has."""
    others = [f'"{absent_label(reason)}"' for reason in question.absent]
    if not others:
        return _("Type your answer.")
    *before, last = others
    either = _("{choices} or {last}").format(choices=", ".join(before), last=last) if before else last
    return _("Type your answer, or choose {others}.").format(others=either)


def _number(question: Question, text: str, *, in_file: bool) -> int | Decimal:
    whole = question.type == "integer"
    example = (
        _("Type a whole number in digits, such as 12.") if whole else _("Type a number in digits, such as 12 or 12.5.")
    )
    match = re.fullmatch(r"([+-]?\d{1,9})(?:([.,])(\d{1,6}))? ?(.*)", text)
    if re.match(r"\d+ ?(/|[^\W\d]+) ?\d", text):
        raise InvalidAnswer(_("Type one number only, such as 120."))
    if match is None or (match[4] and _unit(match[4]) != _unit(question.unit or "")):
        raise InvalidAnswer(example)
    before, separator, after = match.groups()[:3]
    if separator and len(after) == 3 and before.lstrip("+-") != "0" and not (in_file and separator == "."):
        _refuse_two_meanings(question, before, after, in_file=in_file)
    if not whole:
        return Decimal(f"{before}.{after}" if after else before)
    if after and after.strip("0"):
        raise InvalidAnswer(example)
    return int(before)


def _refuse_two_meanings(question: Question, before: str, after: str, *, in_file: bool) -> None:
    """Raise ``InvalidAnswer`` if a separator before three digits can mark thousands, and offer what it can mean."""
    thousands, decimal = int(before + after), Decimal(f"{before}.{after}")
    offered = []
    if _is_possible(question, decimal):
        if question.type == "decimal" and not _is_possible(question, thousands):
            return
        whole = question.type == "integer"
        offered.append(str(int(decimal) if whole else decimal) if whole or in_file else f"{format_number(decimal)}0")
    if _is_possible(question, thousands):
        offered.append(str(thousands))
    if len(offered) == 2:
        two = _("This could mean two numbers. Write {one} or {other}.")
        raise InvalidAnswer(two.format(one=offered[0], other=offered[1]))
    if offered:
        single = _("This could mean two numbers. If you mean {number}, write it like that.")
        raise InvalidAnswer(single.format(number=offered[0]))


def _is_possible(question: Question, number: int | Decimal) -> bool:
    """Return whether the limits and the type of the question allow a number."""
    whole = question.type != "integer" or number == int(number)
    return whole and (question.limits is None or question.limits.minimum <= number <= question.limits.maximum)


def _unit(written: str) -> str:
    """Return a unit in the form in which units are compared: ``m2`` equals ``m²``, and ``yrs`` equals ``years``."""
    unit = unicodedata.normalize("NFKC", written).casefold().rstrip(".")
    years = _(_YEARS).split()
    return years[0] if unit in years else unit


def _date(text: str) -> datetime.date:
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


def _is_short_number(part: str) -> bool:
    return re.fullmatch(r"[0-9]{1,4}", part) is not None


def _day(day: int, month: int, year: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise InvalidAnswer(_("The month must be between 1 and 12, or its name."))
    if not 1900 <= year <= 2100:
        raise InvalidAnswer(_("Write the year with four digits, such as 2024."))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        too_late = _("{month} {year} has {days} days. Check the day.")
        raise InvalidAnswer(too_late.format(month=month_name(month), year=year, days=last))
    return datetime.date(year, month, day)
