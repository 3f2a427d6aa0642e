"""Copies of what staff recorded: each item by whom and when, corrected or not recorded, and nothing for the person."""

from __future__ import annotations

import json

import pytest

from screener.document.formats import rendered
from screener.document.text import render
from screener.model.response import AbsentReason, Entry
from screener.series.document import series_document
from screener.staff.copies import KINDS
from screener.staff.response import ReadingContext, ReviewedResponse, open_response, read_sealed
from screener.staff.series import reviewed_series
from screener.tui.summary_text import page_one_passages, series_passages, summary_passages
from tests.respond.test_corrections import WRONG_WAY, correcting
from tests.respond.ward import Ward, side_of_staff
from tests.staff.clinic import OTHER, STAFF
from tests.strategies import flight


@pytest.fixture
def corrected(clinic_ward: Ward) -> ReviewedResponse:
    return recorded_and_corrected(clinic_ward)


def recorded_and_corrected(clinic_ward: Ward, **first: Entry) -> ReviewedResponse:
    """A reading that was typed the wrong way round and corrected by a colleague, and two items not recorded."""
    session = clinic_ward.begins()
    for name, entry in first.items():
        session.answer(name, entry)
    session.answer("parachute", "round")
    clinic_ward.clock.go_on(minutes=5)
    session.answer("top", 142)
    session.answer("bottom", AbsentReason.NOT_RECORDED)
    session.answer("faint", False)
    session.finish()
    clinic_ward.clock.go_on(minutes=15)
    session = correcting(clinic_ward)
    session.record("top", 124, reason=WRONG_WAY)
    session.keep()
    session.finish()
    staff_store = clinic_ward.staff_store()
    (listed,) = staff_store.responses()
    context = ReadingContext(flight(), clinic_ward.folder / "contents", None, (clinic_ward.watch,))
    return open_response(read_sealed(staff_store, listed.id, context.current), context)


def test_each_item_has_by_whom_and_when_and_what_was_corrected(corrected: ReviewedResponse) -> None:
    text = " ".join(render(corrected.summary("clinician")).split())
    times = [f"{past.at.astimezone():%H:%M}" for past in corrected.record.history]
    before, after = times[1], times[-1]
    assert f"142 mmHg at {before} by {STAFF}; corrected to 124 mmHg at {after} by {OTHER}: {WRONG_WAY}" in text
    assert f"A round one at {times[0]} by {STAFF}" in text
    for item in ("Landing", "Bottom number", "Walks as before", "Form sent"):
        assert f"{item} not recorded" in text
    assert "Unconscious now" not in text.partition("Appendix")[0], "it does not apply, which is not a blank"


def test_what_staff_recorded_is_called_a_self_report_nowhere(corrected: ReviewedResponse) -> None:
    """Neither on the page that staff see first, nor in the copy."""
    document = corrected.summary("clinician")
    first, *_ = (passage.text for passage in page_one_passages(document))
    assert first == "Talk to a clinician: recorded by staff; not a diagnosis."
    shown = " ".join(passage.text for passage in summary_passages(document)) + render(document)
    assert "self-report" not in shown.lower()


def test_over_time_what_staff_recorded_is_told_from_what_the_person_answered(
    clinic_ward: Ward, corrected: ReviewedResponse
) -> None:
    """Where all of a series is recorded by staff, it calls nothing a self-report; a mixed one says which is which."""
    alone = series_document(reviewed_series([corrected], {}))
    shown = " ".join(passage.text for passage in series_passages(alone, 78)) + render(alone)
    assert "self-report" not in shown.lower()
    identity = clinic_ward.answers("3333-3333", {"chest_pain": True}).id
    context = ReadingContext(flight(), clinic_ward.folder / "contents", None, (clinic_ward.watch,))
    answered = open_response(read_sealed(clinic_ward.staff_store(), identity, context.current), context)
    mixed = " ".join(render(series_document(reviewed_series([answered, corrected], {}))).split())
    assert "What staff recorded is named as that below. It is no self-report of the person." in mixed
    assert mixed.count("recorded by staff") == 1
    assert "not recorded" in mixed
    assert "left blank" in mixed


def test_nothing_excuses_a_blank(corrected: ReviewedResponse) -> None:
    """Neither "left blank" nor "not reached", nor any of the words by which a person leaves a question out."""
    text = render(corrected.summary("clinician")).lower()
    for words in ("left blank", "not reached", "prefer not", "don't know", "not asked", "not answered"):
        assert words not in text
    assert "3 of 8 recorded; 5 not recorded" in " ".join(text.split())


def test_json_has_the_reason_the_earlier_entry_and_the_code_of_a_blank(corrected: ReviewedResponse) -> None:
    data = json.loads(rendered(corrected.summary("clinician"), "json"))
    answers = {answer["question"]: answer for answer in data["answers"]}
    assert answers["top"]["answer"] == 124
    assert answers["top"]["entered"]["by"] == OTHER
    assert answers["top"]["reason"] == WRONG_WAY
    ((earlier),) = answers["top"]["earlier"]
    assert (earlier["answer"], earlier["by"], earlier["reason"]) == (142, STAFF, None)
    assert answers["bottom"]["absent"] == answers["landed"]["absent"] == "unknown"
    assert answers["faint_now"]["absent"] == "not-applicable"
    assert answers["parachute"]["earlier"] == []


async def test_there_is_no_copy_for_the_person(clinic_ward: Ward, corrected: ReviewedResponse) -> None:
    async with side_of_staff(clinic_ward) as staff:
        await staff.press("enter")
        await staff.press("2")
        assert "Staff recorded this. It has no copy for the person." in staff.text
        await staff.press("3")
        assert WRONG_WAY in staff.text
        await staff.app.screen.run_action("screen.copy")
        await staff.settle()
        assert "clinician" in staff.text.lower()
        assert "person's" not in staff.text.lower()
    assert any(kind.audience == "patient" for kind in KINDS)
    assert corrected.record.finished
