"""The parts of a condition that are true or false by themselves, each with its position in the text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from screener.expressions import tree
from screener.expressions.nesting import span

_SIGN = re.compile(r"([<>=!]+|\bnot\s+in\b|\bin\b)\s*")

Path = tuple[int, ...]
"""The position of a part in a condition: the index of the child at each level down."""


@dataclass(frozen=True)
class Leaf:
    """One part of a condition: a yes/no question, an option, a comparison; also each of these inside a ``count``."""

    node: tree.Truth
    start: int
    """The start of its text within the condition, in characters."""
    end: int
    path: Path


def leaves(text: str, condition: tree.Truth) -> tuple[Leaf, ...]:
    """Return the leaves in the order in which they are written; ``condition`` is the tree of ``text``."""
    written = text.replace("\n", " ")
    return tuple(_Finder(written).leaves(ast.parse(written, mode="eval").body, condition, ()))


class _Finder:
    """Walks the text and its tree side by side: the parser keeps the order of all parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.encoded = text.encode()

    def leaves(self, written: ast.expr, node: tree.Truth, path: Path) -> Iterator[Leaf]:
        match written, node:
            case ast.BoolOp(values=values), tree.All(parts) | tree.Any(parts):
                for position, (operand, part) in enumerate(zip(values, parts, strict=True)):
                    yield from self.leaves(operand, part, (*path, position))
            case ast.UnaryOp(operand=operand), tree.Not(part):
                yield from self.leaves(operand, part, (*path, 0))
            case ast.Compare(left=left, comparators=comparators), tree.All(parts):
                operands = [left, *comparators]
                ends = self.operand_ends(written, operands)
                for position, part in enumerate(parts):
                    pair = operands[position : position + 2]
                    yield from self.leaf(ends[position][0], ends[position + 1][1], pair, part, (*path, position))
            case ast.Compare(left=left, comparators=comparators), _:
                yield from self.leaf(*self.span(written), [left, *comparators], node, path)
            case _:
                yield from self.leaf(*self.span(written), [], node, path)

    def leaf(self, start: int, end: int, operands: Sequence[ast.expr], node: tree.Truth, path: Path) -> Iterator[Leaf]:
        yield Leaf(node, start, end, path)
        calls = [call for operand in operands for call in _calls(operand)]
        for call, (count, above) in zip(calls, _counts(node, path), strict=True):
            for position, (argument, part) in enumerate(zip(call.args, count.parts, strict=True)):
                yield from self.leaves(argument, part, (*above, position))

    def operand_ends(self, written: ast.expr, operands: Sequence[ast.expr]) -> list[tuple[int, int]]:
        """Return where each operand of a chain begins and ends, with its brackets, which ``ast`` leaves out."""
        start, end = self.span(written)
        spans = [self.span(operand) for operand in operands]
        starts, ends = [start], []
        for (_, before), (after, _) in pairwise(spans):
            between = self.text[before:after]
            sign = _SIGN.search(between)
            assert sign is not None
            ends.append(before + len(between[: sign.start()].rstrip()))
            starts.append(before + sign.end())
        return list(zip(starts, [*ends, end], strict=True))

    def span(self, written: ast.expr) -> tuple[int, int]:
        """Return character offsets; a condition is one line."""
        return span(self.encoded, written)


def _calls(written: ast.expr) -> Iterator[ast.Call]:
    """Yield the outermost ``count(...)`` calls of a number."""
    match written:
        case ast.Call(func=ast.Name(id="count")):
            yield written
        case ast.BinOp(left=left, right=right):
            yield from _calls(left)
            yield from _calls(right)
        case ast.UnaryOp(operand=operand):
            yield from _calls(operand)


def _counts(node: tree.Node, path: Path) -> Iterator[tuple[tree.Count, Path]]:
    if isinstance(node, tree.Count):
        yield node, path
    elif isinstance(node, tree.Compare | tree.Arithmetic):
        for position, child in enumerate(tree.children(node)):
            yield from _counts(child, (*path, position))


def with_part(node: tree.Node, path: Path, part: tree.Node) -> tree.Node:
    """Return the node with the part at ``path`` replaced."""
    if not path:
        return part
    position, *below = path
    exchanged = list(tree.children(node))
    exchanged[position] = with_part(exchanged[position], tuple(below), part)
    match node:
        case tree.All():
            return tree.All(tuple(exchanged))  # type: ignore[arg-type]
        case tree.Any():
            return tree.Any(tuple(exchanged))  # type: ignore[arg-type]
        case tree.Count():
            return tree.Count(tuple(exchanged))  # type: ignore[arg-type]
        case tree.Not():
            return tree.Not(exchanged[0])  # type: ignore[arg-type]
        case tree.Compare(relation):
            return tree.Compare(relation, exchanged[0], exchanged[1])  # type: ignore[arg-type]
        case tree.Arithmetic(operator):
            return tree.Arithmetic(operator, exchanged[0], exchanged[1])  # type: ignore[arg-type]
    raise ValueError("a leaf has no parts")
