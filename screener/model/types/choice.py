"""The question type ``choice``: one of several options."""

from __future__ import annotations

import re

from screener.i18n.gettext import _
from screener.model.types.base import (
    Asked,
    Choice,
    InvalidAnswer,
    Json,
    NoSuchOption,
    OfferedOption,
    as_it_is,
    text_to_yaml,
)  # fmt: skip


def codes_of_numbers(question: Asked, typed: str) -> list[str]:
    """Return the codes of the options whose numbers were typed, at least one. Raise ``NoSuchOption``."""
    codes = list(question.option)
    numbers = re.split(r"[\s,;]+", typed.strip(" ,;"))
    if not all(re.fullmatch(r"\d{1,3}", number) and 1 <= int(number) <= len(codes) for number in numbers):
        raise NoSuchOption(_("Type the number of an answer, from 1 to {last}.").format(last=len(codes)))
    return [codes[int(number) - 1] for number in numbers]


def code_from_yaml(question: Asked, written: Json) -> str:
    """Return the code of an option in a file of answers. Raise ``InvalidAnswer``."""
    if not isinstance(written, str):
        raise InvalidAnswer("An option is written as its code.")
    if written not in question.option:
        raise InvalidAnswer(f"Write one of: {', '.join(question.option)}.")
    return written


def _parse(question: Asked, typed: str, in_file: bool) -> str:
    chosen = codes_of_numbers(question, typed)
    if len(chosen) != 1:
        raise InvalidAnswer(_("Choose one answer only."))
    return chosen[0]


CHOICE = Choice(
    expected="one of its options",
    name="a choice of one option",
    remedy="Write {name} == '{code}'.",
    in_book="one answer",
    alike="every option has the same effect",
    holds=str,
    seconds=8,
    takes=frozenset({"options"}),
    needs=frozenset({"options"}),
    parse=_parse,
    from_yaml=code_from_yaml,
    accepts=lambda question, answer: answer in question.option,
    format=lambda question, answer: question.option[answer].label,
    as_typed=lambda answer: "",
    offered=lambda question: (OfferedOption(each.code, each.label, each.help) for each in question.options),
    hint=lambda question: "",
    example=lambda question: question.options[0].code,
    to_yaml=text_to_yaml,
    to_json=as_it_is,
    from_json=as_it_is,
)
