"""The support of a condition: the questions and scores that its present value rests on.

The support of a true or false condition are the names whose facts decide it; that of an unknown condition are the names
whose missing facts keep it unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from screener.expressions import tree
from screener.expressions.evaluate import Facts, Missing, Range, number, truth
from screener.model.name_list import ListedGroups

_truth = lru_cache(maxsize=4096)(truth)
_number = lru_cache(maxsize=4096)(number)

Values = tuple[bool | None, ...]


def support(node: tree.Truth, facts: Facts) -> frozenset[str]:
    """Return the ids of the questions and scores that decide whether ``node`` is true, false or unknown."""
    return frozenset().union(*map(tree.names, _parts(node, facts)))


def supporting_refusals(node: tree.Truth, facts: Facts) -> frozenset[str]:
    """Return the ids of the questions whose refusal decides ``node``."""
    parts = (part for part in _parts(node, facts) if isinstance(part, tree.Declined))
    return frozenset(part.question for part in parts if _truth(part)(facts))


def _parts(node: tree.Truth, facts: Facts) -> Iterator[tree.Node]:
    """Yield the smallest parts that decide whether ``node`` is true, false or unknown."""
    holds = _truth(node)(facts)
    match node:
        case tree.Not(part) | tree.Occurring(part=part):
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
    """Return, for the left and the right side of a comparison, the values of ``count`` parts that it rests on.

    The parts that are true make a count large enough; the parts that are false make it small enough.
    """
    if holds is None:
        return (None,), (None,)
    if relation in ("==", "!="):
        return (True, False), (True, False)
    large = holds is (relation in (">", ">="))
    return (large,), (not large,)


def _parts_of(node: tree.Number, counted: Values, facts: Facts) -> Iterator[tree.Node]:
    """Yield the smallest parts a number rests on; for an undecided comparison, those that are not known exactly."""
    undecided = counted == (None,)
    if isinstance(node, tree.Count):
        for part in node.parts:
            if _truth(part)(facts) in counted:
                yield from _parts(part, facts)
    elif isinstance(node, tree.Arithmetic | tree.Minutes):
        either: Values = counted if undecided else (True, False)
        for child in (node.left, node.right) if isinstance(node, tree.Arithmetic) else (node.start, node.end):
            yield from _parts_of(child, either, facts)
    elif isinstance(node, tree.LastAnswer):
        yield from _parts_of_last(node, counted, facts)
    elif not (undecided and _is_exact(_number(node)(facts))):
        yield node


def _parts_of_last(node: tree.LastAnswer, counted: Values, facts: Facts) -> Iterator[tree.Node]:
    """Yield why an occurrence is the last one, with its answer; else what leaves open which is, or that none is."""
    verdicts = [_truth(is_last)(facts) for is_last, _answer in node.cases]
    deciding = True if True in verdicts else None if None in verdicts else False
    for verdict, (is_last, answer) in zip(verdicts, node.cases, strict=True):
        if verdict is deciding:
            yield from _parts(is_last, facts)
            if verdict:
                yield from _parts_of(answer, counted, facts)


def _is_exact(fact: Range) -> bool:
    return fact.enabled is True and fact.low == fact.high


def is_missing(name: str, facts: Facts) -> bool:
    """Return whether the fact of this name is not known exactly, although its question may be enabled."""
    fact = facts[name]
    if isinstance(fact, Range):
        return fact.enabled is not False and not _is_exact(fact)
    return fact in (Missing.UNANSWERED, Missing.DECLINED, Missing.UNCERTAIN)


def is_open(name: str, facts: Facts) -> bool:
    """Return whether a list was given and may lack a group, because it has an unknown name or no end."""
    fact = facts[name]
    return isinstance(fact, ListedGroups) and not fact.complete
