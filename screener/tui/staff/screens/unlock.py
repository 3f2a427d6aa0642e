"""The door to the staff's side."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.errors import ScreenerError
from screener.i18n.gettext import _, ngettext
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import ALL_KEYS, QUIT, StaffPage
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.key_bar import COLOURS, CONTINUE
from screener.tui.widgets.text_block import Passage, TextBlock


class UnlockPage(StaffPage[None]):
    """Asks for a name and a passphrase. Of a response only its terminal and since when it is urgent are in memory."""

    KEYS = (ALL_KEYS, QUIT, COLOURS)

    def __init__(self, clinic: str, because: str = "") -> None:
        super().__init__()
        self.caption = clinic
        self._because = because
        self._checking = False

    @property
    def is_in_use(self) -> bool:
        """Whether somebody is about to unlock it."""
        return self._checking or any(field.value for field in self.query(Field))

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_("For staff"), Tone.HEADING),
            *([Passage(self._because)] if self._because else ()),
            id="about",
        )
        yield TextBlock(Passage(_("Your name"), Tone.MUTED), classes="-label")
        yield Field(id="name")
        yield TextBlock(Passage(_("Your passphrase"), Tone.MUTED), classes="-label")
        passphrase = Field(id="passphrase")
        passphrase.password = True
        yield passphrase
        yield TextBlock(id="result")
        yield TextBlock(id="saved")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Unlock"), "screen.unlock", key=CONTINUE.name, primary=True)

    @on(Input.Submitted)
    def action_unlock(self) -> None:
        """Try the passphrase once both are typed."""
        name, passphrase = self.query_one("#name", Field), self.query_one("#passphrase", Field)
        missing = next((field for field in (name, passphrase) if not field.value), None)
        if missing is not None:
            if missing.has_focus:
                self.say(_("Error: Type your name and your passphrase."), Tone.ERROR)
            missing.focus()
        elif not self._checking:
            self._checking = True
            self.say(_("Checking\u2026"))
            self.run_worker(self._unlock(" ".join(name.value.split()), passphrase.value))
            passphrase.value = ""

    async def _unlock(self, name: str, passphrase: str) -> None:
        try:
            await self.staff_session.unlock(name, passphrase)
        except ScreenerError as error:
            self.say_error(error)
            self.query_one("#passphrase", Field).focus()
        else:
            self.staff_app.enter()
        finally:
            self._checking = False

    def tell(self, saved: int) -> None:
        """Say that something was saved while this page was shown of which it cannot be told whether it is urgent."""
        text = ngettext(
            "Answers of {count} person were saved since this was locked. Unlock to see whether one is urgent.",
            "Answers of {count} people were saved since this was locked. Unlock to see whether one is urgent.",
            saved,
        )
        for block in self.query("#saved").results(TextBlock):
            block.show(*([Passage(text.format(count=saved), Tone.STRONG)] if saved else []))

    def empty(self) -> None:
        """Take away what somebody began to type and left."""
        for field in self.query(Field):
            field.value = ""
