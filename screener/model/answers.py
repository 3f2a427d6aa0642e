"""From the text that a person types to an answer, and back: parse without guessing, format, validate."""

from __future__ import annotations

import re

from screener.i18n.formats import bare
from screener.i18n.gettext import _
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, AnswerValue, Entry, absent_label
from screener.model.types.base import InvalidAnswer, normalised
from screener.model.types.number import comparable_unit


def parse_answer(question: Question, typed: str) -> AnswerValue:
    """Return the answer that the typed text means. Raise ``InvalidAnswer`` with a message for the person."""
    answer: AnswerValue = question.answer_type.read(question, typed)
    return answer


def split_numbers(question: Question, typed: str) -> tuple[str, str] | None:
    """Return the two numbers of a question that may be typed as one, such as ``142/91``; ``None`` if it is not two."""
    if question.written_with is None:
        return None
    over = re.escape(bare(_("over")))
    match = re.fullmatch(rf"(\d{{1,9}}) ?(?:/|\\|:|{over}) ?(\d{{1,9}})( ?[^\d]*)", bare(normalised(typed)))
    if match is None or (
        match[3].strip() and comparable_unit(match[3].strip()) != comparable_unit(question.unit or "")
    ):
        return None
    return match[1], match[2]


def format_answer(question: Question, entry: Entry | None) -> str:
    """Return an entry in words, as the person sees it on the check page and in the summary."""
    if entry is None or isinstance(entry, AbsentReason):
        return absent_label(entry or AbsentReason.NOT_ASKED)
    return question.answer_type.format(question, entry)


def carried_over_words(words: str) -> str:
    """Return an answer with the mark that it was carried over from the previous response."""
    return _("{answer} (carried over)").format(answer=words)


def validate_answer(question: Question, entry: Entry) -> Entry:
    """Return the entry if the question accepts it. Raise ``InvalidAnswer`` otherwise."""
    kind = question.answer_type
    if isinstance(entry, AbsentReason):
        if entry not in question.absent:
            raise InvalidAnswer(f'"{question.id}" cannot be left out as {entry}.')
    elif not (type(entry) is kind.holds and kind.accepts(question, entry)):
        raise InvalidAnswer(f'"{question.id}" takes {kind.expected}.')
    else:
        kind.refuse(question, entry)
    return entry
