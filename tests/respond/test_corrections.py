"""Staff correct what was recorded, with a reason: the earlier entry, who, when and why stay, also after the end."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from screener.errors import ScreenerError
from screener.model.response import AbsentReason
from screener.model.types.base import InvalidAnswer
from screener.session.session import InterviewSession
from screener.store.audit import Broken
from screener.store.database import NotSaved
from screener.store.linking import link_by_name, unlink
from screener.store.members import NotAllowed
from screener.store.record import StoredResponse
from screener.store.recording import open_finished, resume_recording
from screener.store.staff_store import StaffStore
from tests.respond.test_recording import at_first_question
from tests.respond.ward import OF_STAFF, Ward, entered, recording
from tests.staff.clinic import OTHER, OTHER_PASSPHRASE, PASSPHRASE, STAFF
from tests.store.people import answered
from tests.strategies import flight
from tests.tui.screens import sitting_at

WRONG_WAY = "typed the wrong way round"


def told(record: StoredResponse) -> list[tuple[str, object, str | None, str | None]]:
    return [(past.question, past.entry, past.by, past.reason) for past in record.history]


def correcting(ward: Ward, staff_store: StaffStore | None = None) -> InterviewSession:
    """A member of staff opens the finished response, to correct it."""
    staff_store = staff_store or ward.staff_store(OTHER, OTHER_PASSPHRASE)
    return ward.session(staff_store, open_finished(staff_store, staff_store.responses()[0].id, ward.person, OF_STAFF))


def finished(ward: Ward, **entries: object) -> None:
    session = ward.begins()
    for question, entry in entries.items():
        session.answer(question, entry)  # type: ignore[arg-type]
        for rule in session.interview.interruptions:
            session.acknowledge(rule.id)
    session.finish()


def test_without_a_reason_nothing_is_corrected(clinic_ward: Ward) -> None:
    """A blank that is filled in later, and the same entry once more, are no corrections."""
    session = clinic_ward.begins()
    session.answer("top", AbsentReason.NOT_RECORDED)
    session.answer("top", 142)
    session.answer("top", 142)
    for reason in (None, "", "  ", "\u200b"):
        with pytest.raises(InvalidAnswer, match="Say why it is corrected"):
            session.record("top", 124, reason=reason)
    assert session.interview.state.entries["top"] == 142
    session.record("top", 124, reason=WRONG_WAY)
    session.keep()
    assert told(entered(clinic_ward)) == [
        ("top", AbsentReason.NOT_RECORDED, STAFF, None),
        ("top", 142, STAFF, None),
        ("top", 124, STAFF, WRONG_WAY),
    ]


def test_what_was_recorded_is_not_blanked_without_a_reason(clinic_ward: Ward) -> None:
    session = clinic_ward.begins()
    session.answer("top", 142)
    with pytest.raises(InvalidAnswer):
        session.record("top", AbsentReason.NOT_RECORDED)


def test_two_numbers_at_once_correct_no_second_one_unasked(clinic_ward: Ward) -> None:
    session = clinic_ward.begins()
    question = session.content.questionnaire.question["top"]
    session.answer("top", session.read(question, "142/91"))
    with pytest.raises(InvalidAnswer, match="one at a time"):
        session.read(question, "142/29")
    assert session.read(question, "124/91") == 124


def test_a_person_changes_an_answer_without_any_reason() -> None:
    session = sitting_at(flight(), "age", {})
    session.record("age", 30)
    session.record("age", 31)
    assert not session.corrects("age", 32)


async def test_the_page_asks_why_and_shows_what_was_before(clinic_ward: Ward) -> None:
    handover, staff_session = await at_first_question(clinic_ward)
    async with recording(clinic_ward, handover, staff_session) as screens:
        await screens.press("enter")
        await screens.type("10:05")
        await screens.press("enter", "escape")
        await screens.press(*["backspace"] * 5)
        await screens.type("10:50")
        await screens.press("enter")
        assert "Why is it corrected?" in screens.text
        assert "Landing: 10:05," in screens.text
        assert f"by {STAFF}" in screens.text
        assert "Corrected to: 10:50" in screens.text
        await screens.press("enter")
        assert "Error: Say why it is corrected." in screens.text
        await screens.type("slip")
        await screens.press("enter")
        assert screens.asked == "parachute"
    staff_session.close()
    assert [past.reason for past in entered(clinic_ward).history] == [None, "slip"]


def test_a_colleague_corrects_what_is_finished(clinic_ward: Ward) -> None:
    """It stays finished when it was, the audit trail has the correction, and the store agrees with it."""
    finished(clinic_ward, top=142, walks=True)
    before = entered(clinic_ward)
    clinic_ward.clock.go_on(minutes=20)
    session = correcting(clinic_ward)
    assert not session.finished
    with pytest.raises(InvalidAnswer):
        session.record("top", 124)
    session.record("top", 124, reason=WRONG_WAY)
    session.keep()
    session.finish()
    after = entered(clinic_ward)
    assert after.finished == before.finished
    assert told(after) == [*told(before), ("top", 124, OTHER, WRONG_WAY)]
    rows = [row.event for row in clinic_ward.staff_store().check_audit()]
    assert rows.count("response corrected") == 1


def test_a_correction_whose_end_is_not_saved_goes_on(clinic_ward: Ward) -> None:
    """Staff correct on, and nothing says that it is finished."""
    finished(clinic_ward, top=142)
    session = correcting(clinic_ward)
    session.record("top", 124, reason=WRONG_WAY)
    with closing(sqlite3.connect(clinic_ward.folder / "responses.db")) as broken:
        broken.execute("ALTER TABLE response RENAME TO away")
        with pytest.raises(NotSaved):
            session.finish()
        broken.execute("ALTER TABLE away RENAME TO response")
    assert not session.finished
    session.finish()
    assert session.finished


def test_who_only_looks_corrects_nothing(clinic_ward: Ward) -> None:
    finished(clinic_ward, top=142)
    session = correcting(clinic_ward)
    session.interview.change("top")
    session.keep()
    session.finish()
    rows = [row.event for row in clinic_ward.staff_store().check_audit()]
    assert "response corrected" not in rows


def test_alarms_that_persist_stay_after_a_correction(clinic_ward: Ward) -> None:
    """Nobody talks an alarm away by correcting the entry; what a correction raises rings as well."""
    finished(clinic_ward, faint=True, faint_now=False)
    session = correcting(clinic_ward)
    session.record("faint", False, reason="the other bed")
    session.keep()
    session.finish()
    (listed,) = clinic_ward.staff_store().responses()
    assert listed.entry is not None
    assert (listed.entry.urgent, listed.entry.taken_back) == (("fainted",), ("fainted",))
    assert listed.urgent
    clinic_ward.staff_store().annotate(listed.id, "acknowledged", "fainted")
    assert not clinic_ward.staff_store().responses()[0].urgent
    session = correcting(clinic_ward)
    session.record("faint", True, reason="it was this bed")
    session.keep()
    assert clinic_ward.staff_store().responses()[0].urgent
    clinic_ward.staff_store().check_audit()


def test_of_two_who_correct_at_once_one_is_told(clinic_ward: Ward) -> None:
    finished(clinic_ward, top=142)
    first, second = correcting(clinic_ward), correcting(clinic_ward, clinic_ward.staff_store(STAFF, PASSPHRASE))
    first.record("top", 124, reason=WRONG_WAY)
    first.keep()
    second.record("top", 214, reason=WRONG_WAY)
    with pytest.raises(NotSaved, match="another terminal"):
        second.keep()
    assert entered(clinic_ward).entries["top"] == 124


def test_what_a_person_answered_is_neither_corrected_nor_gone_on_with(clinic_ward: Ward) -> None:
    """Also where it is linked to the person whom staff confirmed."""
    staff_store = clinic_ward.staff_store()
    opened, finished_one = (answered(staff_store.store, finished=done) for done in (False, True))
    for response, open_it in ((opened, resume_recording), (finished_one, open_finished)):
        link_by_name(staff_store, response.id, clinic_ward.person)
        with pytest.raises(ScreenerError, match="Staff did not record this"):
            open_it(staff_store, response.id, clinic_ward.person, OF_STAFF)
    events = [row.event for row in staff_store.check_audit()]
    assert not {"response resumed", "response viewed"} & set(events)


def test_what_is_not_finished_is_gone_on_with_and_not_corrected(clinic_ward: Ward) -> None:
    """A correction of it would finish it."""
    clinic_ward.begins().answer("top", 142)
    with pytest.raises(ScreenerError, match="not finished"):
        correcting(clinic_ward)


def test_after_a_link_was_undone_nothing_is_corrected_for_the_person(clinic_ward: Ward) -> None:
    """Neither by whoever opens it then nor by whoever had it open."""
    finished(clinic_ward, top=142)
    session = correcting(clinic_ward)
    staff_store = clinic_ward.staff_store()
    unlink(staff_store, staff_store.responses()[0].id, clinic_ward.person.id)
    session.record("top", 124, reason=WRONG_WAY)
    with pytest.raises(NotSaved, match="linked to somebody else now"):
        session.keep()
    with pytest.raises(ScreenerError, match="linked to somebody else now"):
        correcting(clinic_ward)
    assert entered(clinic_ward).entries["top"] == 142


def test_whoever_may_not_read_corrects_nothing(clinic_ward: Ward) -> None:
    """Reception, and somebody who was removed while they had it open."""
    finished(clinic_ward, top=142)
    administrator = clinic_ward.staff_store(STAFF, PASSPHRASE)
    administrator.admit("Robin Reed", "one more long passphrase", "reception")
    with pytest.raises(NotAllowed):
        correcting(clinic_ward, clinic_ward.staff_store("Robin Reed", "one more long passphrase"))
    session = correcting(clinic_ward)
    administrator.revoke(OTHER)
    session.record("top", 124, reason=WRONG_WAY)
    with pytest.raises(NotSaved, match="no longer a member of staff"):
        session.keep()
    assert administrator.read(administrator.responses()[0].id).entries["top"] == 142


def test_a_correction_that_no_member_of_staff_made_is_named(clinic_ward: Ward) -> None:
    """Whoever writes another row in place of a finished one, without the trail, is found."""
    finished(clinic_ward, top=142)
    store = clinic_ward.store()
    with store.database.writing() as rows:
        rows.run("UPDATE response SET version = ?", (b"12345678",))
    with pytest.raises(Broken, match="was changed"):
        clinic_ward.staff_store().check_audit()
