"""The last page: what happens next, and the person's own copy."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.sitting import Sitting
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.key_line import COLOURS, HELP, KEYS, LEAVE
from screener.tui.moves import Done
from screener.tui.page import Page
from screener.tui.prose import Passage, Prose
from screener.tui.summary_prose import summary_passages


class ConfirmationPage(Page[None]):
    """Shown once all is finished; leaving it ends the program."""

    KEYS = (HELP, KEYS, LEAVE, COLOURS)
    PAUSE = 1.0
    """Long enough that an Enter pressed twice does not close the page unread."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.caption = sitting.content.questionnaire.title

    def content(self) -> Iterable[Widget]:
        questionnaire = self.sitting.content.questionnaire
        yield Prose(
            Passage("You have finished", Tone.HEADING),
            *(Passage(text) for text in questionnaire.completion),
            Passage(f"Your reference is {self.sitting.session.reference}.", Tone.STRONG),
            Passage("Below is your own copy. Scroll to read it, or save it to a file."),
            id="completion",
        )
        yield Prose(*summary_passages(self.sitting.summary()), id="summary")

    def actions(self) -> Iterable[Widget]:
        yield Action("Done", "screen.done", primary=True)
        yield Action("Save a copy", "app.save_copy('patient')")
        yield Action("For staff: clinician's copy", "app.save_copy('clinician')")

    def action_done(self) -> None:
        self.post_message(Done())
