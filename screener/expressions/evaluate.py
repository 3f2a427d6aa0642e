"""Evaluation: a condition is true, false or unknown (``None``), a number is a range.

The logic is Kleene's strong three-valued logic. A missing number is the range of its possible values, so that a
comparison is decided as soon as no possible answer could change it. If a question is not enabled, every comparison with
it is false; if it may not be enabled, a comparison is false or unknown, never true. Only ``declined`` reads why an
answer is missing: the refusal of an enabled question makes it true, any other blank leaves it unknown. Each function
turns a tree into a closure once, which is called for every response.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction

from screener.expressions import tree
from screener.expressions.facts import HALF_A_DAY, REFUSED, UNDECIDED, minutes_between
from screener.expressions.facts import Fact as Fact
from screener.expressions.facts import Facts as Facts
from screener.expressions.facts import Missing as Missing
from screener.expressions.facts import Range as Range
from screener.expressions.facts import missing_range as missing_range
from screener.expressions.ranges import ARITHMETIC, DECIDE, both
from screener.model.name_list import ListedGroups

_NEGATED = {True: False, False: True, None: None}


def truth(node: tree.Truth) -> Callable[[Facts], bool | None]:
    """Return a function from facts to true, false or unknown."""
    match node:
        case tree.YesNo(question):
            return _yes(question)
        case tree.Is(question, codes, negated):
            return _is(question, frozenset(codes), negated)
        case tree.Includes(question, code, negated):
            return _leaves_out(question, code) if negated else _includes_any(question, frozenset({code}))
        case tree.Answered(question):
            return _answered(question)
        case tree.Declined(question):
            return _declined(question)
        case tree.Compare(relation, left, right):
            return _compare(DECIDE[relation], number(left), number(right))
        case tree.All(parts):
            return _all(tuple(truth(part) for part in parts))
        case tree.Any(parts):
            return _any(tuple(_alternatives(parts)))
        case tree.Not(part):
            return _not(truth(part))
        case tree.Occurring(part=part):
            return truth(part)


def number(node: tree.Number) -> Callable[[Facts], Range]:
    """Return a function from facts to a range."""
    match node:
        case tree.Constant(value):
            return _constant(Range(value, value))
        case tree.NumericAnswer(name) | tree.Total(name):
            return operator.itemgetter(name)
        case tree.ItemScore(question, scores):
            return _item_score(question, dict(scores))
        case tree.Arithmetic("+", left, right):
            return _sum((*_terms(left), *_terms(right)))
        case tree.Arithmetic(sign, left, right):
            return _arithmetic(ARITHMETIC[sign], number(left), number(right))
        case tree.Count(parts):
            return _count(tuple(truth(part) for part in parts))
        case tree.LastAnswer(cases=cases, low=low, high=high):
            return _last(tuple((truth(is_last), number(answer)) for is_last, answer in cases), low, high)
        case tree.Minutes(start, end):
            return _minutes(number(start), number(end))


def _yes(question: str) -> Callable[[Facts], bool | None]:
    def yes(facts: Facts) -> bool | None:
        fact = facts[question]
        return fact if isinstance(fact, bool) else UNDECIDED[fact]  # type: ignore[index]

    return yes


def _is(question: str, codes: frozenset[str], negated: bool) -> Callable[[Facts], bool | None]:
    def is_one_of(facts: Facts) -> bool | None:
        fact = facts[question]
        return fact in codes if isinstance(fact, str) else UNDECIDED[fact]  # type: ignore[index]

    def is_none_of(facts: Facts) -> bool | None:
        fact = facts[question]
        return fact not in codes if isinstance(fact, str) else UNDECIDED[fact]  # type: ignore[index]

    return is_none_of if negated else is_one_of


def _includes_any(question: str, codes: frozenset[str]) -> Callable[[Facts], bool | None]:
    def includes_any(facts: Facts) -> bool | None:
        fact = facts[question]
        if isinstance(fact, frozenset):
            return not codes.isdisjoint(fact)
        if isinstance(fact, ListedGroups):
            return not codes.isdisjoint(fact.groups) or (False if fact.complete else None)
        return UNDECIDED[fact]  # type: ignore[index]

    return includes_any


def _leaves_out(question: str, code: str) -> Callable[[Facts], bool | None]:
    def leaves_out(facts: Facts) -> bool | None:
        fact = facts[question]
        if isinstance(fact, ListedGroups):
            return code not in fact.groups and (True if fact.complete else None)
        return code not in fact if isinstance(fact, frozenset) else UNDECIDED[fact]  # type: ignore[index]

    return leaves_out


def _answered(question: str) -> Callable[[Facts], bool | None]:
    def answered(facts: Facts) -> bool | None:
        fact = facts[question]
        if isinstance(fact, Range):
            return bool(fact.enabled and fact.low == fact.high) or (False if fact.enabled is False else None)
        empty = fact.empty if isinstance(fact, ListedGroups) else fact == ""
        return UNDECIDED[fact] if isinstance(fact, Missing) else not empty

    return answered


def _declined(question: str) -> Callable[[Facts], bool | None]:
    def declined(facts: Facts) -> bool | None:
        fact = facts[question]
        if isinstance(fact, Range):
            return fact.refused if fact.enabled else fact.enabled
        return REFUSED[fact] if isinstance(fact, Missing) else False

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


def _alternatives(parts: tuple[tree.Truth, ...]) -> Iterator[Callable[[Facts], bool | None]]:
    """Yield a function for each part, and one for all parts that look for an option of the same question."""
    codes: dict[str, set[str]] = {}
    for part in parts:
        if isinstance(part, tree.Includes) and not part.negated:
            codes.setdefault(part.question, set()).add(part.code)
        else:
            yield truth(part)
    yield from (_includes_any(question, frozenset(wanted)) for question, wanted in codes.items())


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
        return Range(*combine(first, second), both(first.enabled, second.enabled))

    return arithmetic


def _terms(node: tree.Number) -> tuple[Callable[[Facts], Range], ...]:
    match node:
        case tree.Arithmetic("+", left, right):
            return (*_terms(left), *_terms(right))
    return (number(node),)


def _sum(terms: tuple[Callable[[Facts], Range], ...]) -> Callable[[Facts], Range]:
    def total(facts: Facts) -> Range:
        low: int | Fraction = 0
        high: int | Fraction = 0
        enabled: bool | None = True
        for term in terms:
            least, most, is_enabled, _ = term(facts)
            low += least
            high += most
            if is_enabled is not True:
                enabled = both(enabled, is_enabled)
        return Range(low, high, enabled)

    return total


def _count(parts: tuple[Callable[[Facts], bool | None], ...]) -> Callable[[Facts], Range]:
    def count(facts: Facts) -> Range:
        certain = possible = 0
        for part in parts:
            holds = part(facts)
            certain += holds is True
            possible += holds is not False
        return Range(certain, possible)

    return count


def _last(
    cases: tuple[tuple[Callable[[Facts], bool | None], Callable[[Facts], Range]], ...],
    low: int | Fraction,
    high: int | Fraction,
) -> Callable[[Facts], Range]:
    def last(facts: Facts) -> Range:
        enabled: bool | None = False
        for is_last, answer in cases:
            holds = is_last(facts)
            if holds:
                return answer(facts)
            if holds is None:
                enabled = None
        return Range(low, high, enabled)

    return last


def _minutes(start: Callable[[Facts], Range], end: Callable[[Facts], Range]) -> Callable[[Facts], Range]:
    def minutes(facts: Facts) -> Range:
        first, second = start(facts), end(facts)
        enabled = both(first.enabled, second.enabled)
        if first.low == first.high and second.low == second.high:
            apart = minutes_between(int(first.low), int(second.low))
            return Range(apart, apart, enabled)
        return Range(-HALF_A_DAY, HALF_A_DAY - 1, enabled)

    return minutes
