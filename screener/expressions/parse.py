"""Parse the text of a condition to its tree, type-checked against the questionnaire.

The syntax is Python's, read by the standard library's ``ast`` and never evaluated as Python. Only ``and or not``,
comparisons, ``in``, ``+ - * /``, ``count(...)``, ``declined(...)``, numbers, quoted texts, names, and ``previous.`` and
a name pass.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from screener.errors import quoted
from screener.expressions import tree
from screener.expressions.mistakes import Mistake, comparison_remedy, kind_in_words, syntax_mistake
from screener.expressions.nesting import DEEPEST, is_too_deep
from screener.expressions.occurrence_calls import NUMBERS, TRUTHS, answer_named_in
from screener.expressions.parser_base import ParserBase
from screener.expressions.parser_base import Symbols as Symbols
from screener.expressions.previous import read_previous
from screener.expressions.refusals import misplaced_refusal
from screener.model.occurrences import NOTHING_REPEATS, Repeating
from screener.model.questionnaire import Question, Score, Section
from screener.model.types.base import Choice, Choices, ListedText, Numeric, Quoted, YesOrNo, exact

N = TypeVar("N")

_RELATIONS: dict[type[ast.cmpop], tree.Relation] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")


def parse_condition(
    text: str,
    symbols: Symbols,
    in_rule: bool = True,
    *,
    repeating: Repeating = NOTHING_REPEATS,
    inside: Section | None = None,
) -> tree.Truth:
    """Parse an expression that is true, false or unknown. Raise ``Mistake``. Only a rule may name ``declined``.

    A condition of a question ``inside`` a repeating section is about one occurrence, whichever it is.
    """
    parser = _Parser(text, symbols, repeating, inside)
    return parser.read(parser.truth, in_rule)


def parse_number(text: str, symbols: Symbols, *, repeating: Repeating = NOTHING_REPEATS) -> tree.Number:
    """Parse an expression that is a number, such as a score's value. Raise ``Mistake``."""
    parser = _Parser(text, symbols, repeating, None)
    return parser.read(parser.number, in_rule=False)


