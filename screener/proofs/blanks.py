"""Law 1: leaving answers out never makes a raised rule clear, nor a clear rule raised; only undetermined.

One absent answer may raise a rule: a refusal that the rule names in ``declined``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import z3

from screener.engine.rules import Outcome
from screener.model.response import Entry
from screener.proofs.context import ProofContext
from screener.proofs.lemmas import lemmas
from screener.proofs.result import Result, Task, Verdict
from screener.proofs.solver import Undecided, smallest
from screener.proofs.variables import Substitution

BLANKS = (
    "Leaving any answers blank never turns a raised rule clear, nor a clear rule raised, "
    "other than by a refusal that the rule names."
)


def blanks_never_flip(setting: ProofContext) -> Iterator[Task]:
    """Yield one task for each rule; any number of answers may be left out at once."""
    for name in setting.rules:
        yield Task(f"a blank never flips {name}", partial(_rule, setting, name))


def _rule(setting: ProofContext, name: str) -> list[Result]:
    responses, source_questions, place = setting.responses, setting.source_questions[name], setting.rule_place(name)
    dropped = {question: z3.Bool(f"{question} is left blank") for question in source_questions}
    refusing = {
        question: z3.And(blank, z3.Bool(f"{question} is left blank by a refusal"))
        for question, blank in dropped.items()
        if question in setting.refusals[name]
    }
    fewer: Substitution = []
    for question, blank in dropped.items():
        answered = responses.given[question]
        fewer.append((answered, z3.And(answered, z3.Not(blank))))
        if question in refusing:
            refused = responses.refused[question]
            fewer.append((refused, z3.Or(refusing[question], z3.And(refused, z3.Not(blank)))))
    before = setting.rules[name]
    after_true, after_false = (z3.substitute(part, *fewer) for part in before)
    raised = z3.And(before.false, after_true, z3.Not(z3.Or(list(refusing.values()))))
    flips = z3.Or(z3.And(before.true, after_false), raised)
    small = lemmas(responses, source_questions, fewer, [])
    if not setting.possible(source_questions, flips, *small):
        return [Result(Verdict.PROVED, name, place)]
    model = smallest(responses, source_questions, flips, extra=[*dropped.values(), *refusing.values()])
    if model is None:
        raise Undecided("the solver contradicts itself")

    def so(claim: z3.BoolRef) -> bool:
        return bool(z3.is_true(model.eval(claim, model_completion=True)))

    full = responses.read(model, source_questions)
    blank = [question for question in full if so(dropped[question])]
    short: dict[str, Entry] = full | setting.blanks(blank)
    for question in blank:
        # A rule that reads refusals tells one from any other blank.
        if question in setting.refusals[name] and not so(refusing[question]):
            del short[question]
    first, then = (setting.assess(entries).outcomes[name] for entries in (full, short))
    if {first, then} != {Outcome.RAISED, Outcome.CLEAR}:
        raise Undecided("the example found does not show it when it is tried")
    examples = (
        setting.example(f"blank-{name}-before", f'"{name}" is {first}.', full, lambda t: t.outcomes[name] is first),
        setting.example(f"blank-{name}-after", f'"{name}" is {then}.', short, lambda t: t.outcomes[name] is then),
    )
    blank_questions = ", ".join(f'"{question}"' for question in blank)
    says = f'Leaving {blank_questions} blank turns the rule "{name}" from {first} to {then}.'
    return [Result(Verdict.REFUTED, name, place, says, "A blank must never count as an answer.", examples)]
