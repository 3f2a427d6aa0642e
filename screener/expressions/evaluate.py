"""Evaluation: a condition is true, false or unknown (``None``), a number is a range.

The logic is Kleene's strong three-valued logic. A missing number is the range of its possible values, so that a
comparison is decided as soon as no possible answer could change it. If a question is not enabled, every comparison with
it is false; if it may not be enabled, a comparison is false or unknown, never true. Only ``declined`` reads why an
answer is missing: the refusal of an enabled question makes it true, any other blank leaves it unknown. Each function
turns a tree into a closure once, which is called for every response.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from screener.expressions import tree
from screener.model.name_list import ListedGroups


class Range(NamedTuple):
    """A number known to lie between ``low`` and ``high`` inclusive; they are equal if it is known exactly.

    ``enabled`` is false if the question is not asked, and ``None`` if that is not known yet. ``refused`` is true if the
    person preferred not to say, and ``None`` if there is neither an answer nor a refusal.
    """

    low: int | Fraction
    high: int | Fraction
    enabled: bool | None = True
    refused: bool | None = False


class Missing(Enum):
    """The reason why a fact is missing: not answered yet; declined; perhaps never asked; not asked."""

    UNANSWERED = ("unanswered", True)
    DECLINED = ("declined", True)
    UNCERTAIN = ("uncertain", None)
    NOT_APPLICABLE = ("not applicable", False)

    def __init__(self, _word: str, enabled: bool | None) -> None:
        self.enabled = enabled
        """Whether the question is asked; ``None`` if that is not known."""

    # These are looked up for every blank in every rule, and Enum's own hash is slow Python.
    __hash__ = object.__hash__


Fact = bool | str | frozenset[str] | ListedGroups | Range | Missing
"""yes_no: bool; choice: its code; choices: the set of codes; an amount or a score: a range; or why it is missing."""
Facts = Mapping[str, Fact]

_UNDECIDED = {reason: False if reason is Missing.NOT_APPLICABLE else None for reason in Missing}
_NEGATED = {True: False, False: True, None: None}
_REFUSED = _UNDECIDED | {Missing.DECLINED: True}


def missing_range(low: int | Fraction, high: int | Fraction, missing: Missing) -> Range:
    """Return the range of the possible values of a number without an answer."""
    return Range(low, high, missing.enabled, _REFUSED[missing])


def truth(node: tree.Truth) -> Callable[[Facts], bool | None]:
    """Return a function from facts to true, false or unknown."""
    match node:
        case tree.YesNo(question):
            return _yes(question)
        case tree.Is(question, codes, negated):
            return _is(question, frozenset(codes), negated)
        case tree.Includes(question, code, negated):
            return _includes(question, code, negated)
        case tree.Answered(question):
            return _answered(question)
        case tree.Declined(question):
            return _declined(question)
        case tree.Compare(relation, left, right):
            return _compare(_DECIDE[relation], number(left), number(right))
        case tree.All(parts):
            return _all(tuple(truth(part) for part in parts))
        case tree.Any(parts):
            return _any(tuple(truth(part) for part in parts))
        case tree.Not(part):
            return _not(truth(part))


def number(node: tree.Number) -> Callable[[Facts], Range]:
    """Return a function from facts to a range."""
    match node:
        case tree.Constant(value):
            return _constant(Range(value, value))
        case tree.NumericAnswer(name) | tree.Total(name):
            return operator.itemgetter(name)
        case tree.ItemScore(question, scores):
            return _item_score(question, dict(scores))
        case tree.Arithmetic(sign, left, right):
            return _arithmetic(_ARITHMETIC[sign], number(left), number(right))
        case tree.Count(parts):
            return _count(tuple(truth(part) for part in parts))


def _yes(question: str) -> Callable[[Facts], bool | None]:
    def yes(facts: Facts) -> bool | None:
        fact = facts[question]
        return fact if isinstance(fact, bool) else _UNDECIDED[fact]  # type: ignore[index]

    return yes


def _is(question: str, codes: frozenset[str], negated: bool) -> Callable[[Facts], bool | None]:
    def is_one_of(facts: Facts) -> bool | None:
        fact = facts[question]
        return fact in codes if isinstance(fact, str) else _UNDECIDED[fact]  # type: ignore[index]

    def is_none_of(facts: Facts) -> bool | None:
        fact = facts[question]
        return fact not in codes if isinstance(fact, str) else _UNDECIDED[fact]  # type: ignore[index]

    return is_none_of if negated else is_one_of


def _includes(question: str, code: str, negated: bool) -> Callable[[Facts], bool | None]:
    def includes(facts: Facts) -> bool | None:
        fact = facts[question]
        if isinstance(fact, ListedGroups):
            return code in fact.groups or (False if fact.complete else None)
        return code in fact if isinstance(fact, frozenset) else _UNDECIDED[fact]  # type: ignore[index]

    def leaves_out(facts: Facts) -> bool | None:
        fact = facts[question]
        if isinstance(fact, ListedGroups):
            return code not in fact.groups and (True if fact.complete else None)
        return code not in fact if isinstance(fact, frozenset) else _UNDECIDED[fact]  # type: ignore[index]

    return leaves_out if negated else includes


def _answered(question: str) -> Callable[[Facts], bool | None]:
    def answered(facts: Facts) -> bool | None:
        fact = facts[question]
        if isinstance(fact, Range):
            return bool(fact.enabled and fact.low == fact.high) or (False if fact.enabled is False else None)
        empty = fact.empty if isinstance(fact, ListedGroups) else fact == ""
        return _UNDECIDED[fact] if isinstance(fact, Missing) else not empty

    return answered


def _declined(question: str) -> Callable[[Facts], bool | None]:
    def declined(facts: Facts) -> bool | None:
        fact = facts[question]
        if isinstance(fact, Range):
            return fact.refused if fact.enabled else fact.enabled
        return _REFUSED[fact] if isinstance(fact, Missing) else False

    return declined


def _all(parts: tuple[Callable[[Facts], bool | None], ...]) -> Callable[[Facts], bool | None]:
    def every(facts: Facts) -> bool | None:
        verdict: bool | None = True
        for part in parts:
            holds = part(facts)
            if holds is False:
                return False
            if holds is None:
                verdict = None
        return verdict

    return every


def _any(parts: tuple[Callable[[Facts], bool | None], ...]) -> Callable[[Facts], bool | None]:
    def some(facts: Facts) -> bool | None:
        verdict: bool | None = False
        for part in parts:
            holds = part(facts)
            if holds:
                return True
            if holds is None:
                verdict = None
        return verdict

    return some


def _not(part: Callable[[Facts], bool | None]) -> Callable[[Facts], bool | None]:
    return lambda facts: _NEGATED[part(facts)]


def _compare(
    decide: Callable[[Range, Range], bool | None],
    left: Callable[[Facts], Range],
    right: Callable[[Facts], Range],
) -> Callable[[Facts], bool | None]:
    def compare(facts: Facts) -> bool | None:
        first, second = left(facts), right(facts)
        if first.enabled is False or second.enabled is False:
            return False
        decided = decide(first, second)
        if decided and (first.enabled is None or second.enabled is None):
            return None
        return decided

    return compare


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


_DECIDE: dict[tree.Relation, Callable[[Range, Range], bool | None]] = {
    "<": _less,
    "<=": _at_most,
    ">": lambda first, second: _less(second, first),
    ">=": lambda first, second: _at_most(second, first),
    "==": _equal,
    "!=": _unequal,
}


def _constant(fixed: Range) -> Callable[[Facts], Range]:
    return lambda facts: fixed


def _item_score(question: str, scores: dict[str, int]) -> Callable[[Facts], Range]:
    low, high = min(scores.values()), max(scores.values())
    ranges: dict[Fact, Range] = {code: Range(score, score) for code, score in scores.items()}
    ranges |= {missing: missing_range(low, high, missing) for missing in Missing}
    return lambda facts: ranges[facts[question]]


def _arithmetic(
    combine: Callable[[Range, Range], tuple[int | Fraction, int | Fraction]],
    left: Callable[[Facts], Range],
    right: Callable[[Facts], Range],
) -> Callable[[Facts], Range]:
    def arithmetic(facts: Facts) -> Range:
        first, second = left(facts), right(facts)
        return Range(*combine(first, second), _both(first.enabled, second.enabled))

    return arithmetic


def _both(first: bool | None, second: bool | None) -> bool | None:
    if first is False or second is False:
        return False
    return None if first is None or second is None else True


def _product(first: Range, second: Range) -> tuple[int | Fraction, int | Fraction]:
    corners = [first.low * second.low, first.low * second.high, first.high * second.low, first.high * second.high]
    return min(corners), max(corners)


def _quotient(first: Range, second: Range) -> tuple[int | Fraction, int | Fraction]:
    ends = sorted((Fraction(first.low) / second.low, Fraction(first.high) / second.low))
    return ends[0], ends[1]


_ARITHMETIC: dict[str, Callable[[Range, Range], tuple[int | Fraction, int | Fraction]]] = {
    "+": lambda first, second: (first.low + second.low, first.high + second.high),
    "-": lambda first, second: (first.low - second.high, first.high - second.low),
    "*": _product,
    "/": _quotient,
}


def _count(parts: tuple[Callable[[Facts], bool | None], ...]) -> Callable[[Facts], Range]:
    def count(facts: Facts) -> Range:
        certain = possible = 0
        for part in parts:
            holds = part(facts)
            certain += holds is True
            possible += holds is not False
        return Range(certain, possible)

    return count
