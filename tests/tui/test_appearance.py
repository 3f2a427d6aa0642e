"""Every page as text at three sizes and in the colours of four themes: what a change does to it is seen in review.

``__snapshots__`` holds each page as it reads, and beside it which name of the style sheet each part of a line has.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import cycle, groupby
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.geometry import Offset
from textual.strip import Strip

import screener.tui
from screener.content.compiled import Content
from screener.model.response import AbsentReason
from screener.session.session import InterviewSession
from screener.staff.recording import go_on
from screener.tui import THEMES
from screener.tui.dialogs.crisis_help import CrisisHelp
from screener.tui.screens.base import Dialog, Page
from screener.tui.screens.lock import LockScreen
from screener.tui.themes import colours, theme_of
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field, LongField
from tests.check.copies import ROOT
from tests.content.test_follow_up import content_of
from tests.content.test_treatment_day import BEFORE, reading
from tests.respond.ward import Ward, recording
from tests.staff.clinic import PASSPHRASE, STAFF
from tests.tools.contrast import NAME_OF, SPECIMEN, Run, runs
from tests.tools.gallery import USUAL, Gallery, View, Visit, visit
from tests.tools.views import views
from tests.tui.screens import FOLDER, NOON, REFERENCE

SIZES = [USUAL, (120, 40), (60, 18)]
BASES = {Page, Dialog, LockScreen}
"""What other pages are made of."""


def views_of(content: Content, *, small: bool = False) -> list[View]:
    """The pages, or those for a window that is too small."""
    found = views(lambda: InterviewSession(content, FOLDER, now=lambda: NOON, reference=REFERENCE))
    return [view for view in found if (view.size != USUAL) is small]


def text_of(lines: list[Strip]) -> str:
    return "\n".join(line.text.rstrip() for line in lines)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_pages_read_as_reviewed(flight: Content, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    """Each page at 80 by 24, 120 by 40 and 60 by 18 is the one that was looked at, with all of its buttons."""
    async with visit(size) as visitor:
        for view in views_of(flight):
            await visitor.see(view)
            lines = visitor.lines
            assert text_of(lines) == snapshot(name=view.name)
            assert whole_buttons(visitor, lines), view.name


def whole_buttons(visitor: Visit, strips: list[Strip]) -> bool:
    """Whether help and every button are to be seen, the buttons with all of their labels."""
    screen, lines = visitor.gallery.screen, text_of(strips).rstrip().splitlines()
    return bool(re.search("F8 Get help now|Esc close", f"{lines[0]}{lines[-1]}")) and all(
        action.region in screen.region and action.label in lines[action.region.y] for action in screen.query(Button)
    )


async def test_a_window_that_is_too_small_says_so(flight: Content, snapshot: SnapshotAssertion) -> None:
    """In less room than any page needs, what to do is there to be read."""
    for view in views_of(flight, small=True):
        async with visit(view.size) as visitor:
            await visitor.see(view)
            assert text_of(visitor.lines) == snapshot(name=view.name)


async def test_pages_are_coloured_as_reviewed(flight: Content, snapshot: SnapshotAssertion) -> None:
    """Each part of each page has the colours that were looked at, and in a theme they are those of its palette.

    Of the themes each page takes another one; all of them on all pages are below.
    """
    async with visit() as visitor:
        visitor.gallery.register_theme(theme_of("specimen", SPECIMEN))
        for view, theme in zip(views_of(flight), cycle(THEMES), strict=False):
            described_parts = "\n".join(described(await coloured_by_name(visitor, view, (theme,))))
            assert described_parts == snapshot(name=view.name)


@pytest.mark.long
async def test_pages_have_the_colours_of_every_theme(flight: Content) -> None:
    """In each theme each part of each page has the colour of its palette."""
    async with visit() as visitor:
        visitor.gallery.register_theme(theme_of("specimen", SPECIMEN))
        for view in views_of(flight):
            await coloured_by_name(visitor, view, THEMES)


async def coloured_by_name(visitor: Visit, view: View, themes: Sequence[str]) -> list[list[Run]]:
    """Return the names of a page's colours, after a look at it in these themes."""
    visitor.gallery.theme = "specimen"
    await visitor.see(view)
    lines = visitor.lines
    text, named = text_of(lines), [runs(line, NAME_OF) for line in lines]
    for theme in themes:
        visitor.gallery.theme = theme
        await visitor.rest()
        lines = visitor.lines
        assert text_of(lines) == text
        assert [runs(line, {}) for line in lines] == [in_palette(line, theme) for line in named]
    return named


