"""The previous response of a person: staff's reading of a linked response knows it, and no terminal does.

It is the last response that the same person finished for the same questionnaire before the other one was begun. Where
a link is undone, nothing of it is known any more.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from screener.content.compiled import Content
from screener.engine.previous import PreviousResponse, confirmable, previous_response
from screener.expressions.previous import is_previous
from screener.i18n.formats import local
from screener.staff.response import ReviewedResponse
from screener.staff.worklist import Worklist
from screener.store.record import interview_of
from screener.store.response_list import ResponseListItem


def reads_previous(content: Content) -> bool:
    """Return whether any rule names the previous response; otherwise nobody has to read it."""
    return any(map(is_previous, content.rules.dependents))


def carries_over(content: Content) -> bool:
    """Return whether any previous answer is shown to be confirmed; otherwise nobody has to read it."""
    return any(question.carry_over for question in content.questionnaire)


def previous_item(identity: str, worklist: Worklist) -> ResponseListItem | None:
    """Return the previous response as it is on the list; ``None`` where there is none, or nobody knows whose it is."""
    listed = worklist.get(identity)
    if listed is None or listed.entry is None or listed.link is None:
        return None
    entry = listed.entry
    earlier = [
        each
        for each in worklist.of_person(listed.link.person)
        if each.id != identity
        and each.entry
        and each.finished
        and each.entry.questionnaire == entry.questionnaire
        and each.entry.finished
        and each.entry.finished <= entry.started
    ]
    return earlier[-1] if earlier else None


def last_item(person: str, questionnaire: str, worklist: Worklist) -> ResponseListItem | None:
    """Return the last response that a person finished for a questionnaire, of which the next will be the following."""
    responses = (each for each in worklist.of_person(person) if each.entry and each.finished)
    of_questionnaire = [each for each in responses if each.entry and each.entry.questionnaire == questionnaire]
    return of_questionnaire[-1] if of_questionnaire else None


def with_previous(response: ReviewedResponse, last: ReviewedResponse | None) -> ReviewedResponse:
    """Return a response that is read with the previous one; with ``None``, nothing is known of that."""
    previous = _previous(response, last) if last else None
    interview = interview_of(response.content, response.record, previous)
    return replace(response, interview=interview, previous=last.id if last else None)


def as_linked(response: ReviewedResponse, worklist: Worklist) -> ReviewedResponse:
    """Return a response without the previous one, if a link was undone since that was read; F5 reads it anew."""
    if response.previous is None:
        return response
    listed = previous_item(response.id, worklist)
    return response if listed and listed.id == response.previous else with_previous(response, None)


def in_their_order(responses: Sequence[ReviewedResponse]) -> list[ReviewedResponse]:
    """Return responses of one person, each read with the one before it."""
    return [
        with_previous(response, _before(response, responses)) if reads_previous(response.content) else response
        for response in responses
    ]


def to_be_confirmed(last: ReviewedResponse, content: Content, today: datetime.date) -> PreviousResponse | None:
    """Return what a person is shown of their last response before they answer; ``None`` where there is nothing."""
    now, before = _authored(content), _authored(last.content)
    day = local(last.record.started).date()
    previous = previous_response(
        now.form, before.form, last.record.entries, reference=last.record.reference, day=day, today=today
    )
    shown = confirmable(previous, now.form)
    return shown if shown.entries else None


def _before(response: ReviewedResponse, responses: Iterable[ReviewedResponse]) -> ReviewedResponse | None:
    record = response.record
    earlier = [
        each
        for each in responses
        if each is not response
        and each.record.questionnaire == record.questionnaire
        and each.record.finished
        and each.record.finished <= record.started
    ]
    return max(earlier, key=lambda each: (each.record.started, each.record.reference), default=None)


def _previous(response: ReviewedResponse, last: ReviewedResponse) -> PreviousResponse:
    now, before = _authored(response.content), _authored(last.content)
    return previous_response(
        now.form,
        before.form,
        last.record.entries,
        reference=last.record.reference,
        day=local(last.record.started).date(),
        today=local(response.record.started).date(),
    )


def _authored(content: Content) -> Content:
    return content.authored or content
