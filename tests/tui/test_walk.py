"""The walk as a whole: urgent pages, the check of all answers, the end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.document.file_kinds import available_kinds
from screener.document.formats import REGISTRY
from screener.exit_codes import LEFT, OK
from screener.tui.app import ScreenerApp
from screener.tui.profiles import Kiosk
from tests.plain.prompts import console, session
from tests.tui.screens import NOON, Screens, screens, sitting_at

PLACES = {
    "welcome": {"welcome": True},
    "question": {},
    "field": {"question": "age"},
    "text": {"question": "remarks"},
    "check": {"question": None},
}


async def test_an_urgent_answer_interrupts_before_the_next_question(flight: Content) -> None:
    """The page comes at once, goes on only when read, and the time of reading is kept."""
    async with screens(flight, "chest_pain", departure="north") as person:
        await person.press("1", "enter")
        assert person.page == "UrgentPage"
        assert "Please tell the crew" in person.text
        assert "Call 0001." in person.text
        assert "Northern line" in person.text
        await person.press("escape")
        assert person.page == "UrgentPage"
        await person.press("enter")
        assert person.asked == "pain_now"
        [seen] = person.app.interview.acknowledgements
        assert (seen.rule, seen.at, seen.by) == ("chest-pain", NOON, None)


async def test_an_urgent_page_is_not_pressed_away_by_a_quick_hand(flight: Content) -> None:
    """Keys that were meant for the next question do not acknowledge the page."""
    async with screens(flight, "chest_pain", step=0.2) as person:
        await person.press("1", "enter")
        await person.press("2", "enter")
        assert person.page == "UrgentPage"


async def test_an_emergency_waits_for_staff(flight: Content) -> None:
    """The person can neither go on nor back; a member of staff goes on with a name."""
    async with screens(flight, "pain_now", chest_pain=True) as person:
        await person.press("1", "enter")
        assert person.page == "EmergencyPage"
        await person.press("enter", "escape", "space", "1")
        assert person.page == "EmergencyPage"
        await person.click("Staff: continue")
        await person.press("space", "enter")
        assert "Error: Type your name." in person.text
        assert person.page == "EmergencyPage"
        await person.type("Sam Lee")
        await person.press("enter")
        assert person.asked == "remarks"
        assert person.app.interview.acknowledgements[-1].by == "Sam Lee"


async def test_an_urgent_page_scrolls_with_the_arrows(flight: Content) -> None:
    """What to do can be read to its end with the arrow keys, whether or not anything has the focus."""
    for question, answers in (("chest_pain", {}), ("pain_now", {"chest_pain": True})):
        async with screens(flight, question, size=(60, 18), departure="north", **answers) as person:
            await person.press("1", "enter")
            person.app.screen.query_one("#body").styles.max_height = 6
            await person.settle()
            assert "day and night" not in person.text
            await person.press(*["down"] * 20)
            assert "day and night" in person.text


async def test_an_urgent_page_can_be_left(flight: Content) -> None:
    """Leaving stays possible, and help stays one key away."""
    async with screens(flight, "pain_now", chest_pain=True) as person:
        await person.press("1", "enter", "f8")
        assert person.page == "CrisisHelp"
        await person.press("escape", "ctrl+q")
        await person.click("Leave without saving")
    assert person.app.return_code == LEFT


@pytest.mark.parametrize("place", PLACES)
async def test_help_is_one_key_away_everywhere(flight: Content, place: str) -> None:
    """F8 shows the crisis lines on every page, over every dialog, and closing it gives the page back."""
    async with screens(flight, **PLACES[place]) as person:
        for dialog in (None, "f1", "ctrl+q"):
            await person.press(*filter(None, [dialog]))
            before = person.text
            assert "F8 Get help now" in before
            await person.press("f8", "f8")
            assert person.page == "CrisisHelp"
            assert "Call your local emergency number." in person.text
            await person.press("escape")
            assert person.text == before
            if dialog:
                await person.press("escape")


async def test_help_shows_the_region_of_the_person(flight: Content) -> None:
    """Once the region is known its own lines are shown."""
    async with screens(flight, "age", departure="north") as person:
        await person.press("f8")
        assert "Northern line" in person.text
        assert "Call 0002" in person.text


async def test_help_is_there_in_the_other_dialogs_and_at_the_end(flight: Content) -> None:
    """Also while an answer is being doubted, a copy saved, and after Finish."""
    async with screens(flight, "age") as person:
        await person.type("103")
        await person.press("enter", "f8")
        assert person.page == "CrisisHelp"
    async with screens(flight, None) as person:
        await person.click("Finish")
        assert "F8 Get help now" in person.text
        await person.press("f8")
        assert person.page == "CrisisHelp"
        await person.press("escape")
        await person.click("Save a copy")
        await person.press("f8")
        assert person.page == "CrisisHelp"


async def test_change_comes_back_to_the_list(flight: Content) -> None:
    """Changing one answer asks what is new because of it, and returns to the line that was changed."""
    async with screens(flight, None, flown_before=False) as person:
        assert person.page == "ReviewPage"
        await person.click("Flown before")
        assert person.asked == "flown_before"
        await person.press("1", "enter")
        assert person.asked == "last_flight"
        await person.type("5 may 2020")
        await person.press("enter")
        assert person.page == "ReviewPage"
        assert "5 May 2020" in person.text
        assert person.line(">").split()[1:3] == ["Flown", "before"]


async def test_a_change_can_be_given_up(flight: Content) -> None:
    """Back from a change returns to the list with the answer as it was."""
    async with screens(flight, None, alone=True) as person:
        await person.click("Flying alone")
        await person.press("2", "escape")
        assert person.page == "ReviewPage"
        assert person.entries["alone"] is True
        await person.click("Flying alone")
        assert "(*) Yes" in person.text


async def test_answers_kept_back_are_counted_and_not_listed(flight: Content) -> None:
    """An answer whose question no longer applies is not shown, and the page says that it is kept back."""
    async with screens(flight, None, flown_before=True) as person:
        await person.click("Flown before")
        await person.press("2", "enter")
        assert "Last flight" not in person.text
        await person.press("home")
        assert "Because you changed an answer, 1 answer is no longer used." in person.text


async def test_finish(flight: Content) -> None:
    """Finish shows what happens next, the reference and the person's copy between its notices; Done asks first where
    nothing was saved, and ends with 0."""
    async with screens(flight, None, size=(80, 120)) as person:
        await person.press("tab", "enter")
        assert person.page == "ConfirmationPage"
        assert "Show this to the cabin crew." in person.text
        assert "Your reference is K7QP-3MXD." in person.text
        assert "Please talk to a clinician about everything below." in person.text
        body = person.app.screen.query_one("#body")
        body.scroll_end(animate=False)
        await person.settle()
        assert "Nobody watches this" in person.text
        await person.press("enter")
        assert "are deleted when you leave" in person.text
        await person.click("Leave without saving")
    assert person.app.return_code == OK


async def test_save_a_copy(flight: Content, tmp_path: Path) -> None:
    """A copy goes to the folder that the person names, and the page says where it is."""
    async with screens(flight, None) as person:
        person.app.session.export_folder = tmp_path
        await person.click("Finish")
        await person.click("Save a copy")
        await person.press("enter")
        [file] = tmp_path.iterdir()
        assert file.name in person.text.replace("\n", "").replace(" ", "")
        assert "Talk to a clinician" in file.read_text()
        await person.press("enter")
        await person.click("Done")
    assert person.app.return_code == OK


BEGINS = {
    ".txt": b"Talk to a clinician",
    ".pdf": b"%PDF-",
    ".html": b"<!DOCTYPE",
    ".md": b"# ",
    ".json": b"{",
}
"""What the files begin with, by their endings."""


async def test_each_kind_of_file_is_one_key(flight: Content, tmp_path: Path) -> None:
    """Several can be made; each is what its row says, and the page says where the last one is."""
    async with screens(flight, None) as person:
        person.app.session.export_folder = tmp_path
        await person.click("Finish")
        await person.click("For staff: clinician's copy")
        kinds = available_kinds()
        for number, kind in enumerate(kinds, start=1):
            if kind.paper == "A4":  # A PDF on the other paper has the same name, and nothing is overwritten.
                await person.press(str(number))
                assert "The copy is saved in this file:" in person.text
        await person.press(str(len(kinds) + 1))
        assert "printer" not in person.text
    endings = {REGISTRY[kind.format].suffix for kind in kinds}
    assert {file.suffix for file in tmp_path.iterdir()} == endings
    for file in tmp_path.iterdir():
        assert BEGINS[file.suffix] in file.read_bytes()[:200]


async def test_a_person_is_offered_no_file_that_cannot_be_made_here(
    flight: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How a PDF is installed is for administrators; the keys are those of the rows that there are."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    async with screens(flight, None) as person:
        await person.click("Finish")
        await person.click("Save a copy")
        assert "PDF" not in person.text
        assert "2 Web page (HTML)" in person.text


async def test_the_person_prints_where_there_is_a_printer(flight: Content, tmp_path: Path) -> None:
    """The printer gets the person's own copy as text; a printer that fails says so in one sentence."""
    paper = tmp_path / "paper"
    for command, sentence in ((f"tee {paper}", "It was given to the printer."), ("false", "failed with code 1.")):
        async with screens(flight, None) as person:
            person.app.session.printer = command
            await person.click("Finish")
            await person.click("Save a copy")
            await person.press(str(len(available_kinds()) + 1))
            await person.finish_work()
            assert sentence in " ".join(person.text.split())
    assert "Please talk to a clinician about everything below." in paper.read_text()