def described(lines: list[list[Run]]) -> Iterator[str]:
    """For each line that has something on it, the columns of each part with the names of its colours."""
    for number, line in enumerate(lines, 1):
        parts, column = [], 1
        for style, together in groupby(line, lambda run: (run.front, run.back, run.bold)):
            text = "".join(run.text for run in together)
            last = column + len(text) - 1
            if text.strip() or style[1] != "background":
                parts.append(f"{column}-{last} {in_words(text, *style)}")
            column = last + 1
        if parts:
            yield f"{number:2}: {', '.join(parts)}"


def in_words(text: str, front: str, back: str, bold: bool) -> str:
    """The style of a part; of one that is empty, only what it stands on can be seen."""
    on = "" if back == "background" else f"on {back}"
    return " ".join(word for word in (front if text.strip() else "", "bold" if bold else "", on) if word)


def in_palette(line: list[Run], theme: str) -> list[Run]:
    palette = colours(theme)
    return [Run(run.text, palette.get(run.front, run.front), palette[run.back], run.bold) for run in line]


def pages() -> set[type[Page[object]]]:
    """Every kind of page of every module of the person's screens."""
    for module in pkgutil.walk_packages(screener.tui.__path__, "screener.tui."):
        importlib.import_module(module.name)
    return {kind for kind in below(Page) if kind not in BASES and _is_the_persons(kind)}


def _is_the_persons(kind: type) -> bool:
    """Neither a page of staff, nor one that a test made up."""
    return kind.__module__.startswith("screener.") and ".staff." not in kind.__module__


def below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


async def test_every_kind_of_page_is_looked_at(flight: Content) -> None:
    """A new kind of page must be among the views: these are measured for contrast, attacked and reviewed."""
    async with visit() as visitor:
        seen = set()
        for view in [*views_of(flight), *views_of(flight, small=True)]:
            seen.add(type(view.page()))
        assert visitor.gallery.is_running
    missing = pages() - seen
    assert not missing, f"add a view to tests/tools/views.py for {sorted(map(str, missing))}"


async def test_what_has_the_focus_is_told_without_colour(flight: Content) -> None:
    """The row or button in focus has a caret before it, and in a field stands the terminal's own cursor."""
    async with visit() as visitor:
        for view in views_of(flight):
            await visitor.see(view)
            texts, cursors = await told_of_each_focus(visitor)
            assert len(texts) == len(set(texts)), view.name
            assert len(cursors) == len(set(cursors)), view.name
            assert all(re.search(r"(^|\s)> \S", text) for text in texts)


async def told_of_each_focus(visitor: Visit) -> tuple[list[str], list[Offset]]:
    """The page wherever the Tab key leads, but for fields, and the place of the terminal's cursor, in fields too."""
    texts, cursors, focused = [], [], []
    page = visitor.gallery.screen
    while visitor.gallery.screen is page and visitor.gallery.focused not in focused:
        focused.append(visitor.gallery.focused)
        cursors.append(visitor.gallery.cursor_position)
        if visitor.gallery.focused and not isinstance(visitor.gallery.focused, Field | LongField):
            texts.append(text_of(visitor.lines))
        await visitor.press("tab")
    return texts, cursors


