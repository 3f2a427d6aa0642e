"""A condition as formulas for Z3, over all answers that a person could give.

It mirrors ``evaluate`` node by node. That module works out one response, this one all of them: a truth is a pair of
formulas, a number is a range of terms. It needs the extra ``prove``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

import z3

from screener.expressions import tree
from screener.expressions.facts import HALF_A_DAY


class Z3Truth(NamedTuple):
    """The formulas for true and for false; the condition is unknown if neither holds. Both never hold at once."""

    true: z3.BoolRef
    false: z3.BoolRef

    @property
    def unknown(self) -> z3.BoolRef:
        return z3.And(z3.Not(self.true), z3.Not(self.false))


ALWAYS = Z3Truth(z3.BoolVal(True), z3.BoolVal(False))


class Z3Number(NamedTuple):
    """A number known to lie between two terms inclusive; ``enabled`` as in ``evaluate.Range``."""

    low: z3.ArithRef
    high: z3.ArithRef
    enabled: Z3Truth = ALWAYS


@dataclass(frozen=True)
class Z3Answer:
    """Any entry for one question. Of ``yes``, ``chosen`` and ``number``, only the one for its type is filled."""

    has_answer: z3.BoolRef
    """The question is enabled and has an answer; otherwise ``enabled`` decides how it is missing."""
    enabled: Z3Truth
    yes: z3.BoolRef | None = None
    chosen: Mapping[str, z3.BoolRef] = field(default_factory=dict)
    """Option code to "this option is chosen"."""
    number: z3.ArithRef | None = None
    """The amount of the answer to an integer, a decimal or a date question, and the like."""
    declined: z3.BoolRef = field(default_factory=lambda: z3.BoolVal(False))
    """The question is enabled and has no answer, because the person preferred not to say."""
    nothing: z3.BoolRef | None = None
    """The answer to a question for own words that offers "nothing" is just that."""
    complete: z3.BoolRef | None = None
    """The answer is a list that names everything, so that a group that is not in it is left out."""


Z3Facts = Mapping[str, Z3Answer | Z3Number]
"""Question id to an answer, score id to a number."""


def truth(node: tree.Truth, facts: Z3Facts) -> Z3Truth:
    """Return when the condition is true and when it is false. ``facts`` holds every name in it."""
    match node:
        case tree.YesNo(question):
            answer = _answer(facts, question)
            return _truth_of(answer, answer.yes)
        case tree.Is(question, codes, negated):
            answer = _answer(facts, question)
            among = z3.Or([answer.chosen[code] for code in codes])
            return _truth_of(answer, z3.Not(among) if negated else among)
        case tree.Includes(question, code, negated):
            answer = _answer(facts, question)
            included = _truth_of(answer, answer.chosen[code])
            if answer.complete is not None:
                included = Z3Truth(included.true, z3.Or(z3.And(included.false, answer.complete), answer.enabled.false))
                if negated:
                    without = z3.And(answer.has_answer, answer.complete, z3.Not(answer.chosen[code]))
                    return Z3Truth(without, z3.Or(included.true, answer.enabled.false))
            return _truth_of(answer, z3.Not(answer.chosen[code])) if negated else included
        case tree.Answered(question):
            answer = _answer(facts, question)
            return _truth_of(answer, z3.BoolVal(True) if answer.nothing is None else z3.Not(answer.nothing))
        case tree.Declined(question):
            return _declined(_answer(facts, question))
        case tree.Compare(relation, left, right):
            return _compare(relation, number(left, facts), number(right, facts))
        case tree.All(parts):
            truths = [truth(part, facts) for part in parts]
            return Z3Truth(z3.And([part.true for part in truths]), z3.Or([part.false for part in truths]))
        case tree.Any(parts):
            truths = [truth(part, facts) for part in parts]
            return Z3Truth(z3.Or([part.true for part in truths]), z3.And([part.false for part in truths]))
        case tree.Not(part):
            inner = truth(part, facts)
            return Z3Truth(inner.false, inner.true)
        case tree.Occurring(part=part):
            return truth(part, facts)


def number(node: tree.Number, facts: Z3Facts) -> Z3Number:
    """Return the range of the number. ``facts`` holds every name in it."""
    match node:
        case tree.Constant(value):
            return Z3Number(term(value), term(value))
        case tree.NumericAnswer(question, low, high):
            answer = _answer(facts, question)
            return _measured(answer, answer.number, low, high)
        case tree.ItemScore(question, scores):
            answer = _answer(facts, question)
            worth = z3.Sum([z3.If(answer.chosen[code], term(score), term(0)) for code, score in scores])
            values = [score for _, score in scores]
            return _measured(answer, worth, min(values), max(values))
        case tree.Total(score):
            total = facts[score]
            assert isinstance(total, Z3Number)
            return total
        case tree.Arithmetic(sign, left, right):
            return _arithmetic(sign, number(left, facts), number(right, facts))
        case tree.Count(parts):
            truths = [truth(part, facts) for part in parts]
            certain = z3.Sum([z3.If(part.true, term(1), term(0)) for part in truths])
            possible = z3.Sum([z3.If(part.false, term(0), term(1)) for part in truths])
            return Z3Number(certain, possible)
        case tree.LastAnswer(cases=cases, low=low, high=high):
            return _last([(truth(is_last, facts), number(answer, facts)) for is_last, answer in cases], low, high)
        case tree.Minutes(start, end):
            return _minutes(number(start, facts), number(end, facts))


def term(number: int | Fraction) -> z3.ArithRef:
    """Return a number as a Z3 term, without rounding."""
    return z3.IntVal(number) if isinstance(number, int) else z3.Q(number.numerator, number.denominator)


def _answer(facts: Z3Facts, question: str) -> Z3Answer:
    answer = facts[question]
    assert isinstance(answer, Z3Answer)
    return answer


def _truth_of(answer: Z3Answer, so: z3.BoolRef) -> Z3Truth:
    """Return a truth that follows the answer; it is false if the question is not enabled, else unknown."""
    no = z3.And(answer.has_answer, z3.Not(so))
    return Z3Truth(z3.And(answer.has_answer, so), z3.Or(no, answer.enabled.false))


def _declined(answer: Z3Answer) -> Z3Truth:
    """Return true after a refusal, false after an answer or if the question is not enabled; otherwise unknown."""
    return Z3Truth(answer.declined, z3.Or(answer.has_answer, answer.enabled.false))


def _measured(answer: Z3Answer, amount: z3.ArithRef, low: int | Fraction, high: int | Fraction) -> Z3Number:
    return Z3Number(
        z3.If(answer.has_answer, amount, term(low)),
        z3.If(answer.has_answer, amount, term(high)),
        answer.enabled,
    )


def _compare(relation: tree.Relation, first: Z3Number, second: Z3Number) -> Z3Truth:
    yes, no = _decide(relation, first, second)
    return Z3Truth(
        z3.And(yes, first.enabled.true, second.enabled.true),
        z3.Or(no, first.enabled.false, second.enabled.false),
    )


def _decide(relation: tree.Relation, first: Z3Number, second: Z3Number) -> tuple[z3.BoolRef, z3.BoolRef]:
    match relation:
        case "<":
            return first.high < second.low, first.low >= second.high
        case "<=":
            return first.high <= second.low, first.low > second.high
        case ">" | ">=":
            return _decide("<" if relation == ">" else "<=", second, first)
        case "==":
            equal = z3.And(first.low == first.high, second.low == second.high, first.low == second.low)
            return equal, z3.Or(first.low > second.high, second.low > first.high)
        case "!=":
            equal, unequal = _decide("==", first, second)
            return unequal, equal


def _arithmetic(sign: str, first: Z3Number, second: Z3Number) -> Z3Number:
    enabled = Z3Truth(
        z3.And(first.enabled.true, second.enabled.true),
        z3.Or(first.enabled.false, second.enabled.false),
    )
    match sign:
        case "+":
            return Z3Number(first.low + second.low, first.high + second.high, enabled)
        case "-":
            return Z3Number(first.low - second.high, first.high - second.low, enabled)
        case "*":
            ends = [end * factor for end in first[:2] for factor in second[:2]]
        case _:
            ends = [_real(end) / _real(second.low) for end in first[:2]]
    least = reduce(lambda a, b: z3.If(a <= b, a, b), ends)
    return Z3Number(least, reduce(lambda a, b: z3.If(a >= b, a, b), ends), enabled)


def _real(arithmetic: z3.ArithRef) -> z3.ArithRef:
    return z3.ToReal(arithmetic) if z3.is_int(arithmetic) else arithmetic


def _last(cases: list[tuple[Z3Truth, Z3Number]], low: int | Fraction, high: int | Fraction) -> Z3Number:
    least, most = term(low), term(high)
    enabled, not_enabled = [z3.BoolVal(False)], [z3.And([is_last.false for is_last, _answer in cases])]
    for is_last, answer in cases:
        least = z3.If(is_last.true, answer.low, least)
        most = z3.If(is_last.true, answer.high, most)
        enabled.append(z3.And(is_last.true, answer.enabled.true))
        not_enabled.append(z3.And(is_last.true, answer.enabled.false))
    return Z3Number(least, most, Z3Truth(z3.Or(enabled), z3.Or(not_enabled)))


def _minutes(start: Z3Number, end: Z3Number) -> Z3Number:
    apart = end.low - start.low
    early = z3.If(apart < -HALF_A_DAY, apart + 2 * HALF_A_DAY, apart)
    apart = z3.If(apart >= HALF_A_DAY, apart - 2 * HALF_A_DAY, early)
    both_known = z3.And(start.low == start.high, end.low == end.high)
    enabled = Z3Truth(z3.And(start.enabled.true, end.enabled.true), z3.Or(start.enabled.false, end.enabled.false))
    return Z3Number(z3.If(both_known, apart, -HALF_A_DAY), z3.If(both_known, apart, HALF_A_DAY - 1), enabled)
