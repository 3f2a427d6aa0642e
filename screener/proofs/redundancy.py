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
    """Each rule is compared with the rules before it that share a question with it."""
    rules = list(setting.rules)
    for position, name in enumerate(rules):
        source_questions = set(setting.source_questions[name])
        near = [other for other in rules[:position] if source_questions & set(setting.source_questions[other])]
        yield Task(f"{name} is not another rule again", partial(_compare, setting, name, near))


def _compare(setting: ProofContext, name: str, near: list[str]) -> list[Result]:
    found = [result for other in near if (result := _pair(setting, name, other))]
    return found or [Result(Verdict.PROVED, name, setting.rule_place(name))]


def _pair(setting: ProofContext, name: str, other: str) -> Result | None:
    forth = _implies(setting, name, other)
    back = _implies(setting, other, name)
    if forth and back:
        return _equivalent(setting, name, other)
    if (forth or back) and setting.file_of(name) == setting.file_of(other):
        return _shadowed(setting, name, other) if forth else _shadowed(setting, other, name)
    return None


def _questions(setting: ProofContext, name: str, other: str) -> list[str]:
    both = {*setting.source_questions[name], *setting.source_questions[other]}
    return setting.responses.needed(both)


def _implies(setting: ProofContext, name: str, other: str) -> bool:
    """Whether ``other`` is raised whenever ``name`` is. A rule that is never raised implies nothing here."""
    raised = setting.rules[name].true
    questions = _questions(setting, name, other)
    if setting.possible(questions, raised, z3.Not(setting.rules[other].true)):
        return False
    return setting.possible(questions, raised)


def _equivalent(setting: ProofContext, name: str, other: str) -> Result:
    says = f'The rules "{name}" and "{other}" are raised by the very same answers.'
    example = setting.example(
        f"same-{name}",
        f'"{name}" and "{other}" are both raised, as always.',
        _both(setting, name, other),
        partial(_both_raised, name, other),
    )
    remedy = "Remove one of them, or correct its condition."
    return Result(Verdict.REFUTED, name, setting.rule_place(name), says, remedy, (example,))


def _shadowed(setting: ProofContext, name: str, other: str) -> Result | None:
    """``other`` is raised whenever ``name`` is. A more pressing rule on a part of the answers is an escalation."""
    rule, wider = setting.content.ruleset.rule[name], setting.content.ruleset.rule[other]
    if _pressing(rule) < _pressing(wider):
        return None
    says = f'Whenever the rule "{name}" ({rule.priority}) is raised, "{other}" ({wider.priority}) is raised too.'
    example = setting.example(
        f"shadowed-{name}",
        f'"{name}" and "{other}" are both raised.',
        _both(setting, name, other),
        partial(_both_raised, name, other),
    )
    return Result(Verdict.LISTED, name, setting.rule_place(name), says, examples=(example,))


def _pressing(rule: Rule) -> tuple[int, bool]:
    """Smaller for a rule that is more pressing; an emergency page is more pressing than a page of support."""
    page = rule.interruption.page if rule.interruption else "support"
    return list(Priority).index(rule.priority), page != "emergency"


def _both(setting: ProofContext, name: str, other: str) -> dict[str, Entry]:
    questions = _questions(setting, name, other)
    return setting.smallest(questions, setting.rules[name].true, setting.rules[other].true) or {}


def _both_raised(name: str, other: str, tried: Assessment) -> bool:
    return tried.outcomes[name] is tried.outcomes[other] is Outcome.RAISED
