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
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.fields import Field
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose

_HEADINGS: dict[Copy, str] = {
    "patient": "Save a copy of your answers",
    "clinician": "Save the copy for the clinician",
}


class SaveCopy(Dialog[Path]):
    """Asks for a folder, writes the file, and says where it is; gives back the path, or nothing."""

    def __init__(self, sitting: Sitting, copy: Copy = "patient") -> None:
        super().__init__()
        self.sitting = sitting
        self.copy = copy
        self.saved: Path | None = None

    def content(self) -> Iterable[Widget]:
        yield Prose(
            Passage(_HEADINGS[self.copy], Tone.HEADING),
            Passage("Anyone who can open the file can read it. Its name does not say who you are."),
            Passage("Folder:"),
            id="about",
        )
        yield Field(str(self.sitting.export_folder), id="folder")
        yield Prose(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Action("Save", "screen.save", primary=True, id="save")
        yield Action("Close", "screen.back", id="close")

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Write the file, or say in one sentence why it cannot be written."""
        if self.saved:
            return
        folder = Path(self.query_one(Field).value.strip() or ".").expanduser()
        try:
            self.saved = self.sitting.save_copy(folder, self.copy)
        except ScreenerError as error:
            self._say(Passage(f"Error: {error}", Tone.ERROR))
            self.query_one(Field).focus()
        else:
            self._say(Passage("The copy is saved in this file:"), Passage(str(self.saved), Tone.STRONG))
            self.query_one(Field).disabled = True
            self.query_one("#save").display = False
            self.query_one("#close").focus()

    def _say(self, *passages: Passage) -> None:
        self.query_one("#result", Prose).show(*passages)
        self.query_one("#result").scroll_visible(animate=False)

    def action_back(self) -> None:
        self.dismiss(self.saved)
