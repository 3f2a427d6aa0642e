"""``screener clinic series``: one person over time, from a clinic's store, each response under its own questions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from screener.store import content_archive
from screener.store.appointments import NewAppointment, enter
from screener.store.audit import Event
from screener.store.linking import link_by_name, unlink
from screener.store.person import new_person
from screener.store.removal import of_reference
from tests.check.copies import FLIGHT, copied
from tests.cli.running import Ran
from tests.clinic.machine import Machine
from tests.series.people import SECOND, Person, changed, changed_content, day, taken_back
from tests.store.making import linked_person


def kept(machine: Machine, person: Person, folders: list[Path]) -> list[str]:
    """Let somebody answer at a terminal of the clinic, each time under the content of a folder."""
    store, _ = machine.clinic(retention_days=3650)
    for record, folder in zip(person.visits, folders, strict=True):
        archive = content_archive.pack(folder, "before-a-flight")
        open_response = store.begin(replace(record, finished=None), archive)
        open_response.finish(record)
        open_response.forget()
    return [record.reference for record in person.visits]


def series(machine: Machine, *arguments: str) -> Ran:
    return machine.staff("clinic", "series", *arguments)


def linked(machine: Machine, reference: str, *references: str) -> str:
    """Let staff expect somebody two weeks after the first visit, and link responses to them; return their id."""
    staff_store = machine.staff_store()
    person = new_person("Þórð–ñà <b>`|", reference, "1987", "", "", 2026)
    ((person, _appointment),) = enter(staff_store, [NewAppointment(person, "before-a-flight", day(14))])
    for each in references:
        link_by_name(staff_store, of_reference(staff_store, each).id, person)
    return person.id


def of_person(machine: Machine, reference: str, *arguments: str) -> Ran:
    return machine.staff("clinic", "series", "--person", *arguments, typed=(reference,))


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    return copied(FLIGHT, tmp_path / "newer", *SECOND)


def test_responses_are_read_under_their_own_questions(machine: Machine, newer: Path) -> None:
    """Check that a response given under older questions is not read under those in use, and what changed is said."""
    person = changed()
    person.visits, person.contents = person.visits[:2], person.contents[:2]
    assert person.contents[1].questionnaire_hash == changed_content(*SECOND).questionnaire_hash
    references = kept(machine, person, [FLIGHT, newer])
    ran = series(machine, *references, "--format", "json")
    assert ran.returncode == 0, ran.stderr
    exported = json.loads(ran.stdout)
    assert [response["questionnaire"]["version"] for response in exported["responses"]] == ["2.1.0", "3.0.0"]
    assert [score["points"][0]["state"] for score in exported["scores"]] == ["total", "in-another-form"]
    (nervous,) = (topic for topic in exported["topics"] if topic["rule"] == "nervous")
    assert [step["change"] for step in nervous["steps"]] == ["raised", "not-compared"]


def test_what_was_taken_back_stands_until_staff_close_it(machine: Machine) -> None:
    """Check law 10 in a store: the alarm stands in the document until somebody closes it, and then names them."""
    references = kept(machine, taken_back(), [FLIGHT] * 3)
    text = " ".join(series(machine, *references).stdout.split())
    assert "Chest pain now (T001-2345): raised" in text
    assert "Nobody has seen to it." in text
    assert "Urgent before, and nothing says that staff closed it" in text
    staff_store = machine.staff_store()
    (first,) = (
        listed for listed in staff_store.responses() if listed.entry and listed.entry.reference == references[0]
    )
    staff_store.annotate(first.id, "acknowledged", "chest-pain-now")
    text = " ".join(series(machine, *references).stdout.split())
    assert "Seen to by Alex Reed" in text
    assert "Urgent before, and nothing says that staff closed it" not in text


def test_reading_and_copying_are_in_the_audit_trail(machine: Machine) -> None:
    """Check that the trail tells of each response, and that the document names the head that verify looks for."""
    references = kept(machine, taken_back(), [FLIGHT] * 3)
    output = machine.folder / "series.txt"
    assert series(machine, *references, "--output", str(output)).returncode == 0
    staff_store = machine.staff_store()
    events = [(row.event, row.subject) for row in staff_store.check_audit()]
    for listed in staff_store.responses():
        assert (Event.VIEWED, listed.id) in events
        assert (Event.EXPORTED, listed.id) in events
    verified = machine.screener("verify", output)
    assert verified.returncode == 0
    assert "the audit trail here has the row" in verified.stdout


def test_days_of_treatment_come_from_a_file(machine: Machine) -> None:
    references = kept(machine, taken_back(), [FLIGHT] * 3)
    dates = machine.folder / "dates.yaml"
    dates.write_text("treatment_days: [2026-01-06]\n", "utf-8")
    assert "Treatment      2026-01-06." in series(machine, *references, "--dates", str(dates)).stdout


def test_mistakes_are_one_sentence(machine: Machine) -> None:
    references = kept(machine, taken_back(), [FLIGHT] * 3)
    for arguments, message in (
        ((references[0], references[0].lower()), "is named twice"),
        (("XXXX-XXXX",), "There is no response with this reference."),
    ):
        ran = series(machine, *arguments)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert message in ran.stderr


def test_reception_reads_nothing(machine: Machine) -> None:
    """Check that somebody who may not read responses gets no figure, and that no copy is made."""
    references = kept(machine, taken_back(), [FLIGHT] * 3)
    machine.staff_store().admit("Sam Park", "nine small brown wrens", "reception")
    linked(machine, "A-1", *references)
    who = ("Sam Park", "nine small brown wrens")
    for arguments, typed in ((references, who), (["--person"], (*who, "A-1"))):
        ran = machine.screener("clinic", "series", *arguments, typed=typed)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "Only clinicians can do this." in ran.stderr
    assert Event.EXPORTED not in [row.event for row in machine.staff_store().check_audit()]


def test_all_responses_of_a_person_by_the_reference_of_the_clinic(machine: Machine, newer: Path) -> None:
    """Check that they are in the series as if each had been named, with who it is and what they missed."""
    person = changed()
    person.visits, person.contents = person.visits[:2], person.contents[:2]
    references = kept(machine, person, [FLIGHT, newer])
    linked(machine, "NZ-42", *references)
    ran = of_person(machine, " nz-42 ", "--format", "json")
    assert ran.returncode == 0, ran.stderr
    exported = json.loads(ran.stdout)
    named = json.loads(series(machine, *references, "--format", "json").stdout)
    for key in ("responses", "alarms", "scores", "topics"):
        assert exported[key] == named[key]
    assert exported["missed"] == [day(14).isoformat()]
    assert exported["person"] == {"name": "Þórð–ñà <b>`|", "reference": "NZ-42", "year_of_birth": 1987}
    assert (named["missed"], named["person"], exported["unread"]) == (None, None, [])
    text = of_person(machine, "NZ-42").stdout
    assert "Person         Þórð–ñà <b>`|, NZ-42, born 1987" in text
    assert f"No answers     expected on {day(14)}." in text
    assert "Name ____" not in text


def test_a_wrong_link_that_was_undone_is_in_no_series(machine: Machine) -> None:
    """Check that a response is in the series of nobody but whom it is linked to now."""
    first, second, third = kept(machine, taken_back(), [FLIGHT] * 3)
    linked(machine, "A-1", first, second, third)
    staff_store = machine.staff_store()
    wrong = of_reference(staff_store, second).id
    unlink(staff_store, wrong, linked_person(staff_store, wrong))
    linked(machine, "A-2", second)
    for reference, theirs in (("A-1", [first, third]), ("A-2", [second])):
        exported = json.loads(of_person(machine, reference, "--format", "json").stdout)
        assert [each["reference"] for each in exported["responses"]] == theirs


def test_responses_of_different_people_are_no_series(machine: Machine) -> None:
    """Whoever mistypes a reference gets no document of two people."""
    references = kept(machine, taken_back(), [FLIGHT] * 3)[:2]
    for clinic_reference, reference in zip(("AL-1", "BO-2"), references, strict=True):
        linked(machine, clinic_reference, reference)
    ran = series(machine, *references)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "linked to different people" in ran.stderr


def test_a_response_that_cannot_be_read_is_named_and_in_no_figure(machine: Machine, newer: Path) -> None:
    """Check that the document says so beside everything that it would have been part of."""
    person = changed()
    person.visits, person.contents = person.visits[:2], person.contents[:2]
    references = kept(machine, person, [FLIGHT, newer])
    linked(machine, "A-1", *references)
    with machine.store().database.writing() as rows:
        rows.run("DELETE FROM content WHERE hash = ?", (person.visits[1].content,))
    exported = json.loads(of_person(machine, "A-1", "--format", "json").stdout)
    assert [each["reference"] for each in exported["responses"]] == references[:1]
    assert [each["reference"] for each in exported["unread"]] == references[1:]
    text = " ".join(of_person(machine, "A-1").stdout.split())
    sentence = f"These responses cannot be read, and nothing of them is in this document: {references[1]}, 2026-01-19"
    assert text.count(sentence) == 4 + len(exported["scores"])
    ran = series(machine, *references)
    assert (ran.returncode, ran.stdout) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "typed", "message"),
    [
        ((), (), "Name the references of responses, or give --person and no reference."),
        (("T001-2345", "--person"), (), "Name the references of responses, or give --person and no reference."),
        (("--person",), ("B-1",), "There is no person with this reference."),
        (("--person",), ("A-1",), "No response is linked to this person."),
    ],
)
def test_whose_series_it_is_has_to_be_said(
    machine: Machine, arguments: tuple[str, ...], typed: tuple[str, ...], message: str
) -> None:
    kept(machine, taken_back(), [FLIGHT] * 3)
    linked(machine, "A-1")
    ran = machine.staff("clinic", "series", *arguments, typed=typed)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert message in ran.stderr
