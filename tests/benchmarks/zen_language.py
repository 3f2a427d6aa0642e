"""The reading of a condition as an expression of zen-engine, for complete data.

Zen has two values, so it is given a response in which everything that is asked is answered: what does not apply is
``null``, and a comparison guards against that itself, as whoever writes such rules by hand has to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from screener.engine.form import Form
from screener.expressions import tree
from screener.expressions.evaluate import Fact, Facts, Missing, Range
from screener.model.name_list import ListedGroups

DECLINED = "declined"
"""The list of the questions that the person preferred not to answer."""
NOTHING = "nothing"
"""The list of the questions to which the answer is that there is nothing to say."""


class Zen:
    """Translates the conditions of one form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._perhaps_absent: set[str] = set(form.enable_when)
        for score, value in form.scores.items():
            if set(_measured(value)) & self._perhaps_absent:
                self._perhaps_absent.add(score)

    def total(self, value: tree.Number) -> str:
        """A score, which is ``null`` where an item that it needs does not apply."""
        guards = self._guards(sorted(set(_measured(value))))
        return f"({' and '.join(guards)} ? {self.expression(value)} : null)" if guards else self.expression(value)

    def expression(self, node: tree.Node) -> str:
        match node:
            case tree.YesNo(question):
                return f"({question} == true)" if question in self._perhaps_absent else question
            case tree.Is(question, codes, negated):
                test = " or ".join(f'{question} == "{code}"' for code in codes)
                return self._guarded([question], f"not ({test})") if negated else f"({test})"
            case tree.Includes(question, code, negated):
                test = f'"{code}" in {question}'
                return self._guarded([question], f"not ({test})" if negated else test)
            case tree.Declined(question):
                return f'("{question}" in {DECLINED})'
            case tree.Answered(question):
                return self._guarded([question], f'not ("{question}" in {NOTHING})')
            case tree.Compare(relation, left, right):
                needed = sorted({*_measured(left), *_measured(right)})
                return self._guarded(needed, f"{self.expression(left)} {relation} {self.expression(right)}")
            case tree.All(parts):
                return "(" + " and ".join(map(self.expression, parts)) + ")"
            case tree.Any(parts):
                return "(" + " or ".join(map(self.expression, parts)) + ")"
            case tree.Not(part):
                return f"(not {self.expression(part)})"
            case tree.Constant(value):
                return _constant(value)
            case tree.NumericAnswer(name) | tree.Total(name):
                return name
            case tree.ItemScore(question, scores):
                cases = " : ".join(f'{question} == "{code}" ? {score}' for code, score in scores[:-1])
                return f"({cases} : {scores[-1][1]})"
            case tree.Arithmetic(operator, left, right):
                return f"({self.expression(left)} {operator} {self.expression(right)})"
            case tree.Count(parts):
                return "(" + " + ".join(f"({self.expression(part)} ? 1 : 0)" for part in parts) + ")"

    def _guarded(self, questions: Sequence[str], test: str) -> str:
        return "(" + " and ".join([*self._guards(questions), test]) + ")"

    def _guards(self, questions: Sequence[str]) -> list[str]:
        return [f"{question} != null" for question in questions if question in self._perhaps_absent]


def data(facts: Facts) -> dict[str, object]:
    """Return the same facts in zen's form, with lists of the questions that were declined or answered with nothing."""
    declined = [name for name, fact in facts.items() if fact is Missing.DECLINED or _is_refused(fact)]
    nothing = [name for name, fact in facts.items() if fact == "" or (isinstance(fact, ListedGroups) and fact.empty)]
    return {name: value_of(fact) for name, fact in facts.items()} | {DECLINED: declined, NOTHING: nothing}


def _is_refused(fact: Fact) -> bool:
    return isinstance(fact, Range) and fact.refused is True


def _measured(node: tree.Number) -> Iterator[str]:
    """The questions and scores whose absence makes a comparison with the number false; those counted do not."""
    match node:
        case tree.NumericAnswer(name) | tree.Total(name) | tree.ItemScore(name):
            yield name
        case tree.Arithmetic(_, left, right):
            yield from _measured(left)
            yield from _measured(right)


def value_of(fact: Fact) -> object:
    """One fact of a complete response."""
    match fact:
        case Missing():
            return None
        case Range(low, high, applies):
            if not applies or low != high:
                return None
            return low if isinstance(low, int) else float(low)
        case ListedGroups(groups):
            return sorted(groups)
        case frozenset():
            return sorted(fact)
    return fact


def _constant(value: int | Fraction) -> str:
    if isinstance(value, int):
        return str(value) if value >= 0 else f"(0 - {-value})"
    return f"({value.numerator} / {value.denominator})"