async def test_what_is_chosen_is_told_without_colour(flight: Content) -> None:
    """Choosing an answer, and letting it go again, changes the text of the page."""
    told = set()
    async with visit() as visitor:
        for view in views_of(flight):
            if view.name not in ("question, choice", "question, choices", "question, yes_no", "question, instrument"):
                continue
            await visitor.see(View(view.name, view.page, ("2",)))
            chosen = text_of(visitor.lines)
            await visitor.press("c")
            assert text_of(visitor.lines) != chosen
            assert text_of(visitor.lines).replace("( )", "").replace("[ ]", "").count("*") == 0
            told.add(view.name)
    assert len(told) == 4


async def test_a_page_below_a_dialog_is_faint_or_not_seen(flight: Content) -> None:
    """With few colours none is faint enough, so that nothing of the page below can be taken for the dialog's."""
    for depth, seen in (("truecolor", True), ("standard", False)):
        async with visit(gallery=Gallery(depth)) as visitor:  # type: ignore[arg-type]
            await visitor.see(next(view for view in views_of(flight) if view.name == "welcome"))
            visitor.gallery.push_screen(CrisisHelp(flight.ruleset.crisis_lines.anywhere))
            await visitor.rest()
            assert ("Before you fly" in text_of(visitor.lines)) is seen
            assert "Get help now" in text_of(visitor.lines)


async def test_nothing_blinks_or_moves(flight: Content) -> None:
    """No part of any page blinks, no cursor does, and nothing is animated."""
    async with visit() as visitor:
        assert visitor.gallery.animation_level == "none"
        for view in views_of(flight):
            await visitor.see(view)
            assert not any(style and (style.blink or style.blink2) for line in visitor.lines for _, style, _ in line)
            assert not any(getattr(field, "cursor_blink", False) for field in visitor.gallery.screen.query("*"))


# The pages at which staff record

SCHEDULE = (0, 40, 120)


class Treatment(Ward):
    """A clinic whose staff record a treatment with the shipped questions."""

    @property
    def watch(self) -> Content:
        return content_of("monitoring")


@pytest.fixture
def _times_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages count minutes by the clock of their place."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def before_the_second_reading(clinic: Treatment) -> None:
    """Everything is recorded up to a reading 40 minutes after the dose; nobody weighed the person."""
    session = clinic.begins()
    entries = {**BEFORE, "dose": Decimal(56), "lot": "L-4711", **reading(1, 0, last=False)}
    while (question := session.interview.current) and question.id != "reading_at.2":
        if question.id == "reading_at.1":
            clinic.clock.go_on(minutes=15)
        is_now = question.id in ("dose_at", "reading_at.1")
        entry = clinic.clock().time() if is_now else entries.get(question.id, AbsentReason.NOT_RECORDED)
        session.record(question.id, entry)
        session.interview.next()
    session.keep()
    clinic.clock.go_on(minutes=25)


@pytest.mark.usefixtures("_times_of_greenwich")
async def test_pages_at_which_staff_record_read_as_reviewed(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """At 80 by 24 and 120 by 40: for whom and by whom, the minutes, what comes next, and why something is corrected."""
    clinic = Treatment(tmp_path / "clinic", content=ROOT, readings_at=SCHEDULE)
    before_the_second_reading(clinic)
    staff_session = clinic.staff_session()
    await staff_session.unlock(STAFF, PASSPHRASE)
    (listed,) = clinic.staff_store().responses()
    handover = await go_on(staff_session, clinic.person, listed)

    async def looked_at(name: str) -> None:
        await screens.finish_work()
        for columns, rows in (USUAL, (120, 40)):
            await screens.resize(columns, rows)
            assert screens.text == snapshot(name=f"{name} at {columns}x{rows}")

    async with recording(clinic, handover, staff_session, size=USUAL) as screens:
        assert screens.asked == "reading_at.2"
        await looked_at("it goes on")
        await screens.type("12:40")
        await screens.press("enter")
        await looked_at("blood pressure of a reading")
        await screens.press("escape", *["backspace"] * 5)
        await screens.type("12:45")
        await screens.press("enter")
        await looked_at("why is it corrected")
    staff_session.close()
