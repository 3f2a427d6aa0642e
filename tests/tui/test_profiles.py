"""A page that nobody touches: hidden on a person's own device, locked and taken away on a terminal of a clinic.

The clock stands still until a test moves it.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from screener.content.compiled import Content
from screener.document import text
from screener.errors import ScreenerError
from screener.model.response import Entry
from screener.session.session import InterviewSession
from screener.session.staff_door import Admission
from screener.tui.app import ScreenerApp
from screener.tui.dialogs.staff_passphrase import StaffPassphrase
from screener.tui.profiles import Kiosk, Personal, Profile, in_words
from tests.tui.screens import Screens, seconds, sitting_at

PERSONAL = Personal(hide_after=120)
SECRET = "LILAC"
"""What the person has typed as an answer."""
ANSWERED: dict[str, Entry] = {"departure": "north", "age": 47, "remarks": SECRET}
NAME, PASSPHRASE, CODE = "Jo Field", "a long summer rain", "k2m8w5"
EVERY_KEY = [
    *(f"ctrl+{letter}" for letter in "abcdefghijklnopqrstuvwxyz"),
    *("ctrl+backslash", "ctrl+right_square_bracket", "ctrl+circumflex_accent", "ctrl+underscore", "ctrl+@"),
    *(f"f{number}" for number in range(1, 13) if number != 8),
    *("escape", "enter", "space", "tab", "delete", "2", "q", "question_mark"),
]
SOME_KEYS = ["ctrl+q", "ctrl+c", "ctrl+v", "f1", "f2", "escape", "enter", "space", "tab", "up", "2", "q"]
"""Those that do something on a page, and some that do not."""


def opens(name: str, typed: str) -> Admission:
    admissions = {PASSPHRASE: Admission.BY_PASSPHRASE, CODE: Admission.BY_CODE}
    return admissions.get(typed, Admission.NOTHING) if name == NAME else Admission.NOTHING


KIOSK = Kiosk(opens, lock_after=180, wipe_after=600, hand_back="Please bring it to the blue desk.")


class Terminal(Screens):
    """A person at the screens, or nobody."""

    def __init__(self, app: ScreenerApp, pilot: object, clock: list[float]) -> None:
        super().__init__(app, pilot)  # type: ignore[arg-type]
        self.clock = clock

    async def nobody_for(self, seconds: float) -> None:
        """Let the time pass, and the app look at the clock as it does every second."""
        self.clock[0] += seconds
        if self.app.return_code is None:
            self.app.idle_watcher.look()
        await self.settle()

    def shows_no_answer(self) -> bool:
        """Whether neither a question nor an answer can be read."""
        return not any(words in self.text for words in (SECRET, "47", "north", "What else", "crew"))

    async def mouse(self, *kinds: type[events.MouseEvent], x: int = 5, y: int = 5) -> None:
        """What a mouse does, as the terminal reports it to the app."""
        for kind in kinds:
            event = kind(None, x, y, 0, 0, 1, False, False, False, x, y)
            event.set_sender(self.app)
            self.app.post_message(event)
            await self.settle()

    async def click(self, words: str) -> None:
        places = [(line.index(words) + 1, y) for y, line in enumerate(self.text.splitlines()) if words in line]
        assert places, f"{words} is not on the screen:\n{self.text}"
        await self.mouse(events.MouseDown, events.MouseUp, x=places[-1][0], y=places[-1][1])

    async def staff(self, name: str = NAME, passphrase: str = PASSPHRASE) -> None:
        """Type at the door, and wait until it was tried."""
        await self.type(name)
        await self.press("enter")
        await self.type(passphrase)
        assert passphrase not in self.text
        await self.press("enter")
        await self.app.workers.wait_for_complete()
        await self.settle()


class Noting(InterviewSession):
    """Notes what this terminal did with what it can read."""

    wiped = False

    def forget(self) -> None:
        super().forget()
        self.wiped = True


@asynccontextmanager
async def terminal(
    content: Content,
    profile: Profile,
    question: str | None = "remarks",
    *,
    welcome: bool = False,
    held: bool = False,
    **entries: Entry,
) -> AsyncIterator[Terminal]:
    """The app at a question, everything before it answered; the clock of idleness stands still.

    Every key comes a minute after the one before, unless it is ``held``: then its repeats come at once.
    """
    clock, steps = [1000.0], seconds(60)
    session = sitting_at(content, question, {**ANSWERED, **entries})
    session.__class__ = Noting
    app = ScreenerApp(
        session, profile=profile, clock=lambda: clock[0] if held else next(steps), idle_clock=lambda: clock[0]
    )
    async with app.run_test() as pilot:
        here = Terminal(app, pilot, clock)
        await here.settle()
        if not welcome:
            app.on_resume_requested()
            await here.settle()
        yield here


# A person's own device


async def test_a_page_is_hidden_when_nobody_touches_it(flight: Content) -> None:
    """Not before the limit, and then nothing of the answers can be read, while help stays one key away."""
    async with terminal(flight, PERSONAL) as here:
        await here.type(SECRET)
        await here.nobody_for(119)
        assert SECRET in here.text
        await here.nobody_for(1)
        assert here.page == "HiddenPage"
        assert here.shows_no_answer()
        assert "Press any key" in here.text
        assert "If your life is in danger now:" in here.text
        await here.press("f8")
        assert here.page == "CrisisHelp"
        assert "tell a member of staff" in here.text
        await here.press("escape")
        assert here.page == "HiddenPage"


async def test_any_key_brings_the_page_back_and_does_nothing_else(flight: Content) -> None:
    """What was typed, where the cursor stood and the focus are as before."""
    async with terminal(flight, PERSONAL) as here:
        await here.type(SECRET)
        before, focused = here.text, here.app.focused
        for key in SOME_KEYS:
            await here.nobody_for(500)
            assert here.page == "HiddenPage"
            await here.press(key)
            assert (here.page, here.text, here.app.focused) == ("QuestionPage", before, focused), key
            assert len(here.app.screen_stack) == 2


async def test_a_held_enter_only_brings_the_page_back(flight: Content) -> None:
    """The repeats of the key that brought it back do not act on the page, where Enter would go on."""
    async with terminal(flight, PERSONAL, held=True) as here:
        await here.type(SECRET)
        before = here.text
        await here.nobody_for(500)
        await here.nobody_for(500)
        await here.press("enter", "enter", "enter")
        assert here.text == before


async def test_a_hidden_page_comes_back_by_mouse_and_by_paste(flight: Content) -> None:
    """A click on the button or a paste is a sign of the person; a mouse that only moves is none."""
    async with terminal(flight, PERSONAL) as here:
        before = here.text
        await here.nobody_for(120)
        here.app.post_message(events.Paste(SECRET))
        await here.settle()
        assert here.text == before
        await here.nobody_for(119)
        await here.mouse(events.MouseMove)
        await here.nobody_for(1)
        await here.click("Show the page")
        assert here.text == before


async def test_a_key_in_time_begins_the_count_again(flight: Content) -> None:
    """Whoever reads, scrolls or types is not hidden from."""
    async with terminal(flight, PERSONAL) as here:
        for sign in (
            lambda: here.press("tab"),
            lambda: here.click("What else"),
            lambda: here.mouse(events.MouseScrollDown),
            lambda: here.mouse(events.MouseScrollUp),
        ):
            await here.nobody_for(119)
            await sign()
            assert here.page == "QuestionPage"
        await here.nobody_for(119)
        assert here.page == "QuestionPage"


@pytest.mark.parametrize("keys", [("f8",), ("f1",), ("ctrl+q",), ("ctrl+q", "tab", "enter")])
async def test_what_lies_over_a_page_is_hidden_too(flight: Content, keys: tuple[str, ...]) -> None:
    """Help, reasons, leaving and saving come back as they were, and help can be called over the page that hides."""
    async with terminal(flight, PERSONAL) as here:
        await here.press(*keys)
        page, before = here.page, here.text
        await here.nobody_for(120)
        assert here.page == "HiddenPage"
        await here.press("f8")
        assert here.page == "CrisisHelp"
        await here.press("escape", "x")
        assert (here.page, here.text) == (page, before)


async def test_hiding_can_be_switched_off(flight: Content) -> None:
    """With 0 seconds the page is never hidden, and nothing about it is announced."""
    async with terminal(flight, Personal(hide_after=0), welcome=True) as here:
        assert "hidden" not in here.text
        await here.press("enter")
        await here.nobody_for(1_000_000)
        assert here.page == "QuestionPage"


async def test_a_machine_that_slept_shows_nothing_when_it_wakes(flight: Content) -> None:
    """The first key after the limit finds the page hidden, even before the app has looked at the clock."""
    async with terminal(flight, PERSONAL) as here:
        before = here.text
        here.clock[0] += 3600
        await here.press("ctrl+q")
        assert here.page == "HiddenPage"
        await here.press("x")
        assert here.text == before


# A terminal of a clinic


@pytest.mark.parametrize(("profile", "limits"), [(KIOSK, ("3 minutes", "10 minutes")), (PERSONAL, ("2 minutes",))])
async def test_the_limits_are_said_before_the_first_question(
    flight: Content, profile: Profile, limits: tuple[str, ...]
) -> None:
    """In plain words, on the first page, which itself waits for as long as it takes."""
    async with terminal(flight, profile, "departure", welcome=True) as here:
        said = " ".join(here.text.split())
        for limit in limits:
            assert limit in said
        await here.nobody_for(1_000_000)
        assert here.page == "WelcomePage"
        await here.press("enter")
        assert here.page == "QuestionPage"


async def test_a_terminal_asks_before_it_locks(flight: Content) -> None:
    """One minute before, then at 30 and at 10 seconds; in between nothing on the page changes."""
    async with terminal(flight, KIOSK) as here:
        await here.type(SECRET)
        await here.nobody_for(119)
        assert here.page == "QuestionPage"
        said = []
        for step in (1, 20, 10, 10, 10, 5):
            await here.nobody_for(step)
            assert here.page == "IdleWarning"
            assert here.shows_no_answer()
            said.append(next(words for words in ("1 minute", "30 seconds", "10 seconds") if words in here.text))
        assert said == ["1 minute", "1 minute", "30 seconds", "30 seconds", "10 seconds", "10 seconds"]
        await here.nobody_for(5)
        assert here.page == "LockedPage"


async def test_any_key_says_that_somebody_is_there(flight: Content) -> None:
    """The page comes back as it was, the key does nothing else, and the count begins again."""
    async with terminal(flight, KIOSK) as here:
        await here.type(SECRET)
        before = here.text
        for key in SOME_KEYS:
            await here.nobody_for(150)
            assert here.page == "IdleWarning"
            await here.press(key)
            assert here.text == before, key
        await here.nobody_for(119)
        assert here.text == before


async def test_help_can_be_called_from_the_question_whether_somebody_is_there(flight: Content) -> None:
    """F8 is a sign of the person, and brings help at once."""
    async with terminal(flight, KIOSK) as here:
        await here.nobody_for(150)
        await here.press("f8")
        assert here.page == "CrisisHelp"
        await here.press("escape")
        assert here.page == "QuestionPage"


async def test_a_locked_terminal_shows_nothing_and_obeys_no_key(flight: Content) -> None:
    """Nothing of the answers can be read, no key opens it, and help stays one key away."""
    async with terminal(flight, KIOSK) as here:
        await here.type(SECRET)
        await here.nobody_for(180)
        locked = here.text
        assert here.shows_no_answer()
        assert "A member of staff can unlock it" in locked
        for key in EVERY_KEY:
            await here.press(key)
            assert here.shows_no_answer() or here.page == "Help"
            while here.page != "LockedPage":
                assert here.page in ("StaffPassphrase", "Help")
                await here.press("escape")
            assert "This terminal is locked" in here.text
        await here.press("f8")
        assert "Call 0001." in here.text


async def test_only_staff_open_a_locked_terminal_and_find_it_as_it_was(flight: Content) -> None:
    """A wrong passphrase is said and opens nothing; the right one gives the page back with all that was typed."""
    async with terminal(flight, KIOSK) as here:
        await here.type(SECRET)
        before = here.text
        await here.nobody_for(180)
        await here.click("Staff: unlock")
        await here.staff(passphrase="a long winter rain")
        assert here.page == "StaffPassphrase"
        assert "Error: The name, or the door code or passphrase, is not right." in here.text
        assert "winter" not in here.text
        await here.type(PASSPHRASE)
        await here.press("enter")
        await here.app.workers.wait_for_complete()
        await here.settle()
        assert here.page == "StaffChoice"
        assert PASSPHRASE not in here.text
        await here.press("enter")
        assert here.text == before
        await here.nobody_for(119)
        assert here.text == before


async def test_the_door_is_tried_without_stopping_the_screens(flight: Content) -> None:
    """While a passphrase is checked, which takes long on purpose, the page says so and help still comes."""
    tried, go_on = threading.Event(), threading.Event()

    def slow(name: str, passphrase: str) -> Admission:
        tried.set()
        go_on.wait(60)
        return Admission.BY_PASSPHRASE

    async with terminal(flight, Kiosk(slow)) as here:
        await here.press("ctrl+q")
        await here.type(NAME)
        await here.press("enter")
        await here.type("x")
        await here.press("enter")
        assert tried.wait(60)
        assert "Checking\u2026" in here.text
        await here.press("f8")
        assert here.page == "CrisisHelp"
        await here.press("escape", "enter", "enter")
        go_on.set()
        await here.app.workers.wait_for_complete()
        await here.settle()
        assert here.page == "StaffChoice"


async def test_a_door_that_cannot_be_tried_says_why(flight: Content) -> None:
    """Where the clinic's data cannot be read, the reason is shown and nothing opens."""

    def broken(name: str, passphrase: str) -> Admission:
        raise ScreenerError("The clinic's data cannot be read.")

    async with terminal(flight, Kiosk(broken)) as here:
        await here.press("ctrl+q")
        await here.staff()
        assert "Error: The clinic's data cannot be read." in here.text
        assert here.page == "StaffPassphrase"


