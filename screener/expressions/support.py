"""The support of a condition: the questions and scores that its present value rests on.

The support of a true or false condition are the names whose facts decide it; that of an unknown condition are the names
whose missing facts keep it unknown.
"""

from __future__ import annotations

from functools import lru_cache

from screener.expressions import tree
from screener.expressions.evaluate import Facts, Missing, Range, number, truth

_truth = lru_cache(maxsize=4096)(truth)
_number = lru_cache(maxsize=4096)(number)

Values = tuple[bool | None, ...]


def support(node: tree.Truth, facts: Facts) -> frozenset[str]:
    """Return the ids of the questions and scores that decide whether ``node`` is true, false or unknown."""
    holds = _truth(node)(facts)
    match node:
        case tree.Not(part):
            return support(part, facts)
        case tree.All(parts) | tree.Any(parts):
            deciding = (part for part in parts if _truth(part)(facts) is holds)
            return frozenset().union(*(support(part, facts) for part in deciding))
        case tree.Compare(relation, left, right):
            on_left, on_right = _counted(relation, holds)
            return _support_of(left, on_left, facts) | _support_of(right, on_right, facts)
    return tree.names(node)


def _counted(relation: tree.Relation, holds: bool | None) -> tuple[Values, Values]:
    """Return, for the left and the right side of a comparison, the values of ``count`` parts that it rests on.

    The parts that are true make a count large enough; the parts that are false make it small enough.
    """
    if holds is None:
        return (None,), (None,)
    if relation in ("==", "!="):
        return (True, False), (True, False)
    large = holds is (relation in (">", ">="))
    return (large,), (not large,)


def _support_of(node: tree.Number, parts: Values, facts: Facts) -> frozenset[str]:
    """Return the names a number rests on; for an undecided comparison, the names that are not known exactly."""
    undecided = parts == (None,)
    if isinstance(node, tree.Count):
        counted = (part for part in node.parts if _truth(part)(facts) in parts)
        return frozenset().union(*(support(part, facts) for part in counted))
    if isinstance(node, tree.Arithmetic):
        either: Values = parts if undecided else (True, False)
        return _support_of(node.left, either, facts) | _support_of(node.right, either, facts)
    if undecided and _is_exact(_number(node)(facts)):
        return frozenset()
    return tree.names(node)


def _is_exact(fact: Range) -> bool:
    return fact.enabled is True and fact.low == fact.high


def is_missing(name: str, facts: Facts) -> bool:
    """Return whether the fact of this name is not known exactly, although its question may be enabled."""
    fact = facts[name]
    if isinstance(fact, Range):
        return fact.enabled is not False and not _is_exact(fact)
    return fact in (Missing.UNANSWERED, Missing.UNCERTAIN)
