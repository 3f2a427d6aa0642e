"""Six invented people over twelve weeks: appointments, list, series, charts, what changed and copies are right."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from screener.check.schema import SCHEMAS, schema
from screener.document.checksum import check
from screener.document.formats import REGISTRY, render
from screener.document.model import Chart, nested
from screener.series.document import series_document
from screener.series.series import Series
from screener.staff.copies import SERIES_KINDS, Destinations
from screener.staff.people_list import PeopleList
from screener.staff.session import StaffSession
from screener.staff.worklist import Worklist
from screener.store.audit import Event
from screener.store.expected import AppointmentState
from screener.store.people import read_people
from screener.store.person import Person
from tests.series.people import PEOPLE, day
from tests.staff.clinic import PASSPHRASE, STAFF, Clinic
from tests.staff.test_people import names
from tests.staff.test_terminal import unlock
from tests.staff.twelve_weeks import MISSED_ON, NAMES, WALK_IN, TwelveWeeks, series_of_person
from tests.terminal.terminal import Terminal

SERIES = jsonschema.Draft202012Validator(schema(SCHEMAS["series"]))
ON_PAPER = "blanks"
"""Whose copies are made as PDF too, because that takes a second."""
ALWAYS = (ON_PAPER, "missed", "unspellable")
MEMBERS = [NAMES[name][0] for name in PEOPLE]


async def unlocked(clinic: Clinic) -> StaffSession:
    staff_session = clinic.staff_session()
    await staff_session.unlock(STAFF, PASSPHRASE)
    return staff_session


def told(data: Any) -> Any:
    """Return what a series says, without what a store adds: its audit trail, the person, and who saw to what when."""
    if isinstance(data, dict):
        return {
            name: told(part) for name, part in data.items() if name not in ("audit", "person", "closed_by", "closed_at")
        }
    return [told(part) for part in data] if isinstance(data, list) else data


@dataclass
class Told:
    """The clinic at the end, its people, and what was seen on the way."""

    clinic: Clinic
    members: dict[str, Person]
    linked: dict[int, set[str]]
    """The references of linked responses at the end of a day; -1: while one was linked to the wrong person."""
    listed: dict[str, list[str]]
    """The names in the list on the day after somebody did not come, by what was typed to find them."""


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Told:
    clinic = Clinic(tmp_path_factory.mktemp("weeks") / "clinic")
    linked: dict[int, set[str]] = {}
    listed: dict[str, list[str]] = {}

    def look(number: int) -> None:
        if number not in (-1, MISSED_ON, MISSED_ON + 1, 84):
            return
        staff_store, worklist = clinic.staff_store(), Worklist()
        people = read_people(staff_store)
        worklist.apply(staff_store.changes({}), people)
        responses = [each for person in people for each in worklist.of_person(person)]
        linked[number] = {each.entry.reference for each in responses if each.entry}
        if number == MISSED_ON + 1:
            list_of_people = PeopleList(people.values(), worklist, clinic.clock())
            for typed in ("", "thord", "u-6", "missed", str(day(MISSED_ON)), "bea blank", "M001-2345", "nobody"):
                listed[typed] = names(list_of_people.matching(typed))

    return Told(clinic, TwelveWeeks(clinic, look).run(), linked, listed)


async def test_everything_is_as_it_happened(weeks: Told) -> None:
    """Each person has their own responses and no other's, in order, and the very series that their answers make."""
    clinic = weeks.clinic
    assert weeks.linked[MISSED_ON] < weeks.linked[84]
    assert WALK_IN in weeks.linked[-1]
    staff_session = await unlocked(clinic)
    assert sorted(names(staff_session.listed_people())) == sorted(MEMBERS)
    for name, person in weeks.members.items():
        expected = PEOPLE[name]()
        listed = staff_session.listed_person(person.id)
        assert listed
        assert [each.entry.reference for each in listed.responses if each.entry] == [
            visit.reference for visit in expected.visits
        ]
        states = [each.state for each in listed.expected]
        assert states.count(AppointmentState.MISSED) == (name == "missed")
        assert len(states) - states.count(AppointmentState.ANSWERED) == (name == "missed")
        await staff_session.read_series(person.id)
        document = await staff_session.series_document(person.id, 78)
        exported = json.loads(render(document, "json"))
        assert exported["person"] == {"name": NAMES[name][0], "reference": NAMES[name][1], "year_of_birth": 1987}
        assert told(exported) == told(json.loads(render(series_document(series_of_person(name)), "json")))
    staff_session.close()
    trail = clinic.staff_store().check_audit()
    events = [row.event for row in trail]
    assert (events.count(Event.UNLINKED), events.count(Event.LINKED)) == (1, 2)
    visits = sum(len(make().visits) for make in PEOPLE.values())
    assert events.count(Event.APPOINTMENT_CODE_USED) == visits - 1


