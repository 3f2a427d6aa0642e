"""A yes that is taken back stays in the list, the bell, the alarm row and the copy until staff close it by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from screener.document.text import render
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.model.response import Entry
from screener.session.autosave import Autosave
from screener.session.session import InterviewSession
from screener.staff.alarm import Alarm
from screener.staff.locked_watch import LockedWatch
from screener.staff.response import ReadingContext, open_response, read_sealed
from screener.store.response_list import ResponseListItem
from screener.store.staff_store import StaffStore
from tests.staff.clinic import FLIGHT, OTHER, STAFF, Clinic
from tests.staff.console import console
from tests.staff.test_screens import said
from tests.strategies import entry, flight
from tests.summary.reading import rows

PERSISTS, PASSES = "chest-pain-now", "chest-pain"
"""The urgent rules of the flight: the first persists, the second does not."""


def person(clinic: Clinic) -> InterviewSession:
    """Somebody begins to answer at a terminal of the clinic, which keeps every answer."""
    place = str(clinic.folder / "responses.db")
    autosave = Autosave(place, "front desk", flight(), FLIGHT, clinic.folder / "contents")
    return InterviewSession(flight(), clinic.exports, now=clinic.clock, reference="2222-2222", autosave=autosave)


def answer(clinic: Clinic, session: InterviewSession, question: str, entered: Entry) -> None:
    """Answer a minute after the answer before; the pages that interrupt are read at once."""
    clinic.clock.go_on(minutes=1)
    session.answer(question, entered)
    for rule in session.interview.interruptions:
        session.acknowledge(rule.id, STAFF)


def take_back(clinic: Clinic) -> InterviewSession:
    session = person(clinic)
    for question, entered in (("chest_pain", True), ("pain_now", True), ("pain_now", False), ("chest_pain", False)):
        answer(clinic, session, question, entered)
    return session


def only(staff_store: StaffStore) -> ResponseListItem:
    [listed] = staff_store.responses()
    return listed


def told(clinic: Clinic, staff_store: StaffStore) -> list[str]:
    """Return what the first page of the clinician's copy says was taken back."""
    listed = only(staff_store)
    contents = ReadingContext(flight(), clinic.folder / "contents")
    response = open_response(read_sealed(staff_store, listed.id, flight()), contents)
    document = response.summary("clinician", annotations=listed.annotations)
    return [words for label, words in rows(document, "Urgent answers") if label == "Taken back"]


@given(data=st.data())
def test_whatever_is_answered_an_alarm_lasts_until_staff_close_it(data: st.DataObject) -> None:
    """Check law 10: in any order of answers and of closings, for each raising anew; also once it is finished."""
    with TemporaryDirectory() as folder:
        clinic = Clinic(Path(folder) / "clinic")
        session, staff_store = person(clinic), clinic.staff_store()
        watch, watched = LockedWatch(staff_store.alarm_key, {}), clinic.store()
        known: dict[str, Entry] = {}
        raised: set[str] = set()
        unclosed: set[str] = set()
        steps = data.draw(st.lists(st.sampled_from(["chest_pain", "pain_now", "age", "close"]), max_size=10))
        for step in ["pain_now", *steps, "finish"]:
            if step == "close":
                staff_store.annotate(only(staff_store).id, "acknowledged", " ".join(_urgent(staff_store)))
                unclosed -= {PERSISTS} | raised
            elif step == "finish":
                session.finish()
            else:
                known[step] = data.draw(entry(flight().questionnaire.question[step]))
                answer(clinic, session, step, known[step])
                outcomes = Assessment(flight().rules, ResponseState(flight().form, known)).outcomes
                now = {rule for rule in (PERSISTS, PASSES) if outcomes[rule] is Outcome.RAISED}
                unclosed |= now - raised
                raised = now
            waits = PERSISTS in unclosed or bool(unclosed & raised)
            listed = only(staff_store)
            assert listed.urgent is waits
            alarms = {listed.id: listed.alarm} if listed.alarm else {}
            assert Alarm(lambda: 0.0).look(alarms).rings is waits
            assert watch.look(watched).alarms == alarms
            if PERSISTS in unclosed:
                assert PERSISTS in raised or "Nobody has seen to it." in told(clinic, staff_store)[0]


