"""The pages of people: staff enter, find, link and undo at the screens as at the commands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener.i18n.formats import local
from screener.store.audit import Event
from screener.store.link import PersonLink
from screener.store.linking import link_by_name
from screener.store.people import change_person, read_people
from screener.tui.staff.app import StaffApp
from screener.tui.staff.record_rows import RecordRows
from screener.tui.widgets.fields import Field
from screener.tui.widgets.text_block import TextBlock
from tests.staff.clinic import CALM, NOON, OTHER, OTHER_PASSPHRASE, STAFF, URGENT, Clinic
from tests.staff.console import Console, console
from tests.staff.test_people import WEEK, answer, expect

TODAY = local(NOON).date()


async def fill(staff: Console, **values: str) -> None:
    """Type into fields, all at once; typing letter by letter is tried elsewhere."""
    for id, value in values.items():
        staff.app.screen.query_one(f"#{id}", Field).value = value
    await staff.settle()


def words(staff: Console) -> str:
    """What is on the page, however it is wrapped and in whichever columns."""
    return " ".join(staff.text.split())


async def test_staff_enter_an_appointment_and_get_a_code_for_it(clinic: Clinic) -> None:
    """By keyboard alone. The words are shown once, and open the questionnaire of the appointment."""
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press("f4")
        assert "Nobody is expected yet." in staff.text
        await staff.click("New appointment")
        assert "kept to expect this person" in staff.text
        assert "How to reach" not in staff.text
        await fill(staff, name="Åsa Müller", reference="AM-17", year="1987", time="14:30")
        await staff.click("Keep it")
        assert "The appointment is entered." in staff.text
        assert "Expected 2026-03-01 14:30 AM-17" in words(staff)
        await staff.press("enter", "down")
        assert "Åsa Müller, AM-17, born 1987" in staff.text
        await staff.click("Code")
        await staff.finish_work()
        assert "They work once, until 2026-03-01 23:59" in words(staff)
        lines = [line.strip() for line in staff.text.splitlines()]
        code = next(filter(None, lines[lines.index("Code for this appointment") + 1 :]))
        await staff.press("escape")
        assert code not in staff.text
    (person,) = read_people(clinic.staff_store()).values()
    assert clinic.store().by_code(code, ("before-a-flight",))
    assert person.appointments[0].by == STAFF


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"reference": "A-1"}, "The name is missing"),
        ({"name": "Ana", "reference": "A-1", "year": "87"}, "The year of birth has four digits"),
        ({"name": "Ana", "reference": "A-1", "date": "2026-02-28"}, "This day is over"),
        ({"name": "Somebody", "reference": "k-1"}, "Another name is known for this reference"),
    ],
)
async def test_what_cannot_be_entered_is_said_in_the_dialog(
    clinic: Clinic, fields: dict[str, str], complaint: str
) -> None:
    expect(clinic.staff_store(), "Kai", "K-1", TODAY)
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press("f4")
        await staff.click("New appointment")
        await fill(staff, **fields)
        await staff.click("Keep it")
        assert f"Error: {complaint}" in staff.text
    assert len(read_people(clinic.staff_store())) == 1


async def test_the_page_of_a_person_opens_each_response_in_order(clinic: Clinic) -> None:
    staff_store = clinic.staff_store()
    ana = expect(staff_store, "Ana Lee", "A-1", TODAY, TODAY + WEEK)
    answer(clinic, staff_store, ana, "2222-2222")
    clinic.clock.go_on(weeks=1)
    answer(clinic, staff_store, ana, "3333-3333", finished=False)
    clinic.clock.go_on(minutes=1)
    async with console(clinic, size=(100, 30)) as staff:
        await staff.press("f4", "enter")
        text = staff.text
        assert text.index("2222-2222") < text.index("3333-3333") < text.index("Answered") < text.index("Begun")
        await staff.press("down", "enter")
        assert "3333-3333" in staff.text.splitlines()[0]
        await staff.press("escape", "home", "enter")
        assert "2222-2222, Ana Lee" in staff.text.splitlines()[0]
        await staff.press("escape", "end", "enter")
        assert "3333-3333" in staff.text.splitlines()[0]


@pytest.mark.parametrize(("typed", "seen"), [("mull", "AM-17"), ("nobody", "Nothing was found."), ("missed", "K-1")])
async def test_letters_find_people(clinic: Clinic, typed: str, seen: str) -> None:
    staff_store = clinic.staff_store()
    expect(staff_store, "Åsa Müller", "AM-17", TODAY)
    expect(staff_store, "Kai", "K-1", TODAY - WEEK)
    async with console(clinic, size=(100, 30)) as staff:
        await staff.press("f4", *typed)
        assert seen in staff.text
        assert staff.text.count("AM-17") + staff.text.count("K-1") == (seen != "Nothing was found.")
        await staff.press("escape")
        assert "AM-17" in staff.text
        assert "K-1" in staff.text
        await staff.press("escape")
        assert staff.page == "WorklistPage"


async def test_a_response_is_linked_by_both_identifiers_and_the_link_is_undone(clinic: Clinic) -> None:
    """With who and when in its notes and in the audit trail; the urgent answer names the person in between."""
    person = expect(clinic.staff_store(), "Ana Lee", "A-1", TODAY, year="1987")
    response = clinic.answers("2222-2222", URGENT)
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press("enter", "6")
        await fill(staff, reference="A-1", year="1986")
        await staff.click("Link by both")
        assert "Error: Nobody here has this reference and this year of birth." in staff.text
        await fill(staff, year="1987")
        await staff.click("Link by both")
        assert "It is linked." in staff.text
        assert "front desk, 2222-2222, Ana Lee" in staff.text
        await staff.press("6")
        assert f"{STAFF} linked it by the reference and the year of birth" in staff.text
        await staff.click("Show this person")
        assert staff.page == "PersonPage"
        await staff.press("escape", "6")
        await staff.click("Undo the link")
        assert "The link is undone." in staff.text
        assert "Ana Lee" not in staff.text
        await staff.press("4")
        assert f"{STAFF} linked it to a person" in staff.text
        assert f"{STAFF} undid the link to a person" in staff.text
    staff_store = clinic.staff_store()
    events = [(row.event, row.actor) for row in staff_store.check_audit() if row.subject == response.id]
    assert [each for each in events if "link" in each[0]] == [(Event.LINKED, STAFF), (Event.UNLINKED, STAFF)]
    assert person.id in read_people(staff_store)


async def test_a_name_that_nobody_can_spell_is_chosen_and_confirmed(clinic: Clinic) -> None:
    """Of two who are called alike, the one that was chosen; nothing is linked before somebody confirmed it."""
    staff_store = clinic.staff_store()
    first = expect(staff_store, "Þórbjörg Ólöf Sæþórsdóttir", "NZ-42", TODAY, year="")
    second = expect(staff_store, "Þórbjörg Sæþórsdóttir", "NZ-43", TODAY, year="1990")
    response = clinic.answers("2222-2222", CALM)
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press("enter", "6")
        await staff.click("Confirm the name")
        assert "Error: Type a part of the name first." in staff.text
        await fill(staff, reference="thorb")
        assert "(*) Þórbjörg Ólöf Sæþórsdóttir, NZ-42" in staff.text
        await staff.click("( ) Þórbjörg Sæþórsdóttir")
        await staff.click("Confirm the name")
        assert "Is it Þórbjörg Sæþórsdóttir, NZ-43, born 1990?" in words(staff)
        assert not [row for row in staff_store.check_audit() if row.event == Event.LINKED]
        await staff.click("Yes, link it")
        await staff.finish_work()
        assert "It is linked." in staff.text
    (listed,) = clinic.staff_store().responses()
    assert listed.link == PersonLink(second.id, "name")
    assert response.id == listed.id
    assert first.id != second.id


async def test_an_appointment_is_removed_once_somebody_is_sure(clinic: Clinic) -> None:
    person = expect(clinic.staff_store(), "Ana Lee", "A-1", TODAY)
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press("f4", "enter")
        await staff.click("Remove")
        await staff.press("escape")
        assert "2026-03-01" in staff.text
        await staff.click("Remove")
        await staff.press("enter")
        await staff.finish_work()
        assert "The appointment is removed." in staff.text
        assert "Nothing was answered, and no appointment is entered." in staff.text
    assert read_people(clinic.staff_store())[person.id].appointments == ()


async def test_what_is_kept_of_a_person_is_changed(clinic: Clinic) -> None:
    person = expect(clinic.staff_store(), "Ana Lee", "A-1", TODAY)
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press("f4", "enter", "f6")
        await fill(staff, name="Ana Maria Lee", year="1981")
        await staff.click("Keep it")
        assert "Ana Maria Lee, A-1, born 1981" in staff.text
    now = read_people(clinic.staff_store())[person.id]
    assert (now.name, now.year_of_birth, now.appointments) == ("Ana Maria Lee", 1981, person.appointments)


@pytest.mark.parametrize("keys", [("f4",), ("f4", "enter"), ("f4", "enter", "f6")])
async def test_after_the_lock_nothing_of_anybody_is_on_a_page(clinic: Clinic, keys: tuple[str, ...]) -> None:
    expect(clinic.staff_store(), "Quetzal Tezca", "QT-77", TODAY)
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press(*keys)
        pages = list(staff.app.screen_stack)
        assert "Quetzal Tezca" in "".join(field.value for page in pages for field in page.query(Field)) + staff.text
        rows = [rows for page in pages for rows in page.query(RecordRows)]
        fields = [field for page in pages for field in page.query(Field)]
        assert any(each.records for each in rows)
        await staff.press("ctrl+l")
        assert "Quetzal" not in staff.text
        assert not any(each.records for each in rows)
        assert not any(field.value for field in fields)


async def test_what_another_console_enters_is_seen_within_a_look(clinic: Clinic) -> None:
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press("f4")
        expect(clinic.staff_store(OTHER, OTHER_PASSPHRASE), "Ana Lee", "A-1", TODAY)
        await staff.look()
        assert "Ana Lee" in staff.text
        assert isinstance(staff.app, StaffApp)
        clinic.clock.go_on(days=1, minutes=1)
        for _second in range(60):
            await staff.app.look()
        await staff.settle()
        assert "Missed" in staff.text


@pytest.mark.parametrize(("columns", "is_broad"), [(119, False), (120, True)])
async def test_facts_stand_beside_the_records_of_a_person(clinic: Clinic, columns: int, is_broad: bool) -> None:
    """From 120 columns: of a response and of an appointment, as the caret moves; nothing is graded, and the lock clears
    it. Both are listed by the title of their questionnaire."""
    staff_store = clinic.staff_store()
    ana = expect(staff_store, "Ana Lee", "A-1", TODAY)
    link_by_name(staff_store, clinic.answers("2222-2222", URGENT).id, ana)
    expect(staff_store, "Ana Lee", "A-1", TODAY + WEEK)
    async with console(clinic, size=(columns, 30)) as staff:
        await staff.press("f4", "enter")
        assert ("Begun 2026-03-01" in words(staff)) is is_broad
        assert ("Chest pain (chest-pain)" in words(staff)) is is_broad
        await staff.press("down", "down")
        assert (f"Entered by {OTHER}, 2026-03-01" in words(staff)) is is_broad
        assert "before-a-flight" not in staff.text
        assert "Before you fly" in staff.text
        facts = staff.app.screen.query_one("#facts", TextBlock)
        await staff.press("ctrl+l")
        assert facts.passages == ()


async def test_of_two_consoles_that_change_a_person_the_second_is_told(clinic: Clinic) -> None:
    """What the first changed stays, though this console has seen it by now: the fields are of before."""
    expect(clinic.staff_store(), "Åsa Müller", "AM-17", TODAY, year="1987")
    async with console(clinic, size=(80, 40)) as staff:
        await staff.press("f4", "enter", "f6")
        await fill(staff, name="Asa Mueller")
        other = clinic.staff_store()
        (shown,) = read_people(other).values()
        change_person(other, replace(shown, year_of_birth=1978), shown)
        await staff.app.look()
        await staff.click("Keep it")
        assert "was changed in the meantime" in words(staff)
    (person,) = read_people(clinic.staff_store()).values()
    assert (person.name, person.year_of_birth) == ("Åsa Müller", 1978)
