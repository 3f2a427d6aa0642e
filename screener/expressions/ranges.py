"""Relations and arithmetic of ranges: what holds for all numbers of two ranges, and between which ends results lie."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from screener.expressions import tree
from screener.expressions.facts import Range


def _less(first: Range, second: Range) -> bool | None:
    if first.high < second.low:
        return True
    return False if first.low >= second.high else None


def _at_most(first: Range, second: Range) -> bool | None:
    if first.high <= second.low:
        return True
    return False if first.low > second.high else None


def _equal(first: Range, second: Range) -> bool | None:
    if first.low > second.high or second.low > first.high:
        return False
    return True if first.low == first.high == second.low == second.high else None


def _unequal(first: Range, second: Range) -> bool | None:
    equal = _equal(first, second)
    return None if equal is None else not equal


DECIDE: dict[tree.Relation, Callable[[Range, Range], bool | None]] = {
    "<": _less,
    "<=": _at_most,
    ">": lambda first, second: _less(second, first),
    ">=": lambda first, second: _at_most(second, first),
    "==": _equal,
    "!=": _unequal,
}
"""Return whether a relation holds: for all numbers of the two ranges, for none, or (``None``) for some."""


def both(first: bool | None, second: bool | None) -> bool | None:
    """Return whether the questions of both numbers are enabled."""
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def _product(first: Range, second: Range) -> tuple[int | Fraction, int | Fraction]:
    corners = [first.low * second.low, first.low * second.high, first.high * second.low, first.high * second.high]
    return min(corners), max(corners)


def _quotient(first: Range, second: Range) -> tuple[int | Fraction, int | Fraction]:
    ends = sorted((Fraction(first.low) / second.low, Fraction(first.high) / second.low))
    return ends[0], ends[1]


ARITHMETIC: dict[str, Callable[[Range, Range], tuple[int | Fraction, int | Fraction]]] = {
    "-": lambda first, second: (first.low - second.high, first.high - second.low),
    "*": _product,
    "/": _quotient,
}
"""Return the least and the greatest result; of a sum, ``evaluate`` adds all terms at once."""
