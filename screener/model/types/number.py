"""What whole numbers and decimal ones have in common: how they are typed, their unit and their limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from screener.i18n.formats import format_number
from screener.i18n.gettext import N_, _
from screener.model.question_parts import Limits
from screener.model.types.base import Asked, Ends, InvalidAnswer, exact, normalised

N = TypeVar("N", int, Decimal)

_YEARS = N_("years year yrs yr y")
"""The words for years, as people write them behind a number."""
_OF_ONE = N_("years=year hours=hour days=day weeks=week months=month minutes=minute")
"""What a unit is called behind the number one."""


def parser(
    of_digits: Callable[[str, str], N | None], how_to_write: str, *, whole: bool
) -> Callable[[Asked, str, bool], N]:
    """Return what reads a number with its unit. ``of_digits`` gets the digits before and after the decimal sign.

    Nothing is dropped or guessed: ``70,5`` is 70.5, and ``1,000`` is refused where it could be two numbers. In a file
    a point is always a decimal point.
    """

    def parse(question: Asked, typed: str, in_file: bool) -> N:
        text = normalised(typed)
        match = re.fullmatch(r"([+-]?\d{1,9})(?:([.,])(\d{1,6}))? ?(.*)", text)
        if re.match(r"\d+ ?(/|[^\W\d]+) ?\d", text):
            raise InvalidAnswer(_one_number(question))
        if match is None:
            raise InvalidAnswer(_(how_to_write))
        if match[4] and comparable_unit(match[4]) != comparable_unit(question.unit or ""):
            # Whoever wrote 150 lb and is told of digits alone would type 150 next.
            is_word = re.fullmatch(r"[^\d.,]+\.?", match[4]) is not None
            raise InvalidAnswer((is_word and hint(question)) or _(how_to_write))
        before, separator, after = match.groups()[:3]
        if separator and len(after) == 3 and before.lstrip("+-") != "0" and not (in_file and separator == "."):
            _refuse_two_meanings(question, before, after, whole=whole, in_file=in_file)
        number = of_digits(before, after or "")
        if number is None:
            raise InvalidAnswer(_(how_to_write))
        refuse(question, number)
        return number

    return parse


def refuse(question: Asked, number: int | Decimal) -> None:
    """Raise ``InvalidAnswer`` if the number is outside the question's hard limits."""
    limits = question.limits
    if limits and not limits.minimum <= number <= limits.maximum:
        least, most = format_number(limits.minimum), with_unit(question, limits.maximum)
        raise InvalidAnswer(_("This must be between {least} and {most}.").format(least=least, most=most))


def doubts(question: Asked, number: int | Decimal) -> Iterator[str]:
    """Ask whether a number outside the usual range is right."""
    if question.usual and not question.usual.minimum <= number <= question.usual.maximum:
        yield _("You typed {answer}. Is that right?").format(answer=with_unit(question, number))


def with_unit(question: Asked, number: int | Decimal) -> str:
    """Return the number as people read it."""
    if not question.unit:
        return format_number(number)
    of_one = dict(pair.split("=") for pair in _(_OF_ONE).split())
    unit = of_one.get(question.unit, question.unit) if number == 1 else question.unit
    return f"{format_number(number)} {unit}"


def hint(question: Asked) -> str:
    """Return which unit the number has."""
    return _("Write a number in {unit}.").format(unit=question.unit) if question.unit else ""


def _one_number(question: Asked) -> str:
    if question.unit:
        return _("Type one number only, in {unit}.").format(unit=question.unit)
    return _("Type one number only.")


def least(question: Asked) -> Decimal:
    """Return the least usual number, as an example."""
    limits = question.usual or question.limits
    return limits.minimum if limits else Decimal(0)


def limits(question: Asked) -> Ends:
    """Return the hard limits."""
    return _ends(question.limits) or (0, 0)


def usual_limits(question: Asked) -> Ends | None:
    """Return the limits outside which the person is asked to check the number."""
    return _ends(question.usual)


def comparable_unit(written: str) -> str:
    """Return a unit in the form in which it is compared: ``m2`` equals ``m²``, and ``yrs`` equals ``years``."""
    unit = unicodedata.normalize("NFKC", written).casefold().rstrip(".")
    years = _(_YEARS).split()
    return years[0] if unit in years else unit


def _ends(limits: Limits | None) -> Ends | None:
    return (exact(limits.minimum), exact(limits.maximum)) if limits else None


def _refuse_two_meanings(question: Asked, before: str, after: str, *, whole: bool, in_file: bool) -> None:
    """Raise ``InvalidAnswer`` if a separator before three digits can mark thousands, and offer what it can mean."""
    thousands, decimal = int(before + after), Decimal(f"{before}.{after}")
    offered = []
    if _is_possible(question, decimal, whole):
        if not whole and not _is_possible(question, thousands, whole):
            return
        offered.append(str(int(decimal) if whole else decimal) if whole or in_file else f"{format_number(decimal)}0")
    if _is_possible(question, thousands, whole):
        offered.append(str(thousands))
    if len(offered) == 2:
        two = _("This could mean two numbers. Write {one} or {other}.")
        raise InvalidAnswer(two.format(one=offered[0], other=offered[1]))
    if offered:
        single = _("This could mean two numbers. If you mean {number}, write it like that.")
        raise InvalidAnswer(single.format(number=offered[0]))


def _is_possible(question: Asked, number: int | Decimal, whole: bool) -> bool:
    """Return whether the limits and the type of the question allow a number."""
    fits = not whole or number == int(number)
    return fits and (question.limits is None or question.limits.minimum <= number <= question.limits.maximum)
