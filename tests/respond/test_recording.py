"""Staff record for one person, whom they confirm first: several of them, under their names, and nothing gets lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from screener.errors import ScreenerError
from screener.exit_codes import LEFT, TIMED_OUT
from screener.i18n.for_staff import WORDS
from screener.i18n.gettext import use
from screener.model.response import AbsentReason
from screener.staff.handover import Handover
from screener.staff.recording import begin
from screener.staff.session import StaffSession
from screener.store.link import PersonLink
from screener.store.linking import unlink
from screener.store.person import identified
from screener.store.recording import resume_recording
from screener.store.return_code import NotACode
from screener.store.session_key import orphaned_keys
from tests.i18n.catalogues import PROGRAM
from tests.i18n.code import marked
from tests.respond.ward import NAME, OF_STAFF, Ward, entered, recording, side_of_staff
from tests.staff.clinic import OTHER, PASSPHRASE, STAFF, URGENT


def test_it_is_of_the_person_from_its_first_row_on(clinic_ward: Ward) -> None:
    """Linked as by every other confirmed name, in one transaction; the audit trail agrees."""
    clinic_ward.begins()
    staff_store = clinic_ward.staff_store()
    (listed,) = staff_store.responses()
    assert listed.link == PersonLink(clinic_ward.person.id, "name")
    assert [annotation.by for annotation in listed.annotations] == [STAFF]
    staff_store.check_audit()


def test_nothing_is_begun_for_a_person_who_was_changed_since(clinic_ward: Ward) -> None:
    """Whoever confirmed another name, reference or year of birth than is kept now has confirmed nobody."""
    for other in (
        replace(clinic_ward.person, year_of_birth=1978),
        replace(clinic_ward.person, name="Somebody Else"),
        replace(clinic_ward.person, id="0" * 32),
    ):
        clinic_ward.person = other
        with pytest.raises(ScreenerError):
            clinic_ward.begins()
    assert clinic_ward.staff_store().responses() == []


def test_two_members_of_staff_record_one_after_the_other(clinic_ward: Ward) -> None:
    """Each answer has who entered it and when; passing the entry of a colleague takes over nothing."""
    first = clinic_ward.begins()
    first.answer("parachute", "round")
    first.answer("top", 142)
    clinic_ward.clock.go_on(minutes=40)
    second = clinic_ward.goes_on()
    second.answer("top", 142)
    second.answer("bottom", 91)
    second.finish()
    record = entered(clinic_ward)
    told = [(past.question, past.by, (past.at - record.started).total_seconds()) for past in record.history]
    assert told == [("parachute", STAFF, 0), ("top", STAFF, 0), ("bottom", OTHER, 2400)]
    clinic_ward.staff_store().check_audit()


def test_whoever_is_killed_loses_nothing_that_was_saved(clinic_ward: Ward) -> None:
    """The terminal keeps no key of it: nobody who sits down there goes on with it, and every colleague can."""
    session = clinic_ward.begins()
    session.answer("top", 142)
    del session  # The program dies.
    store = clinic_ward.store()
    assert store.key_folder is None or list(orphaned_keys(store.key_folder, store.seat)) == []
    assert store.interrupted() is None
    assert clinic_ward.goes_on().interview.state.entries["top"] == 142


def test_after_a_link_was_undone_nobody_goes_on_for_the_person(clinic_ward: Ward) -> None:
    clinic_ward.begins()
    staff_store = clinic_ward.staff_store()
    (listed,) = staff_store.responses()
    unlink(staff_store, listed.id, clinic_ward.person.id)
    with pytest.raises(ScreenerError, match="linked to somebody else now"):
        resume_recording(staff_store, listed.id, clinic_ward.person, OF_STAFF)


def test_reception_records_nothing(clinic_ward: Ward) -> None:
    """Whoever records sees what was recorded, which is reading."""
    clinic_ward.staff_store(STAFF, PASSPHRASE).admit("Robin Reed", "one more long passphrase", "reception")
    reception = clinic_ward.staff_store("Robin Reed", "one more long passphrase")
    with pytest.raises(ScreenerError):
        clinic_ward.begins(reception)
    clinic_ward.begins()
    with pytest.raises(ScreenerError):
        clinic_ward.goes_on(reception)


def test_a_return_code_of_it_cannot_be_had(clinic_ward: Ward) -> None:
    session = clinic_ward.begins()
    session.answer("top", 142)
    assert not session.can_come_back
    assert not session.can_return
    with pytest.raises(NotACode):
        clinic_ward.store().returned("able about above absent")


async def test_from_the_page_of_a_person_to_the_first_entry(clinic_ward: Ward) -> None:
    """The name, the reference and the year of birth are confirmed first, and stand above every page."""
    async with side_of_staff(clinic_ward) as staff:
        await staff.press("f4", "enter", "ctrl+r")
        for word in ("Is this the person?", NAME, "QT-77", "1987", "Begin: After the jump"):
            assert word in staff.text
        await staff.press("tab", "enter")
        handover = staff.app.handover
        assert handover is not None
        assert handover.person == clinic_ward.person
        assert staff.app.staff_session.is_open
        async with recording(clinic_ward, handover, staff.app.staff_session) as screens:
            assert "The crew writes down here" in screens.text
            await screens.press("enter")
            assert identified(clinic_ward.person) in screens.text
            assert f"entered by {STAFF}" in screens.text
            await screens.type("10:05")
            await screens.press("enter")
            assert screens.asked == "parachute"
            assert "Not recorded" in screens.text
    record = entered(clinic_ward)
    assert [(past.question, past.by) for past in record.history] == [("landed", STAFF)]


async def test_closing_the_question_who_it_is_begins_nothing(clinic_ward: Ward) -> None:
    async with side_of_staff(clinic_ward) as staff:
        await staff.press("f4", "enter", "ctrl+r", "escape")
        assert staff.page == "PersonPage"
        assert staff.app.handover is None
    assert clinic_ward.staff_store().responses() == []


async def test_a_colleague_goes_on_from_the_person_or_the_response(clinic_ward: Ward) -> None:
    clinic_ward.begins().answer("parachute", "round")
    async with side_of_staff(clinic_ward) as staff:
        await staff.press("f4", "enter", "ctrl+r")
        assert "Go on: After the jump, begun" in staff.text
        await staff.press("escape", "escape", "escape", "enter")
        assert staff.page == "ResponsePage"
        await staff.app.screen.run_action("screen.go_on")
        await staff.settle()
        assert NAME in staff.text
        assert "Begin:" not in staff.text
        await staff.press("tab", "enter")
        handover = staff.app.handover
        assert handover
        assert handover.resumed
        assert handover.person == clinic_ward.person


async def test_nobody_goes_on_with_what_is_linked_to_nobody(clinic_ward: Ward) -> None:
    clinic_ward.begins().answer("parachute", "round")
    staff_store = clinic_ward.staff_store()
    unlink(staff_store, staff_store.responses()[0].id, clinic_ward.person.id)
    async with side_of_staff(clinic_ward) as staff:
        await staff.press("enter")
        await staff.app.screen.run_action("screen.go_on")
        await staff.settle()
        assert "First say whose response it is: press 6." in staff.text


async def at_first_question(ward: Ward) -> tuple[Handover, StaffSession]:
    """The staff's side, unlocked, with something begun for the person."""
    staff_session = ward.staff_session()
    await staff_session.unlock(STAFF, PASSPHRASE)
    return await begin(staff_session, ward.person, "watch"), staff_session


