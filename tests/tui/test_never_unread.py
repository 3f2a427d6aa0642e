"""Whatever is pressed, clicked and double-clicked over whole walks: nothing that has to be read is passed unread.

The clock stands still until somebody waits, so that every press has a known time after the page was painted.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textual import events
from textual.geometry import Region

from screener.content.compiled import Content
from screener.content.load import load
from screener.model.response import Entry
from screener.paths import questionnaires, shipped_content
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from screener.session.staff_door import Admission
from screener.tui.app import ScreenerApp
from screener.tui.dialogs.confirm_answer import ConfirmAnswer
from screener.tui.dialogs.leave import Leave
from screener.tui.dialogs.staff_passphrase import StaffChoice
from screener.tui.dialogs.start_anew import StartAnew
from screener.tui.profiles import Kiosk, Personal
from screener.tui.screens.base import Page
from screener.tui.screens.confirmation import ConfirmationPage
from screener.tui.screens.urgent import EmergencyPage, UrgentPage
from screener.tui.widgets.button import Button, button_regions
from tests.strategies import flight
from tests.tui.screens import Screens, sitting_at

READ_FOR: dict[type[Page[object]], float] = {  # type: ignore[type-abstract]
    UrgentPage: 2.0,
    ConfirmationPage: 1.0,
    ConfirmAnswer: 1.0,
    Leave: 1.0,
    StaffChoice: 1.0,
    StartAnew: 1.0,
}
"""For how long a page is seen before a key or click that presses a button acts on it."""
PRESSES = ("enter", "space")


@dataclass(frozen=True)
class Key:
    name: str


@dataclass(frozen=True)
class Press:
    """A click on a button of the page, ``times`` in a row at the same place."""

    button: int
    times: int = 1


@dataclass(frozen=True)
class Drag:
    """The mouse button goes down on one button, and up on another or beside all of them."""

    down: int
    up: int | None


@dataclass(frozen=True)
class Wait:
    seconds: float


@dataclass(frozen=True)
class Hold:
    """A key is held down, and its keyboard repeats it ``times``."""

    name: str
    times: int


REPEATS_AFTER = 1 / 30
"""Seconds between two repeats of a key that is held."""
Act = Key | Press | Drag | Wait | Hold


class Watched(Screens):
    """A person who may press anything, watched by somebody who knows since when each page is seen."""

    def __init__(self, app: ScreenerApp, pilot: object, clock: list[float]) -> None:
        super().__init__(app, pilot)  # type: ignore[arg-type]
        self.clock = clock
        self.top = app.screen
        self.since = clock[0]

    async def do(self, act: Act) -> None:
        match act:
            case Wait(seconds):
                self.clock[0] += seconds
            case Key(name):
                await self._watched(_key(name))
            case Hold(name, times):
                for _ in range(times):
                    await self._watched(_key(name), REPEATS_AFTER)
            case Press(number, times):
                if at := self._place(number):
                    for _ in range(times):
                        await self._mouse(events.MouseDown, at)
                        await self._mouse(events.MouseUp, at)
            case Drag(down, up):
                if first := self._place(down):
                    await self._mouse(events.MouseDown, first)
                    await self._mouse(events.MouseUp, (up is not None and self._place(up)) or (0, 1))

    def _place(self, number: int) -> tuple[int, int] | None:
        regions = [button.region for button in self.app.screen.query(Button) if button.display and button.region.area]
        region = regions[number % len(regions)] if regions else None
        return (region.x + 1, region.y) if region else None

    async def _mouse(self, kind: type[events.MouseEvent], at: tuple[int, int]) -> None:
        x, y = at
        await self._watched(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))

    async def _watched(self, event: events.Event, after: float = 0.05) -> None:
        """Let one key or half a click have its effect, so many seconds after the one before."""
        if self.app.return_code is not None or not self.app.is_running:
            return
        self.clock[0] += after
        before, seen_for, buttons = self.top, self.clock[0] - self.since, button_regions(self.app.screen)
        acknowledged = len(self.app.interview.acknowledgements)
        event.set_sender(self.app)
        self.app.post_message(event)
        await self.settle()
        if self.app.return_code is None and self.app.is_running:
            self._look(before, buttons)
        presses = isinstance(event, events.MouseEvent) or getattr(event, "key", "") in PRESSES
        if len(self.app.interview.acknowledgements) > acknowledged:
            assert isinstance(before, UrgentPage), f"acknowledged from {before}"
            assert seen_for >= READ_FOR[UrgentPage], f"acknowledged after {seen_for:.2f} s"
            assert before.rule.id == self.app.interview.acknowledgements[-1].rule
        for kind, least in READ_FOR.items():
            closed = isinstance(before, kind) and (self.app.return_code is not None or not before.is_attached)
            if closed and presses:
                assert seen_for >= least, f"{kind.__name__} was pressed after {seen_for:.2f} s"

    def _look(self, before: object, buttons: frozenset[Region]) -> None:
        """Note which page is seen now; where it is a new one that interrupts, look where its buttons are."""
        if self.app.screen is before:
            return
        self.top, self.since = self.app.screen, self.clock[0]
        assert isinstance(before, Page)
        if isinstance(self.top, UrgentPage) and self.top is not before and not hasattr(self.top, "seen_before"):
            self.top.seen_before = True  # type: ignore[attr-defined]
            both = [(own, other) for own in button_regions(self.top) for other in buttons if own.overlaps(other)]
            assert not both, f"a button of the urgent page lies where one of {before} lay: {both}"


def _key(name: str) -> events.Key:
    return events.Key(name, name if len(name) == 1 else {"space": " "}.get(name))


def opens(name: str, typed: str) -> Admission:
    return Admission.BY_CODE


@asynccontextmanager
async def watched(
    content: Content, question: str | None, size: tuple[int, int], kiosk: bool, entries: dict[str, Entry]
) -> AsyncIterator[Watched]:
    clock = [1000.0]
    app = ScreenerApp(
        sitting_at(content, question, entries),
        clock=lambda: clock[0],
        idle_clock=lambda: 0.0,
        profile=Kiosk(opens) if kiosk else Personal(),
    )
    async with app.run_test(size=size) as pilot:
        person = Watched(app, pilot, clock)
        await person.settle()
        app.on_resume_requested()
        await person.settle()
        person.top, person.since = app.screen, clock[0]
        await person.do(Wait(5))
        yield person


YES = (Key("1"), Key("enter"))
SIZES = ((60, 18), (60, 24), (80, 24), (120, 40))
KEYS = [*"112", "enter", "enter", "enter", "space", "tab", "escape", "f8", "ctrl+l", "ctrl+q", "f1", "f4", "down"]
ACTS = st.one_of(
    st.sampled_from(KEYS).map(Key),
    st.builds(Press, st.integers(0, 3), st.integers(1, 3)),
    st.builds(Drag, st.integers(0, 3), st.none() | st.integers(0, 3)),
    st.sampled_from([0.05, 0.4, 0.9, 1.05, 1.9, 2.05, 3.0]).map(Wait),
)
Place = tuple[str | None, dict[str, Entry]]
PAIN: Place = ("chest_pain", {})
PAIN_NOW: Place = ("pain_now", {"chest_pain": True})
END: Place = (None, {})
PLACES = st.sampled_from([PAIN, PAIN_NOW, ("bag_limit", {"bag": 23}), END])


async def _walk(place: Place, size: tuple[int, int], kiosk: bool, acts: Sequence[Act]) -> None:
    question, entries = place
    async with watched(flight(), question, size, kiosk, entries) as person:
        for act in acts:
            await person.do(act)


@settings(max_examples=4)
@given(PLACES, st.sampled_from(SIZES), st.booleans(), st.lists(ACTS, min_size=10, max_size=25))
@example(PAIN, (80, 24), False, [*YES, Key("enter"), Wait(1.5), Key("space"), Press(0, 2), Wait(0.3), Press(0)])
@example(PAIN, (60, 24), False, [Key("1"), Press(0, 3), Wait(2.05), Press(0, 3)])
@example(PAIN, (80, 24), False, [*YES, Wait(1.0), Key("f8"), Wait(0.2), Key("escape"), Key("enter"), Key("space")])
@example(PAIN, (80, 24), False, [*YES, Wait(1.0), Key("ctrl+l"), Wait(0.2), Key("2"), Wait(0.2), Press(0)])
@example(PAIN, (80, 24), False, [*YES, Wait(3), Drag(0, None), Key("f8"), Key("escape"), Press(0, 2)])
@example(PAIN, (80, 24), True, [*YES, Wait(2.05), *[Key("enter")] * 30])
@example(PAIN_NOW, (80, 24), True, [*YES, Press(0, 2), Wait(2.05), Press(0, 2), *map(Key, "ab"), Key("enter")])
@example(END, (80, 24), True, [Key("f4"), Press(0, 3), Key("space"), Wait(0.5), Key("enter")])
@example(END, (60, 18), False, [Key("ctrl+q"), Key("tab"), Key("tab"), Key("space"), Key("enter")])
def test_nothing_that_must_be_read_is_passed_unread(
    place: Place, size: tuple[int, int], kiosk: bool, acts: list[Act]
) -> None:
    """No urgent page is acknowledged early, no confirmation skipped, and no button of an interruption lies where a
    button of the page before lay."""
    asyncio.run(_walk(place, size, kiosk, acts))


@pytest.mark.long
@settings(max_examples=500)
@given(PLACES, st.sampled_from(SIZES), st.booleans(), st.lists(ACTS, min_size=20, max_size=80))
def test_nothing_that_must_be_read_is_passed_unread_in_long_walks(
    place: Place, size: tuple[int, int], kiosk: bool, acts: list[Act]
) -> None:
    asyncio.run(_walk(place, size, kiosk, acts))


# Keys that are held down


def the_urgent_questions() -> Iterator[tuple[str, str, str]]:
    """Yield each shipped question with which an instrument asks about suicide, and the key of a yes."""
    for name in questionnaires(shipped_content()):
        asked = load(shipped_content(), name).questionnaire.question
        for question in ("phq9_9", "asq_1", "asq_2", "asq_3", "asq_4", "asq_5"):
            if question in asked:
                yield name, question, "2" if question == "phq9_9" else "1"


HELD = [
    pytest.param(*each, id=" ".join(each[:2]), marks=() if number == 0 else pytest.mark.long)
    for number, each in enumerate(the_urgent_questions())
]


def before(content: Content, question: str) -> dict[str, Entry]:
    """The answers with which a question is asked: a child for what only children are asked, a yes before the last."""
    asked = content.questionnaire.question
    usual: dict[str, Entry] = {"age": 15 if question.startswith("asq") else 40, "asq_1": question == "asq_5"}
    return {name: entry for name, entry in usual.items() if name in asked and name != question}


@pytest.mark.parametrize("key", ["enter", "space"])
@pytest.mark.parametrize(("questionnaire", "question", "yes"), HELD)
async def test_a_held_key_never_acknowledges_an_urgent_page(
    questionnaire: str, question: str, yes: str, key: str
) -> None:
    """However long it is held; whoever lets go of it and presses it again does."""
    content = load(shipped_content(), questionnaire)
    async with watched(content, question, (80, 24), False, before(content, question)) as person:
        assert person.asked == question
        earlier = len(person.app.interview.acknowledgements)
        for act in (Key(yes), Key("enter"), Hold(key, 80)):
            await person.do(act)
        assert isinstance(person.app.screen, UrgentPage)
        assert len(person.app.interview.acknowledgements) == earlier
        if not isinstance(person.app.screen, EmergencyPage):
            await person.do(Wait(0.5))
            await person.do(Key(key))
            assert len(person.app.interview.acknowledgements) > earlier


@pytest.mark.parametrize("kiosk", [pytest.param(False, marks=pytest.mark.long), True])
@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_held_key_never_skips_the_confirmation(key: str, kiosk: bool) -> None:
    async with watched(flight(), None, (80, 24), kiosk, {}) as person:
        for act in (Key("f4"), Hold(key, 40)):
            await person.do(act)
        assert isinstance(person.app.screen, ConfirmationPage)
        assert person.app.return_code is None


@pytest.mark.parametrize("held", ["\n" * 100, " " * 100 + "\n"], ids=["enter", "space"])
@pytest.mark.parametrize(("questionnaire", "question", "yes"), HELD)
def test_a_held_key_never_acknowledges_in_plain_mode(questionnaire: str, question: str, yes: str, held: str) -> None:
    content = load(shipped_content(), questionnaire)
    session, said = sitting_at(content, question, before(content, question)), io.StringIO()
    earlier = len(session.interview.acknowledgements)
    with pytest.raises(EndOfInput):
        PlainInterview(LineConsole(io.StringIO(f"{yes}\n{held}"), said, io.StringIO()), session).run()
    [waiting, *_others] = session.interview.interruptions
    assert waiting.interruption
    assert waiting.interruption.heading in " ".join(said.getvalue().split())
    assert len(session.interview.acknowledgements) == earlier
