"""What staff see and do on their side, through a real store that other terminals write at the same time."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import gc
import weakref
from pathlib import Path

import pytest
from textual import events

from screener.content.load import load
from screener.content.translate import languages_of
from screener.paths import questionnaires, shipped_content
from screener.session.open import SessionFactory
from screener.store.audit import Event
from screener.store.list_entry import ListEntry
from screener.tui.staff.response_list import ResponseList
from screener.tui.staff.screens.response import ResponsePage
from screener.tui.staff.setup import Offer
from screener.tui.widgets.text_block import Passage
from tests.staff.clinic import ACUTE, CALM, FLIGHT, NOON, OTHER, OTHER_PASSPHRASE, PASSPHRASE, STAFF, URGENT, Clinic
from tests.staff.console import Console, console
from tests.staff.test_session import printer
from tests.strategies import flight

SMALLEST = (60, 18)


def caret(staff: Console) -> str:
    """The line that the caret is on."""
    return " ".join(next(line for line in staff.text.splitlines() if line.strip().startswith("> ")).strip()[2:].split())


def said(staff: Console) -> str:
    """The screen as one line of words."""
    return " ".join(staff.text.split())


# The door


async def test_the_console_of_somebody_who_is_revoked_closes_at_once(clinic: Clinic) -> None:
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    async with console(clinic) as staff:
        assert "Ana" in staff.text
        clinic.staff_store().revoke(STAFF)
        await staff.look()
        assert staff.page == "UnlockPage"
        assert f"{STAFF} is no longer a member of staff here." in said(staff)
        assert "Ana" not in staff.text


async def test_the_passphrase_is_not_shown_and_a_wrong_one_is_refused_and_written_down(clinic: Clinic) -> None:
    """One sentence, which does not tell whether the name is known; and a row in the audit trail for each try."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    async with console(clinic, locked=True) as staff:
        for name in (STAFF, "Nobody"):
            for field in ("#name", "#passphrase"):
                staff.app.screen.query_one(field).value = ""  # type: ignore[attr-defined]
            staff.app.screen.query_one("#name").focus()
            await staff.type(name)
            await staff.press("enter")
            await staff.type("wrong horse battery")
            assert "wrong horse" not in staff.text
            await staff.press("enter")
            assert "Error: This name and passphrase do not open it." in said(staff)
            assert staff.page == "UnlockPage"
            assert "Ana" not in staff.text
        await staff.press("enter")
        assert "Error: Type your name and your passphrase." in said(staff)
    refused = [row for row in clinic.staff_store().check_audit() if row.event == Event.REFUSED]
    assert len(refused) == 2


async def test_several_staff_unlock_each_by_their_name(clinic: Clinic) -> None:
    """What is done stands in the audit trail under the name of who unlocked."""
    open_response = clinic.answers("2222-2222", CALM)
    async with console(clinic, locked=True) as staff:
        await staff.unlock(OTHER, OTHER_PASSPHRASE)
        await staff.press("enter")
        await staff.press("ctrl+l")
        await staff.unlock(STAFF, PASSPHRASE)
        await staff.press("enter")
    viewed = [(row.actor, row.subject) for row in clinic.staff_store().check_audit() if row.event == Event.VIEWED]
    assert viewed == [(OTHER, open_response.id), (STAFF, open_response.id)]


# The list


