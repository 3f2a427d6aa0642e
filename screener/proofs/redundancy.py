"""No two rules are raised by the very same answers; a rule that another implies is listed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import z3

from screener.engine.rules import Assessment, Outcome
from screener.model.response import Entry
from screener.model.ruleset import Priority, Rule
from screener.proofs.context import ProofContext
from screener.proofs.result import Result, Task, Verdict

OVERLAP = "No two rules are raised by the same answers; where one in a file implies another, it is listed."


def rules_differ(setting: ProofContext) -> Iterator[Task]:
    """Yield a task that compares each rule with the earlier rules that share a question with it."""
    rules = list(setting.rules)
    for position, name in enumerate(rules):
        source_questions = set(setting.source_questions[name])
        near = [earlier for earlier in rules[:position] if source_questions & set(setting.source_questions[earlier])]
        yield Task(f"{name} does not repeat another rule", partial(_compare, setting, name, near))


def _compare(setting: ProofContext, name: str, near: list[str]) -> list[Result]:
    overlaps = [proof for earlier in near if (proof := _pair(setting, name, earlier))]
    return overlaps or [Result(Verdict.PROVED, name, setting.rule_place(name))]


def _pair(setting: ProofContext, first: str, second: str) -> Result | None:
    forth = _implies(setting, first, second)
    back = _implies(setting, second, first)
    if forth and back:
        return _equivalent(setting, first, second)
    if (forth or back) and setting.file_of(first) == setting.file_of(second):
        return _shadowed(setting, first, second) if forth else _shadowed(setting, second, first)
    return None


def _questions(setting: ProofContext, first: str, second: str) -> list[str]:
    both = {*setting.source_questions[first], *setting.source_questions[second]}
    return setting.form.with_gates(both)


def _implies(setting: ProofContext, narrower: str, wider: str) -> bool:
    """Return whether ``wider`` is raised whenever ``narrower`` is. A rule that is never raised implies nothing here."""
    raised = setting.rules[narrower].true
    questions = _questions(setting, narrower, wider)
    if setting.possible(questions, raised, z3.Not(setting.rules[wider].true)):
        return False
    return setting.possible(questions, raised)


def _equivalent(setting: ProofContext, first: str, second: str) -> Result:
    says = f'The rules "{first}" and "{second}" are raised by the very same answers.'
    example = setting.example(
        f"same-{first}",
        f'"{first}" and "{second}" are both raised, as always.',
        _both(setting, first, second),
        partial(_both_raised, first, second),
    )
    remedy = "Remove one of them, or correct its condition."
    return Result(Verdict.REFUTED, first, setting.rule_place(first), says, remedy, (example,))


def _shadowed(setting: ProofContext, narrower: str, wider: str) -> Result | None:
    """Return a result if ``narrower`` implies ``wider``, unless the narrower rule is the more urgent one."""
    rule, broad = setting.content.ruleset.rule[narrower], setting.content.ruleset.rule[wider]
    if _pressing(rule) < _pressing(broad):
        return None
    says = f'Whenever the rule "{narrower}" ({rule.priority}) is raised, "{wider}" ({broad.priority}) is raised too.'
    example = setting.example(
        f"shadowed-{narrower}",
        f'"{narrower}" and "{wider}" are both raised.',
        _both(setting, narrower, wider),
        partial(_both_raised, narrower, wider),
    )
    return Result(Verdict.LISTED, narrower, setting.rule_place(narrower), says, examples=(example,))


def _pressing(rule: Rule) -> tuple[int, bool]:
    """Return a smaller value for a more urgent rule; an emergency page is more urgent than a page of support."""
    page = rule.interruption.page if rule.interruption else "support"
    return list(Priority).index(rule.priority), page != "emergency"


def _both(setting: ProofContext, first: str, second: str) -> dict[str, Entry]:
    questions = _questions(setting, first, second)
    return setting.smallest(questions, setting.rules[first].true, setting.rules[second].true) or {}


def _both_raised(first: str, second: str, tried: Assessment) -> bool:
    return tried.outcomes[first] is tried.outcomes[second] is Outcome.RAISED
