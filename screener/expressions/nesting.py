"""The depth of a condition, and the places of its parts in the text."""

from __future__ import annotations

import ast

DEEPEST = 60
"""The largest number of levels of a tree, because every reading is recursive."""


def is_too_deep(condition: ast.expr) -> bool:
    """Return whether a syntax tree has too many levels, which are counted without recursion."""
    level: list[ast.AST] = [condition]
    depth = 0
    while level:
        depth += 1
        level = [child for parent in level for child in ast.iter_child_nodes(parent) if isinstance(child, ast.expr)]
    return depth > DEEPEST


def span(encoded: bytes, node: ast.expr) -> tuple[int, int]:
    """Return where a part begins and ends in a text, in characters; ``ast`` counts bytes of UTF-8."""
    start = len(encoded[: node.col_offset].decode(errors="ignore"))
    return start, len(encoded[: node.end_col_offset].decode(errors="ignore"))
