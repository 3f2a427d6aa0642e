"""An independent reading of conditions, to compare the first one with.

It shares no code with the program: it walks Python's own syntax tree, knows only complete answers, and decides with two
truth values. A partial response is compared with all of its completions, one by one. A person who preferred not to say
has an answer too, which nobody was told.
"""

from __future__ import annotations

import ast
import itertools
import operator
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from screener.model.questionnaire import Question, Questionnaire, Score
from screener.model.response import AbsentReason, Entry

NOTHING = object()
"""The value of a question that is not asked, and of a sum with such a question in it."""

_RELATIONS = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


class World:
    """One complete person: an answer to every question; the answers to questions that are not asked are ignored.

    ``refused`` holds the ids of the questions to which the person prefers not to say it.
    """

    def __init__(
        self, questionnaire: Questionnaire, answers: Mapping[str, Any], refused: Collection[str] = frozenset()
    ) -> None:
        self.refused = refused
        self.questions = questionnaire.question
        self.scores = {score.id: score for part in questionnaire.instruments for score in part.scores}
        self.answers = answers

    def holds(self, condition: str) -> bool:
        return self._truth(ast.parse(condition.replace("\n", " "), mode="eval").body)

    def asked(self, question: Question) -> bool:
        return question.enable_when is None or self.holds(question.enable_when)

    def _answer(self, name: str) -> Any:
        question = self.questions[name]
        return self.answers[name] if self.asked(question) else NOTHING

    def _truth(self, node: ast.expr) -> bool:
        match node:
            case ast.BoolOp(ast.And(), parts):
                return all(self._truth(part) for part in parts)
            case ast.BoolOp(ast.Or(), parts):
                return any(self._truth(part) for part in parts)
            case ast.UnaryOp(ast.Not(), part):
                return not self._truth(part)
            case ast.Name(name):
                return self._answer(name) is True
            case ast.Call(ast.Name("declined"), [ast.Name(name)]):
                return self.asked(self.questions[name]) and name in self.refused
            case ast.Compare(left, signs, others):
                operands = [left, *others]
                return all(self._pair(one, sign, two) for one, sign, two in zip(operands, signs, others, strict=False))
        raise AssertionError(ast.dump(node))

    def _pair(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> bool:
        if isinstance(sign, ast.In | ast.NotIn):
            listed = isinstance(right, ast.Tuple)
            answer = self._answer(left.id if listed else right.id)  # type: ignore[attr-defined]
            if answer is NOTHING:
                return False
            found = answer in ast.literal_eval(right) if listed else ast.literal_eval(left) in answer
            return found is isinstance(sign, ast.In)
        quoted = any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in (left, right))
        one, two = self._value(left, quoted), self._value(right, quoted)
        return NOTHING not in (one, two) and _RELATIONS[type(sign)](one, two)

    def _value(self, node: ast.expr, quoted: bool = False) -> Any:
        match node:
            case ast.Constant(value):
                return value
            case ast.Name(name) if name in self.scores:
                return self._value(ast.parse(self.scores[name].value, mode="eval").body)
            case ast.Name(name):
                answer, question = self._answer(name), self.questions[name]
                return answer if quoted or answer is NOTHING or not question.options else question.option[answer].score
            case ast.UnaryOp(ast.USub(), part):
                inner = self._value(part)
                return NOTHING if inner is NOTHING else -inner
            case ast.BinOp(left, sign, right):
                one, two = self._value(left), self._value(right)
                return NOTHING if NOTHING in (one, two) else _SIGNS[type(sign)](one, two)
            case ast.Call(_, parts):
                return sum(self._truth(part) for part in parts)
        raise AssertionError(ast.dump(node))


def completions(
    questionnaire: Questionnaire, entries: Mapping[str, Entry], refusable: Collection[str] = ()
) -> Iterator[World]:
    """Yield every person who could have given these entries: a question that was left out could have any answer.

    A question in ``refusable`` that was left out may also be refused in the end.
    """
    choices: list[list[tuple[Any, bool]]] = []
    for question in questionnaire:
        entry = entries.get(question.id)
        refused = entry is AbsentReason.DECLINED
        if entry is None or isinstance(entry, AbsentReason):
            ends = (False, True) if question.id in refusable and not refused else (refused,)
            choices.append(list(itertools.product(possible(question), ends)))
        else:
            choices.append([(entry, False)])
    names = [question.id for question in questionnaire]
    for chosen in itertools.product(*choices):
        answers = {name: answer for name, (answer, _) in zip(names, chosen, strict=True)}
        refusals = frozenset(name for name, (_, refused) in zip(names, chosen, strict=True) if refused)
        yield World(questionnaire, answers, refusals)


def possible(question: Question) -> list[Any]:
    """Return all answers that a question with few possible answers can have."""
    codes = [option.code for option in question.options]
    match question.type:
        case "yes_no":
            return [True, False]
        case "choice":
            return codes
        case "choices":
            sets = [frozenset(s) for size in range(1, len(codes) + 1) for s in itertools.combinations(codes, size)]
            return [s for s in sets if len(s) == 1 or not any(question.option[code].exclusive for code in s)]
        case "integer":
            assert question.limits
            return list(range(int(question.limits.minimum), int(question.limits.maximum) + 1))
    raise AssertionError(question.type)


def total(world: World, score: Score) -> Any:
    """Return the value of a score for this person."""
    return world._value(ast.parse(score.value, mode="eval").body)
