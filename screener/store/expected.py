"""What became of an appointment: still expected, overdue, missed, begun or answered. Nothing of it is stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from screener.i18n.formats import local
from screener.store.person import Appointment, Person
from screener.store.response_list import ResponseListItem

_NEAR = datetime.timedelta(days=3)
_NOON = datetime.time(12)


class AppointmentState(IntEnum):
    """In the order in which staff have to look at them."""

    OVERDUE = 0
    """Its time has passed today, and nothing was answered."""
    MISSED = 1
    """Its day has passed, and nothing was answered."""
    EXPECTED = 2
    BEGUN = 3
    ANSWERED = 4


@dataclass(frozen=True)
class ExpectedAnswer:
    """An appointment with what became of it, and the response that was given to it."""

    appointment: Appointment
    state: AppointmentState
    response: str | None = None


def expected_answers(
    person: Person, responses: Iterable[ResponseListItem], now: datetime.datetime
) -> list[ExpectedAnswer]:
    """Return what became of the appointments of a person, by the clock of this place; the earliest first.

    ``responses`` are those that are linked to the person. One that came with the code of an appointment is for that
    appointment. Any other is for the nearest appointment for its questionnaire that had been entered before it began,
    if that is at most three days away: a response that nobody expected answers no appointment of another month.
    """
    answers: dict[str, list[ResponseListItem]] = {}
    others = []
    for listed in responses:
        link = listed.link
        if link and link.appointment and person.appointment(link.appointment):
            answers.setdefault(link.appointment, []).append(listed)
        else:
            others.append(listed)
    for listed in others:
        if nearest := _nearest(listed, person.appointments):
            answers.setdefault(nearest.id, []).append(listed)
    ordered = sorted(person.appointments, key=lambda each: (each.day, each.time or _NOON, each.id))
    local_now = local(now)
    return [_expected(each, answers.get(each.id, []), local_now) for each in ordered]


def _nearest(listed: ResponseListItem, appointments: Iterable[Appointment]) -> Appointment | None:
    entry = listed.entry
    if entry is None:
        return None
    begun = local(entry.started).replace(tzinfo=None)
    first, last = begun.date() - _NEAR, begun.date() + _NEAR
    return min(
        (
            each
            for each in appointments
            if first <= each.day <= last and each.questionnaire == entry.questionnaire and each.entered <= entry.started
        ),
        key=lambda each: abs(datetime.datetime.combine(each.day, each.time or _NOON) - begun),
        default=None,
    )


def _expected(
    appointment: Appointment, responses: list[ResponseListItem], local_now: datetime.datetime
) -> ExpectedAnswer:
    if responses:
        last = max(responses, key=lambda listed: (listed.finished, listed.entry.started if listed.entry else local_now))
        return ExpectedAnswer(
            appointment, AppointmentState.ANSWERED if last.finished else AppointmentState.BEGUN, last.id
        )
    if local_now.date() > appointment.day:
        return ExpectedAnswer(appointment, AppointmentState.MISSED)
    late = local_now.date() == appointment.day and appointment.time is not None and local_now.time() > appointment.time
    return ExpectedAnswer(appointment, AppointmentState.OVERDUE if late else AppointmentState.EXPECTED)
