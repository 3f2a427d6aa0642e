"""Whatever is pressed, clicked and double-clicked over whole walks: nothing that has to be read is passed unread.

The clock stands still until somebody waits, so that every press has a known time after the page was painted.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textual import events
from textual.geometry import Region

from screener.content.compiled import Content
from screener.model.response import Entry
from screener.session.staff_door import Admission
from screener.tui.app import ScreenerApp
from screener.tui.dialogs.confirm_answer import ConfirmAnswer
from screener.tui.dialogs.leave import Leave
from screener.tui.dialogs.staff_passphrase import StaffChoice
from screener.tui.dialogs.start_anew import StartAnew
from screener.tui.profiles import Kiosk, Personal
from screener.tui.screens.base import Page
from screener.tui.screens.confirmation import ConfirmationPage
from screener.tui.screens.urgent import UrgentPage
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


Act = Key | Press | Drag | Wait


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
                await self._watched(events.Key(name, name if len(name) == 1 else {"space": " "}.get(name)))
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

    async def _watched(self, event: events.Event) -> None:
        """Let one key or half a click have its effect, a twentieth of a second after the one before."""
        if self.app.return_code is not None or not self.app.is_running:
            return
        self.clock[0] += 0.05
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
