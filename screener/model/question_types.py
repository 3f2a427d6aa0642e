"""The registry of the question types: a module of ``screener.model.types`` and a line here for each."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal, get_args

from screener.model.response import AnswerValue, Entry
from screener.model.types.base import Amount, AnswerType, Choice, Choices, FreeText, Json, ListedText, Quoted, YesOrNo
from screener.model.types.choice import CHOICE
from screener.model.types.choices import CHOICES
from screener.model.types.date import DATE
from screener.model.types.decimal import DECIMAL
from screener.model.types.integer import INTEGER
from screener.model.types.medicines import MEDICINES
from screener.model.types.text import TEXT
from screener.model.types.time import TIME
from screener.model.types.yes_no import YES_NO

QuestionType = Literal["yes_no", "choice", "choices", "integer", "decimal", "date", "time", "text", "medicines"]
AnyType = YesOrNo | Choice | Choices | Amount[Any] | FreeText | ListedText
"""What conditions can see of an answer. Widgets and solver clauses ``match`` it, and mypy finds what one forgets."""

TYPES: dict[QuestionType, AnyType] = {
    "yes_no": YES_NO,
    "choice": CHOICE,
    "choices": CHOICES,
    "integer": INTEGER,
    "decimal": DECIMAL,
    "date": DATE,
    "time": TIME,
    "text": TEXT,
    "medicines": MEDICINES,
}

NAME_LISTS = tuple(kind.name_list for kind in TYPES.values() if isinstance(kind, ListedText))
"""The files of ``questions/`` with names that people write, without their endings."""

if missing := {*get_args(QuestionType)} ^ TYPES.keys():
    raise TypeError(f"the question types and their modules differ in: {', '.join(sorted(missing))}")

_BY_PYTHON_TYPE: dict[type, AnswerType[Any]] = {kind.holds: kind for kind in reversed(TYPES.values())}
_BY_JSON_KEY = {kind.json_key: kind for kind in TYPES.values() if kind.json_key}


def amount_of(entry: Entry | None) -> int | Fraction | None:
    """Return the amount by which conditions compare an answer; ``None`` where it has none."""
    kind = _BY_PYTHON_TYPE.get(type(entry))
    return kind.amount(entry) if isinstance(kind, Amount) else None


def in_english(kind: QuestionType, amount: int | Fraction) -> str:
    """Return an amount of a condition that is no number, such as a date, in words for the rule book."""
    quoted = TYPES[kind]
    assert isinstance(quoted, Quoted)
    return quoted.in_english(quoted.answer(amount))


def to_yaml(answer: AnswerValue) -> str:
    """Return an answer as a file of answers has it."""
    return _BY_PYTHON_TYPE[type(answer)].to_yaml(answer)


def to_json(answer: AnswerValue) -> Json:
    """Return an answer as JSON with its type; true, false, numbers, texts and lists need no type."""
    kind = _BY_PYTHON_TYPE[type(answer)]
    written = kind.to_json(answer)
    return {kind.json_key: written} if kind.json_key else written


def from_json(written: Json) -> AnswerValue:
    """Return an answer that was stored. Raise ``ValueError`` for what never was one."""
    match written:
        case bool() | int() | str():
            return written
        case list():
            return frozenset(written)
        case dict() if len(written) == 1 and (key := next(iter(written))) in _BY_JSON_KEY:
            try:
                answer: AnswerValue = _BY_JSON_KEY[key].from_json(written[key])
            except (TypeError, ArithmeticError):
                raise ValueError("an entry that cannot be read") from None
            return answer
    raise ValueError("an entry of an unknown kind")
