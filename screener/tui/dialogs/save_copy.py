"""Saving the person's own copy, or the clinician's, to a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.problem import ScreenerError
from screener.sitting import Sitting
from screener.summary.parts import Copy
from screener.translation import N_, _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.fields import Field
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose

_HEADINGS: dict[Copy, str] = {
    "patient": N_("Save a copy of your answers"),
    "clinician": N_("Save the copy for the clinician"),
}


class SaveCopy(Dialog[Path]):
    """Asks for a folder, writes the file, and says where it is; gives back the path, or nothing."""

    def __init__(self, sitting: Sitting, copy: Copy = "patient", *, anywhere: bool = True) -> None:
        """``anywhere``: whether the person may name another folder."""
        super().__init__()
        self.sitting = sitting
        self.copy = copy
        self.anywhere = anywhere
        self.saved: Path | None = None

    def content(self) -> Iterable[Widget]:
        yield Prose(
            Passage(_(_HEADINGS[self.copy]), Tone.HEADING),
            Passage(_("Anyone who can open the file can read it. Its name does not say who you are.")),
            Passage(_("Folder:")),
            id="about",
        )
        folder = Field(str(self.sitting.export_folder), id="folder")
        folder.disabled = not self.anywhere
        yield folder
        yield Prose(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Save"), "screen.save", primary=True, id="save")
        yield Action(_("Close"), "screen.back", id="close")

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Write the file, or say in one sentence why it cannot be written."""
        if self.saved:
            return
        folder = Path(self.query_one(Field).value.strip() or ".").expanduser()
        try:
            self.saved = self.sitting.save_copy(folder, self.copy)
        except ScreenerError as error:
            self._say(Passage(_("Error: {problem}").format(problem=error), Tone.ERROR))
            self.query_one(Field).focus()
        else:
            self._say(Passage(_("The copy is saved in this file:")), Passage(str(self.saved), Tone.STRONG))
            self.query_one(Field).disabled = True
            self.query_one("#save").display = False
            self.query_one("#close").focus()

    def _say(self, *passages: Passage) -> None:
        self.query_one("#result", Prose).show(*passages)
        self.query_one("#result").scroll_visible(animate=False)

    def action_back(self) -> None:
        self.dismiss(self.saved)
