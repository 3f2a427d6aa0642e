"""The condition coverage of the cases: each part should be seen true, seen false, and decide the condition.

A case covers a rule only if it states the outcome of that rule; otherwise nobody would notice a wrong one. Every case
covers the condition of a question, because an answer to a question that is not asked is a mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screener.check.cases import state_of
from screener.check.coverage.leaves import Leaf, leaves, with_part
from screener.content.load import LoadedContent
from screener.content.locations import question_locations, rule_locations
from screener.content.validate import File
from screener.errors import Place
from screener.expressions import tree
from screener.expressions.evaluate import Facts, truth
from screener.expressions.occurrence import at_occurrence
from screener.model.questionnaire import Question
from screener.model.ruleset import Cases

_TRUE = tree.Compare("==", tree.Constant(0), tree.Constant(0))
_FALSE = tree.Compare("==", tree.Constant(0), tree.Constant(1))


class ConditionKind(StrEnum):
    """The kind of thing that has the condition."""

    RULE = "rule"
    QUESTION = "question"


@dataclass(frozen=True)
class Subcondition:
    """One leaf of a condition, with the number of cases that cover it."""

    kind: ConditionKind
    name: str
    """The rule or question that has the condition."""
    leaf: Leaf
    text: str
    place: Place
    true: int
    """The number of cases in which it is true."""
    false: int
    decides_true: int
    """In how many of these the condition would have another value if this part were false."""
    decides_false: int

    @property
    def never(self) -> tuple[bool, ...]:
        """Return the values that it has in no case. No blank makes ``answered`` false, so that one is not asked for."""
        counts = ((True, self.true), (False, self.false))
        possible = counts[:1] if isinstance(self.leaf.node, tree.Answered) else counts
        return tuple(truth_value for truth_value, case_count in possible if not case_count)

    @property
    def decides_never(self) -> tuple[bool, ...]:
        """Return the values that it has in some case, but without ever deciding the condition."""
        pairs = ((True, self.true, self.decides_true), (False, self.false, self.decides_false))
        return tuple(truth_value for truth_value, case_count, decides in pairs if case_count and not decides)


@dataclass(frozen=True)
class Demonstration:
    """The facts of one case, and the rules whose outcome it states."""

    facts: Facts
    rules: frozenset[str]


def demonstrations_of(content: LoadedContent, files: Iterable[File[Cases]]) -> list[Demonstration]:
    """Return the cases that can be read; ``screener check`` reports the mistakes in the others."""
    return [
        Demonstration(
            state_of(content, file.source, position, case, []).facts,
            frozenset((*case.raised, *case.clear, *case.undetermined)),
        )
        for file in files
        for position, case in enumerate(file.model.cases)
    ]


def parts(content: LoadedContent, demonstrations: Sequence[Demonstration]) -> Iterator[Subcondition]:
    """Yield every leaf of every rule and of every condition of a question, in the order of the files."""
    places = rule_locations(content.rule_files)
    for name, compiled in content.rules.rules.items():
        source, path = places[name]
        facts = [case.facts for case in demonstrations if name in case.rules]
        where = _where(source.at(*path, "when"), lambda at, s=source, p=path: s.within(*p, "when", offset=at))  # type: ignore[misc]
        yield from _parts(ConditionKind.RULE, name, compiled.rule.when, compiled.tree, where, facts)
    everywhere = [case.facts for case in demonstrations]
    questions = question_locations(content.sections)
    for question in content.template:
        if node := _of_first_occurrence(content, question):
            source, path = questions[question.id]
            where = _where(
                source.at(*path, "enable_when"),
                lambda at, s=source, p=path: s.within(*p, "enable_when", offset=at),  # type: ignore[misc]
            )
            yield from _parts(ConditionKind.QUESTION, question.id, question.enable_when or "", node, where, everywhere)


def _of_first_occurrence(content: LoadedContent, question: Question) -> tree.Truth | None:
    """Return the condition of a question, of a repeating section that of its first occurrence, as it was written."""
    node = content.form.conditions.enable_when.get(question.id)
    section = content.template.section_of[question.id]
    return at_occurrence(node, section, 1) if node and section.repeats else node


def _where(written: str, within: Callable[[int], Place]) -> Callable[[int], Place]:
    indent = len(written) - len(written.lstrip())
    return lambda start: within(indent + start)


def _parts(
    kind: ConditionKind, name: str, text: str, node: tree.Truth, where: Callable[[int], Place], facts: Sequence[Facts]
) -> Iterator[Subcondition]:
    for leaf in leaves(text, node):
        evaluate = truth(leaf.node)
        if_true = truth(with_part(node, leaf.path, _TRUE))  # type: ignore[arg-type]
        if_false = truth(with_part(node, leaf.path, _FALSE))  # type: ignore[arg-type]
        case_counts = {True: 0, False: 0}
        decides = {True: 0, False: 0}
        for case_facts in facts:
            leaf_value = evaluate(case_facts)
            if leaf_value is not None:
                case_counts[leaf_value] += 1
                decides[leaf_value] += if_true(case_facts) is not if_false(case_facts)
        yield Subcondition(
            kind,
            name,
            leaf,
            text[leaf.start : leaf.end],
            where(leaf.start),
            case_counts[True],
            case_counts[False],
            decides[True],
            decides[False],
        )
