"""Saving the person's own copy, or the clinician's, to a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.document.notice import Audience
from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.paths import without_tilde
from screener.session.session import InterviewSession
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.text_block import Passage, TextBlock

_HEADINGS: dict[Audience, str] = {
    "patient": N_("Save a copy of your answers"),
    "clinician": N_("Save the copy for the clinician"),
}


class SaveCopy(Dialog[Path]):
    """Asks for a folder, writes the file, and says where it is; gives back the path, or nothing."""

    def __init__(self, session: InterviewSession, copy: Audience = "patient", *, anywhere: bool = True) -> None:
        """``anywhere``: whether the person may name another folder."""
        super().__init__()
        self.session = session
        self.copy = copy
        self.anywhere = anywhere
        self.saved: Path | None = None

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_(_HEADINGS[self.copy]), Tone.HEADING),
            Passage(_("Anyone who can open the file can read it. Its name does not say who you are.")),
            Passage(_("Folder:")),
            id="about",
        )
        folder = Field(str(self.session.export_folder), id="folder")
        folder.disabled = not self.anywhere
        yield folder
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Save"), "screen.save", primary=True, id="save")
        yield Button(_("Close"), "screen.back", id="close")

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Write the file, or say in one sentence why it cannot be written."""
        if self.saved:
            return
        try:
            folder = without_tilde(Path(self.query_one(Field).value.strip() or "."))
            self.saved = self.session.save_copy(folder, self.copy)
        except ScreenerError as error:
            self._say(Passage(_("Error: {problem}").format(problem=error), Tone.ERROR))
            self.query_one(Field).focus()
        else:
            self._say(Passage(_("The copy is saved in this file:")), Passage(str(self.saved), Tone.STRONG))
            self.query_one(Field).disabled = True
            self.query_one("#save").display = False
            self.query_one("#close").focus()

    def _say(self, *passages: Passage) -> None:
        self.query_one("#result", TextBlock).show(*passages)
        self.query_one("#result").scroll_visible(animate=False)

    def action_back(self) -> None:
        self.dismiss(self.saved)
