"""The list by person: who is expected, overdue or missed first, and what each of them has answered, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from screener.i18n.formats import local
from screener.i18n.gettext import N_, _
from screener.name_skeleton import skeleton
from screener.staff.search import matcher
from screener.staff.worklist import Worklist
from screener.store.expected import AppointmentState, ExpectedAnswer, expected_answers
from screener.store.person import Appointment, Person
from screener.store.response_list import ResponseListItem
from screener.summary.metadata import PersonReference

_STATES = {
    AppointmentState.OVERDUE: N_("Overdue"),
    AppointmentState.MISSED: N_("Missed"),
    AppointmentState.EXPECTED: N_("Expected"),
    AppointmentState.BEGUN: N_("Begun"),
    AppointmentState.ANSWERED: N_("Answered"),
}


@dataclass(frozen=True)
class ListedPerson:
    """A person with what became of their appointments, and their responses from the first to the last."""

    person: Person
    expected: tuple[ExpectedAnswer, ...]
    responses: tuple[ResponseListItem, ...]

    @property
    def current(self) -> ExpectedAnswer | None:
        """The appointment that staff look at first; one that was missed counts until a later one was answered."""
        since = max((number for number, each in enumerate(self.expected) if each.response), default=-1)
        later = self.expected[since + 1 :]
        return min(later, key=lambda each: each.state, default=self.expected[since] if self.expected else None)

    @property
    def last(self) -> ResponseListItem | None:
        """The response that was begun last."""
        return self.responses[-1] if self.responses else None


class PeopleList:
    """The people in order: overdue, missed, expected, begun, answered, and those without an appointment."""

    def __init__(
        self, people: Iterable[Person], worklist: Worklist, now: datetime.datetime, before: PeopleList | None = None
    ) -> None:
        """``before`` is the list a moment ago: who is in it as they are now is not looked at again."""
        self._minute = now.replace(second=0, microsecond=0)
        again = {each.person.id: each for each in before._listed} if before and before.is_of(now) else {}
        renewed = (_renewed(person, worklist, now, again.get(person.id)) for person in people)
        self._listed: list[ListedPerson] = sorted(renewed, key=_key)
        self._searched: list[str] | None = None
        """What each of them is found by; made when somebody types."""

    def is_of(self, now: datetime.datetime) -> bool:
        """Return whether the list is of this minute: what is so of appointments changes with the time."""
        return self._minute == now.replace(second=0, microsecond=0)

    def matching(self, typed: str = "") -> list[ListedPerson]:
        """Return the people whose name, reference, dates, responses or state have all typed words, in order."""
        if not typed.split():
            return self._listed
        if self._searched is None:
            self._searched = [_searched(each) for each in self._listed]
        matches = matcher(typed)
        return [each for searched, each in zip(self._searched, self._listed, strict=True) if matches(searched)]


def _renewed(person: Person, worklist: Worklist, now: datetime.datetime, before: ListedPerson | None) -> ListedPerson:
    if before and before.person is person and before.responses == tuple(worklist.of_person(person.id)):
        return before
    return listed_person(person, worklist, now)


def listed_person(person: Person, worklist: Worklist, now: datetime.datetime) -> ListedPerson:
    responses = worklist.of_person(person.id)
    return ListedPerson(person, tuple(expected_answers(person, responses, now)), tuple(responses))


def person_reference(listed: ResponseListItem | None, people: Mapping[str, Person]) -> PersonReference | None:
    """Return whose response it is, for its copies; ``None`` where it is linked to nobody."""
    person = people.get(listed.link.person) if listed and listed.link else None
    return PersonReference(person.reference, person.year_of_birth) if person else None


def state_words(state: AppointmentState) -> str:
    """Return what became of an appointment."""
    return _(_STATES[state])


def appointment_time(appointment: Appointment) -> str:
    """Return when somebody is expected, by the clock of the place."""
    return f"{appointment.day} {appointment.time:%H:%M}" if appointment.time else str(appointment.day)


def _searched(listed: ListedPerson) -> str:
    parts = [listed.person.name, listed.person.reference]
    for each in listed.expected:
        parts += [state_words(each.state), str(each.appointment.day)]
    for response in listed.responses:
        if response.entry:
            parts += [response.entry.reference, str(local(response.entry.started).date()), response.own_name or ""]
    # What stands between two parts is in no skeleton, so that no word is found across both.
    return "\n".join(map(skeleton, parts))


def _key(listed: ListedPerson) -> tuple[int, str, str, str]:
    current = listed.current
    if current is None:
        return len(AppointmentState), "", skeleton(listed.person.name), listed.person.id
    when = f"{current.appointment.day} {current.appointment.time or 'any'}"
    return int(current.state), when, skeleton(listed.person.name), listed.person.id
