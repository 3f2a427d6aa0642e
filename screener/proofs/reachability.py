"""Every question can be asked; every rule can be raised, can be clear and can be undetermined."""

from __future__ import annotations

from collections.abc import Iterator

from screener.engine.rules import Outcome
from screener.expressions import tree
from screener.proofs.context import ProofContext
from screener.proofs.result import Result, Task, Verdict

ASKED = "Every question can be asked."
RAISED = "Every rule can be raised."
CLEAR = "Every rule can be clear, so none is always raised."
UNDETERMINED = "Every rule can be undetermined, so none is decided before anything is answered."


def questions_asked(setting: ProofContext) -> Iterator[Task]:
    """Yield a task for each question with a condition; one without a condition is asked of everybody."""
    for name in setting.form.enable_when:
        yield Task(f"{name} can be asked", lambda name=name: [_question(setting, name)])  # type: ignore[misc]


def _question(setting: ProofContext, name: str) -> Result:
    enabled = setting.responses.is_enabled(name)
    gate = setting.form.with_gates(tree.names(setting.form.enable_when[name]))
    place = setting.question_place(name, "enable_when")
    if not setting.possible(gate, enabled.true):
        says = f'The question "{name}" is never asked, whatever the answers are.'
        entries = setting.smallest(gate, *setting.responses.all_answered(gate)) or {}
        example = setting.example(
            f"never-asked-{name}",
            f'Everything that decides it is answered, and "{name}" is not asked.',
            entries,
            lambda tried: tried.state.is_enabled(name) is not True,
        )
        return Result(Verdict.REFUTED, name, place, says, "Correct its enable_when.", (example,))
    if not setting.possible(gate, enabled.false):
        says = f'The question "{name}" is always asked once the questions that decide it are answered.'
        return Result(Verdict.LISTED, name, place, says)
    return Result(Verdict.PROVED, name, place)


def rules_can_be(outcome: Outcome, setting: ProofContext) -> Iterator[Task]:
    """Yield one task for each rule: some response gives it this outcome."""
    for name in setting.rules:
        yield Task(f"{name} can be {outcome}", lambda name=name: [_rule(setting, name, outcome)])  # type: ignore[misc]


_SAYS = {
    Outcome.RAISED: 'The rule "{}" is never raised, whatever the answers are.',
    Outcome.CLEAR: 'The rule "{}" is never clear: once what it needs is answered, it is always raised.',
    Outcome.UNDETERMINED: 'The rule "{}" is never undetermined: it is decided before anything is answered.',
}


def _rule(setting: ProofContext, name: str, outcome: Outcome) -> Result:
    source_questions, place = setting.source_questions[name], setting.rule_place(name)
    if setting.possible(source_questions, setting.outcome(name, outcome)):
        return Result(Verdict.PROVED, name, place)
    full = [] if outcome is Outcome.UNDETERMINED else setting.responses.all_answered(source_questions)
    entries = setting.smallest(source_questions, *full) or {}
    actual = setting.assess(entries).outcomes[name]
    example = setting.example(
        f"never-{outcome}-{name}",
        f'Everything it needs is answered, and "{name}" is {actual}.' if full else f'"{name}" is {actual} already.',
        entries,
        lambda tried: tried.outcomes[name] is actual is not outcome,
    )
    return Result(Verdict.REFUTED, name, place, _SAYS[outcome].format(name), "Correct its condition.", (example,))
