"""How deep a condition may be."""

from __future__ import annotations

import ast

_DEEPEST = 60
"""Levels of a tree; every reading follows it down by calling itself."""


def is_too_deep(condition: ast.expr) -> bool:
    """Return whether a syntax tree has too many levels, which are counted without recursion."""
    level: list[ast.AST] = [condition]
    depth = 0
    while level:
        depth += 1
        level = [child for parent in level for child in ast.iter_child_nodes(parent) if isinstance(child, ast.expr)]
    return depth > _DEEPEST
