"""Saving and printing."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from screener.desk.copies import KINDS, Kind
from screener.problem import ScreenerError
from screener.translation import N_, _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.prose import Passage, Prose
from screener.tui.staff.menus import Menu
from screener.tui.staff.page import StaffDialog

_LABELS = {
    Kind("save", "clinician"): N_("Save the clinician's copy as text"),
    Kind("save", "patient"): N_("Save the person's copy as text"),
    Kind("save", "clinician", "markdown"): N_("Save the clinician's copy as Markdown"),
    Kind("save", "patient", "markdown"): N_("Save the person's copy as Markdown"),
    Kind("save", "clinician", "json"): N_("Save the clinician's copy as JSON"),
    Kind("save", "patient", "json"): N_("Save the person's copy as JSON"),
    Kind("print", "clinician"): N_("Print the clinician's copy"),
    Kind("print", "patient"): N_("Print the person's copy"),
}


class CopiesDialog(StaffDialog[None]):
    """Says where a copy went, or in one sentence why there is none. Several can be made."""

    def __init__(self, identity: str) -> None:
        super().__init__()
        self._identity = identity
        self._busy = False

    def content(self) -> Iterable[Widget]:
        folder = _("Files go to {folder}. Anyone who can open them can read them.")
        yield Prose(
            Passage(_("Save or print"), Tone.HEADING),
            Passage(folder.format(folder=self.desk.outlets.folder), Tone.MUTED, gap=0),
        )
        yield Menu([_(_LABELS[kind]) for kind in KINDS])
        yield Prose(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Close"), "screen.back")

    @on(Menu.Pressed)
    def _pressed(self, event: Menu.Pressed) -> None:
        if not self._busy:
            self._busy = True
            self.say(_("Working\u2026"))
            self.run_worker(self._make(KINDS[event.row]))

    async def _make(self, kind: Kind) -> None:
        try:
            self.say(await self.desk.copy(self.desk.opened(self._identity), kind), Tone.STRONG)
        except ScreenerError as error:
            self.say(_("Error: {what}").format(what=error), Tone.ERROR)
        finally:
            self._busy = False
