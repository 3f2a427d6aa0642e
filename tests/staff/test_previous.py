"""The previous response: staff's reading of a linked response knows it, and nobody else's does."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from screener.document.formats import rendered
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.i18n.formats import local
from screener.model.response import AbsentReason, Entry
from screener.series.document import series_document
from screener.staff.copies import KINDS
from screener.staff.handover import hand_over
from screener.staff.response import ReviewedResponse
from screener.staff.series import opened_series, person_series
from screener.staff.session import StaffSession
from screener.store.appointment_code import Ticket
from screener.store.appointments import issue_code
from screener.store.audit import Event
from screener.store.content_archive import content_hash, pack
from screener.store.database import NotSaved
from screener.store.history import HistoryEntry
from screener.store.linking import link_by_name, unlink
from screener.store.people import read_people
from screener.store.person import Person
from screener.store.record import StoredResponse
from tests.expressions.previous_content import previous_folder, with_previous
from tests.staff.clinic import NOON, PASSPHRASE, STAFF, Clinic
from tests.staff.console import console
from tests.staff.test_people import expect

WEEK = datetime.timedelta(weeks=1)
UNKNOWN = "no previous response is known here"
LIGHT: Mapping[str, Entry] = {"departure": "north", "alone": True, "bag": 10, "items": frozenset({"stick"})}
HEAVY: Mapping[str, Entry] = {"departure": "north", "alone": True, "bag": 16, "items": frozenset({"stick"})}


@pytest.fixture
def ana(clinic: Clinic) -> Person:
    return expect(clinic.staff_store(), "Ana Lee", "A-1", local(NOON).date() + 4 * WEEK, year="1980")


def answers(
    clinic: Clinic,
    reference: str,
    entries: Mapping[str, Entry],
    *,
    finished: bool = True,
    questionnaire: str = "before-a-flight",
) -> str:
    """Somebody answers now, under the questions of which some are carried over."""
    content, now = with_previous(), clinic.clock()
    record = StoredResponse(
        reference,
        questionnaire,
        content_hash(content),
        "en-GB",
        "screen",
        now,
        history=tuple(HistoryEntry(name, entry, now) for name, entry in entries.items()),
        position=Interview(content.form, content.rules, entries).position,
    )
    folder = clinic.folder / "previous"
    open_response = clinic.store().begin(
        record, pack(folder if folder.exists() else previous_folder(folder), "before-a-flight")
    )
    if finished:
        open_response.finish(replace(record, finished=now))
    return open_response.id


def linked(clinic: Clinic, person: Person, *responses: str) -> None:
    staff_store = clinic.staff_store()
    for each in responses:
        link_by_name(staff_store, each, read_people(staff_store)[person.id])


async def unlocked(clinic: Clinic) -> StaffSession:
    staff_session = clinic.staff_session(with_previous())
    await staff_session.unlock(STAFF, PASSPHRASE)
    return staff_session


def outcome(response: ReviewedResponse, rule: str = "heavier") -> Outcome:
    return response.interview.assessment.outcomes[rule]


def page(response: ReviewedResponse) -> str:
    return " ".join(rendered(response.summary("clinician")).decode().split())


async def test_staff_read_a_linked_response_with_the_one_before_it(clinic: Clinic, ana: Person) -> None:
    """The last one that was finished for the same questions; each reading of it is in the audit trail."""
    older = answers(clinic, "2222-2222", {**LIGHT, "bag": 50})
    clinic.clock.go_on(weeks=1)
    first = answers(clinic, "3333-3333", LIGHT)
    clinic.clock.go_on(days=3)
    left = answers(clinic, "4444-4444", {**LIGHT, "bag": 60}, finished=False)
    clinic.clock.go_on(days=4)
    second = answers(clinic, "5555-5555", HEAVY)
    stranger = answers(clinic, "6666-6666", {**LIGHT, "bag": 70})
    linked(clinic, ana, older, first, left, second)
    staff_session = await unlocked(clinic)
    response = await staff_session.read(second)
    assert (outcome(response), outcome(response, "soon")) == (Outcome.RAISED, Outcome.RAISED)
    day = local(NOON + WEEK).date()
    assert f"In the previous response (3333-3333, {day}): Weight of the bag: 10" in page(response)
    viewed = [row.subject for row in clinic.staff_store().check_audit() if row.event == Event.VIEWED]
    assert viewed == [second, first]
    alone = await staff_session.read(stranger)
    assert outcome(alone) is outcome(alone, "soon") is Outcome.UNDETERMINED
    assert f"a heavier bag ({UNKNOWN})" in page(alone)
    assert UNKNOWN in page(await staff_session.read(older))
    staff_session.close()


@pytest.mark.parametrize("undone", ["this one", "the previous one"])
async def test_an_undone_link_takes_the_comparison_back(clinic: Clinic, ana: Person, undone: str) -> None:
    """At the next look, on the open page too, and in every copy that is made then."""
    first = answers(clinic, "2222-2222", LIGHT)
    clinic.clock.go_on(weeks=1)
    second = answers(clinic, "3333-3333", HEAVY)
    linked(clinic, ana, first, second)
    async with console(clinic, content=with_previous(), size=(100, 50)) as staff:
        await staff.app._open(second)
        await staff.settle()
        assert "A heavier bag" in staff.text or "a heavier bag" in staff.text
        assert UNKNOWN not in staff.text
        assert "At the clinic A-1; born 1980." in " ".join(staff.text.split())
        unlink(clinic.staff_store(), second if undone == "this one" else first, ana.id)
        await staff.look()
        assert f"a heavier bag ({UNKNOWN})" in " ".join(staff.text.split())
        assert ("At the clinic" in staff.text) is (undone == "the previous one")
        response = staff.app.staff_session.opened(second)
        await staff.app.staff_session.copy(response, next(kind for kind in KINDS if kind.format == "json"))
    (copy,) = clinic.exports.iterdir()
    data = json.loads(copy.read_text("utf-8"))
    assert data["previous"] is None
    assert {each["rule"]: each["outcome"] for each in data["outcomes"]}["heavier"] == "undetermined"


async def test_copies_name_the_clinics_reference_and_the_previous_response(clinic: Clinic, ana: Person) -> None:
    """The clinician's copies, in every format; the person's have neither."""
    first = answers(clinic, "2222-2222", LIGHT)
    clinic.clock.go_on(weeks=1)
    second = answers(clinic, "3333-3333", HEAVY)
    linked(clinic, ana, first, second)
    staff_session = await unlocked(clinic)
    response = await staff_session.read(second)
    for kind in (kind for kind in KINDS if kind.destination == "save" and kind.format != "pdf"):
        await staff_session.copy(response, kind)
    staff_session.close()
    for path in clinic.exports.iterdir():
        text = " ".join(path.read_text("utf-8").split())
        for_clinic = "clinician" in path.name
        assert ("A-1" in text) is for_clinic, path.name
        assert ("1980" in text) is for_clinic, path.name
        assert ("Ana Lee" in text) <= for_clinic
    data = json.loads((clinic.exports / "screener-3333-3333-clinician.json").read_text("utf-8"))
    assert data["person"] == {"reference": "A-1", "year_of_birth": 1980}
    assert data["previous"] == {"reference": "2222-2222", "day": str(local(NOON).date())}
    heavier = next(each for each in data["outcomes"] if each["rule"] == "heavier")
    assert heavier == heavier | {"outcome": "raised", "questions": ["bag"], "previous": ["previous.bag"]}
    own = json.loads((clinic.exports / "screener-3333-3333-patient.json").read_text("utf-8"))
    assert own["person"] is None


async def test_a_series_compares_each_response_with_the_one_before_it(clinic: Clinic, ana: Person) -> None:
    """What a wrong link compared is gone with that link."""
    first = answers(clinic, "2222-2222", LIGHT)
    clinic.clock.go_on(weeks=1)
    wrong = answers(clinic, "3333-3333", {**LIGHT, "bag": 40})
    clinic.clock.go_on(weeks=1)
    last = answers(clinic, "4444-4444", HEAVY)
    linked(clinic, ana, first, wrong, last)
    staff_session = await unlocked(clinic)
    listed = staff_session.listed_person(ana.id)
    assert listed
    opened = opened_series(clinic.staff_store(), listed, staff_session.contents)
    text = " ".join(rendered(series_document(person_series(opened, listed))).decode().split())
    day = [local(NOON + number * WEEK).date() for number in range(3)]
    assert f"{day[0]} could not be assessed (no previous response is known here)" in text
    assert f"{day[1]} raised (Weight of the bag: 40; In the previous response (2222-2222, {day[0]}): " in text.replace(
        "weight of the bag: 40", "Weight of the bag: 40"
    )
    assert f"{day[2]} not raised" in text
    unlink(clinic.staff_store(), wrong, ana.id)
    await staff_session.look()
    listed = staff_session.listed_person(ana.id)
    assert listed
    text = " ".join(rendered(series_document(person_series(opened, listed))).decode().split())
    assert f"In the previous response (2222-2222, {day[0]})" in text
    assert "3333-3333" not in text
    staff_session.close()


async def test_a_response_to_other_questions_is_not_the_previous_one(clinic: Clinic, ana: Person) -> None:
    other = answers(clinic, "2222-2222", LIGHT, questionnaire="after-a-flight")
    clinic.clock.go_on(weeks=1)
    second = answers(clinic, "3333-3333", HEAVY)
    linked(clinic, ana, other, second)
    staff_session = await unlocked(clinic)
    assert outcome(await staff_session.read(second)) is Outcome.UNDETERMINED
    staff_session.close()


# The hand-over


async def test_a_hand_over_shows_what_is_carried_over_and_nothing_else(clinic: Clinic, ana: Person) -> None:
    """Only the answers to be confirmed leave the staff's side, with their ticket; a code of before is void."""
    others: dict[str, Entry] = {"remarks": "a secret", "nerves_1": "often", "items": AbsentReason.DECLINED}
    first = answers(clinic, "2222-2222", {**LIGHT, **others})
    linked(clinic, ana, first)
    staff_store = clinic.staff_store()
    appointment = ana.appointments[0].id
    code, _until = issue_code(staff_store, appointment)
    clinic.clock.go_on(weeks=4)
    staff_session = await unlocked(clinic)
    handover = await hand_over(staff_session, appointment, None)
    staff_session.close()
    assert handover.previous
    assert dict(handover.previous.entries) == {"alone": True, "bag": 10}
    assert set(handover.previous.facts) == {"previous.alone", "previous.bag", "days_since_previous"}
    assert (handover.previous.reference, handover.previous.days) == ("2222-2222", 28)
    with pytest.raises(Exception, match="These four words open nothing here"):
        clinic.store().by_code(code, ("before-a-flight",))
    clinic.staff_store().check_audit()