async def test_name_and_passphrase_are_both_asked_for(flight: Content) -> None:
    """Enter goes on from the name to the passphrase, and what is missing is said."""
    async with terminal(flight, KIOSK) as here:
        await here.press("ctrl+q", "enter")
        assert "Error: Type your name, and your door code or passphrase." in here.text
        await here.press("escape", "ctrl+q")
        await here.type(NAME)
        await here.press("enter")
        assert "Error" not in here.text
        assert here.app.focused is not None
        assert here.app.focused.id == "passphrase"


async def test_what_nobody_comes_back_to_is_wiped(flight: Content) -> None:
    """At the last limit this terminal forgets what it could read, and the program ends with 4."""
    async with terminal(flight, KIOSK) as here:
        await here.nobody_for(180)
        await here.nobody_for(419)
        assert here.page == "LockedPage"
        assert here.app.return_code is None
        await here.nobody_for(1)
        assert here.app.return_code == 4
        assert here.app.session.wiped


async def test_keys_on_a_locked_terminal_do_not_put_off_its_wiping(flight: Content) -> None:
    """Who presses them is not known."""
    async with terminal(flight, KIOSK) as here:
        await here.nobody_for(180)
        for _ in range(42):
            await here.nobody_for(10)
            if here.app.return_code is None:
                await here.press("tab")
        assert here.app.return_code == 4