@pytest.mark.parametrize("size", [(80, 24), SMALLEST])
async def test_the_list_names_who_waits_in_order(clinic: Clinic, size: tuple[int, int]) -> None:
    """What is so, reference, terminal, name and since when are there at 60 columns too, in words as far as they fit."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    clinic.clock.go_on(minutes=10)
    clinic.answers("3333-3333", CALM, finished=False)
    clinic.answers("4444-4444", ACUTE, name="Bob Oak", finished=False)
    read = clinic.answers("5555-5555", CALM)
    clinic.staff_store().annotate(read.id, "read")
    clinic.answers("6666-6666", URGENT)
    seen = clinic.answers("7777-7777", URGENT)
    clinic.staff_store().annotate(seen.id, "acknowledged", "chest-pain")
    clinic.clock.go_on(minutes=125)
    async with console(clinic, size=size) as staff:
        words = [line.split() for line in staff.text.splitlines()]
        start = next(number for number, line in enumerate(words) if line[:1] == ["Standing"])
        heads, *rows = [" ".join(line) for line in words[start : start + 7]]
        assert heads == "Standing Reference Terminal Name Ago"
        time = f"{(NOON + datetime.timedelta(minutes=10)).astimezone():%H:%M}"
        wide = [
            "> At the emergency page 4444-4444 front desk Bob Oak 2 h",
            "Urgent, nobody has seen to it 6666-6666 front desk 2 h",
            "Waiting 2222-2222 front desk Ana Lee 2 h",
            "In progress 3333-3333 front desk 2 h",
            f"Seen to by {OTHER}, {time} 7777-7777 front desk 2 h",
            "Read 5555-5555 front desk 2 h",
        ]
        cut = {
            "the emergency page": "the emergency\u2026",
            "nobody has seen to it": "nobody h\u2026",
            f"Oak, {time}": "O\u2026",
        }
        for text, short in cut.items() if size == SMALLEST else ():
            wide = [row.replace(text, short) for row in wide]
        assert rows == wide
        standings = "1 at the emergency page, 1 urgent, 1 waiting, 1 in progress, 1 seen to, 1 read"
        assert standings in said(staff)


async def test_typing_anywhere_finds_by_name_and_reference(clinic: Clinic) -> None:
    """A letter goes into the search, the list follows it, Enter opens what is found, Esc shows all again."""
    for reference, name in (("2222-2222", "José Lee"), ("3333-3333", "Ana"), ("4444-4444", None)):
        clinic.answers(reference, CALM, name=name)
    async with console(clinic) as staff:
        await staff.type("jose")
        assert "José Lee" in staff.text
        assert "Ana" not in staff.text
        await staff.press("escape")
        await staff.type("44444")
        assert "José" not in staff.text
        await staff.press("enter")
        assert staff.page == "ResponsePage"
        assert "4444-4444" in staff.text
        await staff.press("escape", "escape")
        await staff.type("nobody of this name")
        assert "Nothing was found." in staff.text
        await staff.press("escape")
        assert "Ana" in staff.text


async def test_what_another_terminal_saves_appears_and_the_caret_stays_on_its_response(clinic: Clinic) -> None:
    """New rows above do not move what Enter would open."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    async with console(clinic) as staff:
        assert caret(staff) == "Waiting 2222-2222 front desk Ana Lee now"
        clinic.clock.go_on(minutes=-30)
        clinic.answers("3333-3333", CALM)
        clinic.answers("4444-4444", CALM, finished=False)
        await staff.look()
        assert staff.text.index("3333-3333") < staff.text.index("2222-2222") < staff.text.index("4444-4444")
        assert caret(staff) == "Waiting 2222-2222 front desk Ana Lee now"
        await staff.press("enter")
        assert "Ana Lee" in staff.text


