"""The question type ``choices``: one or more of several options."""

from __future__ import annotations

from screener.i18n.gettext import _
from screener.model.types.base import Asked, Choices, InvalidAnswer, Json, OfferedOption, text_to_yaml
from screener.model.types.choice import code_from_yaml, codes_of_numbers


def _parse(question: Asked, typed: str, in_file: bool) -> frozenset[str]:
    chosen = codes_of_numbers(question, typed)
    alone = [question.option[code] for code in chosen if question.option[code].exclusive]
    if alone and len(set(chosen)) > 1:
        stands_alone = _('"{answer}" cannot be chosen together with other answers.')
        raise InvalidAnswer(stands_alone.format(answer=alone[0].label))
    return frozenset(chosen)


def _from_yaml(question: Asked, written: Json) -> frozenset[str]:
    codes = written if isinstance(written, list) else [written]
    return frozenset(code_from_yaml(question, code) for code in codes)


def _refuse(question: Asked, answer: frozenset[str]) -> None:
    exclusive = [code for code in answer if question.option[code].exclusive]
    if exclusive and len(answer) > 1:
        raise InvalidAnswer(f'"{exclusive[0]}" cannot be chosen together with other answers.')


def _example(question: Asked) -> frozenset[str]:
    alone = [option.code for option in question.options if option.exclusive]
    return frozenset((alone or [question.options[0].code])[:1])


CHOICES = Choices(
    expected="one or more of its options",
    name="a choice of several options",
    remedy="Write '{code}' in {name}.",
    in_book="one or more answers",
    alike="every option has the same effect",
    holds=frozenset,
    seconds=15,
    takes=frozenset({"options", "exclusive"}),
    needs=frozenset({"options"}),
    parse=_parse,
    from_yaml=_from_yaml,
    accepts=lambda question, answer: bool(answer) and answer <= question.option.keys(),
    refuse=_refuse,
    format=lambda question, answer: "; ".join(each.label for each in question.options if each.code in answer),
    as_typed=lambda answer: "",
    offered=lambda question: (
        OfferedOption(each.code, each.label, each.help, each.exclusive) for each in question.options
    ),
    hint=lambda question: _("Choose one or more, such as 1 2."),
    example=_example,
    to_yaml=lambda answer: "[" + ", ".join(map(text_to_yaml, sorted(answer))) + "]",
    to_json=sorted,
    from_json=frozenset,
    to_data=lambda question, answer: [each.code for each in question.options if each.code in answer],
)
