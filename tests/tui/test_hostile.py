"""Whatever is written where an author or a person can write: every page shows it, and nothing on it is obeyed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textual import events

from screener.content.compiled import Content
from screener.display_text import UNPRINTABLE, visible
from screener.session.session import InterviewSession
from screener.tui.widgets.fields import Field, LongField
from tests.strategies import ESCAPES, FORGERIES, flight
from tests.tools.gallery import Gallery, View, visit
from tests.tools.views import views
from tests.tui.poison import CLICK, bare, click_everywhere, harmless, poisoned
from tests.tui.screens import FOLDER, NOON, REFERENCE

SET = "a\x1b[2J\x9b\nb"
SAID = 9999
"""The number of what the person has typed."""
KNOW_NO_CONTENT = {
    "start anew",
    "saving",
    "keys",
    "leave",
    "leave when finished",
    "save",
    "save for the clinician",
    "still there",
    "for staff",
    "choice of staff",
    "choice of staff, needed",
    "too small",
}
MARKUP = [
    CLICK,
    "[bold red]B[/] [daily] [0]",
    "A[/]B",
    "A[b",
    "[/",
    "[$error]x[/] [link=http://example.org]x[/link]",
    "[@click=app.exit]x[/] ends with \\",
    "\\[x] \\\\",
    "{0} %s $HOME {{x}}",
]
SHAPES = [
    "e\u0301" * 30,
    "\u0300\u0301x",
    "\u65e5\u672c\u8a9e" * 20,
    "\u00e4\u200d\u0308",
    "x" * 300,
    "a\nb\r\nc\td",
    "\u202e\u2066\u200f",
]
text = st.text(
    st.characters(codec=None) | st.sampled_from("[]/\\@='$\x1b\x9b\x07\x00\u202e\ud800\n\t"), min_size=1, max_size=40
)
payloads = st.lists(text.filter(lambda said: bool(said.strip())), min_size=1, max_size=12)


def session(content: Content) -> InterviewSession:
    return InterviewSession(content, FOLDER, now=lambda: NOON, reference=REFERENCE)


async def shown_on_each(hung: Iterable[View]) -> dict[str, list[str]]:
    """What each view says."""
    shown = {}
    for size, together in groupby(hung, lambda view: view.size):
        async with visit(size) as visitor:
            for view in together:
                await visitor.see(view)
                shown[view.name] = harmless(visitor.gallery.screen)
    return shown


@cache
def usual_places() -> dict[str, set[int]]:
    """The places that each view shows."""
    harmless_texts = poisoned(flight(), lambda number: f"#{number};text")
    shown = asyncio.run(shown_on_each(views(lambda: session(harmless_texts), f"#{SAID};said")))
    return {
        view: {int(number) for said in all_said for number in re.findall(r"#(\d+);", said)}
        for view, all_said in shown.items()
    }


@cache
def places_shown() -> dict[int, int]:
    """The places that any view shows, each with its number among them."""
    return {place: number for number, place in enumerate(sorted(set().union(*usual_places().values())))}


ALL = [*MARKUP, *SHAPES, *ESCAPES.values(), *FORGERIES]


def test_every_text_is_shown_letter_by_letter_on_every_page() -> None:
    """Each place that shows a harmless text shows a hostile one in full, what cannot be shown by its name."""
    assert len(ALL) <= len(places_shown()), "each of them is shown somewhere"
    shown_letter_by_letter(ALL)


@pytest.mark.long
@settings(max_examples=max(settings().max_examples // 25, 1), derandomize=True)
@example([*MARKUP, *SHAPES])
@example([*ESCAPES.values(), *FORGERIES])
@example(["a\nb"])
@given(payloads)
def test_any_text_is_shown_letter_by_letter_on_every_page(payloads: list[str]) -> None:
    """The same of fewer at a time, in other places, and of any text."""
    shown_letter_by_letter(payloads)


def shown_letter_by_letter(payloads: list[str]) -> None:
    def hostile(number: int) -> str:
        return f"#{number};{payloads[places_shown().get(number, 0) % len(payloads)]}"

    places, content = usual_places(), poisoned(flight(), hostile)
    hung = [view for view in views(lambda: session(content), hostile(SAID)) if places[view.name]]
    for view, shown in asyncio.run(shown_on_each(hung)).items():
        for expected in (bare(visible(hostile(number))) for number in places[view]):
            assert any(expected in said for said in shown), (view, expected)


def test_every_text_of_a_page_has_been_attacked() -> None:
    """The places are those that a person sees: those of the list of answers, of help, of every type of question."""
    places = usual_places()
    assert {view for view in places if not places[view]} == KNOW_NO_CONTENT
    assert SAID in places["check"] & places["please check"]
    assert len(set().union(*places.values())) > 60


class Pwned(Gallery):
    """Notes whether a text got it to do something."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def action_pwn(self, what: str) -> None:
        self.done.append(what)


async def test_no_cell_of_a_text_can_be_pressed() -> None:
    """On every page each cell that shows the text of an action is clicked on, and the action is never run."""
    attacked = poisoned(flight(), lambda number: f"{CLICK}{number}")
    pwned = Pwned()
    clicked = 0
    async with visit(gallery=pwned) as visitor:
        for view in views(lambda: session(attacked), CLICK):
            await visitor.see(view)
            clicked += click_everywhere(visitor.gallery.screen)
            await visitor.rest()
            assert pwned.done == [], view.name
    assert clicked > 1000


async def test_a_field_shows_only_what_is_harmless() -> None:
    """What is pasted into the field of any page, or stands in it from before, has no control character left."""
    pasted = "".join(ESCAPES.values()) + CLICK + "\ud800"
    kinds = set()
    async with visit() as visitor:
        for view in views(lambda: session(flight()), pasted):
            await visitor.see(view)
            fields: list[Field | LongField] = [*visitor.gallery.screen.query(Field)]
            fields += visitor.gallery.screen.query(LongField)
            for shown in [shown for shown in fields if shown.display]:
                kinds.add(type(shown))
                shown.focus()
                if isinstance(shown, LongField):
                    shown.load_text(SET)
                    assert shown.text == "a[2J\nb"
                else:
                    shown.value = SET
                    assert shown.value == "a[2J b"
                visitor.gallery.post_message(events.Paste(pasted))
                await visitor.rest()
                kept = shown.text if isinstance(shown, LongField) else shown.value
                assert CLICK in kept
                assert not UNPRINTABLE.search(kept)
                harmless(visitor.gallery.screen)
    assert {kind for kind in (Field, LongField) if any(issubclass(each, kind) for each in kinds)} == {Field, LongField}


async def test_a_paste_keeps_the_cursor_behind_it() -> None:
    """What is left out of a paste does not push the cursor on into what stood behind it."""
    async with visit() as visitor:
        await visitor.see(next(view for view in views(lambda: session(flight())) if view.name == "question, integer"))
        field = visitor.gallery.screen.query_one(Field)
        field.value, field.cursor_position = "1234", 1
        visitor.gallery.post_message(events.Paste("5\x1b\x9b6"))
        await visitor.rest()
        assert field.value == "156234"
        assert field.cursor_position == 3