async def test_a_key_that_comes_too_late_changes_nothing(flight: Content) -> None:
    """After the last limit no key reaches a page, even where the app had not looked at the clock."""
    async with terminal(flight, KIOSK, "alone") as here:
        here.clock[0] += 601
        await here.press("1", "enter")
        assert here.app.return_code == 4
        assert "alone" not in here.entries


@pytest.mark.parametrize("page", ["EmergencyPage", "UrgentPage"])
async def test_an_urgent_page_is_never_wiped(flight: Content, page: str) -> None:
    """It is locked, waits for staff for as long as it takes, and is there again when they unlock.

    The lock tells that staff are needed where they are, and nothing else.
    """
    question = "pain_now" if page == "EmergencyPage" else "chest_pain"
    async with terminal(flight, KIOSK, question, chest_pain=True) as here:
        await here.press("1", "enter")
        assert here.page == page
        before = here.text
        for _ in range(100):
            await here.nobody_for(3600)
        assert here.page == "LockedPage"
        assert here.app.return_code is None
        assert ("A member of staff is needed here now" in here.text) == (page == "EmergencyPage")
        assert here.shows_no_answer()
        assert "chest" not in here.text
        await here.press("enter")
        await here.staff()
        await here.press("enter")
        assert here.text == before
        assert not here.app.session.wiped


