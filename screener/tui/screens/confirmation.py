"""The last page: what happens next, and the person's own copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from screener import page_text
from screener.i18n.gettext import _
from screener.session.session import InterviewSession
from screener.tui.crisis_help_text import emergency_passages
from screener.tui.messages import LastPageRead
from screener.tui.profiles import Kiosk, Profile, Recording
from screener.tui.rendering import Tone
from screener.tui.screens.base import Page
from screener.tui.summary_text import summary_passages
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import COLOURS, KEYS, LEAVE
from screener.tui.widgets.text_block import Passage, TextBlock


class ConfirmationPage(Page[None]):
    """Shown once all is finished; leaving it ends the program."""

    KEYS = (KEYS, LEAVE, COLOURS)
    PAUSE = 1.0
    """Long enough that an Enter pressed twice does not close the page unread."""

    def __init__(self, session: InterviewSession, profile: Profile | None = None) -> None:
        super().__init__()
        self.session = session
        self.profile = profile
        self.caption = session.content.questionnaire.title

    def content(self) -> Iterable[Widget]:
        questionnaire = self.session.content.questionnaire
        yield TextBlock(
            Passage(_("You have finished"), Tone.HEADING),
            Passage(_("Your reference is {reference}.").format(reference=self.session.metadata.reference), Tone.BLOCK),
            *(Passage(text) for text in questionnaire.completion),
            *emergency_passages(self.session.region),
            *self._not_delivered(),
            *(Passage(text) for text in self._about_the_copy()),
            id="completion",
        )
        yield TextBlock(*summary_passages(self.session.summary()), id="summary")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Done"), "screen.done", primary=True)
        if self.saves_copies:
            yield Button(_("Save a copy"), "app.save_copy('patient')")
            if not isinstance(self.profile, Kiosk):  # In a clinic staff save it, from their own screens.
                yield Button(_("For staff: clinician's copy"), "app.save_copy('clinician')")

    def _not_delivered(self) -> Iterator[Passage]:
        if not self.session.at_clinic:
            yield Passage(page_text.finished_not_delivered(), Tone.ERROR)

    @property
    def saves_copies(self) -> bool:
        """A terminal that others use next keeps no copies, unless the clinic has set where."""
        if isinstance(self.profile, Recording):
            return False  # Staff save and print from the page of the response.
        return self.profile.saves_copies if isinstance(self.profile, Kiosk) else True

    def _about_the_copy(self) -> Iterator[str]:
        if self.saves_copies:
            yield _("Below is your own copy. Scroll to read it, or save it to a file.")
        else:
            yield _("Below is your own copy. Scroll to read it.")
        if isinstance(self.profile, Kiosk):
            if self.session.at_clinic:
                yield _("Choose Done when you have read it. Then nothing of it stays on this terminal.")
            else:
                yield _("Choose Done when you have read it. Then this terminal can no longer show it.")
            yield self.profile.hand_back or _("Please give this terminal back to a member of staff.")

    def action_done(self) -> None:
        self.post_message(LastPageRead())
