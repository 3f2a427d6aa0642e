"""Which parts of the conditions the cases show: each part should be seen true and seen false, and make the difference.

A case shows something of a rule only where it says what must become of that rule; otherwise nobody would notice.
A condition of a question is shown by every case, because an answer to a question that is not asked is a mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screener.check.coverage.leaves import Leaf, leaves, with_part
from screener.content.answers_file import read_answers
from screener.content.load import LoadedContent
from screener.content.locations import question_locations, rule_locations
from screener.content.validate import File
from screener.engine.form import ResponseState
from screener.errors import Place
from screener.expressions import tree
from screener.expressions.evaluate import Facts, truth
from screener.model.ruleset import Cases

_TRUE = tree.Compare("==", tree.Constant(0), tree.Constant(0))
_FALSE = tree.Compare("==", tree.Constant(0), tree.Constant(1))


class ConditionKind(StrEnum):
    """Whose condition it is."""

    RULE = "rule"
    QUESTION = "question"


@dataclass(frozen=True)
class Subcondition:
    """One leaf of a condition, and how often the cases showed it."""

    kind: ConditionKind
    name: str
    """The rule or question whose condition it is part of."""
    leaf: Leaf
    text: str
    place: Place
    true: int
    """In how many cases it is true."""
    false: int
    decides_true: int
    """In how many of these the condition would be another if this part were false."""
    decides_false: int

    @property
    def never(self) -> tuple[bool, ...]:
        """The values in which no case shows it."""
        return tuple(
            truth_value for truth_value, case_count in ((True, self.true), (False, self.false)) if not case_count
        )

    @property
    def decides_never(self) -> tuple[bool, ...]:
        """The values in which it is shown, but never makes the difference."""
        pairs = ((True, self.true, self.decides_true), (False, self.false, self.decides_false))
        return tuple(truth_value for truth_value, case_count, decides in pairs if case_count and not decides)


@dataclass(frozen=True)
class Shown:
    """What is known in one case, and the rules whose outcome it states."""

    facts: Facts
    rules: frozenset[str]


def shown_by(content: LoadedContent, files: Iterable[File[Cases]]) -> list[Shown]:
    """The cases that can be read; ``screener check`` names what is wrong with the others."""
    demonstrations = []
    for file in files:
        for position, case in enumerate(file.model.cases):
            entries = {}
            if case.answers:
                entries = read_answers(content.questionnaire, file.source, [], ("cases", position, "answers"))
            named = frozenset((*case.raised, *case.clear, *case.undetermined))
            demonstrations.append(Shown(ResponseState(content.form, entries).facts, named))
    return demonstrations


def parts(content: LoadedContent, demonstrations: Sequence[Shown]) -> Iterator[Subcondition]:
    """Every leaf of every rule and of every condition on which a question is asked, in the order of the files."""
    places = rule_locations(content.rule_files)
    for name, compiled in content.rules.rules.items():
        source, path = places[name]
        facts = [case.facts for case in demonstrations if name in case.rules]
        where = _where(source.at(*path, "when"), lambda at, s=source, p=path: s.within(*p, "when", offset=at))  # type: ignore[misc]
        yield from _parts(ConditionKind.RULE, name, compiled.rule.when, compiled.tree, where, facts)
    everywhere = [case.facts for case in demonstrations]
    questions = question_locations(content.sections)
    for question in content.questionnaire:
        if node := content.form.enable_when.get(question.id):
            source, path = questions[question.id]
            where = _where(
                source.at(*path, "enable_when"),
                lambda at, s=source, p=path: s.within(*p, "enable_when", offset=at),  # type: ignore[misc]
            )
            yield from _parts(ConditionKind.QUESTION, question.id, question.enable_when or "", node, where, everywhere)


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