async def test_an_urgent_page_speaks_to_staff_and_is_read_under_their_name(clinic_ward: Ward) -> None:
    """Help first, as for everybody; whoever records types their name nowhere, and their colleagues hear of it."""
    handover, staff_session = await at_first_question(clinic_ward)
    async with recording(clinic_ward, handover, staff_session) as screens:
        for question in ("landed", "parachute", "top", "bottom"):
            screens.app.interview.record(question, AbsentReason.NOT_RECORDED)
            screens.app.interview.next()
        await screens.press("enter", "y", "enter")
        assert "Tell the doctor" in screens.text
        assert "If a life is in danger now:" in screens.text
        assert "Tell a clinician of this clinic now." in screens.text
        await screens.press("enter", "y", "enter")
        assert screens.page == "EmergencyPage"
        assert "Stay with this person and get help now" in screens.text
        await screens.finish_work()
        entry = clinic_ward.staff_store().responses()[0].entry
        assert entry is not None
        assert entry.emergency_since is not None
        await screens.click("I see to it")
        assert screens.asked == "walks"
    record = entered(clinic_ward)
    assert [(page.rule, page.by) for page in record.acknowledgements] == [("fainted", STAFF), ("unconscious", STAFF)]
    assert clinic_ward.staff_store().responses()[0].urgent
    staff_session.close()


