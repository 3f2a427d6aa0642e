"""The question type ``decimal``: a number with decimal places."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from screener.i18n.gettext import _
from screener.model.types.base import Asked, Json, TypeWords
from screener.model.types.number import NumberType


class DecimalType(NumberType[Decimal]):
    """A number with decimal places."""

    whole = False

    def how_to_write(self) -> str:
        return _("Type a number in digits, such as 12 or 12.5.")

    def from_digits(self, before: str, after: str) -> Decimal:
        return Decimal(f"{before}.{after}" if after else before)

    def accepts(self, question: Asked, answer: object) -> bool:
        return isinstance(answer, Decimal) and answer.is_finite()

    def answer(self, amount: int | Fraction) -> Decimal:
        return Decimal(amount.numerator) / amount.denominator

    def to_file(self, answer: Decimal) -> str:
        """Write at most six decimal places, and never exactly three, which could also be thousands."""
        whole, _point, places = f"{answer:.6f}".partition(".")
        places = places.rstrip("0")
        if len(places) == 3:
            places += "0"
        return f"{whole}.{places}" if places else whole

    def to_json(self, answer: Decimal) -> Json:
        return str(answer)

    def from_json(self, written: Json) -> Decimal:
        return Decimal(written)

    def to_data(self, question: Asked, answer: Decimal) -> Json:
        return int(answer) if answer == answer.to_integral_value() else float(answer)

    def from_data(self, coded: Json) -> Decimal:
        return Decimal(repr(coded)) if isinstance(coded, float) else Decimal(coded)


DECIMAL = DecimalType(
    words=TypeWords(
        "a number",
        "a number",
        "Compare it with a number, such as {name} >= 1.",
        "a number",
        "every number has the same effect",
    ),
    holds=Decimal,
    seconds=15,
    takes=frozenset({"limits"}),
    needs=frozenset({"limits"}),
    json_key="decimal",
)
