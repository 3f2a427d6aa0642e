"""No text leaves the program, and no statement is made, except in the modules that are there for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.static.lint import Found, last_name
from tests.static.screens import is_write

_WRITING = {"open", "fdopen", "write_text", "write_bytes", "NamedTemporaryFile", "TemporaryFile", "mkstemp", "touch"}
_OPEN_PAGES = ("self", "app", "staff_app")
"""What is opened with these is a page."""
_LOGS = ("logging", "logging.handlers", "logging.config", "syslog", "warnings")
_SQL = re.compile(
    r"\s*(SELECT\b|INSERT INTO|UPDATE \w+|DELETE FROM|CREATE (TABLE|INDEX|VIEW|TRIGGER|UNIQUE)|DROP \w|ALTER \w|"
    r"PRAGMA\b|ATTACH\b|BEGIN\b|select .* from|insert into|update \w+ set|delete from|create (table|index)|pragma )"
)


def printed(tree: ast.Module) -> Found:
    """Nothing is printed, asked for or logged in Python's own way, which knows no door."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, f"{name.name} is imported") for name in node.names if name.name in _LOGS)
        elif isinstance(node, ast.ImportFrom) and node.module in _LOGS:
            yield node, f"{node.module} is imported"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input"):
            yield node, f"{node.func.id} is called"


def streams(tree: ast.Module) -> Found:
    """The streams of the process are not touched."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr.strip("_") in ("stdout", "stderr")
            and last_name(node.value) == "sys"
        ):
            yield node, f"sys.{node.attr} is used"
        elif isinstance(node, ast.ImportFrom) and node.module == "sys":
            yield from (
                (node, f"sys.{name.name} is imported") for name in node.names if name.name in ("stdout", "stderr")
            )


def written(tree: ast.Module) -> Found:
    """Nothing is written but by the module that is the door."""
    yield from streams(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_write(node.func):
            yield node, f"{last_name(node.func)} is called"


def files(tree: ast.Module) -> Found:
    """No file is opened or written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name, of = last_name(node.func), last_name(getattr(node.func, "value", node.func))
            if name in _WRITING and not (name == "open" and of in _OPEN_PAGES):
                yield node, f"{name} is called"


def sql(tree: ast.Module) -> Found:
    """No statement has anything in it but what is written in its module."""
    fixed = _loops_over_constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            statement = node.args[0]
            if node.func.attr in ("execute", "executemany", "executescript") and _is_put_together(statement, fixed):
                yield node, f"{node.func.attr} gets a statement that is put together"
        if _is_put_together(node, fixed) and any(_SQL.match(text) for text in _texts(node)):
            yield node, "a statement is put together"


def _is_put_together(node: ast.AST, fixed: frozenset[str]) -> bool:
    """Whether a text has something in it that is not a constant."""
    match node:
        case ast.JoinedStr(values):
            return any(isinstance(part, ast.FormattedValue) and not _is_fixed(part.value, fixed) for part in values)
        case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
            return any(map(_is_text, (left, right))) and not (_is_fixed(left, fixed) and _is_fixed(right, fixed))
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join" | "replace"), args=handed):
            return _is_text(value) and not all(_is_fixed(argument, fixed) for argument in handed)
    return False


def _is_fixed(node: ast.expr, fixed: frozenset[str]) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return all(_is_fixed(part, fixed) for part in parts)
        case ast.Name(id=name):
            return name.isupper() or name in fixed
        case ast.Call(func=ast.Attribute(value=value), args=handed, keywords=[]):
            return all(_is_fixed(part, fixed) for part in (value, *handed))
    return False


def _loops_over_constants(tree: ast.Module) -> frozenset[str]:
    """The names that stand for one entry of a constant after another, such as ``for table in TABLES``."""
    loops = (node for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension))
    fixed = (loop for loop in loops if _is_fixed(loop.iter, frozenset()))
    return frozenset(name.id for loop in fixed for name in ast.walk(loop.target) if isinstance(name, ast.Name))


def _texts(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