async def test_no_page_speaks_to_a_person(clinic_ward: Ward) -> None:
    """Every page from the first to the last, with help, why, leaving and what cannot be saved."""
    said = []
    handover, staff_session = await at_first_question(clinic_ward)
    async with recording(clinic_ward, handover, staff_session) as screens:
        said.append(screens.text)
        await screens.press("enter")
        said.append(screens.text)
        for key in ("f8", "question_mark", "ctrl+q"):
            await screens.press(key)
            said.append(screens.text)
            await screens.press("escape")
        await screens.press("enter")
        said.append(screens.text)
        while screens.asked is not None:
            screens.app.interview.record(screens.asked, AbsentReason.NOT_RECORDED)
            screens.app.interview.next()
        screens.app.show_where_the_person_was()
        await screens.settle()
        said.append(screens.text)
        await screens.press("f4")
        said.append(screens.text)
        assert "It is finished" in screens.text
        assert "For the clinician" in screens.text
    use("en-GB")
    for text in said:
        assert not re.search(r"\b(your answers?|your own|you told|prefer not to say|i don't know)\b", text.lower()), (
            text
        )
    staff_session.close()


async def test_locking_leaves_it_safely(clinic_ward: Ward) -> None:
    """By the key, or because nobody is there: then the screens end, and a colleague comes to the page not read."""
    handover, staff_session = await at_first_question(clinic_ward)
    idle = [0.0]
    async with recording(clinic_ward, handover, staff_session, idle=idle) as screens:
        await screens.press("enter")
        for question in ("landed", "parachute", "top", "bottom"):
            screens.app.interview.record(question, AbsentReason.NOT_RECORDED)
            screens.app.interview.next()
        screens.app.show_where_the_person_was()
        await screens.settle()
        await screens.press("y", "enter")
        assert screens.page == "UrgentPage"
        idle[0] += 299
        screens.app.idle_watcher.look()
        assert screens.app.return_code is None
        idle[0] += 1
        screens.app.idle_watcher.look()
        assert screens.app.return_code == TIMED_OUT
    staff_session.close()
    again = clinic_ward.goes_on()
    assert [rule.id for rule in again.interview.interruptions] == ["fainted"]


async def test_the_key_for_the_lock_locks_the_whole_side_of_staff(clinic_ward: Ward) -> None:
    handover, staff_session = await at_first_question(clinic_ward)
    async with recording(clinic_ward, handover, staff_session) as screens:
        await screens.press("enter", "ctrl+l")
        assert screens.app.return_code == TIMED_OUT
    staff_session.close()


async def test_who_waits_elsewhere_is_said_above_every_page(clinic_ward: Ward) -> None:
    """A console that staff use for a long time rings as well as one that lies there."""
    handover, staff_session = await at_first_question(clinic_ward)
    async with recording(clinic_ward, handover, staff_session) as screens:
        await screens.press("enter")
        await screens.app.look()
        assert "urgent" not in screens.text
        clinic_ward.answers("3333-3333", URGENT, name="Bob Oak")
        await screens.app.look()
        await screens.settle()
        assert "3333-3333, Bob Oak, urgent" in screens.text
        await screens.press("f9")
        assert "An urgent answer" in screens.text
        await screens.click("I see to it")
        await screens.finish_work()
        assert screens.page == "RecordingPage"
        await screens.app.look()
        await screens.settle()
        assert "Bob Oak" not in screens.text
    assert [note.kind for note in clinic_ward.staff_store().responses()[1].annotations if note.by == STAFF]
    staff_session.close()


async def test_leaving_says_that_it_is_kept(clinic_ward: Ward) -> None:
    handover, staff_session = await at_first_question(clinic_ward)
    async with recording(clinic_ward, handover, staff_session) as screens:
        await screens.press("enter", "ctrl+q")
        assert "You or a colleague can go on with it" in " ".join(screens.text.split())
        await screens.click("Leave")
        assert screens.app.return_code == LEFT
    staff_session.close()


def test_every_text_that_is_said_to_staff_instead_is_one_of_the_program() -> None:
    """Otherwise a person's words come back where somebody words them anew."""
    paths = (path for path in PROGRAM.rglob("*.py") if path.name != "for_staff.py")
    texts = {text for path in paths for _line, text, _mark in marked(path.read_text("utf-8"))}
    assert {text for text in WORDS if text not in texts} == set()