async def test_staff_first_see_to_an_emergency(flight: Content) -> None:
    """While a page waits for staff, the terminal cannot be closed over it, nor given to the next person."""
    async with terminal(flight, KIOSK, "pain_now", chest_pain=True) as here:
        await here.press("1", "enter", "ctrl+q")
        await here.staff()
        assert "A page of this person is waiting for you." in here.text
        assert "Close this terminal" not in here.text
        assert "Next person" not in here.text
        await here.press("enter")
        assert here.page == "EmergencyPage"


@pytest.mark.parametrize("secret", [CODE, PASSPHRASE])
async def test_the_emergency_page_of_a_kiosk_opens_to_staff_only(flight: Content, secret: str) -> None:
    """A name alone opens nothing; with a door code or a passphrase it does, and the record says that it was checked."""
    async with terminal(flight, KIOSK, "pain_now", chest_pain=True) as here:
        await here.press("1", "enter")
        await here.click("Staff: continue")
        assert here.page == "StaffPassphrase"
        await here.staff(NAME, "guess")
        assert here.page == "StaffPassphrase"
        assert "is not right" in here.text
        assert not here.app.interview.acknowledgements or here.app.interview.acknowledgements[-1].by != NAME
        await here.press("escape")
        assert here.page == "EmergencyPage"
        await here.click("Staff: continue")
        await here.staff(NAME, secret)
        assert here.page == "QuestionPage"
        page = here.app.interview.acknowledgements[-1]
        assert (page.by, page.checked) == (NAME, True)


