"""The answer that a person typed: numbers of options, yes or no, or a number, date or text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screener.i18n.formats import bare
from screener.i18n.gettext import N_, _
from screener.model.answers import InvalidAnswer, parse_answer, validate_answer
from screener.model.questionnaire import Question
from screener.model.response import Entry

_YES_NO = {"1": True, "y": True, "yes": True, "2": False, "n": False, "no": False}
NOTHING = "n"
"""The letter for the answer that there is nothing to write."""
_OTHERWISE = N_("For anything else, type ? to hear what you can do.")


def options(question: Question) -> Iterator[str]:
    """Yield a line for each option; nothing if the answer is typed."""
    if question.type == "yes_no":
        yield from ("1 " + _("Yes"), "2 " + _("No"))
    if question.nothing:
        yield f"{NOTHING} {question.nothing}"
    for number, option in enumerate(question.options, 1):
        yield f"{number} {option.label} ({option.help})" if option.help else f"{number} {option.label}"


def hint(question: Question) -> str:
    """Return how to write the answer, unless the options show it."""
    match question.type:
        case "choices":
            return _("Choose one or more, such as 1 2.")
        case "date":
            return _("Write a date, such as 5 March 2024.")
        case "text":
            return _("Write your answer on one line.")
        case "medicines":
            return _("Write the names on one line, with commas between them.")
    return _("Write a number in {unit}.").format(unit=question.unit) if question.unit else ""


def answer(question: Question, typed: str) -> Entry:
    """Return the answer that was typed. Raise ``InvalidAnswer`` with what to type instead."""
    match question.type:
        case "yes_no":
            meanings = _YES_NO | {bare(_("Yes")): True, bare(_("No")): False}
            if bare(typed) not in meanings:
                raise InvalidAnswer(_("Type y or n.") + " " + _(_OTHERWISE))
            return meanings[bare(typed)]
        case "choice":
            chosen = _codes(question, typed)
            if len(chosen) != 1:
                raise InvalidAnswer(_("Choose one answer only."))
            return chosen[0]
        case "choices":
            chosen = _codes(question, typed)
            alone = [question.option[code] for code in chosen if question.option[code].exclusive]
            if alone and len(set(chosen)) > 1:
                stands_alone = _('"{answer}" cannot be chosen together with other answers.')
                raise InvalidAnswer(stands_alone.format(answer=alone[0].label))
            return frozenset(chosen)
    return validate_answer(question, parse_answer(question, typed))


def _codes(question: Question, typed: str) -> list[str]:
    """Return the codes of the options whose numbers were typed, at least one."""
    codes = list(question.option)
    numbers = re.split(r"[\s,;]+", typed.strip(" ,;"))
    if not all(re.fullmatch(r"\d{1,3}", number) and 1 <= int(number) <= len(codes) for number in numbers):
        wrong = _("Type the number of an answer, from 1 to {last}.").format(last=len(codes))
        raise InvalidAnswer(f"{wrong} {_(_OTHERWISE)}")
    return [codes[int(number) - 1] for number in numbers]
