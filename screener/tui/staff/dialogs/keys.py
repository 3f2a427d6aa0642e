"""What the keys of the staff's side do."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import N_, _
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock

_KEYS = (
    ("F9", N_("see to an urgent answer")),
    ("F3", N_("start for somebody, or for the chosen appointment")),
    ("F4", N_("people and their appointments")),
    ("F5", N_("read an open response again")),
    ("F6", N_("change what is kept of a person")),
    ("F7", N_("all responses of a person, over time")),
    (N_("Ctrl+R"), N_("record something for a person")),
    ("1, 2, 3, 4, 5", N_("the views of an open response")),
    ("6", N_("whose response it is")),
    ("/", N_("search a response, or a person over time")),
    (N_("Letters"), N_("find a name or a reference on the list")),
    (N_("Up, Down, Home, End"), N_("move on a list")),
    (N_("Page Up, Page Down"), N_("move by a whole page")),
    (N_("Enter"), N_("open, or do what a button says")),
    (N_("Esc"), N_("go back, close, or show the whole list again")),
    (N_("Tab"), N_("move to the buttons")),
    (N_("Ctrl+L"), N_("lock")),
    (N_("Ctrl+Q"), N_("quit")),
    ("F2", N_("other colours")),
    ("F8", N_("get help now")),
)
_WIDTH = 21


class KeysDialog(StaffDialog[None]):
    """Lists them all; there is room for a few at the foot of a page only."""

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_("Keys"), Tone.HEADING),
            *(
                Passage(_(what), start=_(keys).ljust(_WIDTH), gap=0 if number else 1)
                for number, (keys, what) in enumerate(_KEYS)
            ),
        )

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Close"), "screen.back", primary=True)
