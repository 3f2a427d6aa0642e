"""The outcomes of rules: every rule is raised, clear or undetermined, and knows the answers it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cached_property

from screener.engine.form import Form, ReportMistake
from screener.engine.response_state import ResponseState
from screener.expressions import tree
from screener.expressions.evaluate import Facts, truth
from screener.expressions.mistakes import Mistake
from screener.expressions.parse import parse_condition
from screener.expressions.previous import is_previous
from screener.expressions.support import is_missing, is_open, support, supporting_refusals
from screener.model.occurrences import key_of, number_of, repeating
from screener.model.questionnaire import Section
from screener.model.ruleset import Priority, Rule, Ruleset
from screener.values import dataclass


class Outcome(StrEnum):
    """The outcome of a rule. ``UNDETERMINED`` is never treated as ``CLEAR``."""

    RAISED = "raised"
    CLEAR = "clear"
    UNDETERMINED = "undetermined"


_URGENT_PREVIOUS = Mistake(
    "An urgent rule cannot name the previous response.",
    "The terminal of the person does not know it. Name what is answered now, or write a rule of another priority.",
)
_OUTCOMES = {True: Outcome.RAISED, False: Outcome.CLEAR, None: Outcome.UNDETERMINED}


@dataclass(frozen=True)
class CompiledRule:
    rule: Rule
    tree: tree.Truth
    evaluate: Callable[[Facts], bool | None]


@dataclass(frozen=True)
class CompiledRules:
    """A ruleset ready to be evaluated. Build it with ``compile_rules``."""

    ruleset: Ruleset
    rules: Mapping[str, CompiledRule]
    dependents: Mapping[str, tuple[str, ...]]
    """Name of a question or score to the rules whose conditions name it."""

    @cached_property
    def evaluate(self) -> dict[str, Callable[[Facts], bool | None]]:
        """Return, by rule id, the function that decides the condition."""
        return {name: compiled.evaluate for name, compiled in self.rules.items()}

    @cached_property
    def urgent(self) -> tuple[CompiledRule, ...]:
        return tuple(compiled for compiled in self.rules.values() if compiled.rule.priority is Priority.URGENT)


def compile_rules(ruleset: Ruleset, form: Form, report: ReportMistake) -> CompiledRules:
    """Parse and type-check every rule against the form; each mistake goes to ``report`` as ``(rule id, "when")``."""
    rules: dict[str, CompiledRule] = {}
    dependents: dict[str, list[str]] = {}
    repeats = repeating(form.template)
    for rule in ruleset:
        try:
            node = parse_condition(rule.when, form.symbols, repeating=repeats)
        except Mistake as mistake:
            report((rule.id, "when"), mistake)
            continue
        if rule.priority is Priority.URGENT and any(map(is_previous, tree.names(node))):
            report((rule.id, "when"), _URGENT_PREVIOUS)
        rules[rule.id] = CompiledRule(rule, node, truth(node))
        for name in tree.names(node):
            dependents.setdefault(name, []).append(rule.id)
    return CompiledRules(ruleset, rules, {name: tuple(ids) for name, ids in dependents.items()})


class Assessment:
    """The outcome of every rule for one person at this moment, updated as facts change."""

    def __init__(self, rules: CompiledRules, state: ResponseState) -> None:
        self.rules = rules
        self.state = state
        facts = state.facts
        self.outcomes = {rule: _OUTCOMES[evaluate(facts)] for rule, evaluate in rules.evaluate.items()}

    def update(self, changed: Iterable[str]) -> None:
        """Evaluate again the rules that name one of the changed questions and scores."""
        facts, evaluate, dependents = self.state.facts, self.rules.evaluate, self.rules.dependents
        for name in changed:
            for rule in dependents.get(name, ()):
                self.outcomes[rule] = _OUTCOMES[evaluate[rule](facts)]

    def with_outcome(self, outcome: Outcome) -> list[Rule]:
        """Return the rules with this outcome: the most urgent first, then in the order of their files."""
        rules = [compiled.rule for compiled in self.rules.rules.values() if self.outcomes[compiled.rule.id] is outcome]
        order = list(Priority)
        return sorted(rules, key=lambda rule: order.index(rule.priority))

    def supporting_answers(self, rule: str) -> list[str]:
        """Return the ids of the questions whose answers a raised or clear rule rests on, in the order asked.

        Where a question counts although it has no answer, because any answer to it would do, the answers for which it
        is asked are named. A declined question is named if the rule reads its refusal.
        """
        form, facts = self.state.form, self.state.facts
        condition = self.rules.rules[rule].tree
        refused = supporting_refusals(condition, facts)
        read = form.source_questions(support(condition, facts)) | set(refused)
        answered = {name for name in read if name in refused or not is_missing(name, facts)}
        named = answered | (self._with_gates(read - answered) - self._with_gates(answered))
        named = {name for name in named if name in answered or not is_missing(name, facts)}
        if form.questionnaire is not form.template:
            named = self._without_those_not_there(named)
        return [question.id for question in form.questionnaire if question.id in named]

    def _without_those_not_there(self, names: Iterable[str]) -> set[str]:
        """Return the questions; in place of those of occurrences that do not exist, the answer that says so."""
        form, named = self.state.form, set(names)
        for section in form.questionnaire.sections:
            if section.repeats:
                numbers = {number for number in range(1, section.repeats.up_to + 1) if self._is_there(section, number)}
                absent = {each.id for each in section.questions if number_of(each.id) not in numbers} & named
                if absent:
                    named = named - absent | {key_of(section.repeats.another, max(numbers))}
        return named

    def _is_there(self, section: Section, number: int) -> bool:
        assert section.repeats
        return number == 1 or self.state.facts[key_of(section.repeats.another, number - 1)] is True

    def _with_gates(self, questions: Iterable[str]) -> set[str]:
        """Return the questions with those whose answers decide that they are asked, or not."""
        form, waiting = self.state.form, set(questions)
        with_gates: set[str] = set()
        while waiting:
            name = waiting.pop()
            with_gates.add(name)
            if gate := form.enable_when.get(name):
                waiting |= form.source_questions(support(gate, self.state.facts)) - with_gates
        return with_gates

    def previous_names(self, rule: str) -> list[str]:
        """Return the names of the previous response that the outcome rests on, or that would decide it."""
        return sorted(filter(is_previous, support(self.rules.rules[rule].tree, self.state.facts)))

    def deciding_questions(self, rule: str) -> list[str]:
        """Return the ids of the questions whose answers would decide an undetermined rule, in the order they are asked.

        If it is not known whether one of them is enabled, the questions that decide that replace it.
        """
        form, facts = self.state.form, self.state.facts
        deciding: set[str] = set()
        visited: set[str] = set()
        waiting = set(form.source_questions(support(self.rules.rules[rule].tree, facts)))
        while waiting:
            name = waiting.pop()
            visited.add(name)
            if self.state.is_enabled(name) is None:
                waiting |= form.source_questions(support(form.enable_when[name], facts)) - visited
            elif is_missing(name, facts) or is_open(name, facts):
                deciding.add(name)
        return [question.id for question in form.questionnaire if question.id in deciding]
