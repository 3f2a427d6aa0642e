"""Six invented people in one clinic, from their first appointment to the end of the twelfth week."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from screener.series.course import Course
from screener.series.series import Series
from screener.store.appointment_code import Ticket
from screener.store.appointments import NewAppointment, enter, issue_code
from screener.store.content_archive import pack
from screener.store.linking import link_by_name, unlink
from screener.store.people import read_people
from screener.store.person import Person, new_person
from screener.store.record import StoredResponse
from tests.check.copies import copied
from tests.series.people import PEOPLE, SECOND, START, THIRD, day
from tests.staff.clinic import FLIGHT, Clinic

NAMES = {
    "even": ("Ana Even", "E-1"),
    "blanks": ("Bea Blank", "B-2"),
    "missed": ("Mia Missed", "M-3"),
    "taken_back": ("Tom Back", "T-4"),
    "changed": ("Cleo Changed", "C-5"),
    "unspellable": ("Þórð–ñà <b>`|", "U-6"),
}
WALK_IN = "T003-2345"
"""The response that somebody gave without a code, and that staff linked to the wrong person first."""
MISSED_ON = 14


@dataclass
class TwelveWeeks:
    """The clinic with what became of its people; ``look`` is called at the end of each day on which somebody came."""

    clinic: Clinic
    look: Callable[[int], None] = lambda number: None

    def run(self) -> dict[str, Person]:
        """Let everything happen in its order; return the people by how they are called in ``PEOPLE``."""
        self.clinic.clock.at = START - datetime.timedelta(days=7)
        made = {name: make() for name, make in PEOPLE.items()}
        for name, person in made.items():
            days = dict.fromkeys(visit.started.date() for visit in person.visits)
            if name == "missed":
                days = dict.fromkeys([*days, day(MISSED_ON)])
            self._expect(name, *days)
        visits = [
            (visit, content, name, annotations)
            for name, person in made.items()
            for visit, content, annotations in zip(person.visits, person.contents, person.annotations, strict=True)
        ]
        for number in range(85):
            for visit, content, name, notes in sorted(visits, key=lambda each: each[0].started):
                if visit.started.date() == day(number):
                    identity = self._answer(visit, content.questionnaire.version, name)
                    for added in notes:
                        self.clinic.staff_store().annotate(identity, added.kind, added.text)
            self.clinic.clock.at = START + datetime.timedelta(days=number, hours=8)
            self.look(number)
        self.clinic.clock.at = START + datetime.timedelta(weeks=13)
        return {name: self.person(name) for name in PEOPLE}

    def person(self, name: str) -> Person:
        reference = NAMES[name][1]
        return next(each for each in read_people(self.clinic.staff_store()).values() if each.reference == reference)

    def _expect(self, name: str, *days: datetime.date) -> None:
        called, reference = NAMES[name]
        person = new_person(called, reference, "1987", "", "", 2026)
        enter(self.clinic.staff_store(), [NewAppointment(person, "before-a-flight", each) for each in days])

    def _answer(self, visit: StoredResponse, version: str, name: str) -> str:
        """The person types the code of that day's appointment; one of them comes without, and is linked by hand."""
        self.clinic.clock.at = visit.started
        staff_store, person = self.clinic.staff_store(), self.person(name)
        today = [each for each in person.appointments if each.day == visit.started.date()]
        ticket = None
        if visit.reference != WALK_IN:
            opened = self.clinic.store().by_code(issue_code(staff_store, today[0].id)[0], ("before-a-flight",))
            assert isinstance(opened, Ticket)
            ticket = opened.sealed
        record = replace(visit, ticket=ticket, name=None)
        open_response = self.clinic.store().begin(
            replace(record, finished=None), pack(self._folder(version), "before-a-flight")
        )
        assert visit.finished
        self.clinic.clock.at = visit.finished
        open_response.finish(record)
        if visit.reference == WALK_IN:
            wrong = self.person("even")
            link_by_name(staff_store, open_response.id, wrong)
            self.look(-1)
            unlink(staff_store, open_response.id, wrong.id)
            link_by_name(staff_store, open_response.id, person)
        return open_response.id

    def _folder(self, version: str) -> Path:
        edits = {"2.1.0": (), "3.0.0": SECOND, "4.0.0": THIRD}[version]
        folder = self.clinic.folder / version
        return folder if folder.exists() else copied(FLIGHT, folder, *edits)


def series_of_person(name: str) -> Series:
    """Return the series as it must be at the end: the visits, and the day on which nobody came."""
    missed = (day(MISSED_ON),) if name == "missed" else ()
    return replace(PEOPLE[name]().series, course=Course(missed=missed), audit=None)
