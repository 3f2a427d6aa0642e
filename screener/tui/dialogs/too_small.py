"""A window too small to read in."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.tui import SMALLEST
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.text_block import Passage, TextBlock


class TooSmall(Dialog[None]):
    """Covers the page below, which keeps its answer and its focus, until the window is large enough."""

    COVERS = True
    KEYS = ()
    _closing_already = False

    def content(self) -> Iterable[Widget]:
        columns, rows = SMALLEST
        yield TextBlock(
            Passage(_("Please make the window larger"), Tone.HEADING),
            Passage(
                _("It needs {columns} columns and {rows} rows. Your answers are kept.").format(
                    columns=columns, rows=rows
                )
            ),
        )

    def action_back(self) -> None:
        """Only a larger window closes it."""

    def on_resize(self) -> None:
        self._close_when_large()

    def on_screen_resume(self) -> None:
        self._close_when_large()

    def _close_when_large(self) -> None:
        if self.is_active and not self._closing_already and not is_too_small(*self.app.size):
            self._closing_already = True
            self.dismiss()


def is_too_small(columns: int, rows: int) -> bool:
    return columns < SMALLEST[0] or rows < SMALLEST[1]
