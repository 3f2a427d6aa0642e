"""The question type ``choices``: one or more of several options."""

from __future__ import annotations

from collections.abc import Iterator

from screener.i18n.gettext import _
from screener.model.types.base import AnswerType, Asked, InvalidAnswer, Json, OfferedOption, TypeWords, in_file
from screener.model.types.choice import code_in_file, codes_of_numbers


class ChoicesType(AnswerType[frozenset[str]]):
    """The codes of the chosen options."""

    def parse(self, question: Asked, typed: str, *, in_file: bool) -> frozenset[str]:
        chosen = codes_of_numbers(question, typed)
        alone = [question.option[code] for code in chosen if question.option[code].exclusive]
        if alone and len(set(chosen)) > 1:
            stands_alone = _('"{answer}" cannot be chosen together with other answers.')
            raise InvalidAnswer(stands_alone.format(answer=alone[0].label))
        return frozenset(chosen)

    def from_file(self, question: Asked, written: Json) -> frozenset[str]:
        codes = written if isinstance(written, list) else [written]
        return frozenset(code_in_file(question, code) for code in codes)

    def accepts(self, question: Asked, answer: object) -> bool:
        return isinstance(answer, frozenset) and bool(answer) and answer <= question.option.keys()

    def refuse(self, question: Asked, answer: frozenset[str]) -> None:
        exclusive = [code for code in answer if question.option[code].exclusive]
        if exclusive and len(answer) > 1:
            raise InvalidAnswer(f'"{exclusive[0]}" cannot be chosen together with other answers.')

    def format(self, question: Asked, answer: frozenset[str]) -> str:
        return "; ".join(option.label for option in question.options if option.code in answer)

    def as_typed(self, question: Asked, answer: frozenset[str]) -> str:
        return ""

    def offered(self, question: Asked) -> Iterator[OfferedOption]:
        return (OfferedOption(option.code, option.label, option.help, option.exclusive) for option in question.options)

    def hint(self, question: Asked) -> str:
        return _("Choose one or more, such as 1 2.")

    def example(self, question: Asked) -> frozenset[str]:
        alone = [option.code for option in question.options if option.exclusive]
        return frozenset((alone or [question.options[0].code])[:1])

    def to_file(self, answer: frozenset[str]) -> str:
        return "[" + ", ".join(in_file(code) for code in sorted(answer)) + "]"

    def to_json(self, answer: frozenset[str]) -> Json:
        return sorted(answer)

    def from_json(self, written: Json) -> frozenset[str]:
        return frozenset(written)

    def to_data(self, question: Asked, answer: frozenset[str]) -> Json:
        return [option.code for option in question.options if option.code in answer]

    def from_data(self, coded: Json) -> frozenset[str]:
        return frozenset(coded)


CHOICES = ChoicesType(
    words=TypeWords(
        "one or more of its options",
        "a choice of several options",
        "Write '{code}' in {name}.",
        "one or more answers",
        "every option has the same effect",
    ),
    holds=frozenset,
    seconds=15,
    takes=frozenset({"options", "exclusive"}),
    needs=frozenset({"options"}),
)
