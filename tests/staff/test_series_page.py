"""One person over time at the screens: all that is linked to them, read once, forgotten at the lock."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from screener.document.checksum import check
from screener.document.model import Bullets, Chart, nested, plain
from screener.series.course import Course
from screener.series.document import series_document
from screener.staff.base_session import Locked
from screener.staff.copies import SERIES_KINDS
from screener.store.appointments import NewAppointment, enter
from screener.store.audit import Event
from screener.store.content_archive import pack
from screener.store.linking import link_by_name, unlink
from screener.store.person import Person, new_person
from screener.store.staff_store import StaffStore
from screener.tui.staff.screens.series import SeriesPage
from tests.check.copies import copied
from tests.series import people
from tests.series.people import PEOPLE, SECOND, START, THIRD, blanks, day, even, missed, taken_back
from tests.staff.clinic import CALM, FLIGHT, OTHER, STAFF, Clinic
from tests.staff.console import Console, console
from tests.store.making import linked_person
from tests.strategies import named

NAME = "Þórð–ñà <b>`|"


def kept(clinic: Clinic, person: people.Person) -> list[str]:
    """Let somebody answer at a terminal, each time under its own content; return the ids of the responses."""
    clinic.clock.at = START + datetime.timedelta(weeks=13)
    ids, folders = [], {"2.1.0": FLIGHT}
    for version, edits in (("3.0.0", SECOND), ("4.0.0", THIRD)):
        folders[version] = clinic.folder / version
        if not folders[version].exists():
            copied(FLIGHT, folders[version], *edits)
    for record, content, added in zip(person.visits, person.contents, person.annotations, strict=True):
        packed = pack(folders[content.questionnaire.version], "before-a-flight")
        open_response = clinic.store().begin(replace(record, finished=None), packed)
        open_response.finish(record)
        ids.append(open_response.id)
        for annotation in added:
            clinic.staff_store().annotate(open_response.id, annotation.kind, annotation.text)
    return ids


def expected(staff_store: StaffStore, name: str = NAME, reference: str = "NZ-42") -> Person:
    """Staff expect somebody two weeks after the first visit."""
    person = new_person(name, reference, "1987", "", "", 2026)
    return enter(staff_store, [NewAppointment(person, "before-a-flight", day(14))])[0][0]


def linked(clinic: Clinic, *ids: str) -> Person:
    staff_store = clinic.staff_store()
    person = expected(staff_store)
    for each in ids:
        link_by_name(staff_store, each, person)
    return person


async def over_time(staff: Console) -> SeriesPage:
    """From the list to the one person, and to their responses over time."""
    await staff.press("f4", "enter", "f7")
    page = staff.app.screen
    assert isinstance(page, SeriesPage)
    return page


def lines(page: SeriesPage) -> list[str]:
    """Everything on the page, seen or scrolled away."""
    return ["".join(text for text, _tone in line.pieces).rstrip() for line in page.view.lines(page.view.size.width)]


def words(page: SeriesPage) -> str:
    return " ".join(" ".join(lines(page)).split())


@pytest.mark.parametrize("make", **named(PEOPLE))
async def test_six_people_are_shown_as_their_documents_are(clinic: Clinic, make: Callable[[], people.Person]) -> None:
    """Every row of every chart, what changed topic by topic, and what was missed, urgent answers first."""
    person = make()
    linked(clinic, *kept(clinic, person))
    async with console(clinic, size=(112, 30)) as staff:
        page = await over_time(staff)
        shown, text = lines(page), words(page)
        series = replace(person.series, course=Course(missed=(day(14),)))
        for part in nested(series_document(series, columns=page.view.size.width).body):
            match part:
                case Chart(rows):
                    starts = [number for number, line in enumerate(shown) if line == rows[0]]
                    assert list(rows) in [shown[start : start + len(rows)] for start in starts]
                case Bullets(items):
                    for item in items:
                        here = plain(item).replace("Kim Lee, 2026-01-05 10:00", f"{OTHER}, 2026-04-06 09:30")
                        assert " ".join(here.split()) in text
        assert f"No answers expected on {day(14)}." in text
        assert f"{NAME}, NZ-42, born 1987" in text
        assert text.index("Urgent answers in any response") < text.index("For the clinician: one person over time")
        assert all(visit.reference in text for visit in person.visits)
    staff_store = clinic.staff_store()
    viewed = [row.subject for row in staff_store.check_audit() if row.event == Event.VIEWED]
    assert sorted(viewed) == sorted(listed.id for listed in staff_store.responses())


async def test_a_line_says_that_it_is_being_read(clinic: Clinic) -> None:
    linked(clinic, *kept(clinic, even()))
    async with console(clinic) as staff:
        page = await over_time(staff)
        page.action_again()
        assert [passage.text for passage in page.view.passages] == ["Reading the responses …"]
        await staff.settle()
        assert "What changed, topic by topic" in words(page)


async def test_a_wrong_link_that_is_undone_disappears_at_the_next_look(clinic: Clinic) -> None:
    """And no copy is made before the responses were read again."""
    first, second, third = kept(clinic, taken_back())
    linked(clinic, first, second, third)
    async with console(clinic, size=(100, 30)) as staff:
        page = await over_time(staff)
        assert "T002-2345" in words(page)
        unlink(clinic.staff_store(), second, linked_person(clinic.staff_store(), second))
        await staff.app.screen.run_action("screen.copy")
        await staff.settle()
        await staff.press("1")
        assert "This person's responses have changed. Press F5 to read them again." in " ".join(staff.text.split())
        assert list(clinic.exports.iterdir()) == []
        assert "T002-2345" not in words(page)
        await staff.press("escape")
        await staff.look()
        assert "T002-2345" not in words(page)
        assert "cannot be read" not in words(page)
        assert "F5 to read them again" in staff.text
        await staff.press("f5")
        assert "F5 to read them again" not in staff.text
        assert "2 responses; 2026-01-05 to 2026-02-02." in words(page)
        await staff.app.screen.run_action("screen.copy")
        await staff.settle()
        await staff.press("1")
    (copy,) = clinic.exports.iterdir()
    assert "T002-2345" not in copy.read_text("utf-8")


async def test_a_response_that_is_linked_meanwhile_is_told_and_read_on_request(clinic: Clinic) -> None:
    first, second, third = kept(clinic, taken_back())
    person = linked(clinic, first, second)
    async with console(clinic, size=(100, 30)) as staff:
        page = await over_time(staff)
        link_by_name(clinic.staff_store(), third, person)
        await staff.look()
        assert "F5 to read them again" in staff.text
        assert "cannot be read" not in words(page)
        await staff.press("f5")
        assert "3 responses; 2026-01-05 to 2026-02-02." in words(page)


async def test_who_sees_to_an_answer_elsewhere_is_named(clinic: Clinic) -> None:
    first, *others = kept(clinic, taken_back())
    linked(clinic, first, *others)
    async with console(clinic, size=(100, 30)) as staff:
        page = await over_time(staff)
        assert "Nobody has seen to it." in words(page)
        clinic.staff_store().annotate(first, "acknowledged", "chest-pain chest-pain-now")
        await staff.look()
        assert f"Seen to by {OTHER}" in words(page)
        assert "Nobody has seen to it." not in words(page)


async def test_a_response_that_cannot_be_read_is_named(clinic: Clinic) -> None:
    """Above what is urgent, beside each figure, and where it says what changed."""
    person = blanks()
    first, *others = kept(clinic, person)
    linked(clinic, first, *others)
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET snapshot = ? WHERE id = ?", (b"?" * 64, others[0]))
    async with console(clinic, size=(100, 30)) as staff:
        page = await over_time(staff)
        sentence = "These responses cannot be read, and nothing of them is in this document: B002-2345, 2026-01-19"
        text = words(page)
        assert text.count(sentence) == 5
        assert text.index(sentence) < text.index("raised 2026")
        assert "3 responses;" in text
        with clinic.store().database.writing() as rows:
            rows.run("UPDATE response SET snapshot = ?", (b"?" * 64,))
        await staff.press("f5")
        assert "Error: None of the responses can be read: B001-2345, B002-2345, B003-2345, B004-2345." in words(page)


async def test_each_format_is_saved_logged_and_named_after_a_response(clinic: Clinic, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    ids = kept(clinic, missed())
    linked(clinic, *ids)
    async with console(clinic, size=(80, 40), printer=f"tee {tmp_path / 'printed'}") as staff:
        await over_time(staff)
        await staff.click("Save or print")
        for number in range(1, len(SERIES_KINDS) + 1):
            await staff.press(str(number))
            await staff.finish_work()
            assert "Error" not in staff.text
        await staff.press(str(len(SERIES_KINDS) + 1))
    stem = "screener-series-M002-2345-clinician"
    names = {f"{stem}{end}" for end in (".txt", ".md", ".json", ".html", ".pdf", "-2.pdf")}
    assert {path.name for path in clinic.exports.iterdir()} == names
    text = (clinic.exports / f"{stem}.txt").read_text("utf-8")
    assert check(text).holds
    assert f"Person         {NAME}, NZ-42, born 1987" in text
    assert "all responses that are linked to this person" in text
    assert NAME in (tmp_path / "printed").read_text("utf-8")
    trail = clinic.staff_store().check_audit()
    for event, times in ((Event.EXPORTED, 6), (Event.PRINTED, 1), (Event.VIEWED, 1)):
        assert sorted(row.subject for row in trail if row.event == event) == sorted(ids * times)
    assert any(row.head in text for row in trail)


async def test_words_are_found_in_it(clinic: Clinic) -> None:
    linked(clinic, *kept(clinic, even()))
    async with console(clinic) as staff:
        page = await over_time(staff)
        assert "What changed" not in staff.text
        await staff.press("slash", *"what changed", "enter")
        assert "1 lines have it" in staff.text
        assert "What changed, topic by topic" in staff.text
        assert page is staff.app.screen


async def test_reception_sees_no_series(clinic: Clinic) -> None:
    """Neither button nor key is there, the key reads nothing, and the trail has no reading."""
    linked(clinic, *kept(clinic, even()))
    clinic.staff_store(STAFF, "a long enough passphrase").admit("Sam Park", "nine small brown wrens", "reception")
    async with console(clinic, locked=True) as staff:
        await staff.unlock("Sam Park", "nine small brown wrens")
        await staff.press("f4", "enter")
        assert "Over time" not in staff.text
        await staff.press("f7")
        assert staff.page == "PersonPage"
        assert "Only clinicians can do this. Ask one of them." in staff.text
    assert Event.VIEWED not in [row.event for row in clinic.staff_store().check_audit()]


async def test_somebody_who_answered_nothing_has_no_series(clinic: Clinic) -> None:
    expected(clinic.staff_store())
    async with console(clinic) as staff:
        await staff.press("f4", "enter", "f7")
        assert staff.page == "PersonPage"
        assert "This person has answered nothing yet." in staff.text


async def test_the_lock_forgets_the_series(clinic: Clinic) -> None:
    """Also when it comes while the responses are being read."""
    person = linked(clinic, *kept(clinic, even()))
    async with console(clinic) as staff:
        view = (await over_time(staff)).view
        staff_session = staff.app.staff_session
        await staff.press("ctrl+l")
        assert view.passages == ()
        assert NAME not in staff.text
        with pytest.raises(Locked):
            await staff_session.series_document(person.id, 78)
        await staff.unlock()
        page = await over_time(staff)
        view = page.view
        page.action_again()
        staff.app.action_lock()
        await staff.settle()
        assert staff.page == "UnlockPage"
        assert view.passages == ()


async def test_closing_the_page_forgets_the_series(clinic: Clinic) -> None:
    person = linked(clinic, *kept(clinic, even()))
    async with console(clinic) as staff:
        await over_time(staff)
        await staff.press("escape")
        assert staff.page == "PersonPage"
        with pytest.raises(Locked):
            await staff.app.staff_session.series_document(person.id, 78)


@pytest.mark.parametrize(
    ("size", "make"), [((60, 18), even), ((60, 18), blanks), ((80, 24), blanks), ((120, 40), blanks)]
)
async def test_no_row_of_a_chart_is_ever_wrapped(
    clinic: Clinic, size: tuple[int, int], make: Callable[[], people.Person]
) -> None:
    """A chart that is too wide for the window is left out with a word of it, and its figures are all there."""
    linked(clinic, *kept(clinic, make()))
    async with console(clinic, size=size) as staff:
        page = await over_time(staff)
        text = words(page)
        narrow = "This window is too narrow for the chart. The figures are below." in text
        assert narrow == (size[0] == 60 and make is blanks)
        assert narrow != ("●" in text)
        course, columns = Course(missed=(day(14),)), page.view.size.width
        series = replace(make().series, course=course)
        charts = [part for part in nested(series_document(series, columns=columns).body) if isinstance(part, Chart)]
        for chart in charts:
            assert narrow or set(chart.rows) <= set(lines(page))
        for point in series.scores[0].points:
            assert f"{point.response.day}: {point.figure}" in text


async def test_the_series_of_others_is_not_mixed_up(clinic: Clinic) -> None:
    """Nothing of a response that is linked to nobody, or to somebody else, is in it."""
    linked(clinic, *kept(clinic, even()))
    staff_store = clinic.staff_store()
    other = expected(staff_store, "Zoe", "Z-1")
    link_by_name(staff_store, clinic.answers("2222-2222", CALM).id, other)
    clinic.answers("3333-3333", CALM)
    async with console(clinic, size=(100, 30)) as staff:
        await staff.press("f4", *"nz-42", "enter", "f7")
        page = staff.app.screen
        assert isinstance(page, SeriesPage)
        text = words(page)
        assert "3 responses;" in text
        assert not {"2222-2222", "3333-3333", "Zoe"} & set(text.split())
