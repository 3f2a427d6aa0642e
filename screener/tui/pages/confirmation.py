"""The last page: what happens next, and the person's own copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from screener.sitting import Sitting
from screener.translation import _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.key_line import COLOURS, HELP, KEYS, LEAVE
from screener.tui.moves import Done
from screener.tui.page import Page
from screener.tui.profiles import Kiosk, Profile
from screener.tui.prose import Passage, Prose
from screener.tui.summary_prose import summary_passages


class ConfirmationPage(Page[None]):
    """Shown once all is finished; leaving it ends the program."""

    KEYS = (HELP, KEYS, LEAVE, COLOURS)
    PAUSE = 1.0
    """Long enough that an Enter pressed twice does not close the page unread."""

    def __init__(self, sitting: Sitting, profile: Profile | None = None) -> None:
        super().__init__()
        self.sitting = sitting
        self.profile = profile
        self.caption = sitting.content.questionnaire.title

    def content(self) -> Iterable[Widget]:
        questionnaire = self.sitting.content.questionnaire
        yield Prose(
            Passage(_("You have finished"), Tone.HEADING),
            *(Passage(text) for text in questionnaire.completion),
            Passage(_("Your reference is {reference}.").format(reference=self.sitting.session.reference), Tone.STRONG),
            *(Passage(text) for text in self._about_the_copy()),
            id="completion",
        )
        yield Prose(*summary_passages(self.sitting.summary()), id="summary")

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Done"), "screen.done", primary=True)
        if self.saves_copies:
            yield Action(_("Save a copy"), "app.save_copy('patient')")
            yield Action(_("For staff: clinician's copy"), "app.save_copy('clinician')")

    @property
    def saves_copies(self) -> bool:
        """A terminal that others use next keeps no copies, unless the clinic has set where."""
        return self.profile.saves_copies if isinstance(self.profile, Kiosk) else True

    def _about_the_copy(self) -> Iterator[str]:
        if self.saves_copies:
            yield _("Below is your own copy. Scroll to read it, or save it to a file.")
        else:
            yield _("Below is your own copy. Scroll to read it.")
        if isinstance(self.profile, Kiosk):
            yield _("Choose Done when you have read it. Then nothing of it stays on this terminal.")
            yield self.profile.hand_back or _("Please give this terminal back to a member of staff.")

    def action_done(self) -> None:
        self.post_message(Done())
