"""Pages that hide all others: nothing on them comes from the answers."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.geometry import Offset
from textual.widget import Widget

from screener.i18n.gettext import _
from screener.model.crisis_lines import Region
from screener.page_text.help_now import emergency
from screener.tui.page_drawing import passages
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock


class LockScreen(Dialog[None]):
    """Lies over every page until the person, or a member of staff, takes it away."""

    KEYS = ()
    SIGNED = True
    COVERS = True

    def __init__(self, region: Region) -> None:
        super().__init__()
        self.lines_of = region

    def said(self) -> Iterable[Passage]:
        """What stands above the help that every cover shows."""
        raise NotImplementedError

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*self.said(), *passages(emergency(self.lines_of)))

    def on_mount(self) -> None:
        # Where the terminal's cursor stood tells where in the answers the person was.
        self.app.cursor_position = Offset(0, 0)


class HiddenPage(LockScreen):
    """Covers the page on somebody's own device. Any key takes it away and does nothing else."""

    def said(self) -> Iterable[Passage]:
        yield Passage(_("This page is hidden"), Tone.HEADING)
        yield Passage(_("Press any key to see it again. Everything is as you left it."))

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if self.is_current:
            self.dismiss()

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Show the page"), "screen.back", primary=True)


class LockedPage(LockScreen):
    """Covers the page on a terminal of a clinic until staff open it. It tells of an emergency, and not of which."""

    def __init__(self, region: Region, *, staff_needed: bool) -> None:
        super().__init__(region)
        self.staff_needed = staff_needed
        self.set_class(staff_needed, "-needed")

    def said(self) -> Iterable[Passage]:
        if self.staff_needed:
            yield Passage(_("A member of staff is needed here now"), Tone.URGENT)
            yield Passage(_("This terminal is locked. A member of staff can unlock it."))
        else:
            yield Passage(_("This terminal is locked"), Tone.HEADING)
            yield Passage(_("A member of staff can unlock it."))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Staff: unlock"), "app.leave")

    def action_back(self) -> None:
        """Only staff take this page away."""