async def test_of_very_many_responses_only_the_lines_that_are_seen_are_made(clinic: Clinic) -> None:
    """Scrolling and searching ten thousand responses draws a screenful at a time."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    async with console(clinic) as staff:
        (listed,) = staff.app.staff_session.worklist.matching()
        assert listed.entry
        many = tuple(
            dataclasses.replace(
                listed,
                id=f"{number:032x}",
                entry=dataclasses.replace(listed.entry, reference=f"{number:04}-ZZZZ", name=f"Person {number}"),
            )
            for number in range(10_000)
        )
        from screener.store.response_list import Changed

        staff.app.staff_session.worklist.apply(Changed(many, frozenset()))
        drawn = []
        response_list = staff.app.screen.query_one(ResponseList)
        original = response_list.line
        response_list.line = lambda row, width: drawn.append(row) or original(row, width)  # type: ignore[func-returns-value, method-assign]
        staff.app.news()
        await staff.settle()
        await staff.press("end")
        assert response_list.caret == 10_000
        await staff.press("home", "pagedown", "down")
        await staff.type("person 4999")
        assert staff.rows[0].split()[1:6] == ["4999-ZZZZ", "front", "desk", "Person", "4999"]
        assert len(drawn) < 1000


async def test_what_cannot_be_read_is_listed_as_such(clinic: Clinic) -> None:
    """A response sealed to other keys is there, says so, and opening it gives one sentence."""
    open_response = clinic.answers("2222-2222", CALM)
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET keys = ? WHERE id = ?", (b"x" * 160, open_response.id))
    async with console(clinic) as staff:
        assert caret(staff) == f"Unreadable {open_response.id[:9]}"
        assert "1 unreadable" in said(staff)
        await staff.press("enter")
        assert staff.page == "WorklistPage"
        assert "Error: This key does not open what is kept." in said(staff)


# Urgent answers


@pytest.mark.parametrize("where", ["list", "response", "dialog"])
async def test_an_urgent_answer_interrupts_staff_wherever_they_are(clinic: Clinic, where: str) -> None:
    """A bell and a banner with reference and name, until somebody says that they see to it; who and when is kept."""
    clinic.answers("2222-2222", CALM)
    async with console(clinic) as staff:
        if where != "list":
            await staff.press("enter")
        if where == "dialog":
            await staff.click("Note")
            await staff.type("half a note")
        assert staff.app.bells == 0
        urgent = clinic.answers("3333-3333", URGENT, name="Bob Oak", finished=False)
        await staff.look()
        assert staff.app.bells == 1
        waits = "! front desk, 3333-3333, Bob Oak, urgent, nobody has seen to it. F9: see to it."
        assert waits in said(staff)
        await staff.look()
        assert staff.app.bells == 1
        urgent.save(clinic.record("3333-3333", ACUTE, name="Bob Oak"))
        await staff.look()
        assert staff.app.bells == 2
        await staff.press("f9")
        assert "Chest pain now (chest-pain-now)" in said(staff)
        assert "front desk, 3333-3333, Bob Oak, at the emergency page now" in said(staff)
        await staff.press("enter")
        assert "! front desk" not in staff.text
        if where == "dialog":
            assert "half a note" in staff.text
    (listed,) = [listed for listed in clinic.staff_store().responses() if listed.id == urgent.id]
    assert [(each.kind, each.by, each.at) for each in listed.annotations] == [("acknowledged", STAFF, NOON)]
    assert set(listed.annotations[0].text.split()) == {"chest-pain", "chest-pain-now"}


async def test_the_bell_rings_again_while_nobody_sees_to_it(clinic: Clinic) -> None:
    """Closing the dialog does not take the banner away, and after half a minute the bell rings once more."""
    clinic.answers("2222-2222", URGENT)
    async with console(clinic) as staff:
        assert staff.app.bells == 1
        await staff.press("f9", "escape")
        assert "! front desk, 2222-2222, urgent" in staff.text
        await staff.wait(29)
        assert staff.app.bells == 1
        await staff.wait(2)
        assert staff.app.bells == 2


async def test_what_another_console_acknowledged_is_no_longer_on_this_one(clinic: Clinic) -> None:
    clinic.clock.go_on(minutes=-1)
    first = clinic.answers("2222-2222", URGENT)
    clinic.clock.go_on(minutes=1)
    clinic.answers("3333-3333", URGENT)
    async with console(clinic) as staff:
        waits = "urgent for 1 min, nobody has seen to it. F9: see to it. 1 more waits."
        assert f"! front desk, 2222-2222, {waits}" in said(staff)
        clinic.staff_store().annotate(first.id, "acknowledged", "chest-pain")
        await staff.look()
        assert "! front desk, 3333-3333, urgent, nobody has seen to it. F9: see to it." in said(staff)
        assert "more wait" not in staff.text


async def test_an_urgent_response_is_opened_from_its_banner_by_mouse(clinic: Clinic) -> None:
    clinic.answers("2222-2222", CALM)
    clinic.answers("3333-3333", URGENT, name="Bob Oak")
    async with console(clinic) as staff:
        await staff.click("! front desk")
        await staff.click("Open it")
        assert staff.page == "ResponsePage"
        assert staff.text.splitlines()[0].startswith("  front desk, 3333-3333, Bob Oak")
        assert "! front desk, 3333-3333" in staff.text


# One response


async def test_a_response_is_read_in_five_views(clinic: Clinic) -> None:
    """The first page with its facts at once, the rest, the person's copy, every answer, and the notes of staff."""
    open_response = clinic.answers("2222-2222", {"chest_pain": True}, finished=False)
    record = clinic.record("2222-2222", {"chest_pain": True, "bag": 7})
    again = dataclasses.replace(record.history[0], entry=False, by=STAFF)
    open_response.save(dataclasses.replace(record, history=(*record.history, again), urgent=()))
    async with console(clinic, size=SMALLEST) as staff:
        await staff.press("enter")
        assert "[Page 1]" in staff.text
        first = said(staff)
        assert "Talk to a clinician: self-report, nothing verified; not a diagnosis." in first
        assert "Urgent answers" in first
        await staff.press("5")
        assert "[Rest]" in staff.text
        assert "For the talk with a clinician." in said(staff)
        await staff.press("2")
        assert "[Person]" in staff.text
        assert "These are topics from your answers" in said(staff)
        await staff.press("3")
        while "Weight of the bag: 7 kg" not in said(staff):
            before = staff.text
            await staff.press("pagedown")
            assert staff.text != before
        words = said(staff)
        assert f"Chest pain: No by {STAFF}, {NOON.astimezone():%Y-%m-%d %H:%M} UTC before: Yes by the person," in words
        await staff.click("Notes")
        assert "Nobody has added anything yet." in staff.text
        assert f"Entered by: the person, {STAFF}" in said(staff)