async def test_a_copy_that_cannot_be_saved_says_why(flight: Content, tmp_path: Path) -> None:
    """One sentence says what is wrong, and the folder can be changed."""
    async with screens(flight, None) as person:
        person.app.session.export_folder = tmp_path / "nowhere"
        await person.press("ctrl+q")
        await person.click("Save a copy and leave")
        await person.press("enter")
        assert "Error:" in person.text
        assert person.page == "SaveCopy"
        await person.press("ctrl+u")
        await person.type(str(tmp_path))
        await person.press("enter", "enter")
    assert person.app.return_code == LEFT
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("typed", "saved"), [("", True), pytest.param("~nobody.at.all", False, marks=pytest.mark.long)]
)
async def test_both_faces_read_a_folder_alike(
    flight: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, saved: bool
) -> None:
    """Without a name it is the usual folder, and never that in which the program was started."""
    usual, started_in = tmp_path / "usual", tmp_path / "started in"
    usual.mkdir()
    started_in.mkdir()
    monkeypatch.chdir(started_in)
    async with screens(flight, None) as person:
        person.app.session.export_folder = usual
        await person.press("ctrl+q")
        await person.click("Save a copy and leave")
        await person.press("tab", "shift+tab", "shift+tab", "ctrl+u")
        await person.type(typed)
        await person.press("enter")
        assert ("This cannot be a folder." in person.text) is not saved
        assert [each.unlink() for each in usual.iterdir()] == [None] * saved
    talked = console(flight, ["q", "2", typed], session(flight, usual))
    assert ("This cannot be a folder." in talked.told) is not saved
    assert len(list(usual.iterdir())) == saved
    assert not list(started_in.iterdir())


