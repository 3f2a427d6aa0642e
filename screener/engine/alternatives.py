"""The other entries that could be given for a question, as far as conditions can tell them apart.

These are every option of a choice; the sets of options that conditions name; numbers and dates equal or next to those
that conditions compare them with; and no answer, also as a refusal if a condition reads one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from screener.expressions import tree
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry

_FEW = 6
"""The largest number of options named by conditions for which every combination is tried."""


def alternatives(question: Question, nodes: Sequence[tree.Node], entries: Mapping[str, Entry]) -> list[Entry]:
    """Return the other entries for a question, the nearest to the present one first, and no answer last."""
    now = entries.get(question.id)
    entries_to_try: list[Entry] = []
    match question.type:
        case "yes_no":
            entries_to_try = [True, False]
        case "choice":
            entries_to_try = [option.code for option in question.options]
        case "choices":
            entries_to_try = list(_choices(question, nodes, now))
        case "integer" | "decimal" | "date":
            entries_to_try = list(_amounts(question, nodes, now, entries))
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
    question: Question, nodes: Sequence[tree.Node], now: Entry | None, entries: Mapping[str, Entry]
) -> Iterator[Entry]:
    """Yield numbers or dates equal or next to those in comparisons, the nearest first; then the question's limits."""
    comparisons: list[int | Fraction] = []
    for node in nodes:
        for part in tree.walk(node):
            terms = list(tree.walk(part)) if isinstance(part, tree.Compare) else []
            if any(isinstance(term, tree.NumericAnswer) and term.question == question.id for term in terms):
                comparisons += [worth for term in terms if (worth := _worth(term, question, entries)) is not None]
    places = max((_places(Fraction(amount)) for amount in comparisons), default=1) if question.type == "decimal" else 0
    step = Fraction(1, 10 ** max(places, 1)) if question.type == "decimal" else Fraction(1)
    beside = {Fraction(amount // step) * step + step * by for amount in comparisons for by in (-1, 0, 1, 2)}
    ends: set[Fraction] = set()
    if question.limits:
        low, high = Fraction(question.limits.minimum), Fraction(question.limits.maximum)
        beside = {amount for amount in beside if low <= amount <= high}
        ends = {low, high}
        beside |= ends
    centre = _number(now)

    def distance(amount: Fraction) -> tuple[Fraction | bool, Fraction]:
        return amount in ends if centre is None else abs(amount - centre), amount

    for amount in sorted(beside, key=distance):
        yield _answer(question, amount)


def _worth(node: tree.Node, question: Question, entries: Mapping[str, Entry]) -> int | Fraction | None:
    match node:
        case tree.Constant(number):
            return number
        case tree.Day(day):
            return day.toordinal()
        case tree.NumericAnswer(name) if name != question.id:
            return _number(entries.get(name))
    return None


def _number(entry: Entry | None) -> Fraction | None:
    if isinstance(entry, datetime.date):
        return Fraction(entry.toordinal())
    return Fraction(entry) if isinstance(entry, int | Decimal) and not isinstance(entry, bool) else None


def _answer(question: Question, amount: Fraction) -> Entry:
    if question.type == "date":
        return datetime.date.fromordinal(min(max(int(amount), 1), datetime.date.max.toordinal()))
    return int(amount) if question.type == "integer" else Decimal(amount.numerator) / amount.denominator


def _places(number: Fraction) -> int:
    """Return the number of digits after the decimal point; the value was written in decimal digits."""
    return next((places for places in range(7) if (number * 10**places).denominator == 1), 6)
