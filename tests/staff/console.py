"""A member of staff at the screens of their side."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from screener.content.compiled import Content
from screener.tui.staff.app import ConsoleSetup, StaffApp
from screener.tui.staff.setup import Offer
from screener.tui.widgets.fields import Field
from tests.staff.clinic import PASSPHRASE, STAFF, Clinic
from tests.strategies import flight
from tests.tui.screens import Screens

OFFERS = (Offer("before-a-flight", "Before you fly", ("en-GB",)),)


class Ringing(StaffApp):
    """Counts how often the bell rings, which a terminal that is none does not do."""

    bells = 0

    def bell(self) -> None:
        self.bells += 1


class Console(Screens):
    """The staff's side as staff meet it."""

    app: Ringing  # type: ignore[assignment]

    def __init__(self, app: Ringing, pilot: Pilot[int], idle: list[float]) -> None:
        self.app = app
        self.pilot = pilot
        self._idle = idle

    async def settle(self) -> None:
        """Let everything come to an end, what is done in threads included."""
        await super().settle()
        while any(not worker.is_finished for worker in self.app.workers):
            with suppress(WorkerCancelled):  # Whoever leaves a page cancels what it was reading.
                await self.app.workers.wait_for_complete()
            await super().settle()

    async def unlock(self, name: str = STAFF, passphrase: str = PASSPHRASE) -> None:
        """Unlock; typing letter by letter is tried in one place only, because it takes its time."""
        self.app.screen.query_one("#name", Field).value = name
        self.app.screen.query_one("#passphrase", Field).value = passphrase
        await self.press("enter")

    async def look(self) -> None:
        """What happens every second."""
        await self.app.look()
        await self.settle()

    async def wait(self, seconds: float) -> None:
        """Nobody touches anything for this long."""
        self._idle[0] += seconds
        self.app.tick()
        await self.settle()

    async def look_while_locked(self) -> None:
        """What happens every second while it is locked."""
        await self.app.look_while_locked()
        await self.settle()

    @property
    def rows(self) -> list[str]:
        """The lines of the list that are seen."""
        lines = self.text.splitlines()
        start = next(number for number, line in enumerate(lines) if "Standing" in line)
        return [line.strip() for line in lines[start + 1 :] if line[:60].strip()][:-2]


@asynccontextmanager
async def console(
    clinic: Clinic,
    *,
    size: tuple[int, int] = (80, 24),
    locked: bool = False,
    printer: str | None = None,
    content: Content | None = None,
    offers: tuple[Offer, ...] = OFFERS,
    on_urgent: str | None = None,
    urgent_after: int | None = None,
    ends_at_lock: bool = False,
) -> AsyncIterator[Console]:
    """The staff's side of a clinic, unlocked unless it is to be ``locked``."""
    idle, moments = [0.0], iter(range(1, 10**9))
    staff_session = clinic.staff_session(content, printer)
    region = flight().ruleset.crisis_lines.anywhere
    place = ConsoleSetup(
        "Invented Clinic",
        region,
        offers,
        on_urgent=on_urgent,
        urgent_after=urgent_after,
        ends_at_lock=ends_at_lock,
    )
    # Each reading of the clock is a minute after the one before, so that no Enter comes too quickly.
    app = Ringing(staff_session, place, clock=lambda: 60.0 * next(moments), idle_clock=lambda: idle[0])
    try:
        async with app.run_test(size=size) as pilot:
            staff = Console(app, pilot, idle)
            await staff.settle()
            if not locked:
                await staff.unlock()
            yield staff
    finally:
        staff_session.close()
