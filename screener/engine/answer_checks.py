"""Checks between answers: which of them do not fit together, whichever of them was given last."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from screener.engine.form import Form
from screener.engine.response_state import ResponseState
from screener.expressions import tree
from screener.expressions.evaluate import truth
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.model.types.date import is_future
from screener.values import dataclass


@dataclass(frozen=True)
class UnfitAnswer:
    """An answer that does not fit others: the check of its question is true. ``read`` are the questions it reads."""

    question: Question
    entry: Entry
    text: str
    read: frozenset[str]

    @property
    def sentence(self) -> str:
        """Return the check below the answer that it is about, for a page or copy on which that is not shown."""
        return f"{self.question.label}: {format_answer(self.question, self.entry)}. {self.text}"


def unfit_answers(form: Form, state: ResponseState) -> Iterator[UnfitAnswer]:
    """Yield every answer that counts and does not fit others, in the order of the questions."""
    for question in form.questionnaire:
        entry = state.entries.get(question.id)
        if entry is None or isinstance(entry, AbsentReason) or not state.is_enabled(question.id):
            continue
        for condition, text in form.please_check[question.id]:
            if truth(condition)(state.facts):
                yield UnfitAnswer(question, entry, text, form.source_questions(tree.names(condition)))


def doubtful_answers(form: Form, state: ResponseState) -> Iterator[UnfitAnswer]:
    """Yield every answer that does not fit others, then every day in the future of a question about the past."""
    yield from unfit_answers(form, state)
    for question in form.questionnaire:
        entry = state.entries.get(question.id)
        if isinstance(entry, datetime.date) and is_future(question, entry) and state.is_enabled(question.id):
            yield UnfitAnswer(question, entry, _("This day is in the future."), frozenset())


def _is_read_by_others(form: Form, question: str) -> bool:
    checks = (check for owner, checks in form.please_check.items() if owner != question for check in checks)
    return any(question in form.source_questions(tree.names(condition)) for condition, _text in checks)


def doubts_about(form: Form, state: ResponseState, question: str, entry: Entry) -> Iterator[str]:
    """Yield what to ask before an entry is recorded: each check of its own, and each of others that it concerns."""
    if not form.dependents[question] and not _is_read_by_others(form, question):
        facts = state.facts_with(question, entry)
        yield from (text for condition, text in form.please_check[question] if truth(condition)(facts))
        return
    before = {(unfit.question.id, unfit.text) for unfit in unfit_answers(form, state)}
    changes = state.entries.get(question) != entry
    for unfit in unfit_answers(form, ResponseState(form, {**state.entries, question: entry})):
        if unfit.question.id == question:
            yield unfit.text
        elif changes and (question in unfit.read or (unfit.question.id, unfit.text) not in before):
            yield unfit.sentence
