"""The base of the parser: what names mean where they stand, and mistakes with their position."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from screener.errors import nearest, quoted
from screener.expressions import tree
from screener.expressions.mistakes import ALLOWED, CALLS, Mistake
from screener.expressions.nesting import span
from screener.expressions.previous import is_previous
from screener.model.occurrences import Repeating
from screener.model.questionnaire import Question, Score, Section

Symbols = Mapping[str, Question | Score]


class ParserBase:
    """``inside`` is the repeating section on one occurrence of which a condition is read, if it is."""

    def __init__(self, text: str, symbols: Symbols, repeating: Repeating, inside: Section | None) -> None:
        self.text = text.replace("\n", " ")
        self.symbols = symbols
        self.repeating = repeating
        self.inside = inside

    def truth(self, node: ast.expr) -> tree.Truth:
        raise NotImplementedError

    def number(self, node: ast.expr) -> tree.Number:
        raise NotImplementedError

    def quoted_answer(self, node: ast.expr) -> tree.Number:
        raise NotImplementedError

    def symbol(self, node: ast.Name) -> Question | Score:
        symbol = self.symbols[node.id] if is_previous(node.id) else self.symbols.get(node.id)
        if symbol is None:
            remedy = nearest(node.id, self.symbols) or "Name an existing one."
            raise self.mistake(node, f"There is no question or score {quoted(node.id)}.", remedy)
        if node.id in self.repeating and self.repeating[node.id] is not self.inside:
            remedy = f"Write first({node.id}), last({node.id}), or any(...) around the condition."
            raise self.mistake(node, f'"{node.id}" can be answered several times.', remedy)
        return symbol

    def code(self, node: ast.expr, question: ast.Name) -> str:
        symbol = self.symbols[question.id]
        assert isinstance(symbol, Question)
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            raise self.mistake(node, "This must be an option code in quotes.", "Write it as 'code'.")
        if node.value not in symbol.option:
            raise self.mistake(
                node,
                f'"{question.id}" has no option {quoted(node.value)}.',
                nearest(node.value, symbol.option) or "Write the code of one of its options.",
            )
        return node.value

    def unknown(self, node: ast.expr) -> Mistake:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            message = "count(...) takes conditions only." if node.func.id == "count" else None
            message = message or f"There is no {quoted(node.func.id + '(...)')}."
            return self.mistake(node, message, CALLS)
        return self.mistake(node, "This is not part of the condition language.", ALLOWED)

    def excerpt(self, node: ast.expr) -> str:
        return self.text[slice(*span(self.text.encode(), node))]

    def mistake(self, node: ast.expr, message: str, remedy: str = "") -> Mistake:
        return Mistake(message, remedy, *span(self.text.encode(), node))