async def test_elsewhere_a_name_opens_the_emergency_page_and_is_said_to_be_unchecked(flight: Content) -> None:
    async with terminal(flight, PERSONAL, "pain_now", chest_pain=True) as here:
        await here.press("1", "enter")
        await here.click("Staff: continue")
        await here.type("Anybody")
        await here.press("enter")
        assert here.page == "QuestionPage"
        for audience in ("patient", "clinician"):
            copy = text.render(here.app.session.summary(audience))  # type: ignore[arg-type]
            assert ("Anybody (typed, not checked)" in " ".join(copy.split())) == (audience == "clinician")


async def test_a_door_code_opens_a_locked_kiosk_and_does_not_close_it(flight: Content) -> None:
    """It goes on, or gives the terminal to the next person; the program ends with a passphrase only."""
    async with terminal(flight, KIOSK) as here:
        before = here.text
        await here.nobody_for(180)
        await here.press("enter")
        await here.staff(NAME, CODE)
        assert "Next person" in here.text
        assert "Close this terminal" not in here.text
        await here.press("enter")
        assert here.text == before


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
@pytest.mark.parametrize(("choice", "code"), [("Next person", 3), ("Close this terminal", 7)])
async def test_leaving_needs_staff(flight: Content, key: str, choice: str, code: int) -> None:
    """The person can only go back. Staff end it for this person, or close the terminal; both forget the answers."""
    async with terminal(flight, KIOSK) as here:
        before = here.text
        await here.press(key)
        assert here.page == "StaffPassphrase"
        await here.press("escape")
        assert here.text == before
        await here.press(key)
        await here.staff("Jo", "guess")
        assert here.app.return_code is None
        await here.press("escape", key)
        await here.staff()
        await here.click(choice)
        assert here.app.return_code == code
        assert here.app.session.wiped


@pytest.mark.parametrize("opened", [False, True])
async def test_a_door_left_open_closes(flight: Content, opened: bool) -> None:
    """What staff began to type is gone after a minute without a key, and so is a door that they opened, help over it
    included."""
    async with terminal(flight, KIOSK) as here:
        before = here.text
        await here.press("ctrl+q")
        if opened:
            await here.staff()
        else:
            await here.type(NAME)
        await here.press("f8")
        await here.nobody_for(60)
        assert here.text == before
        await here.press("ctrl+q")
        assert here.page == "StaffPassphrase"
        assert NAME not in here.text


async def test_a_locked_terminal_has_no_half_open_door_below(flight: Content) -> None:
    """Where the limits are so short that the lock comes first, it takes the door away too."""
    async with terminal(flight, Kiosk(opens, lock_after=20, wipe_after=600)) as here:
        await here.press("ctrl+q")
        await here.type(NAME)
        await here.nobody_for(20)
        assert here.page == "LockedPage"
        assert not any(isinstance(screen, StaffPassphrase) for screen in here.app.screen_stack)


async def test_a_window_too_small_does_not_get_in_the_way_of_the_lock(flight: Content) -> None:
    """Locked in a tiny window, and still locked when it grows again."""
    async with terminal(flight, KIOSK) as here:
        await here.resize(20, 5)
        while here.page != "TooSmall":
            await here.pilot.pause(1 / 120)
        await here.nobody_for(180)
        assert here.page == "LockedPage"
        await here.resize(80, 24)
        while tuple(here.app.screen.size) != (80, 24):
            await here.pilot.pause(1 / 120)
        await here.settle()
        assert here.page == "LockedPage"
        assert here.shows_no_answer()