async def test_words_are_found_inside_a_response(clinic: Clinic) -> None:
    """The slash asks for words and goes to the line that has them, again to the next; it says where there is none."""
    clinic.answers("2222-2222", {**CALM, "bag": 7})
    async with console(clinic, size=SMALLEST) as staff:
        await staff.press("enter", "5")
        assert "Answered through" not in said(staff)
        await staff.press("slash")
        await staff.type("answered through")
        await staff.press("enter")
        assert "Answered through" in said(staff)
        assert "lines have it; / goes to the next." in said(staff)
        await staff.press("slash")
        await staff.type("nothing like this")
        await staff.press("enter")
        assert "Nothing on this page has these words." in said(staff)


async def test_each_copy_is_one_key(clinic: Clinic) -> None:
    """A key of the list of copies makes that copy, here the clinician's as HTML."""
    clinic.answers("2222-2222", CALM)
    async with console(clinic) as staff:
        await staff.press("enter")
        await staff.click("Save or print")
        assert "7 Save the clinician's copy as HTML" in staff.text
        await staff.press("7")
        assert "It is saved as" in said(staff)
    (path,) = clinic.exports.iterdir()
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")


async def test_a_key_pressed_twice_opens_a_response_once(clinic: Clinic) -> None:
    """However long it takes to read."""
    clinic.answers("2222-2222", CALM)
    async with console(clinic) as staff:
        for key in ("enter", "space", "space"):
            staff.app.post_message(events.Key(key, " " if key == "space" else None))
        await staff.settle()
        assert sum(isinstance(screen, ResponsePage) for screen in staff.app.screen_stack) == 1