@pytest.mark.parametrize("place", PLACES)
async def test_leaving_asks_first(flight: Content, place: str) -> None:
    """Neither key ends anything by itself, and what Enter and Esc do is to stay."""
    async with screens(flight, **PLACES[place]) as person:
        before = person.text
        for key in ("ctrl+q", "ctrl+c"):
            await person.press("ctrl+q", key) if key == "ctrl+q" else await person.press(key)
            assert "Do you want to leave?" in person.text
            await person.press("enter")
            assert person.text == before
            await person.press(key, "escape")
            assert person.text == before


async def test_ctrl_c_twice_leaves_at_once(flight: Content) -> None:
    """On somebody's own device the second Ctrl+C leaves, which is what people press who cannot get out."""
    async with screens(flight) as person:
        await person.press("ctrl+c", "ctrl+c")
    assert person.app.return_code == LEFT


async def test_a_held_ctrl_c_does_not_leave(flight: Content) -> None:
    """A key that is held down asks once, and leaves nothing."""
    async with screens(flight, step=0.01) as person:
        await person.press("ctrl+c", "ctrl+c", "ctrl+c")
        assert person.page == "Leave"


async def test_a_page_is_hidden_at_once(flight: Content) -> None:
    """Ctrl+L hides the page from somebody who walks by; any key brings it back and does nothing else."""
    async with screens(flight) as person:
        await person.press("1")
        before = person.text
        await person.press("ctrl+l")
        assert "The north" not in person.text
        await person.press("2")
        assert person.text == before


