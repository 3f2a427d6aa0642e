"""The other entries that could be given for a question, as far as conditions can tell them apart.

These are every option of a choice; the sets of options that conditions name; amounts equal or next to those
that conditions compare them with; and no answer, also as a refusal if a condition reads one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, assert_never

from screener.expressions import tree
from screener.expressions.evaluate import Facts, Range
from screener.model.question_types import TYPES, amount_of
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import Amount, Choice, Choices, OwnWords, YesOrNo

_NOTHING: Facts = {}
_FEW = 6
"""The largest number of options named by conditions for which every combination is tried."""


def alternatives(
    question: Question, nodes: Sequence[tree.Node], entries: Mapping[str, Entry], previous: Facts = _NOTHING
) -> list[Entry]:
    """Return the other entries for a question, the nearest to the present one first, and no answer last."""
    now = entries.get(question.id)
    entries_to_try: list[Entry] = []
    match TYPES[question.type]:
        case YesOrNo():
            entries_to_try = [True, False]
        case Choice():
            entries_to_try = [option.code for option in question.options]
        case Choices():
            entries_to_try = list(_choices(question, nodes, now))
        case Amount() as kind:
            entries_to_try = list(_amounts(question, kind, nodes, now, entries, previous))
        case OwnWords():
            entries_to_try = [""] if question.nothing else []
        case other:
            assert_never(other)
    if any(question.id in tree.refusals(node) for node in nodes):
        entries_to_try += [AbsentReason.DECLINED, *question.absent]
    elif now is not None and not isinstance(now, AbsentReason):
        entries_to_try.append(AbsentReason.DECLINED)
    return [entry for entry in dict.fromkeys(entries_to_try) if entry != now]


def _choices(question: Question, nodes: Sequence[tree.Node], now: Entry | None) -> list[frozenset[str]]:
    """Return the sets of options that conditions can tell apart from the present one, the most similar first."""
    present: frozenset[str] = now if isinstance(now, frozenset) else frozenset()
    exclusive = {option.code for option in question.options if option.exclusive}
    named = {
        part.code
        for node in nodes
        for part in tree.walk(node)
        if isinstance(part, tree.Includes) and part.question == question.id
    } - exclusive
    unnamed = present - named - exclusive
    if len(named) <= _FEW:
        sets: list[frozenset[str]] = [
            unnamed | {*some} for size in range(len(named) + 1) for some in combinations(sorted(named), size)
        ]
    else:
        sets = [unnamed, *(present - exclusive ^ {code} for code in sorted(named))]
    sets += [frozenset({code}) for code in question.option]
    order = list(question.option)

    def unlike(some: frozenset[str]) -> tuple[int, bool, list[int]]:
        return len(some ^ present), not some & exclusive, sorted(order.index(code) for code in some)

    return [*sorted((some for some in dict.fromkeys(sets) if some), key=unlike)]


def _amounts(
    question: Question,
    kind: Amount[Any],
    nodes: Sequence[tree.Node],
    now: Entry | None,
    entries: Mapping[str, Entry],
    previous: Facts,
) -> Iterator[Entry]:
    """Yield amounts equal or next to those in comparisons, the nearest first; then the question's limits."""
    comparisons: list[int | Fraction] = []
    for node in nodes:
        for part in tree.walk(node):
            terms = list(tree.walk(part)) if isinstance(part, tree.Compare) else []
            if any(isinstance(term, tree.NumericAnswer) and term.question == question.id for term in terms):
                worths = (_worth(term, question, entries, previous) for term in terms)
                comparisons += [worth for worth in worths if worth is not None]
    places = 0 if kind.whole else max([1, *(_places(Fraction(amount)) for amount in comparisons)])
    step = Fraction(1, 10**places)
    beside = {Fraction(amount // step) * step + step * by for amount in comparisons for by in (-1, 0, 1, 2)}
    low, high = map(Fraction, kind.bounds(question))
    ends = {low, high} if question.limits else set()
    beside = {amount for amount in beside if low <= amount <= high} | ends
    centre = amount_of(now)

    def distance(amount: Fraction) -> tuple[Fraction | bool, Fraction]:
        return amount in ends if centre is None else abs(amount - centre), amount

    for amount in sorted(beside, key=distance):
        yield kind.answer(amount)


def _worth(node: tree.Node, question: Question, entries: Mapping[str, Entry], previous: Facts) -> int | Fraction | None:
    match node:
        case tree.Constant(number):
            return number
        case tree.NumericAnswer(name) if isinstance(before := previous.get(name), Range):
            return before.low if before.low == before.high else None
        case tree.NumericAnswer(name) if name != question.id:
            return amount_of(entries.get(name))
    return None


def _places(number: Fraction) -> int:
    """Return the number of digits after the decimal point; the value was written in decimal digits."""
    return next((places for places in range(7) if (number * 10**places).denominator == 1), 6)