async def test_staff_note_name_and_mark_as_read(clinic: Clinic) -> None:
    """Each is kept with who and when, shows at once here and on the list, and the list of another console too."""
    open_response = clinic.answers("2222-2222", CALM)
    async with console(clinic) as staff:
        await staff.press("enter")
        await staff.click("Note")
        await staff.press("enter")
        assert "Error: Type something" in staff.text
        await staff.type("called back")
        await staff.press("enter")
        assert "It is kept, with your name." in staff.text
        await staff.click("Name")
        await staff.type("Ana Lee")
        await staff.press("enter")
        assert "2222-2222, Ana Lee" in staff.text
        await staff.click("Mark as read")
        await staff.press("4")
        assert f"{STAFF} noted: called back" in said(staff)
        await staff.press("escape")
        assert caret(staff) == "Read 2222-2222 front desk Ana Lee now"
    (listed,) = clinic.staff_store().responses()
    assert [(each.kind, each.text, each.by, each.at) for each in listed.annotations] == [
        ("note", "called back", STAFF, NOON),
        ("name", "Ana Lee", STAFF, NOON),
        ("read", "", STAFF, NOON),
    ]
    assert listed.id == open_response.id


async def test_a_note_that_is_too_long_is_not_lost(clinic: Clinic) -> None:
    """It says how much is too much, and what was typed stays."""
    clinic.answers("2222-2222", CALM)
    async with console(clinic) as staff:
        await staff.press("enter")
        await staff.click("Note")
        staff.app.screen.query_one("#long-field").load_text("x" * 2001)  # type: ignore[attr-defined]
        await staff.press("enter")
        assert "Error: This is 2001 characters long. Shorten it to 2000." in said(staff)
        assert "xxxx" in staff.text
    assert clinic.staff_store().responses()[0].annotations == ()


async def test_copies_are_saved_and_printed_and_failures_are_said(clinic: Clinic, tmp_path: Path) -> None:
    """By keyboard alone; where no printer is configured, or the folder is gone, one sentence says so."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    async with console(clinic, printer=printer(tmp_path)) as staff:
        await staff.press("enter")
        await staff.click("Save or print")
        await staff.press("enter")
        assert "It is saved as" in said(staff)
        await staff.press("end", "up", "enter")
        assert "It was given to the printer." in staff.text
        await staff.press("escape")
    assert "Ana Lee" in (tmp_path / "a page").read_text()
    (saved,) = clinic.exports.iterdir()
    assert "Ana Lee" in saved.read_text()
    async with console(clinic) as staff:
        await staff.press("enter")
        await staff.click("Save or print")
        await staff.press("end", "enter")
        assert "Error: No printer is configured." in said(staff)
        saved.unlink()
        clinic.exports.rmdir()
        await staff.press("home", "enter")
        assert "Choose another folder." in said(staff)


async def test_answers_that_come_in_while_a_response_is_open_are_told(clinic: Clinic) -> None:
    """F5 reads them, which is another row in the audit trail; until then nothing changes under the reader's eyes."""
    open_response = clinic.answers("2222-2222", {"departure": "north"}, finished=False)
    async with console(clinic) as staff:
        await staff.press("enter", "3")
        open_response.save(clinic.record("2222-2222", {"departure": "north", "age": 43}))
        await staff.look()
        assert "It was changed since it was opened here." in said(staff)
        assert "43 years" not in staff.text
        await staff.press("f5")
        assert "43 years" in staff.text
        assert "It was changed" not in staff.text
        with clinic.store().database.writing() as rows:
            rows.run("DELETE FROM response WHERE id = ?", (open_response.id,))
        await staff.look()
        assert "This response was removed." in staff.text
        await staff.press("f5")
        assert "Error: This response cannot be read" in said(staff)
    assert [row.event for row in clinic.staff_store().audit_rows()].count(Event.VIEWED) == 2


# Starting and going on


async def test_a_response_is_started_for_somebody(clinic: Clinic) -> None:
    """Handed over, nobody of staff stands behind the answers; read aloud, the member of staff does. Both lock first."""
    for button, by in (("Hand over", None), ("Read aloud", STAFF)):
        async with console(clinic) as staff:
            await staff.press("f3")
            await staff.type("Cleo")
            assert staff.app.staff_session._unlocked
            staff_store = weakref.ref(staff.app.staff_session._unlocked.staff_store)
            await staff.click(button)
            handover = staff.app.handover
            assert handover
            assert not staff.app.staff_session.is_open
        gc.collect()
        assert staff_store() is None
        assert (handover.by, handover.name) == (by, "Cleo")
        assert (handover.questionnaire, handover.language) == ("before-a-flight", "en-GB")
        assert handover.resumed is None


