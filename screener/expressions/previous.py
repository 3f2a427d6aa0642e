"""What conditions can ask of the person's previous response: ``previous.weight`` and ``days_since_previous``.

The previous response is the last one that the person finished for the same questionnaire before this one. Its answers
are read as questions of their own, whose ids begin with ``previous.``, so that every reading of a condition treats them
as it treats answers. Only rules may name them, and none of them is an item or a score of an instrument.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from screener.errors import nearest, quoted
from screener.model.occurrences import repeating
from screener.model.question_parts import Limits
from screener.model.questionnaire import Question, Questionnaire, Score

PREFIX = "previous."
DAYS = "days_since_previous"
RESERVED = ("previous", DAYS)
"""Names that no question and no score can have."""
MOST_DAYS = 36_500
_RULE_ONLY = (
    "The previous response can be named in a rule only.",
    "What is asked, checked or scored never follows from it; write a rule instead.",
)


class Misnamed(NamedTuple):
    """A name of the previous response that a condition cannot have, and the message to its author."""

    name: ast.expr
    message: str
    remedy: str


class ConditionSymbols(dict[str, Question | Score]):
    """The questions and scores by id; those of the previous response are made when a condition names one."""

    def __init__(
        self,
        symbols: Mapping[str, Question | Score],
        of_instruments: Container[str],
        of_repeating: Container[str] = (),
    ) -> None:
        """``of_instruments`` and ``of_repeating`` are the ids of the questions of such sections."""
        super().__init__(symbols)
        self.of_instruments = of_instruments
        self.of_repeating = of_repeating
        self._previous: dict[str, Question] = {}

    def __missing__(self, name: str) -> Question:
        if name not in self._previous:
            self._previous[name] = self._of_previous(name)
        return self._previous[name]

    def _of_previous(self, name: str) -> Question:
        if name == DAYS:
            text = "number of days since the previous response"
            return Question(
                id=DAYS, type="integer", text=text, limits=Limits(minimum=Decimal(0), maximum=Decimal(MOST_DAYS))
            )
        question = self.get(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
        if not isinstance(question, Question) or question.id in self.of_instruments or question.id in self.of_repeating:
            raise KeyError(name)
        return replace(question, id=name, short_text=f"{question.name} in the previous response")


def condition_symbols(template: Questionnaire, unrolled: Questionnaire) -> ConditionSymbols:
    """Return what conditions of a questionnaire can name, and the keys of the occurrences of what repeats."""
    scores = {score.id: score for instrument in template.instruments for score in instrument.scores}
    items = frozenset(question.id for instrument in template.instruments for question in instrument.questions)
    return ConditionSymbols({**template.question, **unrolled.question, **scores}, items, frozenset(repeating(template)))


def is_previous(name: str) -> bool:
    """Return whether a name in a condition is one of the previous response."""
    return name == DAYS or name.startswith(PREFIX)


class _AsNames(ast.NodeTransformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id == "previous":
            return ast.copy_location(ast.Name(PREFIX + node.attr, ast.Load()), node)
        return node


def read_previous(
    syntax: ast.expr, symbols: Mapping[str, Question | Score], in_rule: bool
) -> tuple[ast.expr, ConditionSymbols, Misnamed | None]:
    """Return a condition in which ``previous.weight`` is one name, symbols that have it, and the first that cannot be.

    Only a rule (``in_rule``) may have one.
    """
    renamed = _AsNames().visit(syntax)
    assert isinstance(renamed, ast.expr)
    with_previous = symbols if isinstance(symbols, ConditionSymbols) else ConditionSymbols(symbols, ())
    return renamed, with_previous, _misnamed(renamed, with_previous, in_rule)


def _misnamed(condition: ast.expr, symbols: ConditionSymbols, in_rule: bool) -> Misnamed | None:
    for node in ast.walk(condition):
        match node:
            case ast.Name(name) if is_previous(name):
                message, remedy = _refused(name, symbols) if in_rule else _RULE_ONLY
                if message:
                    return Misnamed(node, message, remedy)
            case ast.Call(ast.Name("declined"), [ast.Name(name)]) if is_previous(name):
                message, remedy = "Only a question of this response can be declined.", "Name it without previous."
                return Misnamed(node, message, remedy)
    return None


def _refused(name: str, symbols: ConditionSymbols) -> tuple[str, str]:
    """Return what is wrong with a name, and what to write instead; empty texts if nothing is."""
    if name == DAYS:
        return "", ""
    question = name.removeprefix(PREFIX)
    symbol = symbols.get(question)
    if symbol is None:
        questions = [
            each
            for each, its_symbol in symbols.items()
            if isinstance(its_symbol, Question) and each not in symbols.of_instruments and "." not in each
        ]
        return f"There is no question {quoted(question)}.", nearest(question, questions) or "Name an existing one."
    if question in symbols.of_repeating:
        message = f'"{question}" can be answered several times, and no rule reads those of the previous response.'
        return message, "Name a question that is asked once."
    if isinstance(symbol, Score) or question in symbols.of_instruments:
        message = f'"{question}" belongs to an instrument, and no rule reads an earlier answer to one.'
        return message, "Staff see its figures over time; name a question that is no item."
    return "", ""