# The end


async def test_an_app_that_ends_is_watched_no_more(flight: Content) -> None:
    """Neither the clock nor a late key finds pages that are not there any more."""
    async with terminal(flight, KIOSK) as here:
        pass
    for _ in range(2):
        here.clock[0] += 180
        here.app.idle_watcher.look()
        assert not here.app.idle_watcher.takes(events.Key("x", "x"))
    assert not here.app.session.wiped


async def test_the_last_page_says_where_the_terminal_goes(flight: Content) -> None:
    """The person can read their summary and hand the terminal back; no copy is offered, and Done ends with 0."""
    async with terminal(flight, KIOSK, None) as here:
        await here.press("tab", "enter")
        assert here.page == "ConfirmationPage"
        assert "Please bring it to the blue desk." in here.text
        assert "Save" not in here.text
        assert "copy" not in here.line("Done")
        await here.click("Done")
        assert here.app.return_code == 0


async def test_a_clinic_that_sets_a_folder_gets_copies_there_and_nowhere_else(flight: Content, tmp_path: Path) -> None:
    """Copies are offered where the clinic has said where they go; the person cannot name another folder."""
    async with terminal(flight, Kiosk(opens, saves_copies=True), None) as here:
        here.app.session.export_folder = tmp_path
        await here.press("tab", "enter")
        assert "Please give this terminal back to a member of staff." in here.text
        assert "For staff" not in here.text, "that copy is saved by staff, from their own screens"
        await here.click("Save a copy")
        await here.click(str(tmp_path)[:20])
        await here.type("/elsewhere")
        await here.press("enter")
        assert "The copy is saved in this file" in here.text
        assert [path.parent for path in tmp_path.rglob("*.txt")] == [tmp_path]


async def test_a_finished_person_who_walks_away_leaves_nothing_to_unlock(flight: Content) -> None:
    """The last page asks whether somebody is there, and at the first limit the program ends for the next person."""
    async with terminal(flight, KIOSK, None) as here:
        await here.press("tab", "enter")
        await here.nobody_for(120)
        assert here.page == "IdleWarning"
        assert "starts again for the next person in 1 minute" in " ".join(here.text.split())
        await here.nobody_for(60)
        assert here.app.return_code == 4


async def test_nothing_can_be_pasted_that_was_typed_before(flight: Content) -> None:
    """Cutting, copying and pasting in the fields of this program move nothing."""
    async with terminal(flight, KIOSK) as here:
        await here.type(SECRET)
        await here.press("ctrl+shift+a", "ctrl+x", "ctrl+c", "escape", "ctrl+v")
        assert here.app.question_page.typed == SECRET
        assert here.app.clipboard == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (60, "1 minute"), (90, "90 seconds"), (180, "3 minutes"), (600, "10 minutes")],
)
def test_times_are_said_in_words(seconds: int, words: str) -> None:
    assert in_words(seconds) == words


# Where the person is


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_a_kiosk_shows_its_name_and_reference_on_every_page(flight: Content, size: tuple[int, int]) -> None:
    """From the first page on, at an emergency page and on the cover too: staff find the person by them."""
    async with terminal(flight, KIOSK, "pain_now", welcome=True, chest_pain=True) as here:
        here.app.session.metadata = replace(here.app.session.metadata, terminal="Front\x1b desk")
        here.app._show(here.app._first_page())
        await here.resize(*size)
        sign = "Front<U+001B> desk, K7QP-3MXD"
        assert "F8 Get help now" in here.text.splitlines()[0]
        assert any(sign in line for line in here.text.splitlines()[:2])
        await here.press("enter")
        assert here.page == "QuestionPage"
        assert sign in here.text
        await here.press("1", "enter")
        assert here.page == "EmergencyPage"
        assert sign in here.text
        await here.nobody_for(180)
        assert here.page == "LockedPage"
        assert sign in here.text


async def test_a_persons_own_device_shows_no_reference_before_the_end(flight: Content) -> None:
    async with terminal(flight, PERSONAL, welcome=True) as here:
        assert "K7QP-3MXD" not in here.text
        await here.press("enter")
        assert "K7QP-3MXD" not in here.text
