"""Law 1: leaving answers out never makes a raised rule clear, nor a clear rule raised; only undetermined."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import z3

from screener.engine.rules import Outcome
from screener.model.response import AbsentReason, Entry
from screener.proofs.context import ProofContext
from screener.proofs.lemmas import lemmas
from screener.proofs.result import Result, Task, Verdict
from screener.proofs.solver import Undecided, smallest

BLANKS = "Leaving any answers blank never turns a raised rule clear, nor a clear rule raised."


def blanks_never_flip(setting: ProofContext) -> Iterator[Task]:
    """Yield one task for each rule; any number of answers may be left out at once."""
    for name in setting.rules:
        yield Task(f"a blank never flips {name}", partial(_rule, setting, name))


def _rule(setting: ProofContext, name: str) -> list[Result]:
    responses, source_questions, place = setting.responses, setting.source_questions[name], setting.rule_place(name)
    dropped = {question: z3.Bool(f"{question} is left blank") for question in source_questions}
    fewer = [
        (responses.given[question], z3.And(responses.given[question], z3.Not(blank)))
        for question, blank in dropped.items()
    ]
    before = setting.rules[name]
    after_true, after_false = (z3.substitute(part, *fewer) for part in before)
    flips = z3.Or(z3.And(before.true, after_false), z3.And(before.false, after_true))
    small = lemmas(responses, source_questions, fewer, [])
    if not setting.possible(source_questions, flips, *small):
        return [Result(Verdict.PROVED, name, place)]
    model = smallest(responses, source_questions, flips, extra=dropped.values())
    if model is None:
        raise Undecided("the solver contradicts itself")
    full: dict[str, Entry] = dict(responses.read(model, source_questions))
    blank = [question for question in full if z3.is_true(model.eval(dropped[question], model_completion=True))]
    short: dict[str, Entry] = full | dict.fromkeys(blank, AbsentReason.DECLINED)
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
