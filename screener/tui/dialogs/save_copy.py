"""Saving the person's own copy, or the clinician's, to a file of any kind; printing it where there is a printer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from screener.document.file_kinds import FILE_KINDS, TEXT_FILE, FileKind, available_kinds
from screener.document.notice import Audience
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.page_text.paragraph import error_paragraph
from screener.page_text.saved_copy import about_the_copy, printed_copy, saved_copy
from screener.session.copies import print_copy, save_copy
from screener.session.session import InterviewSession
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.menu import Menu
from screener.tui.widgets.text_block import Passage, TextBlock

_ROWS = len(FILE_KINDS) + 1
"""One row for each kind of file, and one for the printer."""


class SaveCopy(Dialog[Path]):
    """Asks for a folder and a kind of file, writes it, and says where it is.

    Several can be made. Gives back the path of the last one; nothing if none was saved.
    """

    AUTO_FOCUS = "#kinds"
    BINDINGS = [Binding(str(row + 1), f"make({row})", show=False) for row in range(_ROWS)]

    def __init__(
        self,
        session: InterviewSession,
        copy: Audience = "patient",
        *,
        anywhere: bool = True,
        kinds: Sequence[FileKind] | None = None,
    ) -> None:
        """``anywhere``: whether the person may name another folder; ``kinds``: all that can be made here if none."""
        super().__init__()
        self.session = session
        self.copy = copy
        self.anywhere = anywhere
        self._kinds = available_kinds() if kinds is None else kinds
        self.saved: Path | None = None
        self._prints = anywhere and session.printer is not None
        self._printing = False

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            *passages(about_the_copy(self.copy)),
            Passage(_("Folder:")),
            id="about",
        )
        folder = Field(str(self.session.export_folder), id="folder")
        folder.disabled = not self.anywhere
        yield folder
        labels = [_(kind.label) for kind in self._kinds] + [_("Print it")] * self._prints
        yield Menu([f"{number} {label}" for number, label in enumerate(labels, start=1)], id="kinds")
        result = TextBlock(id="result")
        result.display = False
        yield result

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Close"), "screen.back", id="close")

    @on(Menu.Pressed)
    def _pressed(self, event: Menu.Pressed) -> None:
        self.action_make(event.row)

    @on(Input.Submitted)
    def _named_folder(self) -> None:
        self._save(TEXT_FILE)

    def action_make(self, row: int) -> None:
        """Save the kind of file of this row, or print."""
        if row < len(self._kinds):
            self._save(self._kinds[row])
        elif self._prints and not self._printing:
            self._printing = True
            self._say(Passage(_("Working\u2026")))
            self.run_worker(self._print())

    def _save(self, kind: FileKind) -> None:
        """Write the file, or say in one sentence why it cannot be written."""
        try:
            self.saved = save_copy(self.session, self.query_one(Field).value, self.copy, kind)
        except ScreenerError as error:
            self._say_problem(error)
            self.query_one(Field).focus()
        else:
            self._say(*passages(saved_copy(self.saved)))
            self.query_one("#close").focus()

    async def _print(self) -> None:
        """Print in a thread: a printer command may take a minute, and help can be used meanwhile."""
        try:
            await asyncio.to_thread(print_copy, self.session, self.copy)
        except ScreenerError as error:
            self._say_problem(error)
        else:
            self._say(*passages(printed_copy()))
        finally:
            self._printing = False

    def _say_problem(self, error: ScreenerError) -> None:
        self._say(*passages([error_paragraph(error)]))

    def _say(self, *said: Passage) -> None:
        result = self.query_one("#result", TextBlock)
        result.display = True
        result.show(*said)
        self.call_after_refresh(result.scroll_visible, animate=False)

    def action_back(self) -> None:
        self.dismiss(self.saved)
