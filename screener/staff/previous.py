"""The previous response of a person: staff's reading of a linked response knows it, and no terminal does.

It is the last response that the same person finished for the same questionnaire before the other one was begun. Where
a link is undone, nothing of it is known any more.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from screener.content.compiled import Content
from screener.engine.previous import PreviousResponse, confirmable, previous_response
from screener.expressions.previous import is_previous
from screener.i18n.formats import local
from screener.staff.response import ReviewedResponse
from screener.staff.worklist import Worklist
from screener.store.list_entry import ListEntry
from screener.store.response_list import ResponseListItem
from screener.store.stored_interview import interview_of

T = TypeVar("T")


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
    others = (each for each in worklist.of_person(listed.link.person) if each.id != identity)
    return _last_finished(_entries(others), listed.entry.questionnaire, listed.entry.started)


def last_item(person: str, questionnaire: str, worklist: Worklist) -> ResponseListItem | None:
    """Return the last response that a person finished for a questionnaire, of which the next will be the following."""
    return _last_finished(_entries(worklist.of_person(person)), questionnaire)


def with_previous(response: ReviewedResponse, last: ReviewedResponse | None) -> ReviewedResponse:
    """Return a response that is read with the previous one; with ``None``, nothing is known of that."""
    today = local(response.record.started).date()
    previous = _previous(response.content, last, today) if last else None
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
    to_confirm = confirmable(_previous(content, last, today), _authored(content).form)
    return to_confirm if to_confirm.entries else None


def _before(response: ReviewedResponse, responses: Iterable[ReviewedResponse]) -> ReviewedResponse | None:
    others = ((each, each.record) for each in responses if each is not response)
    return _last_finished(others, response.record.questionnaire, response.record.started)


class _Finishable(Protocol):
    """What both a list entry and a record tell."""

    @property
    def reference(self) -> str: ...
    @property
    def questionnaire(self) -> str: ...
    @property
    def started(self) -> datetime.datetime: ...
    @property
    def finished(self) -> datetime.datetime | None: ...


def _entries(responses: Iterable[ResponseListItem]) -> Iterator[tuple[ResponseListItem, ListEntry]]:
    return ((each, each.entry) for each in responses if each.finished and each.entry)


def _last_finished(
    responses: Iterable[tuple[T, _Finishable]], questionnaire: str, before: datetime.datetime | None = None
) -> T | None:
    """Return the response begun last of those that were finished for a questionnaire, perhaps before a time."""
    finished = [
        (entry.started, entry.reference, each)
        for each, entry in responses
        if entry.questionnaire == questionnaire and entry.finished and (before is None or entry.finished <= before)
    ]
    return max(finished, key=lambda each: each[:2])[2] if finished else None


def _previous(content: Content, last: ReviewedResponse, today: datetime.date) -> PreviousResponse:
    """Return the last response as the previous one of a response that is given today, under this content."""
    day, reference = local(last.record.started).date(), last.record.reference
    forms = _authored(content).form, _authored(last.content).form
    return previous_response(*forms, last.record.entries, reference=reference, day=day, today=today)


def _authored(content: Content) -> Content:
    return content.authored or content
