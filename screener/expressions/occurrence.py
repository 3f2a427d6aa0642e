"""A condition on one occurrence of a repeating section: the tree of the template, with the keys of that occurrence."""

from __future__ import annotations

from dataclasses import replace

from screener.expressions import tree
from screener.model.occurrences import key_of
from screener.model.questionnaire import Section

BEFORE = "~"
"""What stands after the id of a question for its answer in the occurrence before."""
NEVER = tree.Any(())
"""What is never true: no part of it is."""


def at_occurrence(written: tree.Truth, section: Section, number: int) -> tree.Truth:
    """Return the condition for one occurrence. What it says of the occurrence before the first one is never true."""
    return _Occurrence(section, number).truth(written)


def occurrence_gate(section: Section, number: int) -> tuple[tree.Truth, ...]:
    """Return the condition for an occurrence to be there, as the occurrence before it says; none for the first."""
    assert section.repeats
    return (tree.YesNo(key_of(section.repeats.another, number - 1)),) if number > 1 else ()


def needs_to_exist(written: tree.Truth, section: Section) -> bool:
    """Return whether the condition could be true of an occurrence that is not there: only if it is negated."""
    own = {question.id for question in section.questions}
    match written:
        case tree.Not():
            return True
        case tree.All(parts):
            return all(needs_to_exist(part, section) for part in parts)
        case tree.Any(parts):
            return any(needs_to_exist(part, section) for part in parts)
        case tree.Compare() if any(isinstance(part, tree.Count) for part in tree.walk(written)):
            return True
    return own.isdisjoint(tree.names(written))


class _NoSuchOccurrence(Exception):
    """There is none before the first one."""


class _Occurrence:
    def __init__(self, section: Section, number: int) -> None:
        self.own = {question.id for question in section.questions}
        self.number = number

    def key(self, name: str) -> str:
        if name.endswith(f".{BEFORE}"):
            if self.number == 1:
                raise _NoSuchOccurrence
            return key_of(name.removesuffix(f".{BEFORE}"), self.number - 1)
        return key_of(name, self.number) if name in self.own else name

    def truth(self, node: tree.Truth) -> tree.Truth:
        match node:
            case tree.YesNo() | tree.Is() | tree.Includes() | tree.Answered() | tree.Declined():
                return replace(node, question=self.key(node.question))
            case tree.Compare(relation, left, right):
                try:
                    return tree.Compare(relation, self.number_of(left), self.number_of(right))
                except _NoSuchOccurrence:
                    return NEVER
            case tree.All(parts):
                return tree.All(tuple(map(self.truth, parts)))
            case tree.Any(parts):
                return tree.Any(tuple(map(self.truth, parts)))
            case tree.Not(part):
                return tree.Not(self.truth(part))
            case tree.Occurring():
                return node

    def number_of(self, node: tree.Number) -> tree.Number:
        match node:
            case tree.NumericAnswer() | tree.ItemScore():
                return replace(node, question=self.key(node.question))
            case tree.Arithmetic(sign, left, right):
                return tree.Arithmetic(sign, self.number_of(left), self.number_of(right))
            case tree.Minutes(start, end):
                return tree.Minutes(self.number_of(start), self.number_of(end))
            case tree.Count(parts):
                return tree.Count(tuple(map(self.truth, parts)))
            case tree.Constant() | tree.Total() | tree.LastAnswer():
                return node