def _urgent(staff_store: StaffStore) -> tuple[str, ...]:
    listed = only(staff_store)
    return listed.entry.urgent if listed.entry else ()


def test_the_copy_tells_what_was_answered_when_and_who_closed_it(clinic: Clinic) -> None:
    """It does not say that no urgent rule was raised; a rule that does not persist is no longer told."""
    take_back(clinic)
    staff_store = clinic.staff_store()
    raised = "Raised 2026-03-01 12:02 UTC. An answer was changed afterwards, and the answers no longer raise it."
    changes = (
        "Chest pain now: Yes, answered 2026-03-01 12:02 UTC; changed to No, 12:03; its question does not apply now"
    )
    assert told(clinic, staff_store) == [f"Chest pain now. {raised} Nobody has seen to it. {changes}"]
    staff_store.annotate(only(staff_store).id, "acknowledged", PERSISTS)
    seen = f"Seen to by {OTHER}, 2026-03-01 12:04 UTC."
    assert told(clinic, staff_store) == [f"Chest pain now. {raised} {seen} {changes}"]


def test_a_second_yes_after_staff_closed_the_first_is_a_new_alarm(clinic: Clinic) -> None:
    """They may have left by then; the same yes, given again without a no between, is not new."""
    session, staff_store = take_back(clinic), clinic.staff_store()
    staff_store.annotate(only(staff_store).id, "acknowledged", PERSISTS)
    answer(clinic, session, "chest_pain", True)
    staff_store.annotate(only(staff_store).id, "acknowledged", PASSES)
    answer(clinic, session, "pain_now", True)
    assert only(staff_store).urgent
    staff_store.annotate(only(staff_store).id, "acknowledged", " ".join(_urgent(staff_store)))
    assert not only(staff_store).urgent
    answer(clinic, session, "age", 40)
    answer(clinic, session, "pain_now", True)
    assert not only(staff_store).urgent


async def test_a_console_rings_and_says_that_the_answer_was_changed(clinic: Clinic) -> None:
    """Until somebody sees to it, by name, as for any urgent answer; a saved copy names them too."""
    take_back(clinic).finish()
    async with console(clinic) as staff:
        assert "! front desk, 2222-2222, urgent for 2 min, nobody has seen to it. F9" in said(staff)
        assert staff.app.bells == 1
        await staff.press("f9")
        assert f"- Chest pain now ({PERSISTS}): the answer was changed afterwards" in said(staff)
        await staff.press("enter")
        assert "1 seen to" in said(staff)
        await staff.press("enter", "pagedown")
        assert f"Seen to by {STAFF}, 12:04" in said(staff)
        assert "no urgent rule was raised" not in said(staff)


def test_what_was_taken_back_before_alarms_were_kept_is_told_from_its_answers(clinic: Clinic) -> None:
    """The list of a response that an earlier version wrote is as it was; the copy is computed from its history."""
    session = take_back(clinic)
    record = replace(session._record(session.metadata), urgent=(), taken_back=(), urgent_since=None)
    assert session.autosave is not None
    session.autosave.save(record, None)
    staff_store = clinic.staff_store()
    assert not only(staff_store).urgent
    assert len(told(clinic, staff_store)) == 1


def test_the_persons_copy_tells_it_on_their_own_device_only(clinic: Clinic, tmp_path: Path) -> None:
    """In a clinic staff have it on their list; on a personal device, with or without a store, nobody else would."""
    told = "You changed an answer about this. You can still talk about it with the clinic."
    at_clinic = take_back(clinic)
    assert told not in read(at_clinic)
    for autosave in (None, Autosave(str(tmp_path / "own.db"), None, flight(), FLIGHT, tmp_path / "contents")):
        session = InterviewSession(flight(), tmp_path, now=clinic.clock, autosave=autosave)
        answer(clinic, session, "chest_pain", True)
        assert told not in read(session)
        for entered in (True, False):
            answer(clinic, session, "pain_now", entered)
        assert told in read(session)
        assert "changed to No" in read(session)
        assert "Seen to" not in read(session)


def read(session: InterviewSession) -> str:
    """Return the person's copy on one line."""
    return " ".join(render(session.summary()).split())
