"""The answer that a person typed: numbers of options, yes or no, or a number, date or text."""

from __future__ import annotations

from collections.abc import Iterator

from screener.i18n.gettext import N_, _
from screener.model.answers import parse_answer, validate_answer
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.model.types.base import InvalidAnswer, NoSuchOption

NOTHING = "n"
"""The letter for the answer that there is nothing to write."""
_OTHERWISE = N_("For anything else, type ? to hear what you can do.")


def options(question: Question) -> Iterator[str]:
    """Yield a line for each option; nothing if the answer is typed."""
    for number, option in enumerate(question.answer_type.offered(question), 1):
        yield f"{number} {option.label} ({option.help})" if option.help else f"{number} {option.label}"
    if question.nothing:
        yield f"{NOTHING} {question.nothing}"


def answer(question: Question, typed: str) -> Entry:
    """Return the answer that was typed. Raise ``InvalidAnswer`` with what to type instead."""
    try:
        return validate_answer(question, parse_answer(question, typed))
    except NoSuchOption as error:
        raise InvalidAnswer(f"{error} {_(_OTHERWISE)}") from None