class _Parser(ParserBase):
    def read(self, kind: Callable[[ast.expr], N], in_rule: bool) -> N:
        try:
            syntax = ast.parse(self.text, mode="eval").body
        except SyntaxError as error:
            stop = len(self.text) if not error.offset else min(error.offset - 1, len(self.text))
            raise syntax_mistake(self.text, error.msg or "", stop) from None
        except (RecursionError, MemoryError, ValueError):
            raise Mistake("This condition is nested too deeply.", "Split it.") from None
        self.refuse_comment()
        if len(self.text) > DEEPEST and is_too_deep(syntax):  # Each level takes a character at least.
            raise Mistake("This condition is nested too deeply.", "Split it.")
        is_ascii = self.text.isascii()  # Python reads some other letters as ASCII.
        if not is_ascii or "previous" in self.text:
            syntax, self.symbols, misnamed = read_previous(syntax, self.symbols, in_rule)
            if misnamed:
                raise self.mistake(*misnamed)
        if not (is_ascii and "declined" not in self.text) and (misplaced := misplaced_refusal(syntax, in_rule)):
            raise self.mistake(misplaced.call, misplaced.message, misplaced.remedy)
        return kind(syntax)

    def refuse_comment(self) -> None:
        """Refuse a comment: it would silently hide all that follows it. No option code contains ``#``."""
        if (start := self.text.find("#")) >= 0:
            raise Mistake("A condition cannot contain a comment.", "Write it on a line of its own.", start, start + 1)

    def truth(self, node: ast.expr) -> tree.Truth:
        match node:
            case ast.BoolOp(op=ast.And(), values=parts):
                return tree.All(tuple(self.truth(part) for part in parts))
            case ast.BoolOp(values=parts):
                return tree.Any(tuple(self.truth(part) for part in parts))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return tree.Not(self.truth(operand))
            case ast.Compare():
                return self.comparison(node)
            case ast.Name(id=name):
                symbol = self.symbol(node)
                if isinstance(symbol, Question) and isinstance(symbol.answer_type, YesOrNo):
                    return tree.YesNo(name)
                raise self.mistake(
                    node, f'"{name}" is {kind_in_words(symbol)}, not a yes or no.', comparison_remedy(name, symbol)
                )
            case ast.Call(func=ast.Name(id="answered"), args=[ast.Name() as name], keywords=[]):
                if not isinstance(self.symbol(name), Question):
                    raise self.mistake(name, "A score is computed, not answered.", "Name a question.")
                return tree.Answered(name.id)
            case ast.Call(func=ast.Name(id="answered")):
                raise self.mistake(node, "answered(...) takes one question.", "Write answered(a_question).")
            case ast.Call(func=ast.Name(id="count")):
                raise self.mistake(node, "count(...) is a number.", "Compare it with one, such as count(...) >= 2.")
            case ast.Call(func=ast.Name(id="declined"), args=arguments):
                return self.declined(node, arguments)
            case ast.Call(func=ast.Name(id=name)) if name in TRUTHS:
                return TRUTHS[name](self, node)
            case ast.Call(func=ast.Name(id=name)) if name in NUMBERS:
                raise self.mistake(node, f"{name}(...) is a number here.", f"Compare it, such as {name}(...) >= 2.")
            case ast.Constant(value=bool()):
                raise self.mistake(node, "True and False are not conditions.", "Name a question.")
            case ast.Constant() | ast.BinOp() | ast.UnaryOp(op=ast.USub()):
                raise self.mistake(node, "This is not true or false.", "Compare it with something.")
        raise self.unknown(node)

    def declined(self, node: ast.Call, arguments: list[ast.expr]) -> tree.Truth:
        match arguments:
            case [ast.Name(id=name) as argument] if not node.keywords:
                if isinstance(self.symbol(argument), Score):
                    message = f'"{name}" is a score, and only a question can be declined.'
                    raise self.mistake(argument, message, "Name one of its questions.")
                return tree.Declined(name)
        raise self.mistake(node, "declined(...) takes the id of one question.", "Write declined(a_question).")

    def comparison(self, node: ast.Compare) -> tree.Truth:
        operands = [node.left, *node.comparators]
        parts = tuple(
            self.pair(node, left, operator, right)
            for left, operator, right in zip(operands, node.ops, operands[1:], strict=False)
        )
        return parts[0] if len(parts) == 1 else tree.All(parts)

    def pair(self, node: ast.Compare, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> tree.Truth:
        if isinstance(operator, ast.In | ast.NotIn):
            return self.membership(node, left, isinstance(operator, ast.NotIn), right)
        relation = _RELATIONS.get(type(operator))
        if relation is None:
            raise self.mistake(node, '"is" is not part of the condition language.', "Use == or !=.")
        if isinstance(left, ast.Constant) and isinstance(left.value, str):
            mirrored: dict[tree.Relation, tree.Relation] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
            left, right, relation = right, left, mirrored.get(relation, relation)
        if isinstance(right, ast.Constant) and isinstance(right.value, str):
            return self.quoted(node, left, relation, right, right.value)
        if answer_named_in(left) and answer_named_in(right):
            first, second = self.quoted_type(left), self.quoted_type(right)
            if first and first is second:
                return tree.Compare(relation, self.quoted_answer(left), self.quoted_answer(right))
            if kind := first or second:
                message = f"{kind.name} can only be compared with {kind.name}."
                raise self.mistake(node, message[:1].upper() + message[1:], f"Write it as '{kind.literal}'.")
        return tree.Compare(relation, self.number(left), self.number(right))

    def quoted(
        self, node: ast.Compare, left: ast.expr, relation: tree.Relation, right: ast.Constant, text: str
    ) -> tree.Truth:
        """Read a comparison with a quoted text: an option code of a choice, or an answer such as a date."""
        if (kind := self.quoted_type(left)) and (named := answer_named_in(left)):
            try:
                amount = kind.amount(kind.from_json(text))
            except ValueError:
                message = f"{quoted(text)} is not {kind.name}."
                raise self.mistake(right, message, f"Write it as '{kind.literal}'.") from None
            question = self.symbols[named.id]
            assert isinstance(question, Question)
            return tree.Compare(relation, self.quoted_answer(left), tree.Constant(amount, question.type))
        if not isinstance(left, ast.Name):
            raise self.mistake(left, "Only a question can be compared with a quoted text.", "Put a question's id here.")
        symbol = self.symbol(left)
        if isinstance(symbol, Question) and isinstance(symbol.answer_type, Choice):
            if relation not in ("==", "!="):
                raise self.mistake(node, f'The options of "{left.id}" have no order.', "Use ==, != or in.")
            return tree.Is(left.id, (self.code(right, left),), relation == "!=")
        raise self.mistake(
            left,
            f'"{left.id}" is {kind_in_words(symbol)} and has no option to compare with.',
            comparison_remedy(left.id, symbol),
        )

    def membership(self, node: ast.Compare, left: ast.expr, negated: bool, right: ast.expr) -> tree.Truth:
        if isinstance(left, ast.Constant) and isinstance(left.value, str) and isinstance(right, ast.Name):
            symbol = self.symbol(right)
            if not (isinstance(symbol, Question) and isinstance(symbol.answer_type, Choices | ListedText)):
                raise self.mistake(
                    right,
                    f'"{right.id}" is {kind_in_words(symbol)}, not a question with several answers.',
                    comparison_remedy(right.id, symbol),
                )
            return tree.Includes(right.id, self.code(left, right), negated)
        if isinstance(left, ast.Name) and isinstance(right, ast.Tuple | ast.List | ast.Set):
            symbol = self.symbol(left)
            if not (isinstance(symbol, Question) and isinstance(symbol.answer_type, Choice)):
                raise self.mistake(
                    left,
                    f'"{left.id}" is {kind_in_words(symbol)}, not a choice of one option.',
                    comparison_remedy(left.id, symbol),
                )
            if not right.elts:
                raise self.mistake(right, "This list is empty.", "Put option codes in it.")
            return tree.Is(left.id, tuple(self.code(element, left) for element in right.elts), negated)
        raise self.mistake(
            node,
            '"in" needs an option and a question.',
            "Write 'code' in a_question, or a_question in ('code', 'code').",
        )

    def number(self, node: ast.expr) -> tree.Number:
        match node:
            case ast.Constant(value=bool()):
                raise self.mistake(node, "True and False are not numbers.", "Name a question.")
            case ast.Constant(value=int() | float()):
                return tree.Constant(self.figure(node))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self.number(operand)
                if isinstance(inner, tree.Constant):
                    return tree.Constant(-inner.value)
                return tree.Arithmetic("-", tree.Constant(0), inner)
            case ast.BinOp(op=operator) if type(operator) in _OPERATORS:
                return self.arithmetic(node, _OPERATORS[type(operator)])
            case ast.Call(func=ast.Name(id="count"), args=arguments, keywords=[]):
                if not arguments:
                    raise self.mistake(node, "count() counts nothing.", "Put conditions in it, separated by commas.")
                return tree.Count(tuple(self.truth(argument) for argument in arguments))
            case ast.Name():
                return self.numeric(node)
            case ast.Call(func=ast.Name(id=name)) if name in NUMBERS:
                if (named := answer_named_in(node)) and (kind := self.quoted_type(node)):
                    remedy = comparison_remedy(self.excerpt(node), self.symbols[named.id])
                    raise self.mistake(node, f'"{named.id}" is {kind.name}, not a number.', remedy)
                return NUMBERS[name](self, node)
            case ast.Constant(value=str()):
                raise self.mistake(node, "A quoted text is not a number.", "Compare it with a choice question.")
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                raise self.mistake(node, "This is true or false, not a number.", "Put it in count(...).")
        raise self.unknown(node)

    def figure(self, node: ast.Constant) -> int | Fraction:
        written = self.excerpt(node)
        if not _NUMBER.fullmatch(written):
            raise self.mistake(node, "This number is not written out.", "Use digits, such as 12 or 36.5.")
        return exact(Decimal(written))

    def arithmetic(self, node: ast.BinOp, operator: str) -> tree.Number:
        left, right = self.number(node.left), self.number(node.right)
        if operator == "/" and not (isinstance(right, tree.Constant) and right.value != 0):
            raise self.mistake(
                node.right, "Only a number other than 0 can be divided by.", "Multiply the other side instead."
            )
        return tree.Arithmetic(operator, left, right)  # type: ignore[arg-type]

    def numeric(self, node: ast.Name) -> tree.Number:
        symbol = self.symbol(node)
        if isinstance(symbol, Score):
            return tree.Total(symbol.id)
        if isinstance(symbol.answer_type, Numeric):
            return tree.NumericAnswer(symbol.id, *symbol.answer_type.bounds(symbol))
        if symbol.scored:
            return tree.ItemScore(symbol.id, tuple((o.code, o.score) for o in symbol.options if o.score is not None))
        remedy = comparison_remedy(node.id, symbol)
        if isinstance(symbol.answer_type, Choice):
            remedy = f"Give each of its options a score, or {remedy[:1].lower()}{remedy[1:]}"
        raise self.mistake(node, f'"{node.id}" is {kind_in_words(symbol)}, not a number.', remedy)

    def quoted_answer(self, node: ast.expr) -> tree.Number:
        """Return the amount of a date, a time and the like: an answer that ``quoted_type`` has a type for."""
        if isinstance(node, ast.Name):
            question = self.symbol(node)
            assert isinstance(question, Question)
            assert isinstance(question.answer_type, Quoted)
            return tree.NumericAnswer(node.id, *question.answer_type.bounds(question))
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        return NUMBERS[node.func.id](self, node)

    def quoted_type(self, node: ast.expr) -> Quoted[Any] | None:
        """Return the type of a question that conditions compare with a quoted amount, such as a date."""
        named = answer_named_in(node)
        if named is None:
            return None
        symbol = self.symbol(named) if named is node else self.symbols.get(named.id)
        kind = symbol.answer_type if isinstance(symbol, Question) else None
        return kind if isinstance(kind, Quoted) else None