async def test_a_section_that_was_answered_is_a_jump_away(flight: Content) -> None:
    """In a broad window a click on a part that was answered leads there, and the bar of progress stays."""
    async with screens(flight, "nerves_1", size=(120, 40)) as person:
        bar = "\u25cf\u25d0\u25cb"
        assert bar in person.text
        await person.click("\u2713 Your journey")
        assert person.asked == "departure"
        assert bar in person.text
        await person.click("Your body")
        assert person.asked == "departure"


async def test_f4_finishes_from_the_check(flight: Content) -> None:
    """Enter on the check of all answers changes one; finishing has a key of its own."""
    async with screens(flight, None) as person:
        await person.press("f4")
        assert person.page == "ConfirmationPage"


async def test_a_small_window_keeps_the_answer_and_the_focus(flight: Content) -> None:
    """Too small a window asks for a larger one; afterwards everything is as it was, and help worked all along."""
    async with screens(flight, "age") as person:
        await person.type("41")
        before = person.text
        await person.resize(50, 12)
        assert "Please make the window larger" in person.text
        await person.press("f8")
        assert "Call your local" in person.text
        await person.resize(80, 24)
        await person.press("escape")
        assert person.text == before
        assert person.app.focused is person.app.question_page.field


async def test_starting_in_a_small_window(flight: Content) -> None:
    """The notice is there from the start, and goes when the window grows."""
    async with screens(flight, size=(40, 10), welcome=True) as person:
        assert "Please make the window" in person.text
        await person.resize(80, 24)
        assert "Begin" in person.text


async def test_resizing_keeps_the_choice(flight: Content) -> None:
    """A wider or narrower window never changes what is chosen or where the caret is."""
    async with screens(flight, "items") as person:
        await person.press("2", "3")
        for size in ((120, 40), (60, 18), (80, 24)):
            await person.resize(*size)
            assert person.line("Oxygen").split()[:3] == [">", "3", "[x]"]


async def test_long_pages_say_that_there_is_more(flight: Content) -> None:
    """What does not fit is announced, and the caret's row is always in view."""
    async with screens(flight, "items", size=(60, 18)) as person:
        assert "more below" not in person.text
    async with screens(flight, None, size=(60, 18)) as person:
        assert "more below" in person.text
        await person.press("end")
        assert "more below" not in person.text
        assert "> Remarks" in person.text
        await person.press("home")
        assert "Check your answers before you finish" in person.text


async def test_seven_options_fit_at_80_by_24(flight: Content) -> None:
    """Seven options of one line, the ways of leaving out, help and a question of two lines need no scrolling."""
    from dataclasses import replace

    from screener.model.question_parts import Option

    async with screens(flight, "items") as person:
        asked = person.app.interview.current
        options = tuple(Option(code=f"o{n}", label=f"Option {n}") for n in range(7))
        person.app.interview.current = replace(asked, text="word " * 20, help="Choose all.", options=options)
        person.app.question_page.update_question()
        await person.settle()
        assert "more below" not in person.text
        assert "Option 6" in person.text
        assert "Prefer not to say" in person.text


async def test_who_comes_back_is_told_where_they_are(flight: Content) -> None:
    """On the page where they were, and on no other."""
    session = sitting_at(flight, "age", {"departure": "north"})
    session.resumed = True
    app = ScreenerApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        person = Screens(app, pilot)
        await person.settle()
        assert "Welcome back. You go on where you were" in person.text
        await person.type("41")
        await person.press("enter")
        assert person.asked != "age"
        assert "Welcome back" not in person.text


async def test_the_usual_screen_says_where_the_copy_is(flight: Content, tmp_path: Path) -> None:
    """After the program, on somebody's own device; on a terminal that others use it says nothing."""
    async with screens(flight, None) as person:
        person.app.session.export_folder = tmp_path
        person.app.copies.append(tmp_path / "copy.txt")
        person.app.days_to_return = 30
        told = list(person.app.last_words)
        assert told[0] == f"The copy is saved in this file: {tmp_path / 'copy.txt'}"
        assert 'choose "I have four words"' in told[1]
        person.app.profile = Kiosk(opens=lambda _name, _passphrase: False)
        assert list(person.app.last_words) == []