async def test_staff_choose_among_all_questionnaires_by_title(clinic: Clinic) -> None:
    """Check that each shipped questionnaire is offered, the first one first, and that the chosen one is handed over."""
    contents = [load(shipped_content(), name) for name in questionnaires(shipped_content())]
    offers = tuple(
        Offer(each.questionnaire.id, each.questionnaire.title, tuple(languages_of(each))) for each in contents
    )
    async with console(clinic, offers=offers, size=(80, 50)) as staff:
        await staff.press("f3")
        places = [staff.text.index(offer.title) for offer in offers]
        assert places == sorted(places)
        await staff.click("The day after a treatment")
        await staff.click("Hand over")
        handover = staff.app.handover
    assert handover
    assert handover.questionnaire == "after-24-hours"


async def test_a_response_in_progress_goes_on_here(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept comes along, what is read aloud stands under the name of staff, and a finished one is only read."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(clinic.folder))
    open_response = clinic.answers("2222-2222", CALM, name="Ana Lee", finished=False)
    async with console(clinic) as staff:
        await staff.press("enter")
        await staff.click("Go on with it")
        assert "2222-2222, Ana Lee" in staff.text
        await staff.click("Read aloud")
        handover = staff.app.handover
        assert handover
        assert handover.resumed
    session_factory = SessionFactory(
        content=flight(),
        folder=FLIGHT,
        contents=clinic.folder / "contents",
        exports=clinic.exports,
        location=str(clinic.folder / "responses.db"),
        by=handover.by,
    )
    session = session_factory.reopened(*handover.resumed)
    assert dict(session.interview.state.entries) == dict(CALM)
    session.answer("age", 44)
    session.finish()
    record = clinic.staff_store().read(open_response.id)
    assert [(answer.entry, answer.by) for answer in record.history if answer.question == "age"] == [
        (43, None),
        (44, STAFF),
    ]
    assert record.finished
    async with console(clinic) as staff:
        await staff.press("enter")
        assert "Go on with it" not in staff.text
        assert "Mark as read" in staff.text


# Locking


@pytest.mark.parametrize(
    ("where", "how"),
    [
        ("response", "key"),
        ("dialog", "idle"),
        pytest.param("list", "key", marks=pytest.mark.long),
        pytest.param("response", "idle", marks=pytest.mark.long),
        pytest.param("dialog", "key", marks=pytest.mark.long),
    ],
)
async def test_a_lock_leaves_nothing_behind(clinic: Clinic, where: str, how: str) -> None:
    """Left alone, or by ctrl+l: only the door is shown, and neither keys nor answers are in memory any more."""
    clinic.answers("2222-2222", URGENT, name="Ana of this lock")
    async with console(clinic) as staff:
        if where != "list":
            await staff.press("enter")
            assert isinstance(staff.app.screen, ResponsePage)
        if where == "dialog":
            await staff.click("Save or print")
        staff_session = staff.app.staff_session
        assert staff_session._unlocked
        gone = [weakref.ref(staff_session._unlocked.staff_store), weakref.ref(staff_session.worklist)]
        gone += [weakref.ref(response) for response in staff_session._unlocked.opened.values()]
        if how == "idle":
            await staff.wait(299)
            assert staff_session.is_open
            await staff.wait(1)
            assert "It was locked because nobody pressed a key for a while." in said(staff)
        else:
            await staff.press("ctrl+l")
        assert staff.page == "UnlockPage"
        assert len(staff.app.screen_stack) == 2
        assert not any(word in staff.text for word in ("Ana", "2222", "F9"))
        assert f"! Urgent, front desk, {NOON.astimezone():%H:%M}" in staff.text
        await asyncio.sleep(0)
        gc.collect()
        assert [each() for each in gone] == [None] * len(gone)
        assert not [each for each in gc.get_objects() if type(each) is ListEntry and each.name == "Ana of this lock"]
        assert not [each for each in gc.get_objects() if type(each) is Passage and "Ana of this lock" in each.text]
        await staff.press("f9", "f3", "f5")
        assert staff.page == "UnlockPage"
        await staff.unlock()
        assert "Ana of this lock" in staff.text


async def test_a_key_or_a_click_keeps_it_open(clinic: Clinic) -> None:
    clinic.answers("2222-2222", CALM)
    async with console(clinic) as staff:
        await staff.wait(299)
        await staff.press("down")
        await staff.wait(299)
        await staff.click("Invented Clinic")
        await staff.wait(299)
        assert staff.page == "WorklistPage"
        await staff.wait(1)
        assert staff.page == "UnlockPage"


async def test_a_half_typed_passphrase_does_not_wait_for_the_next_person(clinic: Clinic) -> None:
    async with console(clinic, locked=True) as staff:
        await staff.type(STAFF)
        await staff.press("enter")
        await staff.type("half of a passph")
        await staff.wait(300)
        assert all(not field.value for field in staff.app.screen.query("Field"))  # type: ignore[attr-defined]
        assert STAFF not in staff.text


async def test_before_it_was_ever_unlocked_it_tells_that_something_was_saved(clinic: Clinic) -> None:
    """Not of whom and not what: only that unlocking may be wise."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    async with console(clinic, locked=True) as staff:
        await staff.app.look_while_locked()
        await staff.settle()
        assert "saved" not in staff.text
        clinic.answers("3333-3333", URGENT, name="Bob Oak")
        await staff.app.look_while_locked()
        await staff.settle()
        assert "Answers of 1 person were saved since this was locked." in said(staff)
        assert not any(word in staff.text for word in ("Bob", "3333", "Urgent", "front desk"))
        await staff.unlock()
        assert "! front desk, 3333-3333, Bob Oak, urgent" in said(staff)


# When the store fails


async def test_a_store_that_cannot_be_reached_is_told_until_it_is_back(clinic: Clinic) -> None:
    """Staff must not trust a list that has stopped; what they type meanwhile is refused in a sentence, not lost."""
    clinic.answers("2222-2222", CALM)
    path = clinic.folder / "responses.db"
    async with console(clinic) as staff:
        with clinic.store().database.writing() as rows:
            rows.run("ALTER TABLE response RENAME TO away")
        await staff.look()
        assert "What is shown may be old." in said(staff)
        await staff.press("enter")
        assert "Error: It could not be kept" in said(staff)
        with clinic.store().database.writing() as rows:
            rows.run("ALTER TABLE away RENAME TO response")
        await staff.look()
        assert "What is shown may be old." not in said(staff)
        await staff.press("enter")
        assert staff.page == "ResponsePage"
    assert path.exists()


async def test_help_is_one_key_away_for_staff_too(clinic: Clinic) -> None:
    """On the door, the list, a response and in a dialog, F8 shows the crisis lines of the clinic's region."""
    clinic.answers("2222-2222", CALM)
    async with console(clinic, locked=True) as staff:

        async def helped() -> None:
            await staff.press("f8")
            assert "Get help now" in staff.text
            assert "Call your local emergency number." in said(staff)
            await staff.press("escape")

        await helped()
        await staff.unlock()
        await helped()
        await staff.press("enter")
        await helped()
        await staff.click("Note")
        await helped()
        assert staff.page == "TextPrompt"


async def test_a_window_too_small_hides_everything_until_it_is_large_again(clinic: Clinic) -> None:
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    async with console(clinic) as staff:
        await staff.resize(40, 10)
        assert "Please make the window larger" in said(staff)
        assert "Ana" not in staff.text
        await staff.resize(80, 24)
        assert "Ana Lee" in staff.text
