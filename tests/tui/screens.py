"""A person at the screens: presses keys, clicks on words, reads what is there."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from rich.cells import cell_len
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip

from screener.content.compiled import Content
from screener.model.response import ABSENT_LABELS, AbsentReason, Entry
from screener.session.session import InterviewSession
from screener.tui.app import ScreenerApp
from tests.tools.painting import painted_at_rest

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
REFERENCE = "K7QP-3MXD"
FOLDER = Path("/home/person")
DECLINED = ABSENT_LABELS[AbsentReason.DECLINED]
_FRAME = re.compile("[\u258c\u2502\u256d\u256e\u256f\u2570\u2500]")
URGENT = ("chest_pain", "pain_now")


class Screens:
    """The app as a person meets it."""

    def __init__(self, app: ScreenerApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        """What the screen says, without its colours, the frames of cards and dialogs, and the page below a dialog."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(_FRAME.sub(" ", "".join(self._said(strip))).rstrip() for strip in strips)

    def _said(self, line: Strip) -> Iterator[str]:
        dimmed = self.app.current_theme.variables["dimmed"]
        for text, style, _control in line:
            below = style and style.color and style.color.triplet and style.color.triplet.hex == dimmed
            yield " " * cell_len(text) if below else text

    @property
    def entries(self) -> Mapping[str, Entry]:
        return self.app.interview.state.entries

    @property
    def asked(self) -> str | None:
        """The id of the question that the interview is at."""
        return self.app.interview.current.id if self.app.interview.current else None

    @property
    def page(self) -> str:
        return type(self.app.screen).__name__

    def line(self, word: str) -> str:
        """The first line of the screen with this word in it."""
        return next(line for line in self.text.splitlines() if word in line)

    async def settle(self) -> None:
        """Let everything that is under way come to an end, by its messages and not by the time."""
        quiet = 0
        with painted_at_rest(self.app):
            while quiet < 2 and self.app.is_running and self.app.return_code is None:
                await self.pilot.pause(0)
                pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
                at_rest = self.app.input.empty and all(pump._message_queue.empty() for pump in pumps)
                quiet = quiet + 1 if at_rest else 0

    async def finish_work(self) -> None:
        """Let the work that pages have begun in threads come to its end too."""
        await self.app.workers.wait_for_complete()
        await self.settle()

    async def press(self, *keys: str) -> None:
        for key in keys:
            name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
            event = events.Key(name, key if len(key) == 1 else {"space": " "}.get(key))
            event.set_sender(self.app)
            self.app.post_message(event)
            await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def click(self, words: str) -> None:
        """Click on these words, where they are lowest on the screen."""
        places = [(line.index(words) + 1, y) for y, line in enumerate(self.text.splitlines()) if words in line]
        assert places, f"{words} is not on the screen:\n{self.text}"
        assert await self.pilot.click(offset=places[-1])
        await self.settle()

    async def resize(self, columns: int, rows: int) -> None:
        await self.pilot.resize_terminal(columns, rows)
        await self.settle()


def sitting_at(content: Content, question: str | None, entries: Mapping[str, Entry]) -> InterviewSession:
    """A sitting that has come to a question, all before it answered as given or declined; ``None``: to the check."""
    session = InterviewSession(content, FOLDER, now=lambda: NOON, reference=REFERENCE)
    interview = session.interview
    while interview.current and interview.current.id != question:
        interview.record(interview.current.id, entries.get(interview.current.id, AbsentReason.DECLINED))
        for rule in interview.interruptions:
            interview.acknowledge(rule.id, NOON, by="Jo")
        interview.next()
    return session


def seconds(step: float) -> Iterator[float]:
    return itertools.count(step=step)


@asynccontextmanager
async def screens(
    content: Content,
    question: str | None = "departure",
    *,
    size: tuple[int, int] = (80, 24),
    theme: str | None = None,
    step: float = 60,
    welcome: bool = False,
    **entries: Entry,
) -> AsyncIterator[Screens]:
    """The app at the page of a question. The clock moves by ``step`` seconds each time it is read."""
    clock = seconds(step)
    app = ScreenerApp(sitting_at(content, question, entries), theme=theme, clock=lambda: next(clock))
    async with app.run_test(size=size) as pilot:
        person = Screens(app, pilot)
        await person.settle()
        if not welcome:
            app.on_resume_requested()
            await person.settle()
        yield person
