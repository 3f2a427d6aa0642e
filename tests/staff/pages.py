"""One page of the staff's side after the other, by the keys that lead there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator
from typing import Any

import screener.tui.staff
from screener.tui.screens.base import Page
from screener.tui.staff.base_screen import StaffDialog, StaffPage
from screener.tui.staff.dialogs.start import _Attend
from tests.staff.clinic import CALM, URGENT, Clinic
from tests.staff.console import Console

MADE_OF = {StaffPage, StaffDialog, _Attend}
"""What other pages are made of."""
WAYS: dict[str, tuple[str, ...]] = {
    "list": (),
    "keys": ("f1",),
    "see to": ("escape", "f9"),
    "first page": ("escape", "down", "enter", "1"),
    "in detail": ("5",),
    "search": ("slash",),
    "person": ("escape", "2"),
    "answers": ("3",),
    "notes": ("4",),
    "note": ("screen.note",),
    "name": ("escape", "screen.name"),
    "copies": ("escape", "screen.copy"),
    "go on": ("escape", "screen.go_on"),
    "start": ("escape", "escape", "f3"),
    "unlock": ("escape", "ctrl+l"),
}
"""How each page is come to from the one before: by keys, or by what a button of the page does."""


def written_in(clinic: Clinic, text: str) -> None:
    """A text in every place of two responses that somebody can write in."""
    clinic.answers("2222-2222", URGENT, name=text)
    open_response = clinic.answers("3333-3333", {**CALM, "remarks": text}, name=text, finished=False)
    clinic.staff_store().annotate(open_response.id, "note", text)


async def walk(staff: Console) -> AsyncIterator[tuple[str, Page[Any]]]:
    """Every page, from the list of these two responses on."""
    for name, way in WAYS.items():
        for step in way:
            if "." in step:
                await staff.app.screen.run_action(step)
                await staff.settle()
            else:
                await staff.press(step)
        page = staff.app.screen
        assert isinstance(page, Page)
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
