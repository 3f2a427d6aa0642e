"""Two documents of what staff recorded: its timeline with the checklist, and what a form asks for, in its order."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from screener.content.load import load
from screener.document.checksum import check
from screener.document.text import render
from screener.engine.interview import Interview
from screener.errors import ContentError
from screener.model.response import Entry
from screener.staff.copies import CopyKind, kinds_for
from screener.staff.response import ReviewedResponse
from screener.store.audit import Event
from screener.summary.build import recorded_copy
from screener.summary.metadata import SessionMetadata
from tests.check.copies import change
from tests.content.test_follow_up import content_of
from tests.content.test_treatment_day import BEFORE, reading, session
from tests.readings import clock
from tests.respond.test_copies import recorded_and_corrected
from tests.respond.test_corrections import WRONG_WAY
from tests.respond.ward import Ward, side_of_staff, ward
from tests.staff.clinic import OTHER, STAFF

FILE = "questions/watch/questionnaire.yaml"
FROM_FILE = SessionMetadata("K7QP-3MXD", "file")
FORM = "form: {question: form_sent, days: 7, name: Form of the jump}\n"
ITEMS = """\
form:
  question: form_sent
  days: 7
  name: Form of the jump
  items:
    - text: The way the person walks
      questions: [walks]
      sources: [{source: T1, mark: verified}]
    - text: The blood pressure
      questions: [top, bottom]
      sources: [{source: T1, section: page 3, mark: to-be-checked}]
    - text: The weather
      sources: [{source: T1, mark: verified}]
    - text: Unconscious now
      questions: [faint_now]
      sources: [{source: T1, mark: verified}]
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content folder of the other tests, with what the form asks for."""
    home = ward(tmp_path_factory.mktemp("form") / "content")
    change(home, (FILE, FORM, ITEMS))
    return home


@pytest.fixture
def corrected(clinic_ward: Ward) -> ReviewedResponse:
    """Landed at a time that was typed after a reading, which a colleague corrected; two items are not recorded."""
    ten_minutes_ago = clinic_ward.clock().astimezone() - datetime.timedelta(minutes=10)
    return recorded_and_corrected(clinic_ward, landed=ten_minutes_ago.time().replace(second=0, microsecond=0))


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_timeline_is_in_the_order_of_time_with_who_and_when(corrected: ReviewedResponse) -> None:
    """A time stands where it was, any other entry when it was entered, and a correction when that was made."""
    text = render(corrected.summary("clinician", document="timeline"))
    times = [f"{past.at.astimezone():%H:%M}" for past in corrected.record.history]
    table, _, checklist = text.partition("Checklist")
    places = [table.index(part) for part in ("Landing", "parachute: A round one", "142 mmHg", "124 mmHg")]
    assert places == sorted(places)
    assert f"{STAFF}, {times[2]}" in words(table)
    assert "corrected: top number: 124 mmHg" in words(table)
    assert f"({WRONG_WAY})" in words(table)
    assert f"{OTHER}, {times[-1]}" in words(table)
    for item in ("Bottom number", "Walks as before", "Form sent"):
        assert f"{item} not recorded" in words(checklist)
    assert check(text).holds


def test_the_form_has_its_items_in_their_order_with_what_is_missing(corrected: ReviewedResponse) -> None:
    text = render(corrected.summary("clinician", document="form"))
    head, _, rest = text.partition("The form asks for")
    table, _, missing = rest.partition("== Not recorded")
    assert "Form of the jump" in head
    places = [table.index(part) for part in ("The way the person", "The blood pressure", "The weather", "Unconscious")]
    assert places == sorted(places)
    assert "142 mmHg at" in words(table)
    assert f"by {OTHER}" in words(table)
    assert "(to be checked)" in words(table)
    assert "not asked here" in table
    assert "Not recorded as sent. Due on" in words(text)
    assert "The way the person walks" in missing
    assert "The blood pressure: bottom number" in words(missing)
    assert "Unconscious" not in missing, "it does not apply, which is not a blank"
    assert "The weather ____" in missing
    assert check(text).holds


def test_another_order_in_the_content_is_another_order_on_paper(tmp_path: Path) -> None:
    """Check that the order is that of the file, and that a form without items has no such document."""
    home = ward(tmp_path / "content")
    assert not any(kind.document == "form" for kind in kinds_for(load(home, "watch").questionnaire))
    front, _, items = ITEMS.partition("  items:\n")
    first, *others = items.split("    - text: ")[1:]
    moved = "".join(f"    - text: {item}" for item in (*others, first))
    change(home, (FILE, FORM, f"{front}  items:\n{moved}"))
    content = load(home, "watch")
    assert any(kind.document == "form" for kind in kinds_for(content.questionnaire))
    text = render(recorded_copy(content, Interview(content.form, content.rules), FROM_FILE, "form"))
    assert text.index("The weather") < text.index("The way the person")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("questions: [walks]", "questions: [walk]", 'no question "walk"'),
        ("source: T1, mark: verified", "source: T9, mark: verified", 'no source "T9"'),
        ("questions: [walks]", "questions: [walks]\n      last: true", "one section that repeats"),
        (
            "questions: [walks]",
            "questions: [walks]\n      minutes: {minimum: 1, maximum: 2}",
            "one section that repeats",
        ),
    ],
)
def test_an_item_that_cannot_be_is_a_mistake(tmp_path: Path, old: str, new: str, message: str) -> None:
    home = ward(tmp_path / "content")
    change(home, (FILE, FORM, ITEMS.replace(old, new)))
    with pytest.raises(ContentError, match=message):
        load(home, "watch")


async def test_staff_save_both_from_the_list_of_copies(clinic_ward: Ward, corrected: ReviewedResponse) -> None:
    """Each is in the audit trail before it exists; its file is called after what it is."""
    async with side_of_staff(clinic_ward) as staff:
        await staff.press("enter")
        await staff.app.screen.run_action("screen.copy")
        await staff.settle()
        assert "Save the timeline and checklist as text" in staff.text
        kinds = kinds_for(corrected.content.questionnaire)
        for document in ("timeline", "form"):
            staff.app.screen.action_make(kinds.index(CopyKind("save", "clinician", document=document)))  # type: ignore[attr-defined, arg-type]
            await staff.finish_work()
    names = {
        path.name.removeprefix(f"screener-{corrected.record.reference}-") for path in clinic_ward.exports.iterdir()
    }
    assert names == {"timeline.txt", "form.txt"}
    staff_store = clinic_ward.staff_store()
    exported = [row for row in staff_store.audit_rows() if row.event == Event.EXPORTED]
    assert len(exported) == 2
    staff_store.check_audit()


def test_a_reading_of_which_only_the_time_is_recorded_has_its_name_alone() -> None:
    content = content_of("monitoring")
    times: dict[str, Entry] = {"dose_at": datetime.time(10), "reading_at.1": datetime.time(10, 40)}
    interview = Interview(content.form, content.rules, {"product": "ketamine", **times})
    text = words(render(recorded_copy(content, interview, FROM_FILE, "timeline")))
    assert "10:40 40 Reading 1 -" in text


# What the shipped content says of the form of a treatment


def on_paper(*readings: dict[str, Entry], **others: Entry) -> str:
    content = content_of("monitoring")
    interview = session(content, *readings, {**BEFORE, "watched_until": clock(1 * 60 + 55), **others})
    return words(render(recorded_copy(content, interview, FROM_FILE, "form")))


def test_what_the_form_of_a_treatment_gets() -> None:
    """Check readings from 30 to 60 minutes, the last one, the minutes past midnight, and what nobody recorded."""
    readings = [reading(number, 15 * number, number == 8) for number in range(1, 9)]
    readings[7] |= {"top.8": 131}
    text = on_paper(*readings)
    window = text.partition("Blood pressure 40 minutes")[2].partition("Blood pressure at the end")[0]
    assert [f"Reading {number}," in window for number in range(1, 9)] == [False, True, True, True] + [False] * 4
    last = text.partition("Blood pressure at the end")[2].partition("Vital signs acceptable")[0]
    assert "Reading 8, 120 min since the dose" in last
    assert "131 mmHg" in last
    assert "Reading 7" not in last
    assert "01:55 (135 min since the dose)" in text
    missing = text.partition("== Not recorded ==")[2].partition("Not asked here")[0]
    for item in ("Sedation", "Dissociation", "Serious adverse event", "Dose and lot: dose, lot"):
        assert item in missing
    assert "Blood pressure" not in missing


def test_a_reading_at_no_time_that_the_form_names_is_not_recorded_for_it() -> None:
    text = on_paper(reading(1, 20, last=False), reading(2, 90, last=True))
    missing = text.partition("== Not recorded ==")[2].partition("Not asked here")[0]
    assert "Blood pressure 40 minutes after the dose" in missing


def test_a_timeline_of_answers_from_a_file_names_no_day() -> None:
    """Nobody knows on which day they were given: what has a time has the time alone."""
    content = content_of("monitoring")
    times: dict[str, Entry] = {"dose_at": datetime.time(10), "watched_until": datetime.time(12, 5)}
    interview = Interview(content.form, content.rules, {"product": "ketamine", **times})
    text = words(render(recorded_copy(content, interview, FROM_FILE, "timeline")))
    assert "10:00 0 Beginning of the dose -" in text
    assert "12:05 125 Watched until -" in text
