"""The fact of a question or score: what conditions see of an answer, of a blank, and of what is not asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from screener.expressions import tree
from screener.expressions.evaluate import Fact, Facts, Missing, Range, missing_range, number, truth
from screener.model.question_types import TYPES
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import Amount, Choice, Choices, FreeText, ListedText, YesOrNo

Compute = Callable[[Facts, Mapping[str, Entry]], Fact]
_ITS_OWN_FACT = (YesOrNo, Choice, Choices, FreeText)
"""The kinds of answer that conditions look at as they are."""


def blank_facts(question: Question) -> dict[Missing, Fact]:
    """Return the fact of a question without an answer, by the reason."""
    kind = question.answer_type
    if isinstance(kind, Amount):
        return {missing: missing_range(*kind.bounds(question), missing) for missing in Missing}
    return {missing: missing for missing in Missing}


def compute_question(question: Question, enable_when: tree.Truth | None) -> Compute:
    """Return the function that computes the fact of a question."""
    is_enabled = truth(enable_when) if enable_when else None
    kind = question.answer_type
    blank = blank_facts(question)
    declined = blank.pop(Missing.DECLINED)
    missing_where = {missing.enabled: fact for missing, fact in blank.items()}
    from_answer = fact_of(question)
    name = question.id
    plain = kind.holds if isinstance(kind, _ITS_OWN_FACT) else None

    def compute(facts: Facts, entries: Mapping[str, Entry]) -> Fact:
        enabled = True if is_enabled is None else is_enabled(facts)
        entry = entries.get(name)
        if enabled and entry is not None:
            if type(entry) is plain:  # An absent reason is a text too, but of its own type.
                return entry
            if entry is AbsentReason.DECLINED:
                return declined
            if not isinstance(entry, AbsentReason):
                return from_answer(entry)
        return missing_where[enabled]

    return compute


def compute_score(definition: tree.Number) -> Compute:
    """Return the function that computes a score."""
    evaluate = number(definition)
    return lambda facts, entries: evaluate(facts)


def fact_of(question: Question) -> Callable[[Any], Fact]:
    """Return the function from an answer to its fact."""
    match TYPES[question.type]:
        case YesOrNo() | Choice() | Choices() | FreeText():  # _ITS_OWN_FACT
            return lambda answer: answer
        case Amount() as kind:
            amount = kind.amount
            return lambda answer: Range(exactly := amount(answer), exactly)
        case ListedText():
            assert question.name_list
            return question.name_list.read
