"""Pages that hide all others: nothing on them comes from the answers."""

from __future__ import annotations

from collections.abc import Iterable

from textual.geometry import Offset
from textual.widget import Widget

from screener.ruleset import Region
from screener.translation import _
from screener.tui.action import Action
from screener.tui.crisis_help import emergency_passages
from screener.tui.display import Tone
from screener.tui.key_line import HELP
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose


class Cover(Dialog[None]):
    """Lies over every page until the person, or a member of staff, takes it away."""

    KEYS = (HELP,)

    def __init__(self, region: Region) -> None:
        super().__init__()
        self.lines_of = region

    def said(self) -> Iterable[Passage]:
        """What stands above the help that every cover shows."""
        raise NotImplementedError

    def content(self) -> Iterable[Widget]:
        yield Prose(*self.said(), *emergency_passages(self.lines_of))

    def on_mount(self) -> None:
        # Where the terminal's cursor stood tells where in the answers the person was.
        self.app.cursor_position = Offset(0, 0)


class HiddenPage(Cover):
    """Covers the page on somebody's own device. Any key takes it away and does nothing else."""

    def said(self) -> Iterable[Passage]:
        yield Passage(_("This page is hidden"), Tone.HEADING)
        yield Passage(_("Press any key to see it again. Everything is as you left it."))

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Show the page"), "screen.back", primary=True)


class LockedPage(Cover):
    """Covers the page on a terminal of a clinic until staff open it. It tells of an emergency, and not of which."""

    def __init__(self, region: Region, *, staff_needed: bool) -> None:
        super().__init__(region)
        self.staff_needed = staff_needed

    def said(self) -> Iterable[Passage]:
        if self.staff_needed:
            yield Passage(_("A member of staff is needed here now"), Tone.URGENT)
        else:
            yield Passage(_("This terminal is locked"), Tone.HEADING)
        yield Passage(_("This terminal is locked. A member of staff can unlock it."))

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Staff: unlock"), "app.leave")

    def action_back(self) -> None:
        """Only staff take this page away."""
