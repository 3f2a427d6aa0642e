"""The smallest changes of answers that give a rule another outcome.

The search tries every option of a choice, numbers and dates at the limits that conditions set, and no answer: for one
question at a time, then for two. It looks only at the questions that the rule can rest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from screener.engine.alternatives import alternatives
from screener.engine.response_state import ResponseState
from screener.engine.rules import CompiledRules, Outcome
from screener.expressions import tree
from screener.model.occurrences import number_of
from screener.model.response import Entry

MOST_TRIED = 200_000
"""The largest number of responses tried; after that the search ends and says so."""

AnswerChange = Mapping[str, Entry]
"""Question id to the other answer, or the absent reason."""


@dataclass(frozen=True)
class AnswerChanges:
    """The smallest changes that lead to an outcome: one for each question or pair of questions that can do it."""

    outcome: Outcome
    alternatives: tuple[AnswerChange, ...]
    exhausted: bool = True
    """Whether all changes of one and two answers were tried; if not, some may be missing here."""


def smallest_changes(rules: CompiledRules, state: ResponseState, rule: str) -> tuple[AnswerChanges, ...]:
    """Return the smallest changes for each outcome that the rule does not have now."""
    search = _ChangeSearch(rules, state, rule)
    return tuple(search.towards(outcome) for outcome in Outcome if outcome is not search.now)


class _ChangeSearch:
    def __init__(self, rules: CompiledRules, state: ResponseState, rule: str) -> None:
        self.evaluate = rules.rules[rule].evaluate
        self.entries = dict(state.entries)
        self.state = ResponseState(state.form, self.entries, state.previous)
        self.now = self.outcome()
        form = state.form
        node = rules.rules[rule].tree
        self.questions = [name for name in form.with_gates(tree.names(node)) if self.may_be_next(name)]
        nodes: list[tree.Node] = [
            node,
            *(form.enable_when[name] for name in self.questions if name in form.enable_when),
        ]
        nodes += [form.scores[name] for part in list(nodes) for name in tree.names(part) if name in form.scores]
        self.others = {
            name: alternatives(form.questionnaire.question[name], nodes, self.entries, state.previous)
            for name in self.questions
        }
        self.changes: dict[int, dict[Outcome, list[AnswerChange]]] = {}
        """By how many answers they change, and by the outcome that they lead to."""
        self.exhausted = True

    def may_be_next(self, name: str) -> bool:
        """Return whether a question is in no occurrence, or in one with an answer or the next one after these."""
        answered = max((number_of(answered_question) or 0 for answered_question in self.entries), default=0)
        return (number_of(name) or 0) <= answered + 1

    def towards(self, outcome: Outcome) -> AnswerChanges:
        for size in (1, 2):
            if size not in self.changes:
                self.changes[size] = self.tried(size)
            if changes := self.changes[size][outcome]:
                return AnswerChanges(outcome, tuple(changes), size == 1 or self.exhausted)
        return AnswerChanges(outcome, (), self.exhausted)

    def tried(self, size: int) -> dict[Outcome, list[AnswerChange]]:
        """Return the nearest change of each set of questions, by the outcome it leads to."""
        nearest: dict[tuple[Outcome, tuple[str, ...]], AnswerChange] = {}
        for count, change in enumerate(self.possible(size)):
            if count == MOST_TRIED:
                self.exhausted = False
                break
            nearest.setdefault((self.outcome(), tuple(change)), change)
        for name in self.questions:
            self.state.record(name, self.entries.get(name))
        return {target: [change for (outcome, _), change in nearest.items() if outcome is target] for target in Outcome}

    def possible(self, size: int) -> Iterator[AnswerChange]:
        """Yield each change of ``size`` answers while it is applied."""
        for names in combinations(self.questions, size):
            yield from self.applied(names, {})

    def applied(self, names: Sequence[str], change: dict[str, Entry]) -> Iterator[AnswerChange]:
        """Yield ``change`` with each change of these questions, one after the other, while it is applied."""
        if not names:
            yield dict(change)
            return
        name, *others = names
        for entry in self.others[name]:
            self.state.record(name, entry)
            yield from self.applied(others, change | {name: entry})
        self.state.record(name, self.entries.get(name))

    def outcome(self) -> Outcome:
        holds = self.evaluate(self.state.facts)
        return Outcome.UNDETERMINED if holds is None else Outcome.RAISED if holds else Outcome.CLEAR
