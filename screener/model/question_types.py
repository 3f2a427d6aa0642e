"""What the program says of each question type, in one place: a type that is missing here is an error at import."""

from __future__ import annotations

from typing import get_args

from screener.model.questionnaire import QuestionType
from screener.values import dataclass

LONGEST_TEXT = 4000
"""The number of characters that a free-text answer may have."""


@dataclass(frozen=True)
class TypeWords:
    """The words for one question type."""

    expected: str
    """What an answers file must hold, after "takes"."""
    kind: str
    """What a name in a condition is, after "is"."""
    remedy: str
    """How a condition can use it; ``{name}`` and ``{code}`` are its id and its first option."""
    in_book: str
    """What the rule book says of its answer."""
    alike: str
    """What a proof says where no answer to it matters."""


QUESTION_TYPES: dict[QuestionType, TypeWords] = {
    "yes_no": TypeWords(
        "yes or no", "a yes/no question", "Write {name}, or not {name}.", "yes or no", "yes and no have the same effect"
    ),
    "choice": TypeWords(
        "one of its options", "a choice of one option", "Write {name} == '{code}'.", "one answer",
        "every option has the same effect",
    ),
    "choices": TypeWords(
        "one or more of its options", "a choice of several options", "Write '{code}' in {name}.", "one or more answers",
        "every option has the same effect",
    ),
    "integer": TypeWords(
        "a whole number", "a number", "Compare it with a number, such as {name} >= 1.", "a whole number",
        "every number has the same effect",
    ),
    "decimal": TypeWords(
        "a number", "a number", "Compare it with a number, such as {name} >= 1.", "a number",
        "every number has the same effect",
    ),
    "date": TypeWords("a date", "a date", "Write {name} >= '2026-03-31'.", "a date", "every date has the same effect"),
    "text": TypeWords(
        f"text of at most {LONGEST_TEXT} characters", "free text", "Write answered({name}), or ask a choice beside it.",
        "a text in the person's own words", "every text has the same effect",
    ),
    "medicines": TypeWords(
        f"a list of medicines of at most {LONGEST_TEXT} characters", "a list of medicines", "Write '{code}' in {name}.",
        "a list of medicines in the person's own words", "every list has the same effect",
    ),
}  # fmt: skip

if missing := {*get_args(QuestionType)} ^ QUESTION_TYPES.keys():
    raise TypeError(f"the question types and their words differ in: {', '.join(sorted(missing))}")
