"""What whole numbers and decimal ones have in common: how they are typed, their unit and their limits."""

from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from screener.i18n.formats import format_number
from screener.i18n.gettext import N_, _
from screener.model.question_parts import Limits
from screener.model.types.base import AmountType, Asked, InvalidAnswer, exact, normalised

N = TypeVar("N", int, Decimal)

_YEARS = N_("years year yrs yr y")
"""The words for years, as people write them behind a number."""


class NumberType(AmountType[N]):
    """A number with limits, and perhaps a unit."""

    @abstractmethod
    def how_to_write(self) -> str:
        """Return how to write an answer, with an example."""

    @abstractmethod
    def from_digits(self, before: str, after: str) -> N:
        """Return the number with these digits before and after the decimal sign. Raise ``ValueError``."""

    def parse(self, question: Asked, typed: str, *, in_file: bool) -> N:
        """Return the number that was typed. Nothing is dropped or guessed.

        ``70,5`` is 70.5, and ``1,000`` is refused where it could be two numbers. In a file a point is always a decimal
        point.
        """
        text = normalised(typed)
        match = re.fullmatch(r"([+-]?\d{1,9})(?:([.,])(\d{1,6}))? ?(.*)", text)
        if re.match(r"\d+ ?(/|[^\W\d]+) ?\d", text):
            raise InvalidAnswer(_("Type one number only, such as 120."))
        if match is None or (match[4] and unit(match[4]) != unit(question.unit or "")):
            raise InvalidAnswer(self.how_to_write())
        before, separator, after = match.groups()[:3]
        if separator and len(after) == 3 and before.lstrip("+-") != "0" and not (in_file and separator == "."):
            self._refuse_two_meanings(question, before, after, in_file=in_file)
        try:
            number = self.from_digits(before, after or "")
        except ValueError:
            raise InvalidAnswer(self.how_to_write()) from None
        self.refuse(question, number)
        return number

    def refuse(self, question: Asked, answer: N) -> None:
        limits = question.limits
        if limits and not limits.minimum <= answer <= limits.maximum:
            least, most = format_number(limits.minimum), _with_unit(question, limits.maximum)
            raise InvalidAnswer(_("This must be between {least} and {most}.").format(least=least, most=most))

    def doubts(self, question: Asked, answer: N) -> Iterator[str]:
        if question.usual and not question.usual.minimum <= answer <= question.usual.maximum:
            yield _("You typed {answer}. Is that right?").format(answer=self.format(question, answer))

    def format(self, question: Asked, answer: N) -> str:
        return _with_unit(question, answer)

    def as_typed(self, question: Asked, answer: N) -> str:
        return format_number(answer)

    def hint(self, question: Asked) -> str:
        return _("Write a number in {unit}.").format(unit=question.unit) if question.unit else ""

    def example(self, question: Asked) -> N:
        limits = question.usual or question.limits
        assert limits
        return self.answer(exact(limits.minimum))

    def bounds(self, question: Asked) -> tuple[int | Fraction, int | Fraction]:
        return _ends(question.limits) or (0, 0)

    def usual_bounds(self, question: Asked) -> tuple[int | Fraction, int | Fraction] | None:
        return _ends(question.usual)

    def amount(self, answer: N) -> int | Fraction:
        return exact(Decimal(answer))

    def _refuse_two_meanings(self, question: Asked, before: str, after: str, *, in_file: bool) -> None:
        """Raise ``InvalidAnswer`` if a separator before three digits can mark thousands, and offer what it can mean."""
        thousands, decimal = int(before + after), Decimal(f"{before}.{after}")
        offered = []
        if self._is_possible(question, decimal):
            if not self.whole and not self._is_possible(question, thousands):
                return
            written = str(int(decimal) if self.whole else decimal)
            offered.append(written if self.whole or in_file else f"{format_number(decimal)}0")
        if self._is_possible(question, thousands):
            offered.append(str(thousands))
        if len(offered) == 2:
            two = _("This could mean two numbers. Write {one} or {other}.")
            raise InvalidAnswer(two.format(one=offered[0], other=offered[1]))
        if offered:
            single = _("This could mean two numbers. If you mean {number}, write it like that.")
            raise InvalidAnswer(single.format(number=offered[0]))

    def _is_possible(self, question: Asked, number: int | Decimal) -> bool:
        """Return whether the limits and the type of the question allow a number."""
        fits = not self.whole or number == int(number)
        return fits and (question.limits is None or question.limits.minimum <= number <= question.limits.maximum)


def unit(written: str) -> str:
    """Return a unit in the form to compare it: ``m2`` equals ``m²``, and ``yrs`` equals ``years``."""
    plain = unicodedata.normalize("NFKC", written).casefold().rstrip(".")
    years = _(_YEARS).split()
    return years[0] if plain in years else plain


def _ends(limits: Limits | None) -> tuple[int | Fraction, int | Fraction] | None:
    return (exact(limits.minimum), exact(limits.maximum)) if limits else None


def _with_unit(question: Asked, number: int | Decimal) -> str:
    return f"{format_number(number)} {question.unit}" if question.unit else format_number(number)
