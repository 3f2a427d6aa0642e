"""All possible responses, as variables: for each question whether it is answered, what the answer is, and whether it is
declined if a rule reads that.

An answer has a value even if it is not given; nothing reads it then. An amount is one that can be typed, so a
year lies between 1900 and 2100. Free text carries no information, so it is only given or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import assert_never

import z3

from screener.engine.form import Form
from screener.expressions import tree, z3_formula
from screener.expressions.facts import HALF_A_DAY
from screener.model.question_types import TYPES
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.model.types.base import Amount, Choice, Choices, FreeText, ListedText, Numeric, YesOrNo

Substitution = list[tuple[z3.ExprRef, z3.ExprRef]]
"""Variables with their replacements."""


class SymbolicResponses:
    """All responses to a form. Formulas built from ``facts`` describe the response that the variables make up.

    ``read_refusals`` holds the ids of the questions of which some rule asks whether they were declined. That any other
    question was declined is nothing else than that it has no answer.

    ``read_previous`` holds the names of the previous response that some rule reads: each is free, whatever is answered
    now, and may not be known.
    """

    def __init__(self, form: Form, read_refusals: Iterable[str] = (), read_previous: Iterable[str] = ()) -> None:
        self.form = form
        self.given: dict[str, z3.BoolRef] = {}
        """Question id to "this question has an answer, whether it is enabled or not"."""
        self.refused = {name: z3.Bool(f"{name} is declined") for name in read_refusals}
        """Question id to "the person preferred not to say"; without meaning if there is an answer."""
        self.facts: dict[str, z3_formula.Z3Answer | z3_formula.Z3Number] = {}
        self._domain: dict[str, list[z3.BoolRef]] = {}
        self._always: list[z3.BoolRef] = []
        """What holds of every previous response."""
        for name in sorted(form.evaluation_order, key=form.evaluation_order.__getitem__):
            if name in form.scores:
                self.facts[name] = z3_formula.number(form.scores[name], self.facts)
            else:
                gate = form.enable_when.get(name)
                enabled = z3_formula.truth(gate, self.facts) if gate else z3_formula.ALWAYS
                self.facts[name] = self._question(form.questionnaire.question[name], enabled)
        for name in read_previous:
            self.facts[name] = self._of_previous(name)

    def _of_previous(self, name: str) -> z3_formula.Z3Answer:
        """Return a question of the previous response: it was answered, was not asked, or nobody knows."""
        symbol = self.form.symbols[name]
        assert isinstance(symbol, Question)
        is_known, was_not_asked = z3.Bool(f"{name} is known"), z3.Bool(f"{name} was not asked")
        answer = self._question(symbol, z3_formula.Z3Truth(is_known, was_not_asked))
        # Nobody answers it now: it is no part of the response that the variables make up.
        given, domain = self.given.pop(name), self._domain.pop(name)
        self._always += [z3.Not(z3.And(is_known, was_not_asked)), given == is_known, *domain]
        return answer

    def _question(self, question: Question, enabled: z3_formula.Z3Truth) -> z3_formula.Z3Answer:
        name = question.id
        answered = self.given[name] = z3.Bool(f"{name} is answered")
        present = z3.And(answered, enabled.true)
        refused = self.refused.get(name, z3.BoolVal(False))
        declined = z3.And(refused, z3.Not(answered), enabled.true)
        domain = self._domain[name] = []
        match TYPES[question.type]:
            case YesOrNo():
                return z3_formula.Z3Answer(present, enabled, yes=z3.Bool(f"{name} is yes"), declined=declined)
            case Choice() | Choices() as kind:
                chosen = {option.code: z3.Bool(f"{name} has {option.code}") for option in question.options}
                domain.append(z3.Or(list(chosen.values())))
                single = isinstance(kind, Choice)
                alone = [chosen[option.code] for option in question.options if option.exclusive or single]
                domain += [
                    z3.Implies(
                        exclusive, z3.And([z3.Not(option) for option in chosen.values() if option is not exclusive])
                    )
                    for exclusive in alone
                ]
                return z3_formula.Z3Answer(present, enabled, chosen=chosen, declined=declined)
            case Amount() as kind:
                number = z3.Int(name) if kind.whole else z3.Real(name)
                domain += _between(number, kind.typed_bounds(question))
                return z3_formula.Z3Answer(present, enabled, number=number, declined=declined)
            case FreeText():
                nothing = z3.Bool(f"{name} is nothing") if question.nothing else None
                return z3_formula.Z3Answer(present, enabled, nothing=nothing, declined=declined)
            case ListedText():
                nothing, complete = z3.Bool(f"{name} is nothing"), z3.Bool(f"{name} is complete")
                groups = {code: z3.Bool(f"{name} has {code}") for code in question.option}
                domain.append(z3.Implies(nothing, z3.And(complete, z3.Not(z3.Or(list(groups.values()))))))
                return z3_formula.Z3Answer(
                    present, enabled, chosen=groups, nothing=nothing, complete=complete, declined=declined
                )

    def answer(self, question: str) -> z3_formula.Z3Answer:
        answer = self.facts[question]
        assert isinstance(answer, z3_formula.Z3Answer)
        return answer

    def is_enabled(self, question: str) -> z3_formula.Z3Truth:
        """Return when the question is asked, and when it is not."""
        return self.answer(question).enabled

    def possible(self, questions: Iterable[str]) -> list[z3.BoolRef]:
        """Return the claim that the answers to these questions are ones that they accept."""
        return [*self._always, *(part for question in questions for part in self._domain[question])]

    def all_answered(self, questions: Iterable[str], declined: Iterable[str] = ()) -> list[z3.BoolRef]:
        """Return the claim that each of these questions has an answer or, by the given answers, is not enabled.

        Those in ``declined`` may also be declined.
        """
        refusals = {name: self.answer(name).declined for name in declined}
        no_refusal = z3.BoolVal(False)
        return [
            z3.Or(self.is_enabled(name).false, self.answer(name).has_answer, refusals.get(name, no_refusal))
            for name in questions
        ]

    def none_set_aside(self, questions: Iterable[str]) -> list[z3.BoolRef]:
        """Return the claim that only enabled questions have answers or refusals."""
        return [z3.Implies(z3.Or(self.entered(name)), self.is_enabled(name).true) for name in questions]

    def entered(self, question: str) -> list[z3.BoolRef]:
        """Return what a question can have: an answer and, if a rule reads it, a refusal."""
        refused = self.refused.get(question)
        return [self.given[question], *([] if refused is None else [refused])]

    def measure(self, question: str) -> z3_formula.Z3Number | None:
        """Return the question as a number if it is one or its options have scores."""
        definition = self.form.questionnaire.question[question]
        if definition.scored:
            scores = tuple((option.code, option.score or 0) for option in definition.options)
            return z3_formula.number(tree.ItemScore(question, scores), self.facts)
        if isinstance(definition.answer_type, Numeric):
            measured = tree.NumericAnswer(question, *definition.answer_type.bounds(definition))
            return z3_formula.number(measured, self.facts)
        return None

    def variables(self, question: str) -> list[z3.ExprRef]:
        """Return the variables that make up the value of an answer."""
        answer = self.answer(question)
        single = [
            variable
            for variable in (answer.yes, answer.number, answer.nothing, answer.complete)
            if variable is not None
        ]
        return [*single, *answer.chosen.values()]

    def extreme(self, question: str, highest: bool) -> Substitution:
        """Return the lowest or the highest answer: no or yes, the first or last number, the least or largest score."""
        definition, answer = self.form.questionnaire.question[question], self.answer(question)
        match TYPES[definition.type]:
            case YesOrNo():
                return [(answer.yes, z3.BoolVal(highest))]
            case ListedText():
                last = [(answer.nothing, z3.BoolVal(not highest)), (answer.complete, z3.BoolVal(True))]
                return [*last, *((chosen, z3.BoolVal(highest)) for chosen in answer.chosen.values())]
            case FreeText():
                return [] if answer.nothing is None else [(answer.nothing, z3.BoolVal(not highest))]
            case Amount() as kind:
                least, most = kind.typed_bounds(definition)
                end = (floor(most) if highest else ceil(least)) if kind.whole else most if highest else least
                number = z3.IntVal(end) if kind.whole else z3.Q(end.numerator, end.denominator)
                return [(answer.number, number)]
            case Choice() if definition.scored:
                ends = sorted(definition.options, key=lambda option: option.score or 0)
                codes = {ends[-1 if highest else 0].code}
            case Choice():
                codes = {definition.options[0].code}
            case Choices():
                plain = {option.code for option in definition.options if not option.exclusive}
                codes = plain if highest and plain else {*definition.option} - plain or {definition.options[0].code}
                codes = codes if codes == plain else {min(codes)}
            case other:
                assert_never(other)
        return [(chosen, z3.BoolVal(code in codes)) for code, chosen in answer.chosen.items()]

    def times_apart(self, questions: Sequence[str], minutes: int) -> Iterator[Substitution]:
        """Yield the time questions answered with so many minutes from the first to each other, round each of them."""
        times = [name for name in questions if self.form.questionnaire.question[name].type == "time"]
        numbers = [number for name in times if (number := self.answer(name).number) is not None]
        for base in range(len(times)):
            start = numbers[0] if base == 0 else _round_the_clock(numbers[base] - minutes)
            later = _round_the_clock(numbers[0] + minutes) if base == 0 else numbers[base]
            yield [(number, later if number is not numbers[0] else start) for number in numbers]

    def preferences(self, question: str) -> list[z3.BoolRef]:
        """Return claims that make an example easier to read: few decimals, usual values, few options."""
        definition, answer = self.form.questionnaire.question[question], self.answer(question)
        kind = definition.answer_type
        if isinstance(kind, Choices):
            return [z3.AtMost(*answer.chosen.values(), 1)]
        if answer.number is None or not isinstance(kind, Amount):
            return []
        usual = kind.usual_bounds(definition)
        wishes = [z3.And(_between(answer.number, usual))] if usual else []
        return wishes if kind.whole else [*wishes, z3.IsInt(answer.number * 100), z3.IsInt(answer.number)]

    def read(self, model: z3.ModelRef, questions: Iterable[str]) -> dict[str, Entry]:
        """Return the answers and refusals that a model gives to these questions, in the order asked."""
        entered = {name for name in questions if any(_holds(model, entry) for entry in self.entered(name))}
        return {
            question.id: self._value(model, question) for question in self.form.questionnaire if question.id in entered
        }

    def _value(self, model: z3.ModelRef, question: Question) -> Entry:
        answer = self.answer(question.id)
        if not _holds(model, self.given[question.id]):
            return question.blank
        match TYPES[question.type]:
            case YesOrNo():
                return _holds(model, answer.yes)
            case Choice() | Choices() as kind:
                codes = [code for code, chosen in answer.chosen.items() if _holds(model, chosen)]
                return codes[0] if isinstance(kind, Choice) else frozenset(codes)
            case Amount() as kind:
                numeral = model.eval(answer.number, model_completion=True)
                number: Entry = kind.answer(numeral.as_long() if kind.whole else numeral.as_fraction())
                return number
            case FreeText() as kind:
                is_nothing = answer.nothing is not None and _holds(model, answer.nothing)
                return "" if is_nothing else kind.example(question)
            case ListedText():
                assert question.name_list
                named = [code for code, chosen in answer.chosen.items() if _holds(model, chosen)]
                complete = _holds(model, answer.complete)
                return "" if _holds(model, answer.nothing) else question.name_list.text_of(named, complete=complete)


def _round_the_clock(minute: z3.ArithRef) -> z3.ArithRef:
    """Return the minute of the day of a number of minutes that is at most a day too large or too small."""
    day = 2 * HALF_A_DAY
    return z3.If(minute >= day, minute - day, z3.If(minute < 0, minute + day, minute))


def _between(term: z3.ArithRef, bounds: tuple[int | Fraction, int | Fraction]) -> list[z3.BoolRef]:
    return [term >= z3_formula.term(bounds[0]), term <= z3_formula.term(bounds[1])]


def _holds(model: z3.ModelRef, condition: z3.BoolRef) -> bool:
    return bool(z3.is_true(model.eval(condition, model_completion=True)))
