"""The question type ``integer``: a whole number."""

from __future__ import annotations

from fractions import Fraction

from screener.i18n.gettext import _
from screener.model.types.base import Asked, PlainJson, TypeWords
from screener.model.types.number import NumberType


class IntegerType(NumberType[int], PlainJson[int]):
    """A whole number."""

    def how_to_write(self) -> str:
        return _("Type a whole number in digits, such as 12.")

    def from_digits(self, before: str, after: str) -> int:
        if after.strip("0"):
            raise ValueError("not a whole number")
        return int(before)

    def accepts(self, question: Asked, answer: object) -> bool:
        return isinstance(answer, int) and not isinstance(answer, bool)

    def answer(self, amount: int | Fraction) -> int:
        return int(amount)

    def to_file(self, answer: int) -> str:
        return str(answer)


INTEGER = IntegerType(
    words=TypeWords(
        "a whole number",
        "a number",
        "Compare it with a number, such as {name} >= 1.",
        "a whole number",
        "every number has the same effect",
    ),
    holds=int,
    seconds=15,
    takes=frozenset({"limits", "written_with"}),
    needs=frozenset({"limits"}),
)
