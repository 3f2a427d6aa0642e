"""A lint for what a general linter does not know: through which doors of this program text may go.

Each rule names the modules it holds in, those excepted and why, and the remedy. The rules are in ``rules``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

Found = Iterator[tuple[ast.AST, str]]
"""Each place with what is wrong there."""


@dataclass(frozen=True)
class Rule:
    """``where`` is a folder or module of ``screener`` as ``tui`` or ``tui/app.py``; an empty one is all of it."""

    name: str
    find: Callable[[ast.Module], Found]
    remedy: str
    where: str = ""
    excepted: Mapping[str, str] = field(default_factory=dict)
    """Module to reason."""

    def holds_in(self, module: str) -> bool:
        return module not in self.excepted and (not self.where or module == self.where or _is_in(module, self.where))


@dataclass(frozen=True)
class Fault:
    """One place where a rule is broken."""

    rule: str
    module: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"screener/{self.module}:{self.line}: {self.what}. {self.remedy}"


@cache
def _parsed(source: str) -> ast.Module:
    """Return the tree of a module, which every rule looks at."""
    return ast.parse(source)


def faults(rules: Iterable[Rule], module: str, source: str) -> list[Fault]:
    """Where a module breaks the rules that hold in it."""
    tree = _parsed(source)
    found = (
        Fault(rule.name, module, getattr(node, "lineno", 1), what, rule.remedy)
        for rule in rules
        if rule.holds_in(module)
        for node, what in rule.find(tree)
    )
    return sorted(set(found), key=lambda fault: (fault.line, fault.rule, fault.what))


def _is_in(module: str, folder: str) -> bool:
    return module.startswith(f"{folder}/")


def last_name(node: ast.AST) -> str:
    """The last name of a dotted expression or an import."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.alias(name=name):
            return name.rpartition(".")[2]
    return ""


def is_constant(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
