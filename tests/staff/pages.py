"""One page of the staff's side after the other, by the keys that lead there."""

from __future__ import annotations

import datetime
import importlib
import pkgutil
from collections.abc import AsyncIterator
from typing import Any

import screener.tui.staff
from screener.display_text import UNPRINTABLE, unseen
from screener.i18n.formats import local
from screener.store.appointments import NewAppointment, enter
from screener.store.linking import link_by_name
from screener.store.people import read_people
from screener.store.person import new_person
from screener.tui.rendering import Tone
from screener.tui.screens.base import Page
from screener.tui.staff.base_screen import FormDialog, StaffDialog, StaffPage
from screener.tui.staff.dialogs.appointment import _PersonFields
from screener.tui.staff.dialogs.code import CodeDialog
from screener.tui.staff.dialogs.start import _Attend
from screener.tui.staff.screens.list_page import ListPage
from screener.tui.staff.searchable import SearchablePage
from screener.tui.widgets.text_block import Passage, TextBlock
from tests.staff.clinic import CALM, URGENT, Clinic
from tests.staff.console import Console

MADE_OF = {StaffPage, StaffDialog, FormDialog, ListPage, SearchablePage, _Attend, _PersonFields}
"""What other pages are made of."""
WAYS: dict[str, tuple[str, ...]] = {
    "list": (),
    "keys": ("f1",),
    "see to": ("escape", "f9"),
    "first page": ("escape", "end", "enter", "1"),
    "in detail": ("5",),
    "search": ("slash",),
    "person": ("escape", "2"),
    "answers": ("3",),
    "notes": ("4",),
    "note": ("screen.note",),
    "name": ("escape", "screen.name"),
    "copies": ("escape", "screen.copy"),
    "go on": ("escape", "screen.go_on"),
    "whose": ("escape", "screen.person"),
    "whose, confirmed": ("screen.confirm",),
    "people": ("escape", "escape", "escape", "f4"),
    "somebody": ("enter",),
    "over time": ("screen.over_time",),
    "over time, below": ("pagedown", "pagedown"),
    "over time, copies": ("screen.copy",),
    "whose, linked": ("escape", "escape", "enter", "screen.person"),
    "code": ("escape", "escape", "end", "screen.code"),
    "record": ("escape", "record"),
    "start here": ("escape", "screen.start_here"),
    "appointment": ("escape", "screen.enter"),
    "changed": ("escape", "screen.change"),
    "removed": ("escape", "screen.remove"),
    "start": ("escape", "escape", "escape", "f3"),
    "unlock": ("escape", "ctrl+l"),
}
"""How each page is come to from the one before: by keys, or by what a button of the page does."""


def written_in(clinic: Clinic, text: str) -> None:
    """A text in every place of two responses that somebody can write in."""
    clinic.answers("2222-2222", URGENT, name=text)
    open_response = clinic.answers("3333-3333", {**CALM, "remarks": text}, name=text, finished=False)
    staff_store = clinic.staff_store()
    staff_store.annotate(open_response.id, "note", text)
    person = new_person(plain(text), plain(text)[:30], "1987", plain(text), "", 2026)
    days = [local(clinic.clock()).date() + datetime.timedelta(days=number) for number in (0, 7)]
    ((person, _first), _) = enter(staff_store, [NewAppointment(person, "before-a-flight", day) for day in days])
    link_by_name(staff_store, clinic.answers("4444-4444", CALM, name=text).id, read_people(staff_store)[person.id])


def plain(text: str) -> str:
    """The text as it can be part of what is kept of a person; staff are refused the rest."""
    shown = "".join(character for character in text if not UNPRINTABLE.search(character) and not unseen(character))
    return " ".join(shown.split())[:100] or "nobody"


async def walk(staff: Console) -> AsyncIterator[tuple[str, Page[Any]]]:
    """Every page, from the list of these two responses on."""
    for name, way in WAYS.items():
        for step in way:
            if step == "record":  # The invented content asks staff nothing, so that no key leads there.
                staff.app.record_for(staff.app.screen.identity)
                await staff.settle()
            elif "." in step:
                await staff.app.screen.run_action(step)
                await staff.settle()
            else:
                await staff.press(step)
        page = staff.app.screen
        assert isinstance(page, Page)
        if isinstance(page, CodeDialog):  # The words are others each time.
            heading, _words, *rest = page.query_one(TextBlock).passages
            page.query_one(TextBlock).show(heading, Passage("able about above absent", Tone.BANNER), *rest)
            await staff.settle()
        yield name, page


def kinds() -> set[type[Page[Any]]]:
    """Every kind of page of every module of the staff's side."""
    for module in pkgutil.walk_packages(screener.tui.staff.__path__, "screener.tui.staff."):
        importlib.import_module(module.name)
    page_types: set[type[Page[Any]]] = set()
    waiting: list[type[Page[Any]]] = [StaffPage]
    while waiting:
        waiting += (kind := waiting.pop()).__subclasses__()
        if kind.__module__.startswith("screener."):
            page_types |= {kind} - MADE_OF
    return page_types