def test_the_list_by_person_finds_them(weeks: Told) -> None:
    """By name, however it is spelled, by reference, date and state; whoever did not come is first on the day after."""
    listed = weeks.listed
    assert listed[""][0] == "Mia Missed"
    assert listed["thord"] == listed["u-6"] == ["Þórð–ñà <b>`|"]
    assert listed["missed"][0] == "Mia Missed"
    assert "Mia Missed" in listed[str(day(MISSED_ON))]
    assert (listed["bea blank"], listed["M001-2345"], listed["nobody"]) == (["Bea Blank"], ["Mia Missed"], [])


@pytest.mark.parametrize(
    "name", [name if name in ALWAYS else pytest.param(name, marks=pytest.mark.long) for name in PEOPLE]
)
async def test_copies_are_right_in_every_format(weeks: Told, tmp_path: Path, name: str) -> None:
    """Saved by staff: the same figures, charts and changes in text, Markdown, HTML and JSON, and a PDF of them."""
    person = weeks.members[name]
    staff_session = await unlocked(weeks.clinic)
    staff_session.destinations = Destinations(tmp_path, None)
    await staff_session.read_series(person.id)
    formats = [
        kind for kind in SERIES_KINDS if kind.destination == "save" and (kind.format != "pdf" or name == ON_PAPER)
    ]
    for kind in formats:
        await staff_session.copy_series(person.id, kind)
    staff_session.close()
    copies = {path.suffix: path for path in sorted(tmp_path.iterdir(), reverse=True)}
    assert set(copies) == {REGISTRY[kind.format].suffix for kind in formats}
    series = series_of_person(name)
    text = copies[".txt"].read_text("utf-8")
    assert check(text).holds
    for suffix in (".txt", ".md", ".html"):
        _says_it_all(copies[suffix].read_text("utf-8"), series, with_charts=suffix == ".txt")
    assert copies[".html"].read_text("utf-8").count("<svg") == len(
        [part for part in nested(series_document(series).body) if isinstance(part, Chart)]
    )
    exported = json.loads(copies[".json"].read_text("utf-8"))
    assert list(SERIES.iter_errors(exported)) == []
    assert name != ON_PAPER or copies[".pdf"].read_bytes().startswith(b"%PDF")
    assert all(visit.reference not in path.name for path in copies.values() for visit in PEOPLE[name]().visits[:-1])
    assert not any(part in str(copies) for part in (NAMES[name][0].split()[0], NAMES[name][1]))


def _says_it_all(written: str, series: Series, *, with_charts: bool) -> None:
    for response in series.responses:
        assert response.reference in written
    for scores in series.scores:
        for point in scores.points:
            assert point.low is None or str(point.figure) in written
    if with_charts:
        for part in nested(series_document(series).body):
            if isinstance(part, Chart):
                assert all(row.rstrip() in written for row in part.rows)


def test_they_are_seen_in_a_real_terminal(weeks: Told, tmp_path: Path) -> None:
    """From the list to one of them over time and to the copy of it, by keys alone."""
    shutil.copytree(weeks.clinic.folder, tmp_path / ".home" / "data" / "screener")
    environment = {"SCREENER_EXPORTS": str(tmp_path)}
    content = str(Path(__file__).parents[1] / "fixtures")
    with Terminal("--content", content, "staff", folder=tmp_path, environment=environment, size=(120, 40)) as terminal:
        unlock(terminal)
        terminal.keys("\x1bOS")
        terminal.shows("People: 6")
        for member in MEMBERS:
            terminal.shows(member)
        terminal.keys("blank")
        terminal.shows_no("Ana Even")
        terminal.keys("\r")
        terminal.shows("Bea Blank, B-2, born 1987")
        terminal.shows("B004-2345")
        terminal.keys("\x1b[18~")
        terminal.shows("Urgent answers in any response")
        terminal.keys("/")
        terminal.shows("Search this page")
        terminal.keys("ns-3 total\r")
        terminal.shows("2026-01-19 2 to 4 ··├─┤·· 1 blank")
        terminal.shows("2026-02-02 not known none of its questions answered")
        terminal.insist("\x1b[6~", "2026-03-30 (B004-2345): no longer raised: chest pain, a child alone, nerves;")
        terminal.keys("\x11")
        assert terminal.ends() == 0
