"""Saving and printing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.staff.copies import FORM_KINDS, TIMELINE_KINDS, CopyKind
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.menu import Menu
from screener.tui.widgets.scroll_body import ScrollBody
from screener.tui.widgets.text_block import Passage, TextBlock

_LABELS = {
    CopyKind("save", "clinician"): N_("Save the clinician's copy as text"),
    CopyKind("save", "patient"): N_("Save the person's copy as text"),
    CopyKind("save", "clinician", "markdown"): N_("Save the clinician's copy as Markdown"),
    CopyKind("save", "patient", "markdown"): N_("Save the person's copy as Markdown"),
    CopyKind("save", "clinician", "json"): N_("Save the clinician's copy as JSON"),
    CopyKind("save", "patient", "json"): N_("Save the person's copy as JSON"),
    CopyKind("save", "clinician", "html"): N_("Save the clinician's copy as HTML"),
    CopyKind("save", "patient", "html"): N_("Save the person's copy as HTML"),
    CopyKind("save", "clinician", "pdf"): N_("Save the clinician's copy as PDF, A4"),
    CopyKind("save", "clinician", "pdf", paper="letter"): N_("Save the clinician's copy as PDF, letter"),
    CopyKind("save", "patient", "pdf"): N_("Save the person's copy as PDF, A4"),
    CopyKind("save", "patient", "pdf", paper="letter"): N_("Save the person's copy as PDF, letter"),
    CopyKind("print", "clinician"): N_("Print the clinician's copy"),
    CopyKind("print", "clinician", with_appendix=False): N_("Print the clinician's copy without its appendix"),
    CopyKind("print", "patient"): N_("Print the person's copy"),
    **dict(
        zip(
            TIMELINE_KINDS,
            (
                N_("Save the timeline and checklist as text"),
                N_("Save the timeline and checklist as HTML"),
                N_("Save the timeline and checklist as PDF, A4"),
                N_("Save the timeline and checklist as PDF, letter"),
                N_("Print the timeline and checklist"),
            ),
            strict=True,
        )
    ),
    **dict(
        zip(
            FORM_KINDS,
            (
                N_("Save what the form asks for as text"),
                N_("Save what the form asks for as HTML"),
                N_("Save what the form asks for as PDF, A4"),
                N_("Save what the form asks for as PDF, letter"),
                N_("Print what the form asks for"),
            ),
            strict=True,
        )
    ),
}


_KEYS = "123456789abcdefghijklmno"
"""One key for each kind of copy; no response has more kinds."""


class CopiesDialog(StaffDialog[None]):
    """Says where a copy went, or in one sentence why there is none. Several can be made."""

    BINDINGS = [Binding(key, f"make({row})", show=False) for row, key in enumerate(_KEYS)]

    def __init__(self, kinds: Sequence[CopyKind], copy: Callable[[CopyKind], Awaitable[str]]) -> None:
        """``copy`` makes a copy of one of these kinds, and returns the sentence that says where it is."""
        super().__init__()
        self._kinds, self._copy = kinds, copy
        self._busy = False

    def content(self) -> Iterable[Widget]:
        folder = _("Files go to {folder}. Anyone who can open them can read them.")
        yield TextBlock(
            Passage(_("Save or print"), Tone.HEADING),
            Passage(folder.format(folder=self.staff_session.destinations.folder), Tone.MUTED, gap=0),
        )
        yield Menu([f"{key} {_(_LABELS[kind])}" for key, kind in zip(_KEYS, self._kinds, strict=False)])
        yield TextBlock(id="result")

    def say(self, text: str, tone: Tone = Tone.TEXT) -> None:
        """Say it below the list, and go there: the list is longer than a small page."""
        super().say(text, tone)
        body = self.query_one(ScrollBody)
        self.call_after_refresh(lambda: self.call_after_refresh(body.scroll_end, animate=False))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Close"), "screen.back")

    @on(Menu.Pressed)
    def _pressed(self, event: Menu.Pressed) -> None:
        self.action_make(event.row)

    def action_make(self, row: int) -> None:
        """Make the copy of this row of the list, unless one is being made."""
        if not self._busy and row < len(self._kinds):
            self._busy = True
            self.say(_("Working\u2026"))
            self.run_worker(self._make(self._kinds[row]))

    async def _make(self, kind: CopyKind) -> None:
        try:
            self.say(await self._copy(kind), Tone.STRONG)
        except ScreenerError as error:
            self.say_error(error)
        finally:
            self._busy = False
