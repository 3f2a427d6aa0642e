"""Saving and printing."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.staff.copies import KINDS, CopyKind
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.staff.menu import Menu
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock

_LABELS = {
    CopyKind("save", "clinician"): N_("Save the clinician's copy as text"),
    CopyKind("save", "patient"): N_("Save the person's copy as text"),
    CopyKind("save", "clinician", "markdown"): N_("Save the clinician's copy as Markdown"),
    CopyKind("save", "patient", "markdown"): N_("Save the person's copy as Markdown"),
    CopyKind("save", "clinician", "json"): N_("Save the clinician's copy as JSON"),
    CopyKind("save", "patient", "json"): N_("Save the person's copy as JSON"),
    CopyKind("print", "clinician"): N_("Print the clinician's copy"),
    CopyKind("print", "patient"): N_("Print the person's copy"),
}


class CopiesDialog(StaffDialog[None]):
    """Says where a copy went, or in one sentence why there is none. Several can be made."""

    def __init__(self, identity: str) -> None:
        super().__init__()
        self._identity = identity
        self._busy = False

    def content(self) -> Iterable[Widget]:
        folder = _("Files go to {folder}. Anyone who can open them can read them.")
        yield TextBlock(
            Passage(_("Save or print"), Tone.HEADING),
            Passage(folder.format(folder=self.staff_session.destinations.folder), Tone.MUTED, gap=0),
        )
        yield Menu([_(_LABELS[kind]) for kind in KINDS])
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Close"), "screen.back")

    @on(Menu.Pressed)
    def _pressed(self, event: Menu.Pressed) -> None:
        if not self._busy:
            self._busy = True
            self.say(_("Working\u2026"))
            self.run_worker(self._make(KINDS[event.row]))

    async def _make(self, kind: CopyKind) -> None:
        try:
            self.say(await self.staff_session.copy(self.staff_session.opened(self._identity), kind), Tone.STRONG)
        except ScreenerError as error:
            self.say(_("Error: {what}").format(what=error), Tone.ERROR)
        finally:
            self._busy = False
