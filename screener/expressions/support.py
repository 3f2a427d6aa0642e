"""The reading that says why: which questions and scores the present value of a condition rests on.

For a condition that is true or false, the grounds are the names whose facts decide it; for one that is unknown, the
names that keep it unknown, so that facts for them would settle it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from screener.expressions import tree
from screener.expressions.evaluate import Facts, Missing, Range, number, truth

_truth = lru_cache(maxsize=4096)(truth)
_number = lru_cache(maxsize=4096)(number)

Values = tuple[bool | None, ...]


def support(node: tree.Truth, facts: Facts) -> frozenset[str]:
    """The ids of questions and scores on which ``node`` being true, false or unknown rests."""
    return frozenset().union(*map(tree.names, _parts(node, facts)))


def supporting_refusals(node: tree.Truth, facts: Facts) -> frozenset[str]:
    """The ids of the questions on whose refusal ``node`` rests."""
    parts = (part for part in _parts(node, facts) if isinstance(part, tree.Declined))
    return frozenset(part.question for part in parts if _truth(part)(facts))


def _parts(node: tree.Truth, facts: Facts) -> Iterator[tree.Node]:
    """The smallest parts on which ``node`` being true, false or unknown rests."""
    holds = _truth(node)(facts)
    match node:
        case tree.Not(part):
            yield from _parts(part, facts)
        case tree.All(parts) | tree.Any(parts):
            for part in parts:
                if _truth(part)(facts) is holds:
                    yield from _parts(part, facts)
        case tree.Compare(relation, left, right):
            on_left, on_right = _counted(relation, holds)
            yield from _parts_of(left, on_left, facts)
            yield from _parts_of(right, on_right, facts)
        case _:
            yield node


def _counted(relation: tree.Relation, holds: bool | None) -> tuple[Values, Values]:
    """For the left and the right side of a comparison: what the parts of a ``count`` are on which its value rests.

    That a count is large enough rests on the parts that are true, that it is small enough on those that are false.
    """
    if holds is None:
        return (None,), (None,)
    if relation in ("==", "!="):
        return (True, False), (True, False)
    large = holds is (relation in (">", ">="))
    return (large,), (not large,)


def _parts_of(node: tree.Number, counted: Values, facts: Facts) -> Iterator[tree.Node]:
    """The smallest parts that a number rests on; for an undecided comparison, those that are not known exactly."""
    undecided = counted == (None,)
    if isinstance(node, tree.Count):
        for part in node.parts:
            if _truth(part)(facts) in counted:
                yield from _parts(part, facts)
    elif isinstance(node, tree.Arithmetic):
        either: Values = counted if undecided else (True, False)
        yield from _parts_of(node.left, either, facts)
        yield from _parts_of(node.right, either, facts)
    elif not (undecided and _is_exact(_number(node)(facts))):
        yield node


def _is_exact(fact: Range) -> bool:
    return fact.enabled is True and fact.low == fact.high


def is_missing(name: str, facts: Facts) -> bool:
    """Whether the fact of this name is not known exactly, although it may apply."""
    fact = facts[name]
    if isinstance(fact, Range):
        return fact.enabled is not False and not _is_exact(fact)
    return fact in (Missing.UNANSWERED, Missing.DECLINED, Missing.UNCERTAIN)
