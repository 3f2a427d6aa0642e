"""The last page: what happens next, and the person's own copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text.last_page import finished
from screener.session.session import InterviewSession
from screener.tui.messages import LastPageRead
from screener.tui.page_drawing import passages
from screener.tui.profiles import Personal, Profile
from screener.tui.screens.base import Page
from screener.tui.summary_text import summary_passages
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import COLOURS, CONTINUE, KEYS, LEAVE
from screener.tui.widgets.text_block import TextBlock


class ConfirmationPage(Page[None]):
    """Shown once all is finished; leaving it ends the program."""

    KEYS = (KEYS, LEAVE, COLOURS)
    PAUSE = 1.0
    """Long enough that an Enter pressed twice does not close the page unread."""

    def __init__(self, session: InterviewSession, profile: Profile | None = None) -> None:
        super().__init__()
        self.session = session
        self.profile = profile or Personal()
        self.caption = session.content.questionnaire.title

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(finished(self.session, self._about_the_copy())), id="completion")
        yield TextBlock(*summary_passages(self.session.summary()), id="summary")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Done"), "screen.done", key=CONTINUE.name, primary=True)
        if self.profile.saves_copies:
            yield Button(_("Save a copy"), "app.save_copy('patient')")
            if not self.profile.is_shared:  # In a clinic staff save it, from their own screens.
                yield Button(_("For staff: clinician's copy"), "app.save_copy('clinician')")

    def _about_the_copy(self) -> Iterator[str]:
        if self.profile.saves_copies:
            yield _("Below is your own copy. Scroll to read it, or save it to a file.")
        else:
            yield _("Below is your own copy. Scroll to read it.")
        if handing_back := self.profile.handing_back:
            if self.session.at_clinic:
                yield _("Choose Done when you have read it. Then nothing of it stays on this terminal.")
            else:
                yield _("Choose Done when you have read it. Then this terminal can no longer show it.")
            yield handing_back

    def action_done(self) -> None:
        self.post_message(LastPageRead())
