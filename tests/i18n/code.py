"""The texts in the code: those that are marked for translation, and those that are not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.i18n.catalogues import PROGRAM

MARKS = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2}
"""The functions that mark texts, with the number of their arguments that are texts."""
SHOWN = (
    "tui", "plain", "summary", "staff", "session", "document/markdown.py", "document/save.py", "document/text.py",
    "model/answers.py", "model/types", "crash.py", "i18n/formats.py", "engine/interview.py", "page_text",
)  # fmt: skip
"""The parts of the program with texts for a person, a member of staff or a clinician. Texts that only authors and
administrators read stay English.
"""
DEFECTS = {"AssertionError", "Forbidden", "InterviewError", "RuntimeError", "TypeError", "ValueError"}
"""Exceptions that nobody should see."""
_SENTENCE = re.compile(r"[A-Za-z]{2,}[,.:;]? [a-z]")
_WORD = re.compile(r"[A-Z][a-z]+[:.…]?")


def marked(code: str) -> Iterator[tuple[int, str, str]]:
    """Yield each marked text, with its line and the function that marks it."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in MARKS:
            for argument in node.args[: MARKS[name]]:
                for part in ast.walk(argument):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield node.lineno, part.value, name


def unmarked(code: str, allowed: Iterable[str] = ()) -> Iterator[tuple[int, str]]:
    """Yield each text that reads like a text for people and is not marked, with its line."""
    for line, text in _texts(ast.parse(code)):
        if text not in allowed and (_SENTENCE.search(text) or _WORD.fullmatch(text)):
            yield line, text


def shown() -> Iterator[Path]:
    """Yield the modules of ``SHOWN``."""
    for name in SHOWN:
        path = PROGRAM / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Call() if _name(node.func) in {*MARKS, "Binding", "TypeVar", "query", "query_one", "compile"}:
            return
        case ast.Expr(value=ast.Constant()):
            return  # A docstring.
        case ast.Raise(exc=ast.Call() as made) if _name(made.func) in DEFECTS:
            return
        case ast.AnnAssign(value=None):
            return
        case ast.AnnAssign(value=value) if value:
            yield from _texts(value)
            return
        case ast.Constant(value=str() as text):
            yield node.lineno, text
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.arg):
            yield from _texts(child)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""
