"""Every question can be asked; every rule can be raised, can be clear and can be undetermined."""

from __future__ import annotations

from collections.abc import Iterator

from screener.check.prove.result import Result, Task, Verdict
from screener.check.prove.setting import Setting
from screener.language import tree
from screener.rules import Outcome

ASKED = "Every question can be asked."
RAISED = "Every rule can be raised."
CLEAR = "Every rule can be clear, so none is always raised."
UNDETERMINED = "Every rule can be undetermined, so none is decided before anything is answered."


def questions_asked(setting: Setting) -> Iterator[Task]:
    """A question without a condition is asked of everybody."""
    for name in setting.form.enable_when:
        yield Task(f"{name} can be asked", lambda name=name: [_question(setting, name)])  # type: ignore[misc]


def _question(setting: Setting, name: str) -> Result:
    applies = setting.responses.applies(name)
    gate = setting.responses.needed(tree.names(setting.form.enable_when[name]))
    place = setting.question_place(name, "enable_when")
    if not setting.possible(gate, applies.true):
        says = f'The question "{name}" is never asked, whatever the answers are.'
        entries = setting.smallest(gate, *setting.responses.all_answered(gate)) or {}
        example = setting.example(
            f"never-asked-{name}",
            f'Everything that decides it is answered, and "{name}" is not asked.',
            entries,
            lambda tried: tried.standing.applies(name) is not True,
        )
        return Result(Verdict.REFUTED, name, place, says, "Correct its enable_when.", (example,))
    if not setting.possible(gate, applies.false):
        says = f'The question "{name}" is never left out: once what decides it is answered, it is always asked.'
        return Result(Verdict.LISTED, name, place, says)
    return Result(Verdict.PROVED, name, place)


def rules_can_be(outcome: Outcome, setting: Setting) -> Iterator[Task]:
    """One task for each rule: some response gives it this outcome."""
    for name in setting.rules:
        yield Task(f"{name} can be {outcome}", lambda name=name: [_rule(setting, name, outcome)])  # type: ignore[misc]


_SAYS = {
    Outcome.RAISED: 'The rule "{}" is never raised, whatever the answers are.',
    Outcome.CLEAR: 'The rule "{}" is never clear: once what it needs is answered, it is always raised.',
    Outcome.UNDETERMINED: 'The rule "{}" is never undetermined: it is decided before anything is answered.',
}


def _rule(setting: Setting, name: str, outcome: Outcome) -> Result:
    behind, place = setting.behind[name], setting.rule_place(name)
    if setting.possible(behind, setting.outcome(name, outcome)):
        return Result(Verdict.PROVED, name, place)
    full = [] if outcome is Outcome.UNDETERMINED else setting.responses.all_answered(behind)
    entries = setting.smallest(behind, *full) or {}
    shown = setting.assess(entries).outcomes[name]
    example = setting.example(
        f"never-{outcome}-{name}",
        f'Everything it needs is answered, and "{name}" is {shown}.' if full else f'"{name}" is {shown} already.',
        entries,
        lambda tried: tried.outcomes[name] is shown is not outcome,
    )
    return Result(Verdict.REFUTED, name, place, _SAYS[outcome].format(name), "Correct its condition.", (example,))
