"""Any response at all, as variables: for each question whether it is answered, and what the answer is.

An answer has a value even where it is not given; nothing reads it then. A date is one that can be typed, so between
1900 and 2100. Free text carries no information, so it is only given or not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from math import ceil, floor

import z3

from screener.engine.form import Form
from screener.expressions import tree, z3_formula
from screener.expressions.parse import exact
from screener.model.questionnaire import Limits, Question
from screener.model.response import AnswerValue

Substitution = list[tuple[z3.ExprRef, z3.ExprRef]]
"""Variables and what to put in their place."""

_FIRST_DAY = datetime.date(1900, 1, 1).toordinal()
_LAST_DAY = datetime.date(2100, 12, 31).toordinal()
_USUAL_DAYS = (datetime.date(2000, 1, 1).toordinal(), datetime.date(2025, 12, 31).toordinal())


class SymbolicResponses:
    """All responses to a form. Formulas built from ``facts`` speak of whichever response the variables make up."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.given: dict[str, z3.BoolRef] = {}
        """Question id to "this question has an answer, whether it applies or not"."""
        self.facts: dict[str, z3_formula.Z3Answer | z3_formula.Z3Number] = {}
        self._domain: dict[str, list[z3.BoolRef]] = {}
        for name in sorted(form.evaluation_order, key=form.evaluation_order.__getitem__):
            if name in form.scores:
                self.facts[name] = z3_formula.number(form.scores[name], self.facts)
            else:
                self.facts[name] = self._question(form.questionnaire.question[name])

    def _question(self, question: Question) -> z3_formula.Z3Answer:
        name = question.id
        gate = self.form.enable_when.get(name)
        enabled = z3_formula.truth(gate, self.facts) if gate else z3_formula.ALWAYS
        given = self.given[name] = z3.Bool(f"{name} is answered")
        there = z3.And(given, enabled.true)
        domain = self._domain[name] = []
        match question.type:
            case "yes_no":
                return z3_formula.Z3Answer(there, enabled, yes=z3.Bool(f"{name} is yes"))
            case "choice" | "choices":
                chosen = {option.code: z3.Bool(f"{name} has {option.code}") for option in question.options}
                domain.append(z3.Or(list(chosen.values())))
                alone = [chosen[o.code] for o in question.options if o.exclusive or question.type == "choice"]
                domain += [
                    z3.Implies(one, z3.And([z3.Not(other) for other in chosen.values() if other is not one]))
                    for one in alone
                ]
                return z3_formula.Z3Answer(there, enabled, chosen=chosen)
            case "integer" | "decimal":
                value = z3.Int(name) if question.type == "integer" else z3.Real(name)
                domain += _between(value, question.limits)
                return z3_formula.Z3Answer(there, enabled, number=value)
            case "date":
                day = z3.Int(name)
                domain += [day >= _FIRST_DAY, day <= _LAST_DAY]
                return z3_formula.Z3Answer(there, enabled, number=day)
        return z3_formula.Z3Answer(there, enabled)

    def answer(self, question: str) -> z3_formula.Z3Answer:
        answer = self.facts[question]
        assert isinstance(answer, z3_formula.Z3Answer)
        return answer

    def is_enabled(self, question: str) -> z3_formula.Z3Truth:
        """When the question is asked, and when it is not."""
        return self.answer(question).enabled

    def needed(self, names: Iterable[str]) -> list[str]:
        """The questions that these names rest on, themselves included, gates opened up; in the order asked."""
        form, found = self.form, set[str]()
        waiting = set(form.source_questions(names))
        while waiting:
            found |= waiting
            gates = (form.enable_when[name] for name in waiting if name in form.enable_when)
            waiting = {name for gate in gates for name in form.source_questions(tree.names(gate))} - found
        return [question.id for question in form.questionnaire if question.id in found]

    def possible(self, questions: Iterable[str]) -> list[z3.BoolRef]:
        """That the answers to these questions are ones that they accept."""
        return [part for question in questions for part in self._domain[question]]

    def all_answered(self, questions: Iterable[str]) -> list[z3.BoolRef]:
        """That each of these questions has an answer or, by the answers given, does not apply."""
        return [z3.Or(self.is_enabled(name).false, self.answer(name).there) for name in questions]

    def none_set_aside(self, questions: Iterable[str]) -> list[z3.BoolRef]:
        """That only questions that apply have answers."""
        return [z3.Implies(self.given[name], self.is_enabled(name).true) for name in questions]

    def measure(self, question: str) -> z3_formula.Z3Number | None:
        """The question as a number, where it is one or its options have scores."""
        asked = self.form.questionnaire.question[question]
        if asked.scored:
            scores = tuple((option.code, option.score or 0) for option in asked.options)
            return z3_formula.number(tree.ItemScore(question, scores), self.facts)
        if asked.limits:
            measured = tree.NumericAnswer(question, exact(asked.limits.minimum), exact(asked.limits.maximum))
            return z3_formula.number(measured, self.facts)
        return None

    def variables(self, question: str) -> list[z3.ExprRef]:
        """The variables that make up the value of an answer."""
        answer = self.answer(question)
        single = [value for value in (answer.yes, answer.number) if value is not None]
        return [*single, *answer.chosen.values()]

    def extreme(self, question: str, highest: bool) -> Substitution:
        """The lowest or the highest answer: no or yes, the first or last number, the least or largest score."""
        asked, answer = self.form.questionnaire.question[question], self.answer(question)
        if answer.yes is not None:
            return [(answer.yes, z3.BoolVal(highest))]
        if asked.type == "date":
            return [(answer.number, z3.IntVal(_LAST_DAY if highest else _FIRST_DAY))]
        if asked.limits and asked.type == "integer":
            return [(answer.number, z3.IntVal(floor(asked.limits.maximum) if highest else ceil(asked.limits.minimum)))]
        if asked.limits:
            return [(answer.number, z3.RealVal(str(asked.limits.maximum if highest else asked.limits.minimum)))]
        plain = {option.code for option in asked.options if not option.exclusive}
        wanted = {asked.options[0].code} if asked.options else set()
        if asked.scored:
            ends = sorted(asked.options, key=lambda option: option.score or 0)
            wanted = {ends[-1 if highest else 0].code}
        elif asked.type == "choices":
            wanted = plain if highest and plain else ({o.code for o in asked.options} - plain) or wanted
            wanted = wanted if wanted == plain else {min(wanted)}
        return [(chosen, z3.BoolVal(code in wanted)) for code, chosen in answer.chosen.items()]

    def preferences(self, question: str) -> list[z3.BoolRef]:
        """What makes an example easier to read: few decimals, usual values, few options."""
        asked, answer = self.form.questionnaire.question[question], self.answer(question)
        if asked.type == "choices":
            return [z3.AtMost(*answer.chosen.values(), 1)]
        if answer.number is None:
            return []
        if asked.type == "date":
            return [z3.And(answer.number >= _USUAL_DAYS[0], answer.number <= _USUAL_DAYS[1])]
        wanted = [z3.And(_between(answer.number, asked.usual))] if asked.usual else []
        if asked.type == "decimal":
            wanted += [z3.IsInt(answer.number * 100), z3.IsInt(answer.number)]
        return wanted

    def read(self, model: z3.ModelRef, questions: Iterable[str]) -> dict[str, AnswerValue]:
        """The answers that a model gives to these questions, in the order asked."""
        wanted = {name for name in questions if _holds(model, self.given[name])}
        return {
            question.id: self._value(model, question) for question in self.form.questionnaire if question.id in wanted
        }

    def _value(self, model: z3.ModelRef, question: Question) -> AnswerValue:
        answer = self.answer(question.id)
        match question.type:
            case "yes_no":
                return _holds(model, answer.yes)
            case "choice" | "choices":
                codes = [code for code, chosen in answer.chosen.items() if _holds(model, chosen)]
                return codes[0] if question.type == "choice" else frozenset(codes)
            case "text":
                return "words"
        value = model.eval(answer.number, model_completion=True)
        if question.type == "decimal":
            number = value.as_fraction()
            return Decimal(number.numerator) / Decimal(number.denominator)
        return int(value.as_long()) if question.type == "integer" else datetime.date.fromordinal(value.as_long())


def _between(value: z3.ArithRef, limits: Limits | None) -> list[z3.BoolRef]:
    if limits is None:
        return []
    return [value >= z3_formula.term(exact(limits.minimum)), value <= z3_formula.term(exact(limits.maximum))]


def _holds(model: z3.ModelRef, condition: z3.BoolRef) -> bool:
    return bool(z3.is_true(model.eval(condition, model_completion=True)))
