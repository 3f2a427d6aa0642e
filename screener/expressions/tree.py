"""The tree of a condition, typed when it was parsed. Each reading of these nodes is a separate module.

A node holds all that a reading needs of the questions it names (limits, scores), so that no reading looks anything up
to evaluate a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

from screener.model.question_types import QuestionType
from screener.values import dataclass

Relation = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class YesNo:
    """True if a yes/no question is answered yes."""

    question: str


@dataclass(frozen=True, slots=True)
class Is:
    """True if the chosen option is among ``codes`` (or, negated, is not)."""

    question: str
    codes: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Includes:
    """True if ``code`` is among the chosen options (or, negated, is not)."""

    question: str
    code: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """True if the question has an answer; a blank leaves it unknown, and only "nothing" of a text makes it false."""

    question: str


@dataclass(frozen=True, slots=True)
class Declined:
    """True if the person preferred not to say, false if they answered; never negated (see ``refusals``)."""

    question: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A relation of two numbers, or of two amounts of one type, such as dates."""

    relation: Relation
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Truth


@dataclass(frozen=True, slots=True)
class Constant:
    value: int | Fraction
    type: QuestionType | None = None
    """The type of question of which this is an answer, if it is no number: it was quoted, such as a date."""


@dataclass(frozen=True, slots=True)
class NumericAnswer:
    """The answer to a question of an amount, such as an integer or a date, within the bounds of its amount."""

    question: str
    low: int | Fraction
    high: int | Fraction


@dataclass(frozen=True, slots=True)
class ItemScore:
    """The score of the chosen option; ``scores`` pairs each option code with its score."""

    question: str
    scores: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A score of an instrument, defined by another tree."""

    score: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: Literal["+", "-", "*", "/"]
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Count:
    """The number of parts that are true."""

    parts: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Occurring:
    """A condition on the occurrences of a repeating section: true if ``part`` is, which names each of them."""

    which: Literal["any", "none", "first", "last"]
    title: str
    """What one occurrence is called, e.g. "Reading"."""
    written: Truth
    """The condition on one occurrence, with the ids that its author wrote; only words are read from it."""
    part: Truth


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The answer in the last occurrence of a repeating section, which is a number or an amount.

    Each of ``cases`` pairs the condition that an occurrence is the last with its answer; at most one is true.
    """

    question: str
    title: str
    cases: tuple[tuple[Truth, NumericAnswer | ItemScore], ...]
    low: int | Fraction
    high: int | Fraction


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes from one time to another, which are at most half a day apart, so that they can pass midnight."""

    start: Number
    end: Number


Truth = YesNo | Is | Includes | Answered | Declined | Compare | All | Any | Not | Occurring
Number = Constant | NumericAnswer | ItemScore | Total | Arithmetic | Count | LastAnswer | Minutes
Node = Truth | Number


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below."""
    match node:
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case Minutes(start, end):
            return (start, end)
        case LastAnswer(cases=cases):
            return tuple(node for case in cases for node in case)
        case All(parts) | Any(parts) | Count(parts):
            return parts
        case Not(part) | Occurring(part=part):
            return (part,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all nodes below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(node: Node) -> frozenset[str]:
    """Return the ids of the questions and scores that the node itself names."""
    return _names(walk(node))


def names_of_answers(node: Node) -> frozenset[str]:
    """Return the same ids without those that the node names in ``declined`` only."""
    return _names(part for part in walk(node) if not isinstance(part, Declined))


def _names(nodes: Iterable[Node]) -> frozenset[str]:
    ids = set()
    for part in nodes:
        match part:
            case YesNo(name) | Is(name) | Includes(name) | Declined(name):
                ids.add(name)
            case NumericAnswer(name) | ItemScore(name) | Total(name):
                ids.add(name)
            case Answered(name):
                ids.add(name)
    return frozenset(ids)


def refusals(node: Node) -> frozenset[str]:
    """Return the ids of the questions that the node names in ``declined``."""
    return frozenset(part.question for part in walk(node) if isinstance(part, Declined))