async def test_a_hand_over_that_fails_leaves_the_code_as_it_was(
    clinic: Clinic, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is away while the last response is read: the person can still begin with their four words."""
    linked(clinic, ana, answers(clinic, "2222-2222", LIGHT))
    appointment = ana.appointments[0].id
    code, _until = issue_code(clinic.staff_store(), appointment)
    staff_session = await unlocked(clinic)

    async def away(_identity: str) -> ReviewedResponse:
        raise NotSaved("The store does not respond.")

    monkeypatch.setattr(staff_session, "reviewed", away)
    with pytest.raises(NotSaved):
        await hand_over(staff_session, appointment, None)
    staff_session.close()
    assert isinstance(clinic.store().by_code(code, ("before-a-flight",)), Ticket)


async def test_reception_hands_over_without_any_answer(clinic: Clinic, ana: Person) -> None:
    linked(clinic, ana, answers(clinic, "2222-2222", LIGHT))
    clinic.staff_store(STAFF, PASSPHRASE).admit("Sam Park", "nine small brown wrens", "reception")
    staff_session = clinic.staff_session(with_previous())
    await staff_session.unlock("Sam Park", "nine small brown wrens")
    handover = await hand_over(staff_session, ana.appointments[0].id, None)
    staff_session.close()
    assert handover.previous is None
    assert handover.ticket
    assert Event.VIEWED not in [row.event for row in clinic.staff_store().check_audit()]


@pytest.mark.parametrize(("button", "by"), [("hand over", None), ("read aloud", STAFF)])
async def test_staff_start_it_from_the_appointment(clinic: Clinic, ana: Person, button: str, by: str | None) -> None:
    """By keyboard; they are asked to make sure who it is, and the staff's side is locked then."""
    linked(clinic, ana, answers(clinic, "2222-2222", LIGHT))
    async with console(clinic, content=with_previous(), size=(100, 40)) as staff:
        await staff.press("f4", "enter", "f3")
        assert "Choose an appointment first." in staff.text
        await staff.press("down", "f3")
        assert "Ana Lee, A-1, born 1980" in staff.text
        assert "Ask for the name and the year of birth, and compare them." in " ".join(staff.text.split())
        await staff.click(f"Yes, {button}")
        assert not staff.app.staff_session.is_open
        handover = staff.app.handover
    assert handover
    assert (handover.by, handover.name, handover.questionnaire) == (by, None, "before-a-flight")
    assert handover.previous
    assert handover.previous.entries["bag"] == 10


async def test_what_was_answered_already_is_not_started_again(clinic: Clinic) -> None:
    person = expect(clinic.staff_store(), "Ana Lee", "A-1", local(NOON).date())
    linked(clinic, person, answers(clinic, "2222-2222", LIGHT))
    async with console(clinic, content=with_previous(), size=(100, 40)) as staff:
        await staff.press("f4", "enter", "down", "f3")
        assert "Something was answered for this appointment already." in staff.text
        assert staff.page == "PersonPage"
