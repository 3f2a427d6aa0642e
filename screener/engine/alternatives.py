"""What else could be given for a question, as far as conditions can tell answers apart.

Every option of a choice; the sets of options that conditions name; numbers and dates at and beside what they are
compared with; and no answer.
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
"""Options named by conditions of which every combination is offered."""


def alternatives(question: Question, nodes: Sequence[tree.Node], entries: Mapping[str, Entry]) -> list[Entry]:
    """What else could be given for a question, the nearest to the present entry first, and no answer last."""
    now = entries.get(question.id)
    others: list[Entry] = []
    match question.type:
        case "yes_no":
            others = [True, False]
        case "choice":
            others = [option.code for option in question.options]
        case "choices":
            others = list(_choices(question, nodes, now))
        case "integer" | "decimal" | "date":
            others = list(_amounts(question, nodes, now, entries))
    if now is not None and not isinstance(now, AbsentReason):
        others.append(AbsentReason.DECLINED)
    return [other for other in dict.fromkeys(others) if other != now]


def _choices(question: Question, nodes: Sequence[tree.Node], now: Entry | None) -> list[frozenset[str]]:
    """Sets of options that conditions can tell apart from the present one, the most alike first."""
    present: frozenset[str] = now if isinstance(now, frozenset) else frozenset()
    exclusive = {option.code for option in question.options if option.exclusive}
    named = {
        part.code
        for node in nodes
        for part in tree.walk(node)
        if isinstance(part, tree.Includes) and part.question == question.id
    } - exclusive
    kept = present - named - exclusive
    if len(named) <= _FEW:
        sets: list[frozenset[str]] = [
            kept | {*some} for size in range(len(named) + 1) for some in combinations(sorted(named), size)
        ]
    else:
        sets = [kept, *(present - exclusive ^ {code} for code in sorted(named))]
    sets += [frozenset({code}) for code in question.option]
    order = list(question.option)

    def unlike(some: frozenset[str]) -> tuple[int, bool, list[int]]:
        return len(some ^ present), not some & exclusive, sorted(order.index(code) for code in some)

    return [*sorted((some for some in dict.fromkeys(sets) if some), key=unlike)]


def _amounts(
    question: Question, nodes: Sequence[tree.Node], now: Entry | None, entries: Mapping[str, Entry]
) -> Iterator[Entry]:
    """Numbers or dates at and beside what the question is compared with, the nearest first; then its limits."""
    comparisons: list[int | Fraction] = []
    for node in nodes:
        for part in tree.walk(node):
            below = list(tree.walk(part)) if isinstance(part, tree.Compare) else []
            if any(isinstance(one, tree.NumericAnswer) and one.question == question.id for one in below):
                comparisons += [worth for one in below if (worth := _worth(one, question, entries)) is not None]
    places = max((_places(Fraction(value)) for value in comparisons), default=1) if question.type == "decimal" else 0
    step = Fraction(1, 10 ** max(places, 1)) if question.type == "decimal" else Fraction(1)
    beside = {Fraction(value // step) * step + step * by for value in comparisons for by in (-1, 0, 1, 2)}
    ends: set[Fraction] = set()
    if question.limits:
        low, high = Fraction(question.limits.minimum), Fraction(question.limits.maximum)
        beside = {value for value in beside if low <= value <= high}
        ends = {low, high}
        beside |= ends
    centre = _number(now)
    for value in sorted(beside, key=lambda value: (value in ends if centre is None else abs(value - centre), value)):
        yield _answer(question, value)


def _worth(node: tree.Node, question: Question, entries: Mapping[str, Entry]) -> int | Fraction | None:
    match node:
        case tree.Constant(value):
            return value
        case tree.Day(day):
            return day.toordinal()
        case tree.NumericAnswer(other) if other != question.id:
            return _number(entries.get(other))
    return None


def _number(entry: Entry | None) -> Fraction | None:
    if isinstance(entry, datetime.date):
        return Fraction(entry.toordinal())
    return Fraction(entry) if isinstance(entry, int | Decimal) and not isinstance(entry, bool) else None


def _answer(question: Question, value: Fraction) -> Entry:
    if question.type == "date":
        return datetime.date.fromordinal(min(max(int(value), 1), datetime.date.max.toordinal()))
    return int(value) if question.type == "integer" else Decimal(value.numerator) / value.denominator


def _places(value: Fraction) -> int:
    """The digits after the point that the value has; it came from decimal digits."""
    return next((places for places in range(7) if (value * 10**places).denominator == 1), 6)
