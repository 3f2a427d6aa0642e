"""The question type ``choice``: one of several options."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screener.i18n.gettext import _
from screener.model.types.base import (
    Asked,
    InvalidAnswer,
    Json,
    NoSuchOption,
    OfferedOption,
    PlainJson,
    TypeWords,
    in_file,
)


class ChoiceType(PlainJson[str]):
    """The code of the chosen option."""

    def parse(self, question: Asked, typed: str, *, in_file: bool) -> str:
        chosen = codes_of_numbers(question, typed)
        if len(chosen) != 1:
            raise InvalidAnswer(_("Choose one answer only."))
        return chosen[0]

    def from_file(self, question: Asked, written: Json) -> str:
        if isinstance(written, list):
            raise InvalidAnswer("Only a question with several answers takes a list.")
        return code_in_file(question, written)

    def accepts(self, question: Asked, answer: object) -> bool:
        return isinstance(answer, str) and answer in question.option

    def format(self, question: Asked, answer: str) -> str:
        return question.option[answer].label

    def as_typed(self, question: Asked, answer: str) -> str:
        return ""

    def offered(self, question: Asked) -> Iterator[OfferedOption]:
        return (OfferedOption(option.code, option.label, option.help) for option in question.options)

    def hint(self, question: Asked) -> str:
        return ""

    def example(self, question: Asked) -> str:
        return question.options[0].code

    def to_file(self, answer: str) -> str:
        return in_file(answer)


def codes_of_numbers(question: Asked, typed: str) -> list[str]:
    """Return the codes of the options whose numbers were typed, at least one. Raise ``NoSuchOption``."""
    codes = list(question.option)
    numbers = re.split(r"[\s,;]+", typed.strip(" ,;"))
    if not all(re.fullmatch(r"\d{1,3}", number) and 1 <= int(number) <= len(codes) for number in numbers):
        raise NoSuchOption(_("Type the number of an answer, from 1 to {last}.").format(last=len(codes)))
    return [codes[int(number) - 1] for number in numbers]


def code_in_file(question: Asked, written: Json) -> str:
    """Return the code of an option in a file of answers. Raise ``InvalidAnswer``."""
    if not isinstance(written, str):
        raise InvalidAnswer("An option is written as its code.")
    if written not in question.option:
        raise InvalidAnswer(f"Write one of: {', '.join(question.option)}.")
    return written


CHOICE = ChoiceType(
    words=TypeWords(
        "one of its options",
        "a choice of one option",
        "Write {name} == '{code}'.",
        "one answer",
        "every option has the same effect",
    ),
    holds=str,
    seconds=8,
    takes=frozenset({"options"}),
    needs=frozenset({"options"}),
)
