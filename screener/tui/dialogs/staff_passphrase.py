"""What only staff can do on a terminal of a clinic: open its emergency page, open it again, end or close it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.page_text.paragraph import error_paragraph
from screener.session.staff_door import Admission, StaffDoor
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.key_bar import CLOSE, CONTINUE, NEXT_BUTTON, PRESS
from screener.tui.widgets.text_block import Passage, TextBlock


@dataclass(frozen=True)
class Admitted:
    """Who opened the door, and how."""

    name: str
    admission: Admission


class StaffPassphrase(Dialog[Admitted]):
    """Asks for a name, and for a door code or a passphrase; gives back who opened the door, or ``None``."""

    def __init__(self, opens: StaffDoor) -> None:
        super().__init__()
        self._opens = opens
        self._checking = False

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_("For staff"), Tone.HEADING),
            Passage(
                _("If you are answering questions here and want to stop, choose Back, and tell a member of staff.")
            ),
            id="about",
        )
        yield TextBlock(Passage(_("Name of the member of staff"), Tone.MUTED), classes="-label")
        yield Field(id="name")
        passphrase = Field(id="passphrase")
        passphrase.password = True
        yield TextBlock(Passage(_("Door code or passphrase"), Tone.MUTED))
        yield passphrase
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Open"), "screen.open", key=CONTINUE.name, primary=True)
        yield Button(_("Back"), "screen.back")

    def action_back(self) -> None:
        self.dismiss()

    @on(Input.Submitted)
    def action_open(self) -> None:
        """Try the passphrase once both are typed."""
        name, passphrase = self.query_one("#name", Field), self.query_one("#passphrase", Field)
        missing = next((field for field in (name, passphrase) if not field.value), None)
        if missing is not None:
            if missing.has_focus:
                self._say(_("Error: Type your name, and your door code or passphrase."), Tone.ERROR)
            missing.focus()
        elif not self._checking:
            self._checking = True
            self._say(_("Checking\u2026"))
            self.run_worker(self._check(" ".join(name.value.split()), passphrase.value))
            passphrase.value = ""

    async def _check(self, name: str, passphrase: str) -> None:
        """Check in a thread, because a code and a passphrase are made slow to check."""
        wrong = _("The name, or the door code or passphrase, is not right.")
        try:
            admission = await asyncio.to_thread(self._opens, name, passphrase)
        except ScreenerError as error:
            admission, wrong = Admission.NOTHING, str(error)
        self._checking = False
        if admission is not Admission.NOTHING:
            self.give_back(Admitted(name, admission))
        else:
            self._say(error_paragraph(wrong).text, Tone.ERROR)
            self.query_one("#passphrase", Field).focus()

    def _say(self, text: str, tone: Tone = Tone.TEXT) -> None:
        self.query_one("#result", TextBlock).show(Passage(text, tone))
        self.query_one("#result").scroll_visible(animate=False)


class Decision(Enum):
    """What a member of staff does with an open door."""

    GO_ON = auto()
    NEXT_PERSON = auto()
    CLOSE = auto()


class StaffChoice(Dialog[Decision]):
    """Asks what staff want. While an emergency waits for them, the only way is back to its page."""

    KEYS = (PRESS, NEXT_BUTTON, CLOSE)
    PAUSE = 1.0

    def __init__(self, *, needed: bool, may_close: bool = True) -> None:
        """``may_close``: whether the program may be ended, which a door code does not."""
        super().__init__()
        self.needed = needed
        self.may_close = may_close

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_("For staff"), Tone.HEADING),
            Passage(
                _("A page of this person is waiting for you. Go to it first, and open it there.")
                if self.needed
                else _("What do you want to do? The next person will see nothing of these answers.")
            ),
        )

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Go on here"), "screen.back", primary=True)
        if not self.needed:
            yield Button(_("Next person"), "screen.decide('NEXT_PERSON')")
            if self.may_close:
                yield Button(_("Close this terminal"), "screen.decide('CLOSE')")

    def action_back(self) -> None:
        self.dismiss(Decision.GO_ON)

    def action_decide(self, decision: str) -> None:
        self.dismiss(Decision[decision])
