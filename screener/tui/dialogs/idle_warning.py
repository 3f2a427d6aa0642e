"""Before a terminal locks, it asks whether somebody is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.tui.profiles import in_words
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock

ANNOUNCED = (60, 30, 10)
"""Seconds before the lock at which the text changes; in between nothing moves."""


class IdleWarning(Dialog[None]):
    """Any key says yes. It covers the page as the lock does, so that a forgotten page is not read meanwhile."""

    COVERS = True
    KEYS = ()

    def __init__(self, seconds: float, *, finished: bool) -> None:
        super().__init__()
        self.finished = finished
        self._announced = announced(seconds)

    def count_down(self, seconds: float) -> None:
        """Say how long is left, where there is something new to say."""
        if announced(seconds) != self._announced:
            self._announced = announced(seconds)
            self.query_one("#said", TextBlock).show(*self._said())

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*self._said(), id="said")

    def _said(self) -> Sequence[Passage]:
        limit = in_words(self._announced)
        return (
            Passage(_("Are you still there?"), Tone.HEADING),
            Passage(_("Press any key to go on.")),
            Passage(
                _("If you press no key, this terminal starts again for the next person in {limit}.").format(limit=limit)
                if self.finished
                else _("If you press no key, this terminal locks in {limit}.").format(limit=limit)
            ),
        )

    def actions(self) -> Iterable[Widget]:
        yield Button(_("I am here"), "screen.back", primary=True)


def announced(seconds: float) -> int:
    """The number of seconds to name when so many are left: never fewer than there are, unless it has just changed."""
    return min((step for step in ANNOUNCED if step >= seconds), default=ANNOUNCED[0])
