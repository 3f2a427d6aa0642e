"""The places of ``declined(...)`` in a condition: only those where a refusal can raise a rule and never clear one.

Under ``not``, or on the small side of a comparison, somebody who answers would raise what somebody who refuses makes
clear, and leaving an answer out would remove a concern. In the condition of a question it would do so by a detour: an
answer that is set aside comes back. So it stands un-negated, and in rules only.
"""

from __future__ import annotations

import ast
from typing import NamedTuple


class Misplaced(NamedTuple):
    """A ``declined(...)`` in a place where it is not allowed, and the message to its author."""

    call: ast.expr
    message: str
    remedy: str


_Reason = tuple[str, str]
"""Why ``declined`` is not allowed here, and what to write instead."""
_NEGATED = (
    'declined(...) cannot stand under "not".',
    "A rule can follow from a refusal, never from its absence: remove the not.",
)
_COMPARED = (
    "declined(...) is compared with nothing.",
    "Write it by itself, such as age < 18 and declined(a_question).",
)
_COUNTED = (
    "A count with declined(...) in it can only be at least a number.",
    "Write count(...) >= 1, and nothing else around count(...).",
)
_NOT_IN_A_RULE = (
    "declined(...) can stand in a rule only.",
    "What is asked, checked or scored never follows from a refusal; write a rule instead.",
)


def misplaced_refusal(condition: ast.expr, in_rule: bool) -> Misplaced | None:
    """Return the first ``declined(...)`` in a place where it is not allowed."""
    return _misplaced(condition, None if in_rule else _NOT_IN_A_RULE)


def _misplaced(node: ast.expr, reason: _Reason | None) -> Misplaced | None:
    """Check ``node`` and the nodes below it; of several reasons the outermost counts."""
    if _calls(node, "declined"):
        return Misplaced(node, *reason) if reason else None
    for child, why in _below(node):
        if misplaced := _misplaced(child, reason or why):
            return misplaced
    return None


def _below(node: ast.expr) -> list[tuple[ast.expr, _Reason | None]]:
    """Return the expressions directly below, each with the reason why no refusal is allowed in it."""
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return [(operand, _NEGATED)]
        case ast.Compare(left=left, ops=operators, comparators=comparators):
            operands = [left, *comparators]
            large = [isinstance(operator, ast.Gt | ast.GtE) for operator in operators]
            small = [isinstance(operator, ast.Lt | ast.LtE) for operator in operators]
            # An operand in the middle of a chain is compared on both of its sides.
            at_least = [
                all([*large[position : position + 1], *small[max(position - 1, 0) : position]])
                for position in range(len(operands))
            ]
            return [part for operand, may in zip(operands, at_least, strict=True) for part in _operand(operand, may)]
    return [(child, None) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def _operand(operand: ast.expr, at_least: bool) -> list[tuple[ast.expr, _Reason | None]]:
    """Return one side of a comparison; for a ``count`` that has to be large enough its parts, as free as the whole."""
    if isinstance(operand, ast.Call) and _calls(operand, "count") and at_least:
        return [(argument, None) for argument in operand.args]
    return [(operand, _COUNTED if any(_calls(part, "count") for part in ast.walk(operand)) else _COMPARED)]


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
