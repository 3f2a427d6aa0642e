"""1,000 people with 20 responses each: the list by person, finding one, one of them over time, and a chart."""

from __future__ import annotations

import datetime
import io
import random
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from screener.content.compiled import Content
from screener.document.formats import render
from screener.name_skeleton import skeleton
from screener.series.chart import UNICODE, figure_rows
from screener.series.day_chart import day_rows
from screener.series.document import series_document
from screener.series.points import ScoreSeries
from screener.series.response import SeriesResponse
from screener.series.series import series_of
from screener.staff.people_list import PeopleList
from screener.staff.worklist import Worklist
from screener.store.annotation import Annotation
from screener.store.list_entry import ListEntry
from screener.store.person import Appointment, Person
from screener.store.response_list import Changed, ResponseListItem
from screener.summary.build import clinician_summary
from tests.benchmarks.measure import Aim, Row, in_turn
from tests.benchmarks.series import RESPONSES, one_person

PEOPLE = 1000
_COLUMNS = 78
_START = datetime.datetime(2026, 1, 5, 9, 30, tzinfo=datetime.UTC)
_NOW = _START + datetime.timedelta(days=90)
_FIRST = ("Åsa", "Zoë", "Ana", "José", "Kaʻiulani", "Bea", "Tom", "Mia", "Siân", "Paweł")
_LAST = ("Müller", "O’Brien", "Lee", "Núñez", "Park", "Oak", "Łoś", "Field", "Brown", "Ng")


@dataclass(frozen=True)
class Clinic:
    """People with appointments, a list with all their responses, and the same in plain tables of SQLite."""

    people: Mapping[str, Person]
    worklist: Worklist
    plain: sqlite3.Connection


def clinic(people: int = PEOPLE, responses: int = RESPONSES) -> Clinic:
    """Return a clinic in which everybody answered every four days, and a tenth missed the last appointment."""
    chance, members, items = random.Random(1), dict[str, Person](), list[ResponseListItem]()
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE TABLE person (id TEXT PRIMARY KEY, plain TEXT, found_by TEXT)")
    plain.execute("CREATE TABLE appointment (id TEXT PRIMARY KEY, person TEXT, day TEXT, response TEXT)")
    plain.execute("CREATE TABLE response (id TEXT PRIMARY KEY, person TEXT, reference TEXT, started TEXT)")
    for number in range(people):
        identity, name = f"{number:032x}", f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {number}"
        appointments, words = [], [name, f"NZ-{number}"]
        for visit in range(responses):
            started = _START + datetime.timedelta(days=4 * visit, minutes=number)
            key, reference = f"{number:016x}{visit:016x}", f"{number:04}-{visit:04}"
            appointments.append(Appointment(key, "weekly", started.date(), None, "Jo Field", _START))
            words += [str(started.date()), reference, "Answered"]
            missed = visit == responses - 1 and number % 10 == 0
            plain.execute(
                "INSERT INTO appointment VALUES (?, ?, ?, ?)",
                (key, identity, str(started.date()), None if missed else key),
            )
            if not missed:
                entry = ListEntry(reference, "weekly", None, started, started, started, ())
                linked = Annotation("linked", "Jo Field", started, f"{identity} name")
                items.append(ResponseListItem(key, key.encode(), True, entry, (linked,)))
                plain.execute(
                    "INSERT INTO response VALUES (?, ?, ?, ?)", (key, identity, reference, started.isoformat())
                )
        members[identity] = Person(identity, name, f"NZ-{number}", 1980, appointments=tuple(appointments))
        plain.execute(
            "INSERT INTO person VALUES (?, ?, ?)", (identity, skeleton(name), "\n".join(map(skeleton, words)))
        )
    worklist = Worklist()
    worklist.apply(Changed(tuple(items), frozenset()), members)
    return Clinic(members, worklist, plain)


def listed(of: Clinic) -> list[str]:
    """Return the ids of all people in the order of the list, made anew."""
    return [each.person.id for each in PeopleList(of.people.values(), of.worklist, _NOW).matching()]


def listed_plainly(of: Clinic) -> list[str]:
    """Return the same from the plain tables: whoever missed the last appointment first, then by day, name and id."""
    rows = of.plain.execute(
        "SELECT person.id, COUNT(response.id) FROM person JOIN appointment ON appointment.person = person.id "
        "LEFT JOIN response ON response.id = appointment.response GROUP BY person.id ORDER BY "
        "MAX(appointment.response IS NULL) DESC, MAX(appointment.day), person.plain, person.id"
    )
    return [identity for identity, _count in rows]


def people_rows(content: Content, rounds: int) -> list[Row]:
    """Measure the list, the search, one of them over time, and a chart."""
    of = clinic(PEOPLE if rounds > 1 else PEOPLE // 20)
    if listed(of) != listed_plainly(of):
        raise AssertionError("the two lists are in different orders")
    people = PeopleList(of.people.values(), of.worklist, _NOW)
    people.matching("warm")
    every = f"{len(of.people):,} people with {RESPONSES} responses each"
    members = one_person(content)
    chart = next(
        scores for scores in series_of(members).scores if any(point.low is not None for point in scores.points)
    )
    return [
        Row(
            f"the list of {every}, made anew",
            "the same from plain tables of SQLite in memory",
            *in_turn([lambda: listed(of)], [lambda: listed_plainly(of)], rounds),
            Aim(10.0),
            note="Ours finds what became of each appointment; the tables know it already. Sealed rows are open.",
        ),
        Row(
            f"one name among {len(of.people):,}, letter by letter",
            "LIKE on the same folded words in SQLite",
            *in_turn(
                [lambda: [people.matching("munez 4"[:end]) for end in range(1, 8)]],
                [lambda: [_like(of, "munez 4"[:end]) for end in range(1, 8)]],
                rounds,
            ),
            Aim(5.0),
            note="Names, references, dates, states and responses on both sides.",
        ),
        Row(
            "one of them over time, from the list to the document",
            f"their {RESPONSES} clinician's copies",
            *in_turn([lambda: _series(of, members)], [lambda: _copies(members)], rounds),
            Aim(1.0),
        ),
        Row(
            f"the chart of one score of {RESPONSES} responses, by response and by day",
            "a table of rich with the same figures",
            *in_turn([lambda: _chart(chart)], [lambda: _table(chart)], rounds),
            Aim(1.0),
        ),
    ]


def _like(of: Clinic, typed: str) -> list[str]:
    pattern = f"%{skeleton(typed)}%"
    return [row[0] for row in of.plain.execute("SELECT id FROM person WHERE found_by LIKE ?", (pattern,))]


def _series(of: Clinic, members: list[SeriesResponse]) -> str:
    person = of.people[f"{len(of.people) // 2:032x}"]
    of_person = of.worklist.of_person(person.id)
    return render(series_document(series_of(members[: len(of_person)], person=person)))


def _copies(members: list[SeriesResponse]) -> list[str]:
    contexts = [member.context for member in members]
    return [
        render(clinician_summary(context.content, context.interview, context.metadata, context.alarms))
        for context in contexts
    ]


def _chart(scores: ScoreSeries) -> list[str]:
    return [*figure_rows(scores, (), UNICODE, _COLUMNS), *day_rows(scores, (), UNICODE, _COLUMNS)]


def _table(scores: ScoreSeries) -> str:
    table = Table("Day", "Figure", "Reason")
    for point in scores.points:
        table.add_row(str(point.response.day), point.figure, point.reason)
    printed = io.StringIO()
    Console(file=printed, width=_COLUMNS).print(table)
    return printed.getvalue()
