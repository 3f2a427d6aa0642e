"""No rule is undetermined without need: if all ways of answering the rest lead to one outcome, it should have that one.

The search looks for a response in which a rule is undetermined and all completions agree. If a completion shows the
contrary for one candidate, it excludes other candidates too: the blanks of each are filled in from it. The search ends
when no candidate is left, mostly after two or three rounds.

A completion answers each blank or, if the rule reads that, declines it; what was declined stays declined.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import z3

from screener.engine.rules import Assessment, Outcome
from screener.expressions import tree
from screener.model.types.base import Amount
from screener.proofs.context import ProofContext
from screener.proofs.lemmas import lemmas
from screener.proofs.result import Result, Task, Verdict
from screener.proofs.solver import Undecided, satisfied, solver
from screener.proofs.variables import Substitution

UNSURE = "A rule is undetermined only if further answers could still decide it either way; else it is listed."

_ROUNDS = 200


def never_needlessly_unsure(setting: ProofContext) -> Iterator[Task]:
    for name in setting.rules:
        yield Task(f"{name} is not undetermined without need", partial(_rule, setting, name))


def _rule(setting: ProofContext, name: str) -> list[Result]:
    gaps = []
    for outcome in (Outcome.RAISED, Outcome.CLEAR):
        model = _BlankSearch(setting, name, outcome).run()
        if model is not None:
            gaps.append(_listed(setting, name, outcome, model))
    return gaps or [Result(Verdict.PROVED, name, setting.rule_place(name))]


def _listed(setting: ProofContext, name: str, outcome: Outcome, model: z3.ModelRef) -> Result:
    def unsure(tried: Assessment) -> bool:
        return tried.outcomes[name] is Outcome.UNDETERMINED

    entries = setting.responses.read(model, setting.source_questions[name])
    says = f'"{name}" is undetermined, although it is {outcome} for every answer to the rest.'
    example = setting.example(f"unsure-{name}-{outcome}", says, entries, unsure)
    says = f'The rule "{name}" is undetermined in a response that can only end in {outcome}.'
    return Result(Verdict.LISTED, name, setting.rule_place(name), says, examples=(example,))


class _BlankSearch:
    """The search, for one rule and one outcome, for an undetermined response with that outcome in every completion."""

    def __init__(self, setting: ProofContext, rule: str, outcome: Outcome) -> None:
        self.responses, self.questions = setting.responses, setting.source_questions[rule]
        truth = setting.rules[rule]
        self.always = truth.true if outcome is Outcome.RAISED else truth.false
        refused = {name: self.responses.refused[name] for name in self.questions if name in setting.refusals[rule]}
        self.declining = {name: z3.Bool(f"{name} is declined in the end") for name in refused}
        """Question id to "it is left open now, and will be declined", if the rule reads that."""
        self.full: Substitution = [
            (self.responses.given[name], z3.BoolVal(True)) for name in self.questions if name not in refused
        ]
        for name, is_declined in refused.items():
            answered, in_the_end = self.responses.given[name], z3.Or(is_declined, self.declining[name])
            self.full += [(answered, z3.Or(answered, z3.Not(in_the_end))), (is_declined, in_the_end)]
        possible = self.responses.possible(self.questions)
        self.no_more = self.responses.none_set_aside(self.questions)
        self.candidates = solver(*possible, *self.no_more, truth.unknown)
        self.contrary = solver(*possible, z3.Not(z3.substitute(self.always, *self.full)))
        self.entered = [entry for question in self.questions for entry in self.responses.entered(question)]
        none_declined = [(declining, z3.BoolVal(False)) for declining in self.declining.values()]

        for highest in (False, True):
            extreme = [pair for question in self.questions for pair in self.responses.extreme(question, highest)]
            self.hold_against(extreme + none_declined)
        condition = setting.content.rules.rules[rule].tree
        for completion in (*self.opposed(condition), *self.around_the_clock(condition)):
            self.hold_against(completion + none_declined)

    def opposed(self, condition: tree.Truth) -> Iterator[Substitution]:
        """Yield completions with one side of comparisons high and the other low, where two answers are compared."""
        comparisons = [part for part in tree.walk(condition) if isinstance(part, tree.Compare)]
        larger = frozenset().union(*(tree.names(part.left) for part in comparisons if tree.names(part.right)))
        smaller = frozenset().union(*(tree.names(part.right) for part in comparisons))
        for difference in tree.walk(condition):
            if isinstance(difference, tree.Arithmetic) and difference.operator == "-":
                larger, smaller = larger | tree.names(difference.left), smaller | tree.names(difference.right)
        if not larger - smaller or not smaller:
            return
        for is_high in (True, False):
            for yes in (True, False):
                kinds = {question: self.responses.form.questionnaire.question[question] for question in self.questions}
                yield [
                    pair
                    for name, question in kinds.items()
                    for pair in self.responses.extreme(
                        name, (name in larger - smaller) is is_high if isinstance(question.answer_type, Amount) else yes
                    )
                ]

    def around_the_clock(self, condition: tree.Truth) -> Iterator[Substitution]:
        """Yield completions near the minutes that a condition compares: there, neither end of a day is an extreme."""
        comparisons = [part for part in tree.walk(condition) if isinstance(part, tree.Compare)]
        numbers = [list(tree.walk(part)) for part in comparisons]
        limits = {
            limit.value
            for parts in numbers
            for limit in parts
            if isinstance(limit, tree.Constant) and any(isinstance(part, tree.Minutes) for part in parts)
        }
        for minutes in sorted({int(limit) + by for limit in limits for by in (-1, 0, 1)}):
            for times in self.responses.times_apart(self.questions, minutes):
                for highest in (False, True):
                    others = (pair for question in self.questions for pair in self.responses.extreme(question, highest))
                    yield [*others, *times]

    def run(self) -> z3.ModelRef | None:
        """Return the smallest such response, or ``None`` if there is none. Raise ``Undecided``."""
        first = self.any()
        if first is None:
            return None
        for most in range(len(self.entered) + 1):
            smaller = self.any(z3.AtMost(*self.entered, most))
            if smaller is not None:
                return smaller
        return first

    def any(self, *few: z3.BoolRef) -> z3.ModelRef | None:
        for _ in range(_ROUNDS):
            if not satisfied(self.candidates, *few):
                return None
            candidate = self.candidates.model()
            completion = self.against(candidate)
            if completion is None:
                return candidate
            values = [variable for question in self.questions for variable in self.responses.variables(question)]
            self.hold_against(
                [
                    (variable, completion.eval(variable, model_completion=True))
                    for variable in [*values, *self.declining.values()]
                ]
            )
        raise Undecided("there are too many ways to answer")

    def against(self, candidate: z3.ModelRef) -> z3.ModelRef | None:
        """Return a completion of the candidate with another outcome."""
        fixed = [
            variable == candidate.eval(variable, model_completion=True)
            for question in self.questions
            if z3.is_true(candidate.eval(self.responses.given[question], model_completion=True))
            for variable in self.responses.variables(question)
        ]
        fixed += [
            entry == candidate.eval(entry, model_completion=True)
            for question in self.declining
            for entry in self.responses.entered(question)
        ]
        return self.contrary.model() if satisfied(self.contrary, *fixed) else None

    def hold_against(self, completion: Substitution) -> None:
        """Allow only candidates that have the outcome when their blanks are filled in as in this completion."""
        filling = dict(completion)
        declining = [(variable, filling[variable]) for variable in self.declining.values()]
        entered = [(entry, z3.substitute(in_the_end, *declining)) for entry, in_the_end in self.full]
        filled = entered + [
            (variable, z3.If(self.responses.given[question], variable, filling[variable]))
            for question in self.questions
            for variable in self.responses.variables(question)
        ]
        self.candidates.add(z3.substitute(self.always, *filled))
        self.candidates.add(*lemmas(self.responses, self.questions, [], filled, *self.no_more))
